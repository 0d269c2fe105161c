/// Which states lead to which.
extension MarkovChain {
  /// The sets of states that are never left once entered, each ascending.
  ///
  /// Tarjan's algorithm for strongly connected components on a stack of its own. Source: Tarjan, *Depth-first
  /// search and linear graph algorithms*, SIAM J. Computing 1 (1972).
  var recurrentClasses: [[Int]] {
    var search = ComponentSearch(rates: rates)
    for state in 0..<stateCount where initial[state] > 0 { search.explore(from: state) }
    return search.closed
  }

  /// The states that can be reached from where the chain starts, without going on from those in `barrier`.
  func reachable(stoppingAt barrier: [Bool]? = nil) -> [Bool] {
    var reached = initial.map { $0 > 0 }
    var stack = (0..<stateCount).filter { reached[$0] }
    while let state = stack.popLast() {
      if barrier?[state] == true { continue }
      for place in rates.row(state) where !reached[rates.columns[place]] {
        reached[rates.columns[place]] = true
        stack.append(rates.columns[place])
      }
    }
    return reached
  }
}

/// One search for strongly connected components.
private struct ComponentSearch {
  let rates: RateMatrix
  /// The components that no move leaves.
  private(set) var closed: [[Int]] = []
  private var order: [Int]
  private var low: [Int]
  private var isDone: [Bool]
  private var open: [Int] = []
  private var visited = 0

  init(rates: RateMatrix) {
    self.rates = rates
    order = [Int](repeating: -1, count: rates.count)
    low = order
    isDone = [Bool](repeating: false, count: rates.count)
  }

  mutating func explore(from start: Int) {
    guard order[start] < 0 else { return }
    var stack: [(state: Int, place: Int)] = [(start, rates.starts[start])]
    enter(start)
    while let (state, place) = stack.last {
      guard place < rates.starts[state + 1] else {
        stack.removeLast()
        if low[state] == order[state] { close(state) }
        if let parent = stack.last?.state { low[parent] = min(low[parent], low[state]) }
        continue
      }
      stack[stack.count - 1].place += 1
      let next = rates.columns[place]
      if order[next] < 0 {
        enter(next)
        stack.append((next, rates.starts[next]))
      } else if !isDone[next] {
        low[state] = min(low[state], order[next])
      }
    }
  }

  private mutating func enter(_ state: Int) {
    order[state] = visited
    low[state] = visited
    visited += 1
    open.append(state)
  }

  /// Takes the component of a root off the open states.
  private mutating func close(_ root: Int) {
    var members: [Int] = []
    while let member = open.popLast() {
      members.append(member)
      isDone[member] = true
      if member == root { break }
    }
    let isInside = Set(members)
    let isClosed = members.allSatisfy { state in
      rates.row(state).allSatisfy { isInside.contains(rates.columns[$0]) }
    }
    if isClosed { closed.append(members.sorted()) }
  }
}
