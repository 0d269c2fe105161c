internal import Diagnostics
internal import ServiceGraph

/// A gate as read; its inputs are numbers of events and of drafts, in any order.
struct GateDraft {
  /// The name; `nil` inside another gate.
  let name: String?
  /// A name for people.
  let title: String?
  /// Where it is defined.
  let place: Place
  /// What it does.
  let operation: GateOperation
  /// Its inputs.
  let inputs: [FaultTree.Input]

  init(
    name: String?, title: String? = nil, place: Place, operation: GateOperation, inputs: [FaultTree.Input]
  ) {
    self.name = name
    self.title = title
    self.place = place
    self.operation = operation
    self.inputs = inputs
  }
}

/// The order in which inputs come before what uses them, and the cycles that prevent it.
struct GateOrder {
  /// The drafts in that order; what is in a cycle comes somewhere.
  private(set) var order: [Int] = []
  /// The cycles found: drafts, each an input of the one before, the last using the first.
  private(set) var cycles: [[Int]] = []

  private static let mostCycles = 20

  /// Orders nodes `0 ..< count`, each after its `inputs`.
  ///
  /// - Complexity: O(nodes + inputs), and no recursion.
  init(count: Int, inputs: (Int) -> [Int]) {
    var state = [UInt8](repeating: 0, count: count)
    var path: [(node: Int, inputs: [Int], next: Int)] = []
    order.reserveCapacity(count)
    for root in 0..<count where state[root] == 0 {
      state[root] = 1
      path.append((root, inputs(root), 0))
      while let last = path.indices.last {
        let next = path[last].next
        guard next < path[last].inputs.count else {
          let node = path.removeLast().node
          state[node] = 2
          order.append(node)
          continue
        }
        path[last].next += 1
        let input = path[last].inputs[next]
        if state[input] == 0 {
          state[input] = 1
          path.append((input, inputs(input), 0))
        } else if state[input] == 1, cycles.count < GateOrder.mostCycles,
          let start = path.lastIndex(where: { $0.node == input })
        {
          cycles.append(path[start...].map(\.node))
        }
      }
    }
  }

  /// A cycle as text, without its middle when it is long: `a → b → c → a`.
  static func text(_ cycle: [String]) -> String {
    let shown = 8
    let hidden = cycle.count - shown
    let first = cycle.first ?? ""
    let middle: [String]
    if hidden > 1 {
      middle = cycle.prefix(shown / 2) + ["… \(hidden) more …"] + cycle.suffix(shown / 2)
    } else {
      middle = cycle
    }
    return (middle + [first]).map { $0.hasPrefix("…") ? $0 : "`\($0)`" }.joined(separator: " → ")
  }
}

extension [GateDraft] {
  /// The gates in an order in which inputs come first, and the number of each draft in it.
  ///
  /// - Returns: `nil` when there are cycles, which are added to the findings.
  func ordered(_ findings: inout FindingList) -> (gates: [FaultTree.Gate], numbers: [Int])? {
    let order = GateOrder(count: count) { draft in
      self[draft].inputs.compactMap { if case .gate(let gate) = $0 { gate } else { nil } }
    }
    for cycle in order.cycles { report(cycle, &findings) }
    guard order.cycles.isEmpty else { return nil }
    var numbers = [Int](repeating: 0, count: count)
    for (number, draft) in order.order.enumerated() { numbers[draft] = number }
    let gates = order.order.map { draft in
      let inputs = self[draft].inputs.map { input in
        if case .gate(let gate) = input { FaultTree.Input.gate(numbers[gate]) } else { input }
      }
      return FaultTree.Gate(
        name: self[draft].name, title: self[draft].title, operation: self[draft].operation, inputs: inputs)
    }
    return (gates, numbers)
  }

  private func report(_ cycle: [Int], _ findings: inout FindingList) {
    let named = cycle.filter { self[$0].name != nil }
    let names = named.compactMap { self[$0].name }
    let place = (named.first ?? cycle.first).map { self[$0].place }
    findings.add(
      "cyclic-gate", "a gate can not depend on itself: \(GateOrder.text(names))", at: place,
      help: "remove one of these references")
  }
}
