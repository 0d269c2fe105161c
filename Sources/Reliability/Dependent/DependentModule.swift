internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What a dependent group looks like from outside in the long run: how many of its parts are down, how likely, and how
/// often that gets worse.
///
/// The group's chain is solved once. Nothing else in the model depends on it, so that it stands in the failure network as
/// one variable with several values; which of the parts that can be exchanged are down is drawn from them evenly.
struct DependentModule: Sendable {
  /// Why a group has no answer.
  struct Unsolved: Error {
    let reason: String
  }

  /// One part of an outcome: so many of these are down.
  struct Part: Sendable {
    /// A process, or a unit of a pool.
    struct Member: Sendable {
      /// The units that it holds down.
      let units: [Int]
      /// The processes behind it.
      let processes: [Int]
    }

    /// Those that can be exchanged for each other.
    let members: [Member]
  }

  /// A step from one outcome to a worse one.
  struct Step: Sendable {
    let from: Int
    let to: Int
    let frequencyPerHour: Double
  }

  /// What an outcome counts, one number for each.
  let parts: [Part]
  /// The outcomes: how many members of each part are down. The rarest come first.
  private(set) var outcomes: [[Int]]
  /// The outcome in which nothing has failed.
  private(set) var healthyOutcome: Int
  /// The share of time of each outcome.
  private(set) var probabilities: [Double]
  /// How often one leads to another.
  private(set) var steps: [Step]
  /// The causes of the group's failures, ascending.
  let causes: [Int]
  /// For each cause: the share of time of each outcome were its failures always repaired.
  private(set) var probabilitiesWithout: [[Double]]
  /// What was approximated, and how.
  let approximations: [String]
  /// The states behind it.
  let census: DependentCensus
  /// What all that was read from.
  let source: Source

  /// The chain of a group, explored.
  struct Source: Sendable {
    let space: StateSpace<DependentState>
    let moves: DependentMoves
    let view: DependentView
  }

  /// More states than are solved in a few seconds.
  static let stateLimit = 300_000
  /// Every outcome is a variable of the network.
  static let outcomeLimit = 5_000
  /// So many members that can be exchanged need half as many squared variables.
  static let memberLimit = 120

  /// Solves a group.
  init(_ group: DependentGroup, in graph: CompiledGraph) throws(Unsolved) {
    let moves = DependentMoves(group, in: graph)
    let view = DependentView(group, in: graph, moves: moves)
    parts = view.parts
    if let large = parts.first(where: { $0.members.count > Self.memberLimit }) {
      throw Unsolved(
        reason:
          "\(large.members.count) units wait for a crew or stand by together; at most \(Self.memberLimit) are solved"
      )
    }
    let space: StateSpace<DependentState>
    let shares: [Double]
    do {
      space = try StateSpace(from: moves.start, limit: Self.stateLimit, moves: moves.moves)
      shares = try space.chain.steadyState()
    } catch {
      throw Unsolved(reason: Self.reason(for: error, view.name))
    }
    var tally = OutcomeTally()
    causes = view.causes
    tally.add(space, shares: shares, view: view, moves: moves)
    guard tally.outcomes.count <= Self.outcomeLimit else {
      throw Unsolved(
        reason:
          "\(view.name) can fail in \(tally.outcomes.count) ways; at most \(Self.outcomeLimit) are solved")
    }
    let order = tally.rarestFirst
    outcomes = order.map { tally.outcomes[$0] }
    healthyOutcome = outcomes.firstIndex(of: view.outcome(moves.start)) ?? outcomes.count - 1
    probabilities = order.map { tally.probabilities[$0] }
    probabilitiesWithout = causes.indices.map { cause in order.map { tally.probabilitiesWithout[cause][$0] } }
    steps = tally.steps(numbered: order)
    approximations = view.approximations
    census = DependentCensus(group, loose: view.loose, moves: moves, space.states, shares)
    source = Source(space: space, moves: moves, view: view)
  }

  /// The same with outcomes that do not occur by themselves but in a question, as the rarest.
  func adding(outcomesOf tables: [[[Int]: Double]]) -> DependentModule {
    let asked = tables.reduce(into: Set<[Int]>()) { $0.formUnion($1.keys) }.subtracting(outcomes)
    let added = asked.sorted { $0.lexicographicallyPrecedes($1) }
    let zeros = [Double](repeating: 0, count: added.count)
    var other = self
    other.outcomes = added + outcomes
    other.healthyOutcome += added.count
    other.probabilities = zeros + probabilities
    other.probabilitiesWithout = probabilitiesWithout.map { zeros + $0 }
    other.steps = steps.map {
      Step(from: $0.from + added.count, to: $0.to + added.count, frequencyPerHour: $0.frequencyPerHour)
    }
    return other
  }

  /// The weights of the outcomes in a table.
  func weights(_ table: [[Int]: Double]) -> [Double] { outcomes.map { table[$0] ?? 0 } }

  private static func reason(for error: any Error, _ name: String) -> String {
    if let error = error as? StateSpace<DependentState>.TooManyStates {
      return "\(name) has more than \(error.limit) states"
    }
    return "the long run of \(name) did not settle"
  }
}

/// How the states of a group look from outside.
struct DependentView: Sendable {
  let name: String
  let parts: [DependentModule.Part]
  let causes: [Int]
  let approximations: [String]
  private let group: DependentGroup
  private let moves: DependentMoves
  /// The classes outside pools that take something down.
  let loose: [Int]
  private let classesOfCause: [[Int]]

  init(_ group: DependentGroup, in graph: CompiledGraph, moves: DependentMoves) {
    self.group = group
    self.moves = moves
    let classes = group.classes
    func first(_ one: DependentGroup.FailureClass) -> RenewalProcess? {
      one.processes.first.map { graph.processes[$0] }
    }
    let loose = classes.indices.filter { classes[$0].pool == nil && first(classes[$0])?.takesDown == true }
    self.loose = loose
    parts =
      loose.map { Self.part(of: classes[$0].processes, graph) }
      + group.pools.indices.map { pool in
        Self.part(ofPool: group.pools[pool], classes: classes.filter { $0.pool == pool }, graph)
      }
    let own = Set(
      (loose + classes.indices.filter { classes[$0].pool != nil }).compactMap { first(classes[$0])?.cause })
    let causes = own.sorted()
    self.causes = causes
    classesOfCause = causes.map { cause in classes.indices.filter { first(classes[$0])?.cause == cause } }
    let names =
      group.crews.map { "the crew \(graph.model.crews[$0].name)" }
      + group.pools.map { graph.model.components[$0.component].name }
    name = names.joined(separator: " and ")
    let isExact =
      classes.allSatisfy { Self.isExponential($0, graph) } && group.pools.allSatisfy(Self.isExponential)
    approximations =
      isExact
      ? []
      : [
        "\(name): times to fail, to notice, to switch and to repair are taken as exponential with the means stated"
      ]
  }

  /// How many members of each part are down.
  func outcome(_ state: DependentState) -> [Int] {
    loose.map { state.failed($0) }
      + group.pools.indices.map { group.pools[$0].units.count - moves.working($0, in: state) }
  }

  /// The same, were the failures of a cause repaired.
  func outcome(_ state: DependentState, withoutCause index: Int) -> [Int] {
    let repaired = classesOfCause[index]
    return loose.map { repaired.contains($0) ? 0 : state.failed($0) }
      + group.pools.indices.map {
        group.pools[$0].units.count - moves.working($0, in: state, withoutFailuresOf: repaired)
      }
  }

  private static func part(of processes: [Int], _ graph: CompiledGraph) -> DependentModule.Part {
    DependentModule.Part(
      members: processes.map {
        DependentModule.Part.Member(units: graph.processes[$0].units, processes: [$0])
      })
  }

  private static func part(
    ofPool pool: DependentGroup.Pool, classes: [DependentGroup.FailureClass], _ graph: CompiledGraph
  ) -> DependentModule.Part {
    let processes = classes.flatMap(\.processes)
    return DependentModule.Part(
      members: pool.units.map { unit in
        DependentModule.Part.Member(
          units: [unit], processes: processes.filter { graph.processes[$0].units == [unit] })
      })
  }

  private static func isExponential(_ one: DependentGroup.FailureClass, _ graph: CompiledGraph) -> Bool {
    guard let process = one.processes.first.map({ graph.processes[$0] }) else { return true }
    let early = one.crew == nil ? 0 : one.partsBeforeRepair
    return process.uptime is Exponential && early <= 1 && process.outage.count - early <= 1
      && process.outage.allSatisfy { $0 is Exponential }
  }

  private static func isExponential(_ pool: DependentGroup.Pool) -> Bool {
    guard let standby = pool.standby else { return true }
    let move = standby.takes.map { [$0] } ?? []
    let byHand = standby.manual.map { [$0] } ?? []
    return [move, byHand].allSatisfy { last in
      let all = (standby.detection + last).filter { $0.mean > 0 }
      return last.isEmpty || all.count <= 1 && all.allSatisfy { $0 is Exponential }
    }
  }
}

/// Adds up the states that look the same from outside.
private struct OutcomeTally {
  private(set) var outcomes: [[Int]] = []
  private(set) var probabilities: [Double] = []
  private(set) var probabilitiesWithout: [[Double]] = []
  private var numbers: [[Int]: Int] = [:]
  private var frequencies: [Pair: Double] = [:]
  private var pairs: [Pair] = []

  private struct Pair: Hashable {
    let from: Int
    let to: Int
  }

  mutating func add(
    _ space: StateSpace<DependentState>, shares: [Double], view: DependentView, moves: DependentMoves
  ) {
    probabilitiesWithout = view.causes.map { _ in [] }
    for (state, share) in zip(space.states, shares) where share > 0 {
      let from = number(view.outcome(state))
      probabilities[from] += share
      for cause in view.causes.indices {
        let number = number(view.outcome(state, withoutCause: cause))
        probabilitiesWithout[cause][number] += share
      }
      for move in moves.moves(from: state) {
        let next = view.outcome(move.to)
        guard zip(next, outcomes[from]).contains(where: { $0 > $1 }) else { continue }
        let pair = Pair(from: from, to: number(next))
        if frequencies[pair] == nil { pairs.append(pair) }
        frequencies[pair, default: 0] += share * move.rate
      }
    }
  }

  private mutating func number(_ outcome: [Int]) -> Int {
    if let known = numbers[outcome] { return known }
    numbers[outcome] = outcomes.count
    outcomes.append(outcome)
    probabilities.append(0)
    for cause in probabilitiesWithout.indices { probabilitiesWithout[cause].append(0) }
    return outcomes.count - 1
  }

  /// The outcomes by probability, ascending: the rest of a sum of rare ones loses no digits.
  var rarestFirst: [Int] {
    outcomes.indices.sorted {
      probabilities[$0] != probabilities[$1] ? probabilities[$0] < probabilities[$1] : $0 < $1
    }
  }

  func steps(numbered order: [Int]) -> [DependentModule.Step] {
    var place = [Int](repeating: 0, count: order.count)
    for (index, old) in order.enumerated() { place[old] = index }
    return pairs.map { pair in
      DependentModule.Step(
        from: place[pair.from], to: place[pair.to], frequencyPerHour: frequencies[pair] ?? 0)
    }
  }
}
