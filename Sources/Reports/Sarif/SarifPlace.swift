internal import Diagnostics
internal import Quantities

/// A place in a file, as SARIF has it.
struct SarifPlace {
  private let location: SourceLocation
  private let line: String?

  /// `nil` for what stands on a command line: `--set`.
  init?(_ location: SourceLocation, in sources: [SourceText]) {
    guard !location.file.hasPrefix("--"), !location.file.isEmpty else { return nil }
    self.location = location
    let lines = sources.first { $0.name == location.file }?.lines ?? []
    line = lines.indices.contains(location.line - 1) ? lines[location.line - 1] : nil
  }

  var json: JSONValue {
    [
      "physicalLocation": [
        "artifactLocation": ["uri": .string(uri)],
        "region": ["startLine": .integer(max(1, location.line)), "startColumn": .integer(column)],
      ]
    ]
  }

  /// Our columns count characters; here they are code points.
  private var column: Int {
    guard let line else { return max(1, location.column) }
    return line.prefix(max(0, location.column - 1)).unicodeScalars.count + 1
  }

  /// A reference relative to where the command ran, or to a file by its whole path, without segments that go to and fro
  /// (RFC 3986, §5.2.4).
  private var uri: String {
    let isWhole = location.file.hasPrefix("/")
    var segments: [Substring] = []
    for segment in location.file.split(separator: "/") where segment != "." {
      let goesBack = segment == ".." && segments.last.map { $0 != ".." } ?? isWhole
      if goesBack { _ = segments.popLast() } else { segments.append(segment) }
    }
    let path = segments.map { SarifPlace.escaped($0) }.joined(separator: "/")
    return isWhole ? "file:///\(path)" : path
  }

  /// A segment of which a program that reads references takes no character for its own.
  private static func escaped(_ segment: Substring) -> String {
    segment.utf8.map { byte -> String in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 128 && (character.isLetter || character.isNumber || "-._~".contains(character))
      guard !isPlain else { return String(character) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}
