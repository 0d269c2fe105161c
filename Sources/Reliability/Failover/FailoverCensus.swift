internal import ServiceGraph

/// The states of a failover chain as far as a question about some of its outages can tell: which outages are under way
/// and who holds the roles.
struct FailoverCensus: Sendable {
  /// How often each outcome occurs in each situation; see `OutcomeModule`.
  typealias Table = [[Int: Double]]

  private let chain: FailoverChain
  /// The outages that others depend on too.
  private let shared: [Int]
  private var entries: [(state: FailoverChain.State, chance: Double)] = []

  /// Counts the states of a chain that was solved.
  init(_ chain: FailoverChain, _ states: [FailoverChain.State], _ chances: [Double]) {
    self.chain = chain
    shared = chain.outages.indices.filter { chain.outages[$0].isShared }
    var places: [FailoverChain.State: Int] = [:]
    for (state, chance) in zip(states, chances) where chance > 0 {
      let seen = chain.withoutProgress(state)
      if let place = places[seen] {
        entries[place].chance += chance
      } else {
        places[seen] = entries.count
        entries.append((seen, chance))
      }
    }
  }

  /// The processes of each outage.
  var processes: [[Int]] { chain.outages.map(\.processes) }

  // MARK: Some processes, up or down

  /// Which part of each outage some processes are.
  struct Part {
    /// For each outage: the probability that it is still there without them, given that it is.
    let stays: [Double]
    /// For each outage: the probability that none of them is the reason, given that it is there.
    let isOthers: [Double]
    /// Whether any of them is part of the outage.
    let isTouched: [Bool]

    init(_ isOwn: [Bool], of census: FailoverCensus, in graph: CompiledGraph) {
      func likelihood(_ processes: [Int]) -> Double {
        combined(processes.map { graph.processes[$0].unavailability })
      }
      let parts = census.processes.map { processes in
        let others = processes.filter { !isOwn[$0] }
        guard others.count < processes.count else { return (stays: 1.0, isOthers: 1.0, isTouched: false) }
        let whole = likelihood(processes)
        let stays = whole > 0 ? likelihood(others) / whole : 0
        return (stays, stays * (1 - likelihood(processes.filter { isOwn[$0] })), true)
      }
      stays = parts.map(\.stays)
      isOthers = parts.map(\.isOthers)
      isTouched = parts.map(\.isTouched)
    }
  }

  /// The table were the outages of some processes repaired at once: states as they are, but for the units that only
  /// these hold down.
  func table(without part: Part) -> Table {
    table { entry, add in
      var branches: [(ignored: [Int], chance: Double)] = [([], entry.chance)]
      for outage in underWay(entry.state) where part.stays[outage] < 1 {
        branches = branches.flatMap { branch in
          [
            (branch.ignored + [outage], branch.chance * (1 - part.stays[outage])),
            (branch.ignored, branch.chance * part.stays[outage]),
          ].filter { $0.1 > 0 }
        }
      }
      for branch in branches {
        add(
          situation(entry.state) { branch.ignored.contains($0) },
          chain.rolesDown(entry.state) { branch.ignored.contains($0) }, branch.chance)
      }
    }
  }

  /// The table of the time in which none of some processes is down; its sum is not 1.
  func table(noneOf part: Part) -> Table {
    table { entry, add in
      let chance = underWay(entry.state).reduce(entry.chance) { $0 * part.isOthers[$1] }
      if chance > 0 { add(situation(entry.state), chain.rolesDown(entry.state), chance) }
    }
  }

  /// The table as if all of some processes were down, and every role had moved that can.
  func table(allOf part: Part) -> Table {
    let forced = part.isTouched.indices.filter { part.isTouched[$0] }
    var known: [[Int]: Int] = [:]
    return table { entry, add in
      let outages = Set(underWay(entry.state) + forced).sorted()
      let down = known[outages] ?? chain.rolesDownAtRest(outages: outages)
      known[outages] = down
      let bits = shared.enumerated().reduce(0) { part.isTouched[$1.element] ? $0 | 1 << $1.offset : $0 }
      add(situation(entry.state) | bits, down, entry.chance)
    }
  }

  /// The probability that any of some processes is down, those left out that others depend on too.
  func likelihood(of part: Part) -> Double {
    let own = chain.outages.indices.filter { part.isTouched[$0] && !chain.outages[$0].isShared }
    return entries.reduce(0) { total, entry in
      let none = own.filter { chain.isUnderWay($0, entry.state) }.reduce(1) { $0 * part.isOthers[$1] }
      return total + entry.chance * (1 - none)
    }
  }

  // MARK: One outage alone

  /// For each outage: the sets of roles that are down, a bit each, while that outage alone is under way, and how much each
  /// takes of that time, or of the part of it that others share; nothing where it is never alone, or no role is down.
  var sharesAlone: [[(roles: Int, share: Double)]] {
    var times = [Double](repeating: 0, count: chain.outages.count)
    var downs = [[Int: Double]](repeating: [:], count: times.count)
    for entry in entries {
      let underWay = underWay(entry.state)
      guard underWay.count == 1 else { continue }
      let isCounted =
        !chain.outages[underWay[0]].isShared || chain.isHolding(underWay[0], entry.state)
      if isCounted { times[underWay[0]] += entry.chance }
      downs[underWay[0]][chain.rolesDown(entry.state), default: 0] += entry.chance
    }
    return zip(times, downs).map { time, down in
      down.filter { $0.key != 0 }.sorted { $0.key < $1.key }.map { ($0.key, min(1, $0.value / time)) }
    }
  }

  // MARK: States

  private func underWay(_ state: FailoverChain.State) -> [Int] {
    chain.outages.indices.filter { chain.isUnderWay($0, state) }
  }

  private func situation(
    _ state: FailoverChain.State, without isIgnored: (Int) -> Bool = { _ in false }
  ) -> Int {
    shared.enumerated().reduce(0) { bits, place in
      chain.isHolding(place.element, state) && !isIgnored(place.element) ? bits | 1 << place.offset : bits
    }
  }

  private func table(
    _ body: (
      _ entry: (state: FailoverChain.State, chance: Double),
      _ add: (_ situation: Int, _ outcome: Int, _ chance: Double) -> Void
    ) -> Void
  ) -> Table {
    var table = Table(repeating: [:], count: 1 << shared.count)
    for entry in entries {
      body(entry) { situation, outcome, chance in table[situation][outcome, default: 0] += chance }
    }
    return table
  }
}
