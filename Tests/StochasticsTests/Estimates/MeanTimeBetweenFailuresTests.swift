import Stochastics
import Testing

@Suite("Mean time between failures")
struct MeanTimeBetweenFailuresTests {
  @Test("NIST's 2 failures in 800 h: 400 h, at 90 % from 127 to 2,251 h")
  func nist() throws {
    let time = try #require(try MeanTimeBetweenFailures(failures: 2, exposure: 800).estimate(confidence: 0.9))
    #expect(time.value == 400)
    #expect(
      relativeError(time.low, 127.06896827442834) < 1e-12
        && relativeError(time.high, 2251.228610625704) < 1e-12)
    let failure = try MeanTimeBetweenFailures(failures: 2, exposure: 800, end: .failure).limits(
      confidence: 0.9)
    #expect(relativeError(failure.low, 168.63888015743993) < 1e-12)
    #expect(relativeError(try #require(failure.high), 2251.228610625704) < 1e-12)
  }

  /// Multipliers of the mean at 60, 80, 90 and 95 %, computed with scipy 1.17 from the formula of NIST 8.4.5.1.
  static let factors: [(Int, [(Double, Double)])] = [
    (
      1,
      [
        (0.333966941314241, 4.48142011772455), (0.25708790255574665, 9.491221581029901),
        (0.2107986001967999, 19.49572574622369), (0.1794802592043649, 39.49789020520718),
      ]
    ),
    (
      2,
      [
        (0.4673956633575395, 2.4260411969524647), (0.3757759535409422, 3.760730244411617),
        (0.3176724206860709, 5.62807152656426), (0.2768285761244642, 8.25732198214267),
      ]
    ),
    (
      3,
      [
        (0.5439664791459592, 1.954341115931036), (0.44904915626652764, 2.722161675084753),
        (0.3869142241718383, 3.668865573200104), (0.34218165399154976, 4.849095165237045),
      ]
    ),
    (
      5,
      [
        (0.6324316160958752, 1.6183640936837096), (0.5391025126591411, 2.0554215429703477),
        (0.47560005682493506, 2.5378783829720484), (0.428510258879283, 3.0797917558368244),
      ]
    ),
    (
      10,
      [
        (0.7325617154583963, 1.3718889726261738), (0.649070740882135, 1.6073799041444443),
        (0.5895454987953648, 1.8431801340425606), (0.5437632625030356, 2.085336691906785),
      ]
    ),
    (
      20,
      [
        (0.8088002268271564, 1.2366689928433234), (0.7395054591716207, 1.3769115308400017),
        (0.688183436595051, 1.5089042402664807), (0.6474927256788132, 1.6371274862846863),
      ]
    ),
    (
      50,
      [
        (0.8788462266653105, 1.1370699645497688), (0.8286454080100102, 1.214209124740726),
        (0.7900507443961603, 1.283211681079139), (0.758509337023911, 1.3473107395895307),
      ]
    ),
    (
      100,
      [
        (0.9145245157264495, 1.0928795081148517), (0.8766198181935037, 1.143933924597296),
        (0.8468886845580387, 1.1885055744005546), (0.8221872572803686, 1.2290449185513057),
      ]
    ),
  ]

  @Test("The table of multipliers", arguments: factors)
  func table(failures: Int, rows: [(Double, Double)]) throws {
    for (confidence, (low, high)) in zip([0.6, 0.8, 0.9, 0.95], rows) {
      let estimate = try #require(
        try MeanTimeBetweenFailures(failures: failures, exposure: Double(failures)).estimate(
          confidence: confidence))
      #expect(relativeError(estimate.low, low) < 1e-11 && relativeError(estimate.high, high) < 1e-11)
    }
  }

  @Test(
    "Without a failure there is a lower limit only, T / −log α",
    arguments: [
      (0.6, 1.0913566679372915), (0.8, 0.6213349345596118), (0.9, 0.43429448190325176),
      (0.95, 0.3338082006953342),
    ])
  func noFailure(confidence: Double, factor: Double) throws {
    let none = try MeanTimeBetweenFailures(failures: 0, exposure: 800)
    let limits = none.limits(confidence: confidence)
    #expect(relativeError(limits.low, 800 * factor) < 1e-12 && limits.high == nil)
    #expect(none.value == nil && none.estimate(confidence: confidence) == nil)
    #expect(limits.low == none.lowerLimit(confidence: confidence))
  }

  @Test("Impossible observations are refused")
  func dirty() {
    #expect(throws: InvalidParameter.self) { try MeanTimeBetweenFailures(failures: -1, exposure: 1) }
    #expect(throws: InvalidParameter.self) {
      try MeanTimeBetweenFailures(failures: 0, exposure: 1, end: .failure)
    }
    for bad in [0, -1, Double.nan, .infinity] {
      #expect(throws: InvalidParameter.self) { try MeanTimeBetweenFailures(failures: 1, exposure: bad) }
    }
  }

  @Test("1,000 h at 90 % take 2,303 h without a failure and 3,890 h with one")
  func demonstration() {
    let none = DemonstrationTest.exposure(toShow: 1000, confidence: 0.9)
    #expect(relativeError(none, -1000 * portableLog(0.1)) < 1e-13)
    // χ²(0.9; 4) = 7.779440339734858 in every table.
    let one = DemonstrationTest.exposure(toShow: 1000, failures: 1, confidence: 0.9)
    #expect(relativeError(one, 3889.720169867429) < 1e-12)
    #expect(
      relativeError(DemonstrationTest.shownMean(exposure: one, failures: 1, confidence: 0.9), 1000) < 1e-13)
    let remaining = DemonstrationTest.remainingExposure(
      toShow: 1000, after: 2000, failures: 1, confidence: 0.9)
    #expect(relativeError(remaining, 1889.720169867429) < 1e-12)
    #expect(DemonstrationTest.remainingExposure(toShow: 1000, after: 9e3, failures: 1, confidence: 0.9) == 0)
  }
}
