import AllocationBaseline
import Planning
import RelModelKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Redundancy allocation beside the dynamic programme of a text book in C.
///
/// The programme needs whole units of every resource and gives the optimum of every budget from one table; it gets the same
/// designs, worked out beforehand, and neither proves a plan nor says which it is.
struct Allocations {
  private static let rounds = 5
  private static let costLimit = 130
  private let table: ComponentTable

  init(root: String) throws {
    table = try ComponentTable(path: "\(root)/datasets/redundancy-components/data.csv")
  }

  /// Prints the time of both, and how far their optima are apart.
  func report() throws {
    print("Redundancy allocation, CPU ms, best of \(Self.rounds)")
    print(
      "| problem | relmodel | of it for each | C, one table for all | C, a table for each | ratio | apart |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for mixes in [false, true] { try reportClassic(mixes: mixes) }
    try reportFrontier()
  }

  // MARK: The 33 classic problems

  /// Fyffe, Hines and Lee (1968) with the budgets of Nakagawa and Miyazaki (1981): cost 130, weight 159 to 191.
  private func reportClassic(mixes: Bool) throws {
    let subsystems = table.subsystems.map {
      Redundancy(name: $0.name, types: $0.types, counts: 1...8, mixes: mixes)
    }
    let budgets = Array(159...191)
    var (ours, one, each) = (BestTime(), BestTime(), BestTime())
    var (found, expected): ([Double], [Double]) = ([], [])
    let options = TabledOptions(subsystems, costLimit: Self.costLimit, weightLimit: 191)
    for _ in 0..<Self.rounds {
      found = try ours.measure {
        try budgets.map { weight in
          try RedundancyPlanner(
            subsystems: subsystems, resources: ["cost", "weight"],
            limits: [Double(Self.costLimit), Double(weight)]
          ).best(.unavailability)?.unavailability ?? 1
        }
      }
      expected = one.measure {
        let logs = options.logs(costLimit: Self.costLimit, weightLimit: 191)
        return budgets.map { -expm1(logs[Self.costLimit * 192 + $0]) }
      }
      each.measure {
        for weight in budgets { _ = options.logs(costLimit: Self.costLimit, weightLimit: weight) }
      }
    }
    row(
      "33 optima, \(mixes ? "types mixed" : "one type each")", budgets.count, ours, one, each, found, expected
    )
  }

  // MARK: A long frontier

  /// Fifty subsystems in series, three types, up to four components: every point of cost against unavailability.
  private func reportFrontier() throws {
    var state: UInt64 = 2_024
    func pick(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let subsystems = (0..<50).map { place in
      Redundancy(
        name: "\(place)",
        types: (0..<3).map {
          .init(name: "\($0)", unavailability: Double(1 + pick(80)) / 1_000, use: [Double(1 + pick(20))])
        }, counts: 1...4)
    }
    var (ours, one) = (BestTime(), BestTime())
    var (found, expected): ([Double], [Double]) = ([], [])
    let planner = try RedundancyPlanner(subsystems: subsystems, resources: ["cost"], limits: [.infinity])
    let options = TabledOptions(subsystems, costLimit: 4_000, weightLimit: 0)
    for _ in 0..<Self.rounds {
      found = ours.measure { planner.frontier(0).plans.map(\.unavailability) }
      expected = one.measure { Self.steps(options.logs(costLimit: 4_000, weightLimit: 0)) }
    }
    row("frontier of 50 subsystems, \(found.count) points", 1, ours, one, one, found, expected)
  }

  /// The unavailability of each cost that buys more than all below it.
  private static func steps(_ logs: [Double]) -> [Double] {
    var best = -1e299
    return logs.compactMap { log in
      guard log > best + 1e-15 else { return nil }
      best = log
      return -expm1(log)
    }
  }

  private func row(
    _ name: String, _ count: Int, _ ours: BestTime, _ one: BestTime, _ each: BestTime, _ found: [Double],
    _ expected: [Double]
  ) {
    let apart =
      found.count == expected.count
      ? threeDigits(zip(found, expected).map { abs($0 - $1) }.max() ?? 0)
      : "\(found.count) and \(expected.count) values"
    let times = [ours.seconds, ours.seconds / Double(count), one.seconds, each.seconds].map {
      threeDigits($0 * 1_000)
    }
    print(
      "| \(name) | \(times.joined(separator: " | ")) | \(threeDigits(ours.seconds / each.seconds)) | \(apart) |"
    )
  }
}

/// Every design of subsystems as the C programme takes them.
private struct TabledOptions {
  private var subsystem: [Int32] = []
  private var cost: [Int32] = []
  private var weight: [Int32] = []
  private var logs: [Double] = []

  init(_ subsystems: [Redundancy], costLimit: Int, weightLimit: Int) {
    for (place, one) in subsystems.enumerated() {
      let limits = [Double(costLimit), Double(weightLimit)].prefix(one.types[0].use.count)
      for design in one.designs(within: Array(limits)) {
        subsystem.append(Int32(place))
        cost.append(Int32(design.use[0]))
        weight.append(design.use.count > 1 ? Int32(design.use[1]) : 0)
        logs.append(log1p(-design.unavailability))
      }
    }
  }

  func logs(costLimit: Int, weightLimit: Int) -> [Double] {
    var result = [Double](repeating: 0, count: (costLimit + 1) * (weightLimit + 1))
    allocate(
      Int32(logs.count), subsystem, cost, weight, logs, Int32(costLimit), Int32(weightLimit), &result)
    return result
  }
}
