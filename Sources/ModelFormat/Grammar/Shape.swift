/// What may be written at a place of a model file.
///
/// One declaration of the language serves four readers: the check of a file, the JSON Schema for editors, the
/// reference in this target's README, and the merge of overlays.
package indirect enum Shape: Sendable {
  /// A value of a kind, written as text; `{value: …, source: …}` is accepted everywhere.
  case scalar(ScalarKind)
  /// One of these words.
  case choice([String])
  /// A list with at least so many items.
  case list(of: Shape, minimum: Int)
  /// A map from names that the user chooses.
  case names(of: Shape, what: String)
  /// A map with fixed keys.
  case record(Record)
  /// One of several, told apart by their look: text, list, or the keys of a map.
  case either([Shape])
  /// A change of the model, as under `change:` of a what-if file.
  case change
  /// The shape declared under a name in `Grammar.shapes`.
  case named(String)
}

/// The types that the text of a scalar can have.
package enum ScalarKind: Sendable, Hashable {
  case text
  case name
  case reference
  case integer(minimum: Int)
  case number(minimum: Double)
  case duration
  case positiveDuration
  case rate
  case probability
  case availability
  case money
  case moneyRate
  case dataSize
  /// A whole number, or an amount of data.
  case countOrData
  case dataRate
  case timeOfDay
  case percentage(minimum: Double)
  /// A number with a unit of any kind.
  case quantity
  /// The same, or the path of one.
  case operand
}

/// A map with fixed keys.
package struct Record: Sendable {
  /// What it is called in findings: `failure mode`.
  package let name: String
  /// Its keys in the order a person would write them.
  package let fields: [Field]
  /// Keys that exclude each other.
  package let groups: [KeyGroup]
  /// Whether a map without any key says nothing and is refused.
  package let isNeverEmpty: Bool

  package init(
    _ name: String, _ fields: [Field], groups: [KeyGroup] = [], isNeverEmpty: Bool = false
  ) {
    self.name = name
    self.fields = fields
    self.groups = groups
    self.isNeverEmpty = isNeverEmpty
  }
}

/// Alternatives of which a map may state one: the keys of one alternative exclude those of the others.
package struct KeyGroup: Sendable, Equatable {
  /// The keys of each alternative.
  package let alternatives: [[String]]
  /// Whether one of them must be there.
  package let isRequired: Bool
  /// Whether the keys of an alternative only make sense together.
  package let isWhole: Bool

  /// Whether its keys may be there in any number and do not exclude each other.
  package var isAnyOf: Bool { alternatives.count == 1 && !isWhole }

  package init(_ alternatives: [[String]], isRequired: Bool = false, isWhole: Bool = true) {
    self.alternatives = alternatives
    self.isRequired = isRequired
    self.isWhole = isWhole
  }
}

/// One key of a record.
package struct Field: Sendable {
  package let key: String
  package let shape: Shape
  package let isRequired: Bool
  /// One sentence for the reference and for editors.
  package let summary: String
  /// An example value.
  package let example: String?
  /// Whether the language has it and no engine answers it yet.
  package let isLater: Bool

  package init(
    _ key: String, _ shape: Shape, required: Bool = false, _ summary: String, example: String? = nil,
    isLater: Bool = false
  ) {
    self.key = key
    self.shape = shape
    self.isRequired = required
    self.summary = summary
    self.example = example
    self.isLater = isLater
  }

  /// A key that the language has and no engine answers yet.
  package static func later(_ key: String, _ summary: String) -> Field {
    Field(key, .record(Record(key, [])), summary, isLater: true)
  }
}
