import Diagnostics
import Importers
import ServiceGraph

/// Reads fault trees from texts, and tells findings as short lines.
enum TreeText {
  /// The tree in a text.
  static func tree(
    _ text: String, missionTime: Double? = nil, probabilities: FaultTreeReader.Probabilities = .required
  ) throws -> FaultTree {
    try FaultTreeReader(files: .inMemory(["t": text]))
      .reading(at: ["t"], missionTime: missionTime, probabilities: probabilities).tree
  }

  /// What is found in a text, errors and warnings: `line:column slug`.
  static func places(_ text: String) -> [String] { places(["t": text]) }

  /// What is found in several files, in the order of their names.
  static func places(_ texts: [String: String]) -> [String] {
    diagnostics(texts).map { diagnostic in
      guard let location = diagnostic.location else { return diagnostic.slug }
      let file = texts.count > 1 ? "\(location.file):" : ""
      return "\(file)\(location.line):\(location.column) \(diagnostic.slug)"
    }
  }

  /// The findings in several files.
  static func diagnostics(_ texts: [String: String]) -> [Diagnostic] {
    do throws(Findings) {
      return try FaultTreeReader(files: .inMemory(texts)).reading(at: texts.keys.sorted()).warnings
    } catch {
      return error.diagnostics
    }
  }

  /// An Open-PSA file with gates and data, each in one line.
  static func xml(_ gates: String, data: String = "", after: String = "") -> String {
    "<opsa-mef><define-fault-tree name=\"t\">\n\(gates)\n</define-fault-tree>\(after)<model-data>\n\(data)\n"
      + "</model-data></opsa-mef>"
  }

  /// A basic event with an expression.
  static func event(_ name: String, _ expression: String = "<float value=\"0.1\"/>") -> String {
    "<define-basic-event name=\"\(name)\">\(expression)</define-basic-event>"
  }
}

extension FaultTree {
  /// The probability of the first top event, by going through all states of all events.
  func bruteForceProbability(at missionTime: Double = 1) -> Double {
    let probabilities = probabilities(expressions.values(at: missionTime)).map { $0 ?? .nan }
    var sum = 0.0
    for state in 0..<(1 << events.count) {
      var weight = 1.0
      for (event, probability) in probabilities.enumerated() {
        weight *= state >> event & 1 == 1 ? probability : 1 - probability
      }
      if weight > 0, isTrue(tops[0].input, state) { sum += weight }
    }
    return sum
  }

  /// Whether an input is true in a state, one bit for each event.
  func isTrue(_ input: Input, _ state: Int) -> Bool {
    var values: [Bool] = []
    func value(_ input: Input) -> Bool {
      switch input {
      case .event(let event): state >> event & 1 == 1
      case .gate(let gate): values[gate]
      case .constant(let constant): constant
      }
    }
    for gate in gates { values.append(gate.operation.holds(gate.inputs.map(value))) }
    return value(input)
  }
}

extension GateOperation {
  /// What a static gate makes of its inputs.
  func holds(_ inputs: [Bool]) -> Bool {
    let count = inputs.count { $0 }
    return switch self {
    case .and: count == inputs.count
    case .or: count > 0
    case .atLeast(let least): count >= least
    case .cardinality(let least, let most): count >= least && count <= most
    case .not, .nor: count == 0
    case .xor: count % 2 == 1
    case .nand: count < inputs.count
    case .implies: !inputs[0] || inputs[1]
    case .iff: inputs[0] == inputs[1]
    case .identity: inputs[0]
    default: false
    }
  }
}
