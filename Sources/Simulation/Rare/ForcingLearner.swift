internal import ServiceGraph
internal import Stochastics

/// Learns from pilot windows how a capability fails, and what to force so that it is seen to.
///
/// Cautious laws force everything that matters a little, some as if all processes were alike and some by how often they
/// fail. Each way to fail that they show becomes a law of its own, until hardly any failure goes a way not seen before.
struct ForcingLearner {
  private let run: ForcedRun
  private let natural: [Double]
  /// The processes that may matter to the capability, as places among the timelines.
  private let relevant: [Int32]
  private let causes: [Int]
  private(set) var ways = FailureWays()
  private var cautious: [FailureForcing.Law] = []
  /// The next pilots' replications, from the far end, so that they share none with the run.
  private var next = Int(UInt32.max)

  /// The windows of one pilot run.
  static let pilotSize = 10_000
  /// So many failures a cautious law must show before it is forceful enough.
  static let enough = 200
  /// The most pilots after the cautious laws are found.
  static let mostRounds = 12

  init(_ run: ForcedRun, natural: [Double]) {
    self.run = run
    self.natural = natural
    let graph = run.layout.graph
    let needed = graph.unitsNeeded(byCapability: run.capability)
    let processes = run.layout.timelines.processes
    causes = processes.map { graph.processes[Int($0.number)].cause }
    relevant = processes.indices.filter { place in
      natural[place] > 0
        && graph.processes[Int(processes[place].number)].units.contains { needed.contains($0) }
    }.map { Int32($0) }
  }

  /// The forcing to run with.
  mutating func learn() -> FailureForcing {
    for exponent in [0, 0.5] { cautious.append(cautiousLaw(exponent: exponent)) }
    for _ in 0..<ForcingLearner.mostRounds {
      let before = ways.count
      pilot(forcing())
      if ways.count == before, ways.unseenShare < 0.02 { break }
    }
    return forcing()
  }

  /// Forces more and more until failures are seen.
  private mutating func cautiousLaw(exponent: Double) -> FailureForcing.Law {
    var count = 1.0
    while true {
      let law = law(touching: count, exponent: exponent)
      let hits = pilot(FailureForcing(natural: natural, laws: [(law, 1)]))
      if hits >= ForcingLearner.enough || count >= Double(relevant.count) { return law }
      count *= 2
    }
  }

  /// P(touched) in proportion to a power of what is natural, so that so many touch a window on average.
  private func law(touching count: Double, exponent: Double) -> FailureForcing.Law {
    let sizes = relevant.map { portablePower(natural[Int($0)], exponent) }
    let sum = sizes.reduce(0, +)
    return FailureForcing.Law(
      forced: zip(relevant, sizes).map { process, size in
        (process, max(natural[Int(process)], min(0.5, count * size / sum)))
      })
  }

  /// Simulates a pilot run and notes how failures came about; returns how many there were.
  @discardableResult
  private mutating func pilot(_ forcing: FailureForcing) -> Int {
    next -= ForcingLearner.pilotSize
    let seen = run.windows(ForcingLearner.pilotSize, from: next, forcing).filter { $0.share > 0 }
    let known = Set(relevant)
    for window in seen {
      ways.note(FailureWay(causes: window.failed.filter(known.contains).map { causes[Int($0)] }))
    }
    return seen.count
  }

  /// A law for each way, more often drawn the likelier it is; the cautious ones and nature for what was not seen.
  private mutating func forcing() -> FailureForcing {
    let minimal = ways.minimal(likelihood: likelihood)
    ways.minimalCount = minimal.count
    let likely = minimal.map(likelihood)
    let sum = likely.reduce(0, +)
    var laws: [(law: FailureForcing.Law, share: Double)] = [(.natural, 0.05)]
    laws += cautious.map { ($0, 0.1) }
    for (way, own) in zip(minimal, likely) {
      laws.append((law(of: way), 0.4 / Double(minimal.count) + (sum > 0 ? 0.4 * own / sum : 0)))
    }
    return FailureForcing(natural: natural, laws: laws)
  }

  /// The processes of a cause that matter.
  private func members(_ cause: Int) -> [Int32] { relevant.filter { causes[Int($0)] == cause } }

  private func law(of way: FailureWay) -> FailureForcing.Law {
    FailureForcing.Law(
      forced: way.parts.flatMap { part in
        let members = members(part.cause)
        let chance = min(0.9, Double(part.count) / Double(members.count))
        return members.map { ($0, max(chance, natural[Int($0)])) }
      })
  }

  /// About how likely a way is: the binomial term of each part with the mean probability of its processes.
  private func likelihood(_ way: FailureWay) -> Double {
    way.parts.reduce(1) { product, part in
      let members = members(part.cause)
      let mean = members.reduce(0) { $0 + natural[Int($1)] } / Double(max(1, members.count))
      return (0..<part.count).reduce(product) { term, place in
        term * mean * Double(members.count - place) / Double(place + 1)
      }
    }
  }
}
