package import Diagnostics

/// A JSON value and where it stands.
package struct LocatedJSON: Sendable {
  /// What a value is; numbers are kept as written.
  package indirect enum Content: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([LocatedJSON])
    case object([Member])
  }

  /// A member of an object.
  package struct Member: Sendable {
    package let key: String
    package let value: LocatedJSON
  }

  package let location: SourceLocation
  package let content: Content

  /// The members of an object; none for anything else.
  package var members: [Member] {
    if case .object(let members) = content { members } else { [] }
  }

  /// The elements of an array; none for anything else.
  package var elements: [LocatedJSON] {
    if case .array(let elements) = content { elements } else { [] }
  }

  /// The text of a text, number or truth value.
  package var text: String? {
    switch content {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// The value of a member; of equal keys the last counts.
  package subscript(key: String) -> LocatedJSON? { members.last { $0.key == key }?.value }

  /// The value at a path such as `service.summary` or `components.0.name`.
  ///
  /// A key that holds dots itself is found first.
  package func value(at path: String) -> LocatedJSON? {
    if let whole = self[path] { return whole }
    var here = self
    for step in path.split(separator: ".") {
      if let index = Int(step), here.elements.indices.contains(index) {
        here = here.elements[index]
      } else if let next = here[String(step)] {
        here = next
      } else {
        return nil
      }
    }
    return here
  }
}
