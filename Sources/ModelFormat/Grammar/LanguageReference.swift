public import Quantities

/// The model language for editors and for people, from the same declarations that read files.
public enum LanguageReference {
  /// The JSON Schema (draft 2020-12) of a model file.
  ///
  /// What it can not say (names that must exist, totals, circles) `relmodel check` does.
  public static var jsonSchema: JSONValue {
    var definitions: [String: JSONValue] = [:]
    for (name, shape) in Grammar.shapes { definitions[name] = SchemaWriter.schema(of: shape) }
    let whole: JSONValue = [
      "oneOf": [SchemaWriter.schema(of: Grammar.model), SchemaWriter.schema(of: overlay)]
    ]
    guard case .object(var members) = whole else { return whole }
    members["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    members["title"] = "relmodel model"
    members["$defs"] = .object(definitions)
    return .object(members)
  }

  /// A what-if file.
  static let overlay = Shape.record(
    Record(
      "what-if",
      [
        Field("relmodel", .choice(["1"]), "The version of the language."),
        Field("name", .scalar(.name), "What the changed model is called."),
        Field("title", .scalar(.text), "A name for people."),
        Field("description", .scalar(.text), "What changes and why."),
        Field(
          "extends", .scalar(.text), required: true, "The model that changes: a file in this folder or below."
        ),
        Field(
          "change", .names(of: .scalar(.text), what: "key"),
          "What changes, by JSON Merge Patch; null removes."),
        Field("once", .scalar(.money), "What the change costs once.", example: "$12,000"),
        Field("takes", .scalar(.positiveDuration), "How long the change takes.", example: "8 w"),
        Field("stated", Grammar.stated, "What a plan states that the change saves and costs."),
        Field(
          "risk", Grammar.risk, "By how much a cautious reader lowers the benefits and raises the costs.",
          example: "{benefits: 10 %, costs: 5 %}"),
        Grammar.source,
      ]))

  /// The reference as Markdown tables, one for each kind of map.
  public static var markdown: String {
    var writer = ReferenceWriter()
    writer.write(Grammar.model)
    writer.write(overlay)
    for (_, shape) in Grammar.shapes { writer.write(shape) }
    return writer.text
  }
}

/// Shapes as JSON Schema.
private enum SchemaWriter {
  static func schema(of shape: Shape) -> JSONValue {
    switch shape {
    case .scalar(let kind): sourced(scalar(kind), mayBeUncertain: Grammar.uncertainty(of: kind) != nil)
    case .choice(let words): sourced(["enum": .array(words.flatMap(values))])
    case .list(let item, let minimum):
      ["type": "array", "items": schema(of: item), "minItems": .integer(minimum)]
    case .names(let item, "key"): ["type": "object", "description": .string(item.expectation)]
    case .names(let item, _):
      ["type": "object", "additionalProperties": schema(of: item)]
    case .record(let record): schema(of: record)
    case .either(let shapes): ["anyOf": .array(shapes.map(schema(of:)))]
    case .change: ["type": "object", "description": .string(shape.expectation)]
    case .named(let name): ["$ref": .string("#/$defs/\(name)")]
    }
  }

  /// Editors type `1` as a number, so a word that is one is allowed as both.
  private static func values(_ word: String) -> [JSONValue] {
    Int(word).map { [.string(word), .integer($0)] } ?? [.string(word)]
  }

  private static func scalar(_ kind: ScalarKind) -> JSONValue {
    let description = JSONValue.string(kind.expectation)
    switch kind {
    case .integer(let minimum):
      return ["type": "integer", "minimum": .integer(minimum), "description": description]
    case .number(let minimum):
      return ["type": "number", "minimum": .number(minimum), "description": description]
    case .text, .name, .reference: return ["type": ["string", "number"], "description": description]
    default: return ["type": ["string", "number"], "description": description]
    }
  }

  private static func sourced(_ scalar: JSONValue, mayBeUncertain: Bool = false) -> JSONValue {
    var properties: [String: JSONValue] = ["value": scalar, "source": ["type": "string"]]
    if mayBeUncertain {
      properties["uncertain"] = [
        "type": "object", "properties": ["error-factor": ["type": "number"], "low": scalar, "high": scalar],
        "additionalProperties": false,
      ]
    }
    return [
      "anyOf": [
        scalar,
        [
          "type": "object", "properties": .object(properties), "required": ["value"],
          "additionalProperties": false,
        ],
      ]
    ]
  }

  private static func schema(of record: Record) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    for field in record.fields where !field.isLater { properties[field.key] = property(field) }
    var members: [String: JSONValue] = [
      "type": "object", "title": .string(record.name), "properties": .object(properties),
      "additionalProperties": false,
      "required": .array(record.fields.filter(\.isRequired).map { .string($0.key) }),
    ]
    if !record.groups.isEmpty { members["allOf"] = .array(record.groups.map(schema(of:))) }
    return .object(members)
  }

  private static func property(_ field: Field) -> JSONValue {
    let example = field.example.map { " Example: \($0)" } ?? ""
    guard case .object(var members) = schema(of: field.shape) else { return schema(of: field.shape) }
    members["description"] = .string(field.summary + example)
    return .object(members)
  }

  /// At most one alternative; at least one when the group is required.
  private static func schema(of group: KeyGroup) -> JSONValue {
    let all = group.alternatives.flatMap(\.self)
    var choices = group.alternatives.map { alternative -> JSONValue in
      let others = Set(all).subtracting(alternative).sorted()
      let none: JSONValue = ["not": ["anyOf": .array(others.map { ["required": [.string($0)]] })]]
      let some: JSONValue =
        group.isWhole
        ? ["required": .array(alternative.map { .string($0) })]
        : ["anyOf": .array(alternative.map { ["required": [.string($0)]] })]
      return ["allOf": .array(others.isEmpty ? [some] : [some, none])]
    }
    if !group.isRequired {
      choices.append(["not": ["anyOf": .array(Set(all).sorted().map { ["required": [.string($0)]] })]])
    }
    return ["anyOf": .array(choices)]
  }
}

/// Shapes as Markdown tables.
private struct ReferenceWriter {
  private(set) var text = ""
  private var written: Set<String> = []

  mutating func write(_ shape: Shape) {
    switch shape {
    case .record(let record): write(record)
    case .either(let shapes): for shape in shapes { write(shape) }
    case .list(let item, _), .names(let item, _): write(item)
    case .scalar, .choice, .named, .change: break
    }
  }

  private mutating func write(_ record: Record) {
    let signature = record.name + record.fields.map(\.key).joined(separator: ",")
    guard written.insert(signature).inserted, !record.fields.isEmpty else { return }
    text += "\n### \(record.name)\n\n| key | value | what it says |\n| --- | --- | --- |\n"
    for field in record.fields { text += row(field) }
    for group in record.groups { text += "\n" + sentence(group) + "\n" }
    for field in record.fields where !field.isLater { write(field.shape) }
  }

  private func row(_ field: Field) -> String {
    let mark = field.isLater ? " *(not supported yet)*" : field.isRequired ? " **required**" : ""
    let example = field.example.map { " `\($0.replacing("|", with: "\\|"))`" } ?? ""
    let value = field.isLater ? "" : field.shape.expectation
    return "| `\(field.key)` | \(value) | \(field.summary)\(example)\(mark) |\n"
  }

  private func sentence(_ group: KeyGroup) -> String {
    if group.isAnyOf {
      return "At least one of \(group.alternatives[0].map { "`\($0)`" }.joined(separator: ", "))."
    }
    let alternatives = group.alternatives.map { $0.map { "`\($0)`" }.joined(separator: " with ") }
    return "\(group.isRequired ? "One of" : "At most one of") \(alternatives.joined(separator: ", "))."
  }
}
