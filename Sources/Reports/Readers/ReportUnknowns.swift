public import Quantities
internal import ServiceGraph

/// What a report's numbers do not hold.
public struct ReportUnknowns: ReportSection {
  /// The key under which programs find it.
  public let key = "unknowns"
  private let headers: [(name: String, header: ResultHeader)]
  private let notes: [String]

  /// What could not be put into numbers in some models, and what else is left out.
  ///
  /// - Parameters:
  ///   - models: what every result says about each model, under the model's name; empty for a report without a model.
  ///   - notes: what else the numbers do not hold, in sentences.
  public init(of models: [(name: String, header: ResultHeader)], notes: [String]) {
    headers = models
    var seen: Set<String> = []
    self.notes = notes.filter { seen.insert($0).inserted }
  }

  /// What people read.
  public var blocks: [Document.Block] {
    [.part("What is left out")] + causeBlocks + notes.map { .note($0) } + [.note(limit)]
  }

  /// Causes once each, with the designs in which they are unknown where there are several.
  private var causeBlocks: [Document.Block] {
    var order: [String] = []
    var found: [String: (fact: Document.Fact, names: [String])] = [:]
    for (name, header) in headers {
      for entry in header.graph.leftOut {
        let fact = header.fact(entry)
        let key = ([fact.label, fact.value] + fact.remarks).joined(separator: "\u{0}")
        if found[key] == nil { order.append(key) }
        found[key, default: (fact, [])].names.append(name)
      }
    }
    guard !order.isEmpty else {
      return headers.isEmpty ? [] : [.note("Every failure that the model names is in its numbers.")]
    }
    let facts = order.compactMap { found[$0] }.map { entry in
      let isShared = entry.names.count == headers.count
      return Document.Fact(
        entry.fact.label, entry.fact.value,
        entry.fact.remarks + (isShared ? [] : ["in \(entry.names.joined(separator: ", "))"]))
    }
    return [.heading("Unknown, and in no sum"), .facts(facts)]
  }

  private var limit: String {
    headers.isEmpty
      ? "A history holds what somebody wrote down; what nobody noticed is in no number."
      : "A model knows what it was told: a failure that nobody wrote down is in no number."
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "causes": .object(
        Dictionary(headers.map { ($0.name, $0.header.leftOutJSON) }, uniquingKeysWith: { own, _ in own })),
      "notes": .array((notes + [limit]).map { .string($0) }),
    ]
  }
}
