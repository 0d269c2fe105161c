import NextEventBaseline
import Reliability
import ServiceGraph
import Stochastics

/// Thirty components in ten groups of three without simulation: the long run to the last digit, and the mean over a year from new.
///
/// The values come from `Benchmarks/reference.py`.
struct ThirtyExactly {
  private static let rounds = 50
  private static let yearHours = 8760.0
  private static let longRun = 0.001_026_271_101_267_797_6
  private static let overAYear = 0.001_024_525_925_337_454_2

  private let graph: CompiledGraph

  init() throws {
    graph = try ThirtyComponents.graph(
      sizes: [Int](repeating: 3, count: 10), fails: ThirtyComponents.cases[0].fails)
  }

  /// Prints values, how far they are off and the shortest of several times.
  func report() throws {
    let loop = secondsAYearInALoop()
    print("Thirty components in ten groups exactly, best of \(Self.rounds)")
    try reportLongRun(loop)
    try reportYear(loop)
  }

  private func reportLongRun(_ loop: Double) throws {
    var time = BestTime()
    var found = 0.0
    for _ in 0..<Self.rounds {
      found = try time.measure { try SteadyState.unavailabilities(of: graph).first ?? .nan }
    }
    let ulps = abs(found - Self.longRun) / Self.longRun.ulp
    print("  long run: \(found), \(threeDigits(ulps)) ulp off, \(spent(time, loop))")
  }

  private func reportYear(_ loop: Double) throws {
    var time = BestTime()
    var found = 0.0
    for _ in 0..<Self.rounds {
      found = try time.measure {
        try IntervalAvailability.results(of: graph, horizonHours: Self.yearHours).first?.unavailability
          ?? .nan
      }
    }
    let error = abs(found / Self.overAYear - 1)
    print("  over a year from new: \(found), relative error \(threeDigits(error)), \(spent(time, loop))")
  }

  private func spent(_ time: BestTime, _ loop: Double) -> String {
    "\(threeDigits(time.seconds * 1000)) ms, in which the C++ loop with a heap simulates \(threeDigits(time.seconds / loop)) years"
  }

  private func secondsAYearInALoop() -> Double {
    let one = ThirtyComponents.cases[0]
    var system = thirty_components(up: one.up, down: one.down, horizon_hours: Self.yearHours)
    var time = BestTime()
    let years: Int64 = 2_000
    for seed in 1...5 { _ = time.measure { simulate_thirty_components(&system, 1, UInt64(seed), years) } }
    return time.seconds / Double(years)
  }
}
