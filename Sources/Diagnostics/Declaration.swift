/// What somebody declared in a file: text, a list or a map, each with its place.
///
/// A declaration has no opinion about the file format it came from, and its scalars have no type yet: a
/// reader gives them one from the grammar it expects. Maps keep the order in which entries were written.
public struct Declaration: Sendable, Equatable {
  /// The three shapes a declaration can have.
  public enum Content: Sendable, Equatable {
    /// Raw text, unquoted; `isQuoted` tells whether it was written in quotes.
    case scalar(String, isQuoted: Bool)
    /// Items in the order written.
    case list([Declaration])
    /// Entries in the order written; keys are unique.
    case map([Entry])
  }

  /// One key of a map and what stands under it.
  public struct Entry: Sendable, Equatable {
    /// The key and where it stands.
    public let key: Located<String>
    /// What stands under the key.
    public let value: Declaration

    /// Pairs a key with its value.
    public init(key: Located<String>, value: Declaration) {
      self.key = key
      self.value = value
    }
  }

  /// What was declared.
  public let content: Content
  /// Where it begins.
  public let location: SourceLocation

  /// A declaration at a place.
  public init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// The raw text, when this is a scalar.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The items, when this is a list.
  public var items: [Declaration]? {
    if case .list(let items) = content { items } else { nil }
  }

  /// The entries, when this is a map.
  public var entries: [Entry]? {
    if case .map(let entries) = content { entries } else { nil }
  }

  /// Whether this is an unquoted `null`, `~` or nothing at all: only `change:` may hold one, as a removal.
  public var isNull: Bool {
    if case .scalar(let text, isQuoted: false) = content { ["", "~", "null"].contains(text) } else { false }
  }

  /// The declaration under `key`, when this is a map that has it.
  public subscript(key: String) -> Declaration? {
    entries?.first { $0.key.value == key }?.value
  }

  /// What this is, in a sentence: "text", "a list" or "a map".
  public var shapeName: String {
    switch content {
    case .scalar: "text"
    case .list: "a list"
    case .map: "a map"
    }
  }
}
