public import FoundationEssentials

/// A JSON value, printed with sorted keys, full doubles and never a NaN.
public indirect enum JSONValue: Sendable, Hashable, Encodable {
  /// Text.
  case string(String)
  /// A number; one that is not finite is printed as `null`.
  case number(Double)
  /// A number with every digit it has, such as money.
  case decimal(Decimal)
  /// A whole number.
  case integer(Int)
  /// True or false.
  case bool(Bool)
  /// A list.
  case array([JSONValue])
  /// An object; its keys are printed sorted.
  case object([String: JSONValue])
  /// Nothing.
  case null

  /// Writes the value with an encoder.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .number(let value) where value.isFinite: try container.encode(value)
    case .decimal(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .bool(let value): try container.encode(value)
    case .array(let items): try container.encode(items)
    case .object(let members): try container.encode(members)
    case .number, .null: try container.encodeNil()
    }
  }

  /// The value as indented text with sorted keys, ended by a line end.
  public var text: String { encoded(.prettyPrinted) + "\n" }

  /// The value on one line with sorted keys, without a line end.
  public var line: String { encoded([]) }

  private func encoded(_ layout: JSONEncoder.OutputFormatting) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [layout, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return "null" }
    return String(decoding: data, as: UTF8.self)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  /// A list.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object; of equal keys the last wins.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
}
