/// Tries several orders of a module's leaves with growing budgets of work and keeps the best.
///
/// All orders build the same gates in the same sequence, so that those that come further within a budget are the
/// more promising; some of them go on with a larger one. The first that finishes is held against the others once,
/// with less work allowed than it took.
struct OrderRace {
  /// The diagrams of a module's outputs and the order of its leaves.
  struct Winner {
    let diagrams: [FlatDiagram]
    let order: [Int]
  }

  private struct Entrant {
    let order: [Int]
    var gates = 0
    var nodes = 0
  }

  private let module: ModuleGraph
  private let nodeLimit: Int
  private let rounds: Int
  private let builder: ModuleBuilder
  /// Steps of the first round; each round has `growth` times as many.
  private let firstBudget: Int
  private let growth = 5
  /// After so many steps the first diagram that is finished is good enough.
  private let enough = 1_000_000
  private let mostSecondChances = 2

  /// A race for a module of so many rounds at most, each diagram of at most so many nodes while it is built.
  init(_ module: ModuleGraph, nodeLimit: Int, rounds: Int) {
    self.module = module
    self.nodeLimit = nodeLimit
    self.rounds = rounds
    firstBudget = max(20_000, 20 * module.leaves.count)
    builder = ModuleBuilder(module)
  }

  /// The best of the orders tried.
  ///
  /// - Throws: `TooLarge` when none stays below the limit of nodes.
  func winner() throws(BinaryDecisionDiagram.TooLarge) -> Winner {
    let orders = VariableOrder(module)
    if let winner = atOnce(orders.depthFirst()) { return winner }
    var entrants = distinct(orders.quick)
    var best: Finished?
    var budget = firstBudget
    var round = 0
    var eliminated: [Entrant] = []
    let hubs = orders.hubsFirst()
    while best == nil, !entrants.isEmpty, round < rounds {
      if round == 1 {
        let promising = entrants.prefix(5).map(\.order)
        entrants = distinct(promising + orders.thorough(promising))
      }
      entrants = run(entrants, budget, &best)
      entrants.sort { ($0.gates, -$0.nodes) > ($1.gates, -$1.nodes) }
      if round > 0 {
        let kept = max(round > 3 ? 1 : 2, 5 - round)
        // A few leaves that everything uses are best decided first, which does not show before the last gate.
        let isKept = entrants.indices.map { $0 < kept || entrants[$0].order == hubs }
        eliminated = entrants.indices.filter { !isKept[$0] }.map { entrants[$0] } + eliminated
        entrants = entrants.indices.filter { isKept[$0] }.map { entrants[$0] }
      }
      budget *= growth
      round += 1
    }
    // The last ones may have been promising up to a late gate only.
    for entrant in eliminated.prefix(round < rounds ? mostSecondChances : 0) where best == nil {
      _ = run([entrant], Int.max, &best)
    }
    if round == 1, let small = best, small.steps > 2 * firstBudget / growth {
      _ = run(distinct(orders.thorough([small.order])), small.steps / 2, &best)
    }
    guard let best else { throw BinaryDecisionDiagram.TooLarge(nodeLimit: nodeLimit) }
    return Winner(diagrams: best.diagrams, order: best.order)
  }

  private struct Finished {
    let diagrams: [FlatDiagram]
    let order: [Int]
    let steps: Int
    let size: Int
  }

  /// A module that is one gate, or nearly so, needs no race.
  private func atOnce(_ order: [Int]) -> Winner? {
    let diagram = BinaryDecisionDiagram(nodeLimit: nodeLimit)
    if module.gates.count > 1 { diagram.stepLimit = 20 * module.leaves.count }
    guard case .finished(let functions) = builder.attempt(order, in: diagram) else { return nil }
    guard module.gates.count == 1 || diagram.nodeCount < 4 * module.leaves.count else { return nil }
    return Winner(diagrams: functions.map { FlatDiagram($0, in: diagram) }, order: order)
  }

  /// Runs entrants with a budget each; returns those that did not finish and may with more.
  private func run(_ entrants: [Entrant], _ budget: Int, _ best: inout Finished?) -> [Entrant] {
    var left: [Entrant] = []
    for entrant in entrants {
      if let best, best.steps > enough { break }
      let diagram = BinaryDecisionDiagram(nodeLimit: nodeLimit)
      diagram.stepLimit = min(budget, best.map { $0.steps * 3 / 5 } ?? Int.max)
      switch builder.attempt(entrant.order, in: diagram) {
      case .finished(let functions):
        let size = diagram.nodeCount
        if best.map({ size < $0.size }) ?? true {
          best = Finished(
            diagrams: functions.map { FlatDiagram($0, in: diagram) }, order: entrant.order,
            steps: diagram.steps, size: size)
        }
      case .stopped(let gates, let nodes):
        guard diagram.steps >= diagram.stepLimit else { continue }
        left.append(Entrant(order: entrant.order, gates: gates, nodes: nodes))
      }
    }
    return left
  }

  private func distinct(_ orders: [[Int]]) -> [Entrant] {
    var seen: Set<[Int]> = []
    return orders.filter { seen.insert($0).inserted }.map { Entrant(order: $0) }
  }
}
