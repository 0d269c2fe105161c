import ServiceGraph

/// Fault trees from lines as `A wsp I M` and `I lambda=0.5 dorm=0.3`, the first line's name on top.
///
/// No more than tests need: names without blanks, no errors.
enum DynamicTreeText {
  static func tree(_ text: String) -> FaultTree {
    var reader = Reader()
    for line in text.split(whereSeparator: { $0 == "\n" || $0 == ";" }) {
      let words = line.split(separator: " ").map(String.init)
      guard let name = words.first else { continue }
      if words[1].contains("="), !words[1].hasPrefix("pdep=") {
        reader.addEvent(name, words.dropFirst())
      } else {
        reader.gates.append((name, Array(words.dropFirst())))
      }
    }
    return reader.tree()
  }

  private struct Reader {
    var gates: [(name: String, words: [String])] = []
    var events: [FaultTree.BasicEvent] = []
    var expressions = ExpressionTable()

    mutating func addEvent(_ name: String, _ words: ArraySlice<String>) {
      var numbers: [String: Double] = [:]
      for word in words {
        let parts = word.split(separator: "=")
        numbers[String(parts[0])] = Double(parts[1])
      }
      let law: EventLaw
      if let probability = numbers["prob"] {
        law = .expression(expressions.add(.constant(probability)))
      } else {
        law = .erlang(
          rate: numbers["lambda"] ?? 0, phases: Int(numbers["phases"] ?? 1), dormancy: numbers["dorm"] ?? 1,
          repairRate: numbers["repair"])
      }
      events.append(FaultTree.BasicEvent(name: name, law: law))
    }

    /// Gates in the order written, each once its inputs are there.
    func tree() -> FaultTree {
      var known: [String: FaultTree.Input] = ["true": .constant(true), "false": .constant(false)]
      for (number, event) in events.enumerated() { known[event.name] = .event(number) }
      var done: [FaultTree.Gate] = []
      var left = gates
      while let ready = left.firstIndex(where: { gate in
        gate.words.dropFirst().allSatisfy { known[$0] != nil }
      }) {
        let gate = left.remove(at: ready)
        known[gate.name] = .gate(done.count)
        let inputs = gate.words.dropFirst().compactMap { known[$0] }
        done.append(FaultTree.Gate(name: gate.name, operation: operation(gate.words[0]), inputs: inputs))
      }
      let first = gates.first?.name ?? events[0].name
      return FaultTree(
        name: first, events: events, gates: done,
        tops: [FaultTree.Top(name: first, input: known[first] ?? .constant(false))], expressions: expressions)
    }

    private func operation(_ word: String) -> GateOperation {
      switch word {
      case "and": .and
      case "or": .or
      case "not": .not
      case "pand": .priorityAnd(isInclusive: true)
      case "pand-ex": .priorityAnd(isInclusive: false)
      case "por": .priorityOr(isInclusive: true)
      case "por-ex": .priorityOr(isInclusive: false)
      case "wsp", "csp": .spare
      case "fdep": .functionalDependency(probability: 1)
      case "seq": .sequence
      case "mutex": .mutualExclusion
      case _ where word.hasPrefix("pdep="):
        .functionalDependency(probability: Double(word.dropFirst(5)) ?? .nan)
      default: .atLeast(Int(word.prefix { $0 != "o" }) ?? 1)
      }
    }
  }
}
