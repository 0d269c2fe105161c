import Testing

@Suite("Registrations of importers")
struct ImporterRegistrationTests {
  private static let folder = "Sources/IncidentHistory/Importers"
  private static let registry = "Sources/IncidentHistory/Formats/IncidentFormat+All.swift"

  @Test("every importer is registered")
  func everyImporterIsRegistered() throws {
    let tree = SourceTree.here
    let all = tree.swiftFiles(below: "Sources/IncidentHistory/Formats")
    let registry = try #require(all.first { $0.path == ImporterRegistrationTests.registry })
    let importers = tree.swiftFiles(below: ImporterRegistrationTests.folder)
    #expect(!importers.isEmpty)
    report(unregistered(in: importers, registry: registry))
  }

  @Test("an importer that is not registered is found")
  func unregisteredImporterIsFound() {
    let files = [
      SourceFile(
        path: "I/Opsgenie.swift",
        text: "extension IncidentFormat { static let opsgenie: IncidentFormat = {}() }"),
      SourceFile(
        path: "I/Jira.swift",
        text: "extension IncidentFormat { static let jira = IncidentFormat(name: \"\") }"),
      SourceFile(path: "I/Other.swift", text: "private let x = 1"),
    ]
    let registry = SourceFile(path: "All.swift", text: "static let all = [.opsgenie] // .jira")
    #expect(unregistered(in: files, registry: registry).map(\.path) == ["I/Jira.swift", "I/Other.swift"])
  }

  /// The files whose format the registry does not name, or that have none.
  private func unregistered(in files: [SourceFile], registry: SourceFile) -> [Violation] {
    let named = Set(SwiftCode(registry.text).tokens.map(\.text))
    return files.compactMap { file in
      guard let format = format(in: SwiftCode(file.text)) else {
        return Violation(
          file.path, "no `static let` of an IncidentFormat", fix: "declare the format, or move the file")
      }
      guard !named.contains(format) else { return nil }
      return Violation(
        file.path, "\(format) is not registered", fix: "add `.\(format),` to the list in \(registry.path)")
    }
  }

  /// The name behind `static let` that an IncidentFormat follows.
  private func format(in code: SwiftCode) -> String? {
    code.tokens.indices.lazy.filter { index in
      code.text(index) == "static" && code.text(index, 1) == "let" && code.text(index, 4) == "IncidentFormat"
    }.compactMap { code.text($0, 2) }.first
  }
}
