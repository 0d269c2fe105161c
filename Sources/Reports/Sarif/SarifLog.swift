public import Diagnostics
public import Quantities

/// Findings as a log of SARIF 2.1.0, which code hosts show beside the lines of a change.
///
/// Rules are the slugs of the findings, each once. A finding about a command line has no place in a file, and says where it
/// is in its message.
///
/// Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01* (2023).
public struct SarifLog: Sendable {
  private let findings: Findings
  private let version: String
  private let slugs: [String]

  /// A log of findings.
  ///
  /// - Parameter version: of relmodel.
  public init(_ findings: Findings, version: String) {
    self.findings = findings
    self.version = version
    var seen: Set<String> = []
    slugs = findings.diagnostics.map(\.slug).filter { seen.insert($0).inserted }
  }

  /// The log.
  public var json: JSONValue {
    [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "relmodel", "version": .string(version), "rules": .array(slugs.map(rule)),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "invocations": [["executionSuccessful": .bool(true)]],
          "results": .array(findings.diagnostics.map(result)),
        ]
      ],
    ]
  }

  private func rule(_ slug: String) -> JSONValue {
    [
      "id": .string(slug),
      "shortDescription": ["text": .string(slug.split(separator: "-").joined(separator: " "))],
    ]
  }

  private func result(_ diagnostic: Diagnostic) -> JSONValue {
    let place = diagnostic.location.flatMap { SarifPlace($0, in: findings.sources) }
    var members: [String: JSONValue] = [
      "ruleId": .string(diagnostic.slug), "ruleIndex": .integer(slugs.firstIndex(of: diagnostic.slug) ?? -1),
      "level": .string(diagnostic.severity.rawValue),
      "message": ["text": .string(text(diagnostic, isPlaced: place != nil))],
    ]
    members["locations"] = place.map { .array([$0.json]) }
    return .object(members)
  }

  private func text(_ diagnostic: Diagnostic, isPlaced: Bool) -> String {
    let place = isPlaced ? nil : diagnostic.location.map { "\($0): " }
    let help = diagnostic.help.map { "\nhelp: \($0)" } ?? ""
    return Self.literal("\(place ?? "")\(diagnostic.message)\(help)")
  }

  /// Text in which nothing that somebody wrote is a placeholder (§3.11.5), a link (§3.11.6) or a control character.
  private static func literal(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
      .joined(separator: "\n")
      .replacing("{", with: "{{").replacing("}", with: "}}").replacing("](", with: "] (")
  }
}

/// A place in a file, as SARIF has it.
struct SarifPlace {
  private let location: SourceLocation
  private let line: String?

  /// `nil` for what stands on a command line: `--set`.
  init?(_ location: SourceLocation, in sources: [SourceText]) {
    guard !location.file.hasPrefix("--") else { return nil }
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

  /// A reference relative to where the command ran, or to a file by its whole path (RFC 3986).
  private var uri: String {
    let path = location.file.utf8.map { byte -> String in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 128 && (character.isLetter || character.isNumber || "-._~/".contains(character))
      guard !isPlain else { return String(character) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
    return path.hasPrefix("/") ? "file://\(path)" : path
  }
}
