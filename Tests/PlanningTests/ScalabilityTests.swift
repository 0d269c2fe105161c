import Planning
import Stochastics
import Testing

@Suite("Universal scalability law")
struct ScalabilityTests {
  private func measured(_ loads: [Double], _ throughputs: [Double]) -> [ThroughputMeasurement] {
    zip(loads, throughputs).map { ThroughputMeasurement(load: $0, throughput: $1) }
  }

  @Test("specsdm91: R's nls and package usl")
  func specsdm91() throws {
    let fit = try ScalabilityFit(
      measured([1, 18, 36, 72, 108, 144, 216], [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2]))
    #expect(isClose(fit.law.contention, 0.027728451, relative: 1e-6))
    #expect(isClose(fit.law.coherency, 0.00010436549, relative: 1e-6))
    #expect(isClose(fit.law.single, 89.995191, relative: 1e-6))
    #expect(isClose(fit.squaredResiduals, 27453.72, relative: 1e-6))
    #expect(fit.degreesOfFreedom == 4)
    guard case .peak(let load, let throughput) = fit.law.ceiling else {
      Issue.record("no peak")
      return
    }
    #expect(isClose(load, 96.519561, relative: 1e-6))
    #expect(isClose(throughput, 1883.8991, relative: 1e-6))
    #expect(isClose(try #require(fit.law.amdahlLimit), 3245.5903, relative: 1e-5))
    #expect(isClose(try #require(fit.law.bestLoad), 36.064042, relative: 1e-5))
  }

  /// The package's interval is ± t(0.95, 5) standard errors; ours, of 95 %, is ± t(0.975, 3).
  @Test("raytracer[1:6]: parameters and standard errors of package usl")
  func raytracer() throws {
    let fit = try ScalabilityFit(measured([1, 4, 8, 12, 16, 20], [20, 78, 130, 170, 190, 200]))
    let ratio = studentTQuantile(0.975, degreesOfFreedom: 3) / studentTQuantile(0.95, degreesOfFreedom: 5)
    for (parameter, value, low, high) in [
      (fit.contention, 0.02444, 0.00754, 0.04135), (fit.coherency, 0.00163, 0.0011, 0.00215),
      (fit.single, 20.85605, 19.26717, 22.44492),
    ] {
      guard case .estimated(let estimate) = parameter else { throw Unexpected() }
      #expect(abs(estimate.value - value) < 1e-5)
      #expect(abs(estimate.high - estimate.value - ratio * (high - low) / 2) < 2e-5)
    }
  }

  @Test("Exact points give the law back", arguments: [[0.1, 0.01], [0.0, 0.02], [0.2, 0.0], [0.0, 0.0]])
  func exact(_ law: [Double]) throws {
    let loads: [Double] = [1, 2, 4, 8, 16]
    let fit = try ScalabilityFit(
      measured(loads, loads.map { 100 * $0 / (1 + law[0] * ($0 - 1) + law[1] * $0 * ($0 - 1)) }))
    #expect(abs(fit.law.contention - law[0]) < 1e-7 && abs(fit.law.coherency - law[1]) < 1e-7)
    #expect(isClose(fit.law.single, 100, relative: 1e-7))
  }

  @Test("Better than linear growth is held at the bound")
  func superlinear() throws {
    let fit = try ScalabilityFit(measured([1, 2, 4, 8], [10, 22, 47, 99]))
    #expect(fit.contention == .atBound && fit.coherency == .atBound)
    #expect(fit.law.ceiling == .none)
  }

  @Test("Two loads are too few")
  func few() {
    #expect(throws: InvalidQuestion.self) { try ScalabilityFit(measured([1, 2, 2], [10, 19, 20])) }
  }
}
