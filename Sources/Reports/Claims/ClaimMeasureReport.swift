public import Quantities
internal import ServiceModel

/// Everything that a claim can be of.
public struct ClaimMeasureReport: Sendable {
  /// The list.
  public init() {}

  /// The list for people.
  public var document: Document {
    Document(
      title: "What a claim can be of",
      blocks: [
        .table(
          Document.Table(
            columns: ["of", "is", "says"],
            rows: ClaimVocabulary.all.map { [$0.path, $0.dimensionText, $0.summary] })),
        .note(
          "Beside these a claim can be of any number of the model by its path, such as components/api/replicas/count, and of "
            + "quantities put together: sum, difference, product, quotient, relative-change, availability-of."
        ),
      ])
  }

  /// The list for programs.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "claims",
      "results": [
        "measures": .array(
          ClaimVocabulary.all.map {
            ["of": .string($0.path), "is": .string($0.dimensionText), "says": .string($0.summary)]
          })
      ],
    ]
  }
}

extension ClaimVocabulary {
  /// How its path is written.
  fileprivate var path: String {
    let middle =
      switch kind {
      case .entry: "cost/ENTRY"
      case .history: "history[/COMPONENT[/MODE]]"
      default: kind.pattern
      }
    return "\(middle)/\(word.rawValue)\(loss == .always ? ", when: DOMAIN" : "")"
  }

  fileprivate var dimensionText: String {
    switch scale {
    case .share: "a share"
    case .count: "a count"
    case .free: dimension == .number ? "a ratio" : dimension.description
    }
  }
}
