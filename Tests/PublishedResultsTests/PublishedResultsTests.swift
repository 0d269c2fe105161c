import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Published results")
struct PublishedResultsTests {
  /// 3.9 standard errors either way: with sixty rows and a right engine, one seed in about 170 would fail. The
  /// seed is fixed, so the outcome is too.
  static let confidence = 0.9999
  static let seed: UInt64 = 20_260_101
  static let yearsPerReplication = 100.0
  /// An interval wider than this, relative to the value, would agree with anything.
  static let widestHalfWidth = 0.15

  /// Replications where it is not the usual 200: more for systems that seldom fail, fewer for busy ones.
  static let replications = [
    "brownout": 100, "degraded-capacity": 40, "duplex": 400, "machine-repair": 20,
    "redundant-subsystems": 700,
    "three-servers": 1600, "two-regions": 700, "unique-dependencies": 1000,
  ]

  static func expectedResults() throws -> [ExpectedResult] {
    try PublishedFolder.all().flatMap { try $0.expectedResults() }
  }

  @Test("there are a dozen folders, each with a model, its results and its source, and the README names them")
  func everyFolderIsComplete() throws {
    let folders = try PublishedFolder.all()
    let readme = try String(contentsOf: PublishedFolder.root.appending(path: "README.md"), encoding: .utf8)
    #expect(folders.count >= 12)
    for folder in folders {
      #expect(try folder.entries() == Set(PublishedFolder.files), "\(folder.slug)")
      #expect(try !folder.expectedResults().isEmpty, "\(folder.slug)")
      #expect(readme.contains("](\(folder.slug)/SOURCE.md)"), "\(folder.slug) is not in README.md")
    }
  }

  @Test("the exact engine", arguments: try expectedResults().filter { $0.quantity != .servedFraction })
  func exact(_ expected: ExpectedResult) throws {
    let graph = try PublishedFolder(slug: expected.slug).graph()
    let results = try SteadyState.results(of: graph)
    let result = try #require(
      results.first { $0.capability == expected.capability }, "\(expected.testDescription)")
    let found = try #require(result.value(of: expected.quantity), "\(expected.testDescription): unknown")
    let error = abs(found - expected.value) / expected.value
    #expect(
      error <= expected.tolerance,
      "\(expected.testDescription): expected \(expected.value) within \(expected.tolerance), got \(found), off by \(error)"
    )
    #expect(
      (expected.kind == .approximation) == !result.approximations.isEmpty, "\(expected.testDescription)")
  }

  @Test("the simulation", arguments: try PublishedFolder.all())
  func simulation(of folder: PublishedFolder) throws {
    let graph = try folder.graph()
    let plan = SimulationPlan(
      years: Self.yearsPerReplication, replications: Self.replications[folder.slug] ?? 200, seed: Self.seed,
      confidence: Self.confidence)
    let obstacles = SimulationObstacle.all(of: graph, plan: plan)
    try #require(obstacles.isEmpty, "\(folder.slug)")
    let result = Simulator(graph, plan: plan).run()
    for expected in try folder.expectedResults() {
      let capability = try #require(
        result.capabilities.first { $0.name == expected.capability }, "\(expected.testDescription)")
      check(capability.interval(of: expected.quantity), holds: expected)
    }
  }

  private func check(_ interval: ClosedRange<Double>, holds expected: ExpectedResult) {
    #expect(
      interval.overlaps(expected.range),
      "\(expected.testDescription): expected \(expected.value), got \(interval.lowerBound)…\(interval.upperBound)"
    )
    let halfWidth = (interval.upperBound - interval.lowerBound) / 2 / expected.value
    #expect(
      halfWidth <= Self.widestHalfWidth,
      "\(expected.testDescription): an interval of ± \(halfWidth * 100) % says too little; add replications")
  }
}

extension SteadyStateResult {
  /// A quantity that this engine knows; `nil` when it does not.
  fileprivate func value(of quantity: ExpectedResult.Quantity) -> Double? {
    switch quantity {
    case .unavailability: unavailability
    case .outagesPerYear: frequencyPerHour.map { $0 * 8760 }
    case .servedFraction: nil
    }
  }
}

extension CapabilityEstimate {
  /// The interval of a quantity.
  fileprivate func interval(of quantity: ExpectedResult.Quantity) -> ClosedRange<Double> {
    switch quantity {
    case .unavailability: unavailability.low...unavailability.high
    case .outagesPerYear: outagesPerYear.low...outagesPerYear.high
    case .servedFraction: 1 - unservedFraction.high...1 - unservedFraction.low
    }
  }
}
