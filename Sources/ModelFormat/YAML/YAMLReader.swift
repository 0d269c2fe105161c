package import Diagnostics
import Quantities

/// One file's declaration and its text.
package struct YAMLDocument: Sendable, Equatable {
  /// What the file declares.
  package let declaration: Declaration
  /// The file's text, for quoting lines in findings.
  package let source: SourceText

  /// Pairs a declaration with the text it came from.
  package init(declaration: Declaration, source: SourceText) {
    self.declaration = declaration
    self.source = source
  }
}

/// Reads the part of YAML that model files use: maps, lists and untyped text, each with its place.
///
/// Refused, each with a located finding: anchors, aliases, tags, merge keys, several documents, keys that are
/// not text, duplicate keys, values that are missing, numbers cut by a comma, and everything over `limits`.
/// No scalar gets a type: `no`, `010` and `1:30` stay text.
package struct YAMLReader: Sendable {
  /// What a file may ask of this reader.
  package let limits: YAMLLimits
  /// Top-level keys under which a missing value or `null` is kept, as a removal.
  package let removalKeys: Set<String>

  /// A reader with `limits` that keeps removals under `removalKeys`.
  package init(limits: YAMLLimits = .model, removalKeys: Set<String> = []) {
    self.limits = limits
    self.removalKeys = removalKeys
  }

  /// The declaration in a file's bytes.
  ///
  /// - Parameters:
  ///   - bytes: the file, in UTF-8 with or without a byte order mark.
  ///   - file: the file's name in findings.
  /// - Throws: everything that is wrong with the file, with its text for quoting.
  /// - Complexity: O(bytes); memory is bounded by `limits`.
  package func document(of bytes: [UInt8], file: String) throws(Findings) -> YAMLDocument {
    try Self.checkSize(bytes.count, file: file, limits: limits)
    let text = try checkedText(of: bytes, file: file)
    return try document(ofText: text, at: SourceLocation(file: file, line: 1, column: 1), allowsNull: false)
  }

  /// The declaration in a text.
  ///
  /// - Parameters:
  ///   - text: the file's text.
  ///   - file: the file's name in findings.
  /// - Throws: everything that is wrong with the text.
  package func document(of text: String, file: String) throws(Findings) -> YAMLDocument {
    try document(of: Array(text.utf8), file: file)
  }

  /// Refuses a file by its size, before it is read.
  ///
  /// - Throws: a finding `file-too-large` that says what was found and what is allowed.
  package static func checkSize(
    _ bytes: Int, file: String, limits: YAMLLimits = .model
  ) throws(Findings) {
    guard bytes > limits.fileBytes else { return }
    let message = "the file has \(grouped(bytes)) bytes; at most \(grouped(limits.fileBytes)) are read"
    throw Findings([Diagnostic(slug: "file-too-large", message, at: startOfFile(file))])
  }

  /// The declaration in one value of a longer line, such as what follows `=` in an assignment.
  ///
  /// - Parameters:
  ///   - value: the value's text, without line ends.
  ///   - origin: where it stands.
  /// - Throws: everything that is wrong with the value.
  package func declaration(ofValue value: String, at origin: SourceLocation) throws(Findings) -> Declaration {
    try Self.checkSize(value.utf8.count, file: origin.file, limits: limits)
    if let finding = unreadableCharacter(in: value, at: origin) { throw Findings([finding]) }
    return try document(ofText: value, at: origin, allowsNull: true).declaration
  }

  private func document(
    ofText text: String, at origin: SourceLocation, allowsNull: Bool
  ) throws(Findings) -> YAMLDocument {
    let source = SourceText(name: origin.file, text: text)
    do throws(Findings) {
      let result = RoomyStack.result { parsed(text, at: origin, allowsNull: allowsNull) }
      return YAMLDocument(declaration: try result.get(), source: source)
    } catch {
      throw error.adding(sources: [source])
    }
  }

  private func parsed(
    _ text: String, at origin: SourceLocation, allowsNull: Bool
  ) -> Result<Declaration, Findings> {
    Result { () throws(Findings) in
      let lines = LineMap(text, origin: origin)
      let tree = try TreeComposer(lines: lines, depthLimit: limits.depth).tree()
      let builder = DeclarationBuilder(tree: tree, limits: limits, removalKeys: removalKeys)
      return try builder.declaration(allowsNull: allowsNull)
    }
  }
}

/// The first place in a file.
func startOfFile(_ file: String) -> SourceLocation { SourceLocation(file: file, line: 1, column: 1) }
