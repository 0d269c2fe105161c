import Reliability
import Stochastics

/// Random functions of six variables, each held as a decision diagram and as a truth table.
struct RandomFunctions {
  let diagram = BinaryDecisionDiagram()
  private(set) var functions: [BinaryDecisionDiagram.Function]
  private(set) var tables: [TruthTable]
  private var stream = RandomStream(seed: 1, process: ProcessKey(name: "random functions"), replication: 0)

  /// The two constants and the six variables, then `count` functions made from earlier ones.
  init(count: Int) throws {
    let diagram = diagram
    functions =
      [BinaryDecisionDiagram.never, BinaryDecisionDiagram.always]
      + (0..<TruthTable.variables).map { diagram.variable($0) }
    tables = [.never, .always] + (0..<TruthTable.variables).map { TruthTable.variable($0) }
    for _ in 0..<count { try addOne() }
  }

  private mutating func pick() -> Int { Int(stream.nextBits() % UInt64(functions.count)) }

  private mutating func addOne() throws {
    let (a, b, c) = (pick(), pick(), pick())
    switch stream.nextBits() % 5 {
    case 0: add(try diagram.and(functions[a], functions[b]), .ifThenElse(tables[a], tables[b], .never))
    case 1: add(try diagram.or(functions[a], functions[b]), .ifThenElse(tables[a], .always, tables[b]))
    case 2: add(diagram.not(functions[a]), .ifThenElse(tables[a], .never, .always))
    case 3:
      add(
        try diagram.ifThenElse(functions[a], functions[b], functions[c]),
        .ifThenElse(tables[a], tables[b], tables[c]))
    default:
      let members = (0..<5).map { _ in pick() }
      let needed = Int(stream.nextBits() % 7)
      add(
        try diagram.atLeast(needed, of: members.map { functions[$0] }),
        .atLeast(needed, of: members.map { tables[$0] }))
    }
  }

  private mutating func add(_ function: BinaryDecisionDiagram.Function, _ table: TruthTable) {
    functions.append(function)
    tables.append(table)
  }
}

extension BinaryDecisionDiagram {
  /// The value of a function in one state; bit i is variable i.
  func value(of function: Function, state: Int) -> Bool {
    var place = function
    while let parts = parts(of: place) { place = state >> parts.variable & 1 == 1 ? parts.high : parts.low }
    return place == BinaryDecisionDiagram.always
  }
}
