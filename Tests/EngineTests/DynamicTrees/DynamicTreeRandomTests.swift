import Reliability
import ServiceGraph
import Stochastics
import Testing

/// Random small trees against a chain over the whole tree.
@Suite struct DynamicTreeRandomTests {
  @Test(arguments: 0..<150) func `Modules, symmetry and forgetting change no answer`(number: Int) throws {
    let text = RandomTree(number: number).text
    let tree = DynamicTreeText.tree(text)
    let chain = WholeTreeChain(tree)
    let solution = try DynamicTrees.solve(tree, at: [0.4, 2.5])
    for (found, time) in zip(solution.probabilities, [0.4, 2.5]) {
      let expected = chain.probability(at: time)
      #expect(abs(found - expected) < 1e-11, "\(text): \(found) instead of \(expected) by \(time)")
    }
  }
}

/// A tree of a few events with shared and nested spares, priority gates, dependencies and restraints.
private struct RandomTree {
  private var stream: RandomStream
  private var lines: [String] = []
  private var events: [String] = []
  /// What gates other than spare gates may use.
  private var free: [String] = []

  init(number: Int) {
    stream = RandomStream(seed: 3, process: ProcessKey(name: "random trees"), replication: UInt32(number))
    for _ in 0..<2 + pick(2) { free.append(event()) }
    var spares: [String] = []
    let shared = event()
    for place in 0..<1 + pick(2) {
      var inputs = [pick(3) == 0 ? nested(place) : event(), shared]
      if pick(3) == 0 { inputs.append(event()) }
      spares.append("S\(place)")
      lines.append("S\(place) wsp " + inputs.joined(separator: " "))
    }
    free += spares
    for place in 0..<2 + pick(2) { free.append(gate("G\(place)", among: free)) }
    restrain()
    let top = gate("T", among: [free[free.count - 1], spares[0]] + free)
    lines.insert(lines.remove(at: lines.firstIndex { $0.hasPrefix(top + " ") } ?? 0), at: 0)
  }

  var text: String { lines.joined(separator: "; ") }

  private mutating func pick(_ count: Int) -> Int { Int(stream.nextBits() % UInt64(count)) }

  private mutating func event() -> String {
    let name = "E\(events.count)"
    events.append(name)
    // Few rates, so that symmetry is common.
    lines.append("\(name) lambda=\([0.5, 1, 2][pick(3)]) dorm=\([0, 0.3, 1][pick(3)])")
    return name
  }

  private mutating func nested(_ place: Int) -> String {
    let operation = ["and", "or", "wsp", "pand"][pick(4)]
    lines.append("N\(place) \(operation) \(event()) \(event())")
    return "N\(place)"
  }

  private mutating func gate(_ name: String, among pool: [String]) -> String {
    let count = 2 + pick(2)
    var inputs: [String] = []
    for place in 0..<count {
      let input = name == "T" && place < 2 ? pool[place] : pool[pick(pool.count)]
      if !inputs.contains(input) { inputs.append(input) }
    }
    let operations = ["and", "or", "pand", "por", "and", "or", "2of\(inputs.count)"]
    let operation = inputs.count == 1 ? "or" : operations[pick(operations.count)]
    lines.append("\(name) \(operation) " + inputs.joined(separator: " "))
    return name
  }

  private mutating func restrain() {
    switch pick(5) {
    case 0: lines.append("R seq \(free[0]) \(free[1])")
    case 1: lines.append("R mutex \(free[0]) \(free[1])")
    // One dependent only, so that the order of dependencies has no say.
    case 2: lines.append("R fdep \(free[0]) \(events[2 + pick(events.count - 2)])")
    default: break
    }
  }
}
