/// The text of one input file, kept so that findings can show the line they are about.
public struct SourceText: Sendable, Hashable {
  /// The name shown in findings: the path as the user wrote it.
  public let name: String
  /// The whole text.
  public let text: String
  /// The lines without their line ends.
  public let lines: [String]

  /// Splits a file's text into lines; `\n`, `\r\n` and `\r` all end a line.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
    self.lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  }

  /// Two texts are the same file when their names agree.
  public static func == (left: SourceText, right: SourceText) -> Bool { left.name == right.name }
  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
