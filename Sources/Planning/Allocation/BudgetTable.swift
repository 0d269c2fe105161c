/// What the unavailability of a node can at best come to with so much of a budget for the places that are left.
///
/// The budget is a weighted sum of resources, in cells rounded in the plan's favour, and the two sides of a node may
/// spend it differently; so no plan is better than the table, and for places in series the table is met up to rounding.
struct BudgetTable {
  /// The weight of each resource in the budget; the whole budget is 1.
  let weights: [Double]
  private let cells: Int
  /// By level, then node, then cell.
  private var best: [[[Double]]]

  /// - Parameter weights: what a unit of each resource takes of the whole budget.
  init(_ problem: StructureProblem, weights: [Double], cells: Int) {
    self.weights = weights
    self.cells = cells
    best = problem.structure.levels.map { _ in [] }
    for place in problem.places.indices.reversed() {
      let options = problem.places[place].map { option in
        Priced(option, cells: Int(Double(cells) * (zip(weights, option.use).map(*).reduce(0, +) - 1e-12)))
      }
      best[place] = problem.structure.levels[place].map { node in
        row(node, place, options, scenario: problem.structure.chains[node.chain].scenario)
      }
    }
  }

  private struct Priced {
    let unavailability: [Double]
    let cells: Int

    init(_ option: StructureProblem.Option, cells: Int) {
      unavailability = option.unavailability
      self.cells = max(0, cells)
    }
  }

  private func row(
    _ node: StagedStructure.Node, _ place: Int, _ options: [Priced], scenario: Int
  ) -> [Double] {
    var row = [Double](repeating: .infinity, count: cells + 1)
    let (up, down) = (values(node.up, place + 1), values(node.down, place + 1))
    for option in options where option.cells <= cells {
      let fails = option.unavailability[scenario]
      for cell in option.cells...cells {
        let rest = cell - option.cells
        row[cell] = min(row[cell], up[rest] * (1 - fails) + (fails > 0 ? down[rest] * fails : 0))
      }
    }
    return row
  }

  private func values(_ next: StagedStructure.Next, _ level: Int) -> [Double] {
    switch next {
    case .works: [Double](repeating: 0, count: cells + 1)
    case .fails: [Double](repeating: 1, count: cells + 1)
    case .node(let node): best[level][node]
    }
  }

  /// The cell of a budget that is left.
  func cell(left: Double) -> Int? {
    let cell = (left * Double(cells) + 1e-6).rounded(.down)
    return cell < 0 ? nil : min(cells, Int(cell))
  }

  /// The least unavailability of a node of a level.
  func least(level: Int, node: Int, cell: Int) -> Double { best[level][node][cell] }
}
