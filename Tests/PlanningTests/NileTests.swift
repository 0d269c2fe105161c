import Planning
import Stochastics
import Testing

/// The yearly flow of the Nile at Aswan, 1871 to 1970, in 10⁸ m³ (`Nile` of R's and of statsmodels' data sets).
@Suite("The flow of the Nile")
struct NileTests {
  private static let flow: [Double] = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799,
    958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692,
    1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744,
    796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860,
    874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919,
    718, 714, 740,
  ]

  @Test("statsmodels 0.15.0: SimpleExpSmoothing begun with the first value, at its best weight")
  func smoothing() throws {
    let weight = 0.2465642740673008
    let smoothed = try #require(SimpleSmoothing(Self.flow, weight: weight))
    #expect(isClose(smoothed.squaredErrors, 2_038_871.8328180055, relative: 1e-12))
    #expect(isClose(smoothed.level, 805.03672133, relative: 1e-10))
    for other in [0.2, 0.24, 0.25, 0.3] {
      let worse = try #require(SimpleSmoothing(Self.flow, weight: other))
      #expect(worse.squaredErrors > smoothed.squaredErrors)
    }
  }

  @Test("scipy 1.17.1: linregress and theilslopes of the years")
  func slopes() throws {
    let series = try MeasuredSeries(Self.flow.enumerated().map { .init(day: Double($0), value: $1) })
    let forecast = try LimitForecast(series, limit: nil)
    let steps = try [ForecastMethod.linear, .theilSen].map { method in
      let values = try #require(forecast.forecasts.first { $0.method == method }).values(steps: 2)
      return values[1].value - values[0].value
    }
    #expect(isClose(steps[0], -2.7143054305430545, relative: 1e-9))
    #expect(isClose(steps[1], -2.6, relative: 1e-9))
  }
}
