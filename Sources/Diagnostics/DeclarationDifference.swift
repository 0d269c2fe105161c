/// What is different between two declarations, in the order in which a reader of the first meets it.
///
/// Places do not count, nor does the order of maps. `{value: 5, source: x}` is 5 with a note; notes are told apart.
public struct DeclarationDifference: Sendable, Equatable {
  /// A place at which the two say something else.
  public struct Entry: Sendable, Equatable {
    /// The keys from the root.
    public let path: [String]
    /// What the first says there; `nil` when nothing.
    public let before: Declaration?
    /// What the second says there; `nil` when nothing.
    public let after: Declaration?
    /// Whether it is a note on where a number comes from.
    public let isNote: Bool

    /// A place at which two declarations differ.
    public init(path: [String], before: Declaration?, after: Declaration?, isNote: Bool) {
      self.path = path
      self.before = before
      self.after = after
      self.isNote = isNote
    }
  }

  /// The places; a map that only one has is one of them, whole.
  public let entries: [Entry]

  /// Compares two declarations.
  ///
  /// - Complexity: O(texts of both)
  public init(_ before: Declaration, _ after: Declaration) {
    var entries: [Entry] = []
    Self.compare(before, after, at: [], into: &entries)
    self.entries = entries
  }

  private static func compare(
    _ before: Declaration, _ after: Declaration, at path: [String], into entries: inout [Entry]
  ) {
    let (old, oldNote) = before.valueAndNote
    let (new, newNote) = after.valueAndNote
    if oldNote?.text != newNote?.text {
      entries.append(Entry(path: path + ["source"], before: oldNote, after: newNote, isNote: true))
    }
    guard let oldEntries = old.entries, let newEntries = new.entries else {
      if !old.says(new) { entries.append(Entry(path: path, before: old, after: new, isNote: false)) }
      return
    }
    for entry in oldEntries {
      compare(entry, in: new, at: path + [entry.key.value], into: &entries)
    }
    for entry in newEntries where old[entry.key.value] == nil {
      entries.append(
        Entry(
          path: path + [entry.key.value], before: nil, after: entry.value, isNote: entry.isNote))
    }
  }

  private static func compare(
    _ entry: Declaration.Entry, in other: Declaration, at path: [String], into entries: inout [Entry]
  ) {
    guard let value = other[entry.key.value] else {
      entries.append(Entry(path: path, before: entry.value, after: nil, isNote: entry.isNote))
      return
    }
    if entry.isNote, value.entries == nil {
      if !entry.value.says(value) {
        entries.append(Entry(path: path, before: entry.value, after: value, isNote: true))
      }
      return
    }
    compare(entry.value, value, at: path, into: &entries)
  }
}

extension Declaration {
  /// Whether two declarations say the same, wherever they stand and in whatever order maps are written.
  public func says(_ other: Declaration) -> Bool {
    switch (content, other.content) {
    case (.scalar(let own, _), .scalar(let text, _)): own == text
    case (.list(let own), .list(let items)):
      own.count == items.count && zip(own, items).allSatisfy { $0.says($1) }
    case (.map(let own), .map(let entries)):
      own.count == entries.count
        && own.allSatisfy { entry in other[entry.key.value].map { entry.value.says($0) } ?? false }
    default: false
    }
  }

  /// What `{value: …, source: …}` holds; anything else is a value without a note.
  fileprivate var valueAndNote: (value: Declaration, note: Declaration?) {
    guard let entries, let value = self["value"], entries.count <= 2 else { return (self, nil) }
    if entries.count == 1 { return (value, nil) }
    guard let note = self["source"], note.text != nil else { return (self, nil) }
    return (value, note)
  }
}

extension Declaration.Entry {
  /// Whether this is a note: `source:` with a text. A thing may bear that name too.
  fileprivate var isNote: Bool { key.value == "source" && value.text != nil }
}
