import Foundation
import Stochastics
import Testing

@Suite("Distributions")
struct DistributionTests {
  struct Published: Sendable {
    let law: any Distribution
    let mean: Double, variance: Double, x: Double, survival: Double, density: Double, p90: Double
    let source = "computed with scipy 1.17: mean, var, sf, pdf, ppf(0.9)"
  }

  static func published() throws -> [Published] {
    [
      Published(
        law: try Weibull(shape: 1.5, scale: 100), mean: 90.27452929509336, variance: 3756.9028481393198,
        x: 113.17, survival: 0.30001638676370207, density: 0.00478742400774576, p90: 174.37215135964118),
      Published(
        law: try Lognormal(mu: 1, sigma: 0.8), mean: 3.7434213772608627, variance: 12.562569092140352,
        x: 4.14, survival: 0.2994893592545641, density: 0.10489868926849737, p90: 7.577938920348154),
      Published(
        law: try Gamma(shape: 2.5, scale: 4), mean: 10, variance: 40, x: 12.13,
        survival: 0.29994542984263983, density: 0.04786378145614088, p90: 18.472713799562246),
      Published(
        law: try Triangular(minimum: 1, mode: 2, maximum: 6), mean: 3, variance: 7.0 / 6, x: 3.55,
        survival: 0.300125, density: 0.245, p90: 4.585786437626905),
      Published(
        law: try PERT(minimum: 1, mode: 2, maximum: 6), mean: 2.5, variance: 0.75, x: 2.91,
        survival: 0.300464746647356, density: 0.32977670704190204, p90: 3.72667025216791),
      Published(
        law: try Uniform(minimum: 1, maximum: 4), mean: 2.5, variance: 0.75, x: 3.1, survival: 0.3,
        density: 1.0 / 3, p90: 3.7),
      Published(
        law: try Exponential(mean: 720), mean: 720, variance: 518_400, x: 500,
        survival: 0.4993517885992762, density: 0.0006935441508323281, p90: 1657.861266955713),
    ]
  }

  @Test("agree with published numbers")
  func publishedNumbers() throws {
    for row in try Self.published() {
      let pairs = [
        (row.law.mean, row.mean), (row.law.variance, row.variance),
        (row.law.survival(row.x), row.survival), (row.law.density(row.x), row.density),
        (row.law.quantile(0.9), row.p90),
      ]
      for (found, expected) in pairs {
        #expect(relativeError(found, expected) < 2e-14, "\(row.law), \(row.source)")
      }
    }
  }

  @Test("have the percentiles and moments they were made from")
  func parameterisations() throws {
    #expect(relativeError(try Weibull(shape: 0.7, mean: 55).mean, 55) < 1e-14)
    #expect(relativeError(try Gamma(shape: 0.7, mean: 55).mean, 55) < 1e-14)
    let byP90 = try Lognormal(median: 2, p90: 7)
    #expect(relativeError(byP90.quantile(0.5), 2) < 1e-14)
    #expect(relativeError(byP90.quantile(0.9), 7) < 1e-14)
    let byErrorFactor = try Lognormal(median: 2, errorFactor: 10)
    #expect(relativeError(byErrorFactor.quantile(0.95), 20) < 1e-14)
    for deviation in [1e-6, 0.5, 30] {
      let byMoments = try Lognormal(mean: 3, standardDeviation: deviation)
      #expect(relativeError(byMoments.mean, 3) < 1e-14)
      #expect(relativeError(byMoments.standardDeviation, deviation) < 1e-14)
    }
  }

  @Test(
    "give a probability back from its quantile",
    arguments: [1e-9, 0.001, 0.05, 0.2, 0.5, 0.8, 0.95, 0.999, 0.999999])
  func roundTrip(p: Double) {
    for law in Examples.continuous {
      // Absolute: survival loses p, and p the survival, when the other is near 1.
      #expect(abs(law.survival(law.quantile(p)) - (1 - p)) < 1e-13, "\(law)")
    }
  }

  @Test("have a density that is the slope of the survival", arguments: [0.1, 0.35, 0.5, 0.75, 0.9])
  func density(p: Double) {
    for law in Examples.continuous {
      let x = law.quantile(p)
      let step = 1e-5 * x
      let slope = (law.survival(x - step) - law.survival(x + step)) / (2 * step)
      #expect(relativeError(slope, law.density(x)) < 1e-6, "\(law) at \(x)")
    }
  }

  @Test("stay numbers at the ends of their range")
  func ends() {
    for law in Examples.all {
      #expect(law.survival(-1) == 1 && law.survival(.infinity) == 0, "\(law)")
      #expect(law.density(-1) == 0 && law.density(.infinity) == 0, "\(law)")
      #expect(law.quantile(0) >= 0 && law.quantile(1) >= law.quantile(0.999), "\(law)")
      #expect(!law.density(0).isNaN && !law.survival(0).isNaN, "\(law)")
      #expect(law.survival(1e-300) > 0 && !law.density(1e300).isNaN, "\(law)")
    }
  }

  @Test("of discrete values step at the values")
  func steps() throws {
    let law = try Empirical(values: [5, 1, 2, 2, 9])
    #expect(law.mean == 3.8)
    #expect(relativeError(law.variance, 8.56) < 1e-15)
    #expect([0.5, 1, 2, 4, 5, 9].map { law.survival($0) } == [1, 0.8, 0.4, 0.4, 1 - 0.8, 0])
    #expect([0, 0.2, 0.3, 0.6, 0.7, 1].map { law.quantile($0) } == [1, 1, 2, 2, 5, 9])
    let weighted = try Empirical(values: [3, 8, 0], weights: [5, 1, 2])
    #expect(relativeError(weighted.mean, 23.0 / 8) < 1e-15)
    #expect(weighted.values == [0, 3, 8])
  }

  @Test("scale value by value", arguments: [0.25, 3])
  func scaling(factor: Double) {
    for (index, law) in Examples.all.enumerated() {
      let scaled = law.scaled(by: factor)
      #expect(type(of: scaled).kind == type(of: law).kind)
      #expect(relativeError(scaled.mean, factor * law.mean) < 1e-14, "\(law)")
      #expect(relativeError(scaled.variance, factor * factor * law.variance) < 1e-13, "\(law)")
      #expect(relativeError(scaled.quantile(0.7), factor * law.quantile(0.7)) < 1e-13, "\(law)")
      var (plain, stretched) = (stream("scaling \(index)"), stream("scaling \(index)"))
      for _ in 0..<20 {
        let (x, y) = (law.sample(using: &plain), scaled.sample(using: &stretched))
        #expect(relativeError(y, factor * x) < 1e-13, "\(law)")
      }
    }
  }

  @Test("are all registered: one file, one line")
  func registration() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let folder = tests.appendingPathComponent("../../Sources/Stochastics/Distributions").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") && !$0.contains("+") }
      .map { String($0.dropLast(6)) }
    let registered = Set(Distributions.all.map { String(describing: $0) })
    for file in files where file != "Distribution" && file != "Distributions" {
      #expect(
        registered.contains(file),
        "add the line “\(file).self,” to Distributions.all in Distributions/Distributions.swift")
    }
    #expect(registered.isSubset(of: files), "every type in Distributions.all has a file of its name")
    #expect(Set(Distributions.all.map { $0.kind }).count == Distributions.all.count, "kinds must differ")
    let tested = Set(Examples.all.map { type(of: $0).kind })
    #expect(tested == Set(Distributions.all.map { $0.kind }), "add an example to DistributionExamples.swift")
  }
}
