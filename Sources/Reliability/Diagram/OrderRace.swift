/// Tries several orders of a module's leaves with growing budgets of work and keeps the best.
///
/// All orders build the same gates in the same sequence, so that those that come further within a budget are the
/// more promising: they go on from where they stopped. First a few get larger budgets, since most modules need no
/// more; when that was in vain all others come back. What the first that finishes took is what may be spent on
/// finding a smaller one.
struct OrderRace {
  /// The diagrams of a module's outputs and the order of its leaves.
  struct Winner {
    let diagrams: [FlatDiagram]
    let order: [Int]
  }

  /// Where an order comes from; neither kind is given up while the race is open.
  private enum Family: Int {
    case walk, search
  }

  private struct Entrant {
    var attempt: ModuleAttempt
    let family: Family
    /// As the network is written: what its author may have thought about.
    var isAsWritten = false
    var nodes = 0
  }

  private struct Finished {
    let diagrams: [FlatDiagram]
    let order: [Int]
    let steps: Int
    let size: Int
  }

  private struct Round {
    /// Steps since an entrant's beginning, as a multiple of the first budget.
    let budget: Int
    /// How many entrants run.
    let runners: Int
    /// Whether the others leave.
    let isFinal: Bool
  }

  private let module: ModuleGraph
  private let nodeLimit: Int
  private let mostSteps: Int
  private let builder: ModuleBuilder
  private let firstBudget: Int
  private static let rounds =
    [(1, 99), (2, 10), (4, 5), (8, 4), (16, 3), (32, 3), (64, 2)].map {
      Round(budget: $0, runners: $1, isFinal: false)
    }
    + [(8, 12), (16, 10), (32, 7), (64, 4), (128, 3), (256, 2)]
    .map { Round(budget: $0, runners: $1, isFinal: true) }
    + (9..<40).map { Round(budget: 1 << $0, runners: 1, isFinal: true) }
  /// After so many steps the first diagram that is finished is good enough.
  private static let enough = 1_000_000
  private static let mostSecondChances = 2
  /// The most steps of all entrants together: some seconds, after which bounds are worth more than waiting.
  private static let mostSpent = 45_000_000

  private var best: Finished?
  /// The steps of all entrants together.
  private var spent = 0
  private var entrants: [Entrant] = []
  private var seen: Set<[Int]> = []
  /// Orders that left, the last first.
  private var eliminated: [[Int]] = []

  /// A race for a module: each diagram of at most so many nodes while it is built, in at most so many steps.
  init(_ module: ModuleGraph, nodeLimit: Int, mostSteps: Int = Int.max) {
    self.module = module
    self.nodeLimit = nodeLimit
    self.mostSteps = mostSteps
    builder = ModuleBuilder(module)
    firstBudget = max(10_000, 20 * module.leaves.count)
  }

  /// The best of the orders tried.
  ///
  /// - Throws: `TooLarge` when none stays below the limits.
  mutating func winner() throws(BinaryDecisionDiagram.TooLarge) -> Winner {
    let orders = VariableOrder(module)
    enter([orders.depthFirst()], .walk)
    run(1, to: firstBudget)
    if let best, module.gates.count == 1 || best.size < 4 * module.leaves.count { return winner(best) }
    for (number, round) in OrderRace.rounds.enumerated() where best == nil {
      if number == 0 {
        enter(orders.depthFirst(), .walk, isAsWritten: true)
        enter(orders.quick, .walk)
      }
      if number == 1 { enter(orders.thorough(entrants.map(\.attempt.order)), .search) }
      let budget = firstBudget * round.budget
      if entrants.isEmpty || spent >= OrderRace.mostSpent || number > 0 && budget > mostSteps { break }
      run(rank(round), to: budget)
    }
    if best == nil { giveSecondChances() }
    if let best {
      if spent < 2 * best.steps { enter(orders.quick, .walk) }
      if spent < 2 * best.steps, best.steps > firstBudget / 2 {
        enter(orders.thorough([best.order]), .search)
      }
      improve(best)
    }
    guard let best else { throw BinaryDecisionDiagram.TooLarge(nodeLimit: nodeLimit) }
    return winner(best)
  }

  private func winner(_ best: Finished) -> Winner { Winner(diagrams: best.diagrams, order: best.order) }

  // MARK: Rounds

  private mutating func enter(_ orders: [[Int]], _ family: Family) {
    for order in orders where seen.insert(order).inserted { enter(order, family) }
  }

  private mutating func enter(_ order: [Int], _ family: Family, isAsWritten: Bool = false) {
    let attempt = ModuleAttempt(order, isAsWritten ? .given : .byLevel, builder, nodeLimit: nodeLimit)
    entrants.append(Entrant(attempt: attempt, family: family, isAsWritten: isAsWritten))
  }

  /// Sorts the entrants: those that run next come first, so many as are returned.
  ///
  /// Half of the places go to the best of each family, and one more to what is as written as long as nobody has to
  /// leave.
  private mutating func rank(_ round: Round) -> Int {
    entrants.sort {
      if $0.isAsWritten != $1.isAsWritten, !round.isFinal { return $0.isAsWritten }
      return ($0.attempt.gates, -$0.nodes) > ($1.attempt.gates, -$1.nodes)
    }
    var places = [0, 0]
    let isSeeded = entrants.map { entrant in
      places[entrant.family.rawValue] += 1
      return places[entrant.family.rawValue] <= max(1, round.runners / 2)
        || entrant.isAsWritten && !round.isFinal
    }
    let seeded = zip(entrants, isSeeded).filter(\.1).map(\.0)
    let others = zip(entrants, isSeeded).filter { !$0.1 }.map(\.0)
    entrants = seeded + others
    if round.isFinal {
      eliminated = entrants.dropFirst(round.runners).map(\.attempt.order) + eliminated
      entrants = Array(entrants.prefix(round.runners))
    }
    return max(round.runners, seeded.count)
  }

  /// Lets the first entrants go on until one finishes; those whose diagrams are full leave for good.
  ///
  /// What is as written is ahead of the others at first: it is most often good enough.
  private mutating func run(_ count: Int, to budget: Int) {
    var left: [Entrant] = []
    for (place, var entrant) in entrants.enumerated() {
      let before = entrant.attempt.diagram.steps
      let ahead = entrant.isAsWritten ? max(budget, min(4 * budget, 32 * firstBudget)) : budget
      let own = min(ahead, before + max(0, OrderRace.mostSpent - spent))
      if best == nil, place < count, before < own {
        switch entrant.attempt.run(toStep: own) {
        case .finished(let functions): keep(functions, of: entrant.attempt)
        case .stopped:
          entrant.nodes = entrant.attempt.neededNodes
          left.append(entrant)
        case .full: break
        }
        spent += entrant.attempt.diagram.steps - before
      } else {
        left.append(entrant)
      }
    }
    entrants = left
  }

  private mutating func keep(_ functions: [ModuleAttempt.Function], of attempt: ModuleAttempt) {
    let size = attempt.diagram.nodeCount
    if let best, best.size <= size { return }
    best = Finished(
      diagrams: functions.map { FlatDiagram($0, in: attempt.diagram) }, order: attempt.order,
      steps: attempt.diagram.steps, size: size)
  }

  // MARK: Afterwards

  /// The last ones to leave may have been promising up to a late gate only.
  private mutating func giveSecondChances() {
    if mostSteps < Int.max { return }
    for order in eliminated.prefix(OrderRace.mostSecondChances) where best == nil {
      entrants = []
      enter(order, .walk)
      run(1, to: Int.max)
    }
  }

  /// Spends as many steps as the first took on finding a smaller one, if little was spent before.
  private mutating func improve(_ first: Finished) {
    if first.steps > OrderRace.enough { return }
    var left = 2 * first.steps - spent
    for var entrant in entrants where left > 0 {
      let before = entrant.attempt.diagram.steps
      let limit = min(first.steps * 3 / 5, before + left)
      if before >= limit { continue }
      if case .finished(let functions) = entrant.attempt.run(toStep: limit) {
        keep(functions, of: entrant.attempt)
      }
      left -= entrant.attempt.diagram.steps - before
    }
  }
}
