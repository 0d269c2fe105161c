import Foundation
import Planning
import Testing

/// The problem of Fyffe, Hines and Lee with the limits of Nakagawa and Miyazaki.
@Suite("Classic redundancy allocation")
struct ClassicAllocationTests {
  struct Optimum: Sendable {
    let weight: Double
    let mixed: Double
    let unmixed: Double
    let source: String
  }

  /// Optima that several exact methods have agreed on, to nine digits.
  static let optima: [Optimum] = [
    (191.0, 0.986811016, 0.986399200), (187, 0.984688094, 0.983568034), (183, 0.982255686, 0.981708798),
    (179, 0.979504703, 0.979184879), (175, 0.975707916, 0.974415716), (171, 0.971929499, 0.970015002),
    (167, 0.966335105, 0.965593127), (163, 0.960642409, 0.960221494), (159, 0.954564814, 0.954564814),
  ].map {
    Optimum(
      weight: $0.0, mixed: $0.1, unmixed: $0.2,
      source: "Caserta and Voß, EJOR 244 (2015); Coit and Smith (1996)")
  }

  static func planner(weight: Double, mixes: Bool) throws -> RedundancyPlanner {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let table = try ComponentTable(
      path: root.appending(path: "datasets/redundancy-components/data.csv").path())
    return try RedundancyPlanner(
      subsystems: table.subsystems.map {
        Redundancy(name: $0.name, types: $0.types, counts: 1...8, mixes: mixes)
      }, resources: table.resources, limits: [130, weight])
  }

  @Test("the published optima, proved", arguments: optima)
  func published(_ optimum: Optimum) throws {
    for (mixes, expected) in [(true, optimum.mixed), (false, optimum.unmixed)] {
      let plan = try #require(try Self.planner(weight: optimum.weight, mixes: mixes).best(.unavailability))
      #expect(abs((1 - plan.unavailability) - expected) < 6e-10)
      #expect(plan.isProved && plan.use[0] <= 130 && plan.use[1] <= optimum.weight)
    }
  }

  @Test("the least cost of the best reliability is at most its cost, and one weight less is worse")
  func dual() throws {
    let planner = try Self.planner(weight: 171, mixes: true)
    let best = try #require(planner.best(.unavailability))
    let least = try #require(planner.best(.use(1), target: best.unavailability * (1 + 1e-12)))
    #expect(least.isProved && least.use[1] <= 171 && least.use[1] > 170)
    let lighter = try #require(try Self.planner(weight: least.use[1] - 1, mixes: true).best(.unavailability))
    #expect(lighter.unavailability > best.unavailability)
  }

  @Test("what is impossible names what is in the way, and the least that is enough")
  func impossible() throws {
    let light = try Self.planner(weight: 60, mixes: true)
    #expect(light.best(.unavailability) == nil)
    #expect(light.obstacles(target: 1).contains(.resource(1, least: 68)))
    let planner = try Self.planner(weight: 159, mixes: true)
    let target = 1 - 0.97
    #expect(planner.best(.use(0), target: target) == nil)
    let enough = planner.obstacles(target: target).compactMap { obstacle -> Double? in
      if case .together(resource: 1, least: let least) = obstacle { least } else { nil }
    }
    // The published optima: 167 reach 0.966, 171 reach 0.972.
    #expect(enough.count == 1 && enough[0] > 167 && enough[0] <= 171)
  }
}
