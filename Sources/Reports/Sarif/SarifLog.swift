public import Diagnostics
public import Quantities

/// Findings as a log of SARIF 2.1.0, which code hosts show beside the lines of a change.
///
/// Rules are the slugs of the findings, each once. A finding about a command line has no place in a file: it is a notification
/// about how the tool was started (§3.20.21), and then nothing counts as looked at. As a result it would have no location, for
/// which GitHub refuses a whole log.
///
/// Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01* (2023); GitHub, *SARIF
/// support for code scanning*, for what it asks beyond that.
public struct SarifLog: Sendable {
  private let version: String
  private let results: Rules
  private let notifications: Rules
  private let sources: [SourceText]

  /// A log of findings.
  ///
  /// - Parameter version: of relmodel.
  public init(_ findings: Findings, version: String) {
    self.version = version
    sources = findings.sources
    func isPlaced(_ diagnostic: Diagnostic) -> Bool {
      diagnostic.location.flatMap { SarifPlace($0, in: []) } != nil
    }
    results = Rules(findings.diagnostics.filter(isPlaced))
    notifications = Rules(findings.diagnostics.filter { !isPlaced($0) })
  }

  /// The log.
  public var json: JSONValue {
    [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": driver], "columnKind": "unicodeCodePoints", "invocations": [invocation],
          "results": .array(resultList),
        ]
      ],
    ]
  }

  private var driver: JSONValue {
    var members: [String: JSONValue] = [
      "name": "relmodel", "version": .string(version), "rules": results.json,
    ]
    if !notifications.slugs.isEmpty { members["notifications"] = notifications.json }
    return .object(members)
  }

  private var invocation: JSONValue {
    let stopped = notifications.diagnostics.contains { $0.severity == .error }
    var members: [String: JSONValue] = ["executionSuccessful": .bool(!stopped)]
    if !notifications.slugs.isEmpty {
      members["toolConfigurationNotifications"] = .array(notifications.diagnostics.map(notification))
    }
    return .object(members)
  }

  private func notification(_ diagnostic: Diagnostic) -> JSONValue {
    let place = diagnostic.location.map { "\($0): " } ?? ""
    return [
      "descriptor": ["id": .string(diagnostic.slug), "index": .integer(notifications.index(of: diagnostic))],
      "level": .string(diagnostic.severity.rawValue),
      "message": ["text": .string(SarifText.literal(place + SarifText.whole(diagnostic)))],
    ]
  }

  private var resultList: [JSONValue] {
    let fingerprints = Dictionary(
      sources.map { ($0.name, LineFingerprints($0.text).lines) }, uniquingKeysWith: { own, _ in own })
    return results.diagnostics.compactMap { diagnostic in
      guard let location = diagnostic.location, let place = SarifPlace(location, in: sources) else {
        return nil
      }
      var members: [String: JSONValue] = [
        "ruleId": .string(diagnostic.slug), "ruleIndex": .integer(results.index(of: diagnostic)),
        "level": .string(diagnostic.severity.rawValue), "locations": [place.json],
        "message": ["text": .string(SarifText.literal(SarifText.whole(diagnostic)))],
      ]
      if let lines = fingerprints[location.file], lines.indices.contains(location.line - 1) {
        members["partialFingerprints"] = ["primaryLocationLineHash": .string(lines[location.line - 1])]
      }
      return .object(members)
    }
  }
}

extension SarifLog {
  /// Findings and the rules that they are of, each once in the order of the findings.
  private struct Rules: Sendable {
    let diagnostics: [Diagnostic]
    let slugs: [String]

    init(_ diagnostics: [Diagnostic]) {
      self.diagnostics = diagnostics
      var seen: Set<String> = []
      slugs = diagnostics.map(\.slug).filter { seen.insert($0).inserted }
    }

    func index(of diagnostic: Diagnostic) -> Int { slugs.firstIndex(of: diagnostic.slug) ?? -1 }

    /// What GitHub asks of a rule: both descriptions and a help.
    var json: JSONValue {
      .array(
        slugs.map { slug in
          let name = slug.split(separator: "-").joined(separator: " ")
          return [
            "id": .string(slug), "shortDescription": ["text": .string(name)],
            "fullDescription": ["text": .string("\(name), found by relmodel check")],
            "help": [
              "text":
                "The message says what was found, what was expected and, where there is one, a remedy that can be pasted."
            ],
          ]
        })
    }
  }
}

/// The text of a finding, as SARIF has it.
private enum SarifText {
  static func whole(_ diagnostic: Diagnostic) -> String {
    diagnostic.message + (diagnostic.help.map { "\nhelp: \($0)" } ?? "")
  }

  /// Text in which nothing that somebody wrote is a placeholder (§3.11.5), a link (§3.11.6) or a control character.
  static func literal(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
      .joined(separator: "\n")
      .replacing("{", with: "{{").replacing("}", with: "}}").replacing("](", with: "] (")
  }
}
