import Reliability

/// Queens on a board, one in each row, none of them attacked: a published count for any Boolean engine.
struct QueensNetwork {
  private(set) var network = BooleanNetwork()
  let root: BooleanNetwork.Literal

  init(size: Int) {
    var network = BooleanNetwork()
    let squares = (0..<size * size).map { network.variable($0) }
    var rules: [BooleanNetwork.Literal] = []
    for row in 0..<size {
      rules.append(network.or((0..<size).map { squares[row * size + $0] }))
      for column in 0..<size {
        let attacked = Self.attacked(row, column, size).map { squares[$0].negated }
        rules.append(network.or([squares[row * size + column].negated, network.and(attacked)]))
      }
    }
    root = network.and(rules)
    self.network = network
  }

  private static func attacked(_ row: Int, _ column: Int, _ size: Int) -> [Int] {
    (0..<size * size).filter { square in
      let (down, right) = (square / size - row, square % size - column)
      return (down, right) != (0, 0) && (down == 0 || right == 0 || abs(down) == abs(right))
    }
  }
}
