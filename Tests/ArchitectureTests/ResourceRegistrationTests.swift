import Testing

@Suite("Registrations of resources")
struct ResourceRegistrationTests {
  private static let folder = "Sources/CloudCost/AWS"
  private static let registry = "Sources/CloudCost/Resources/ResourceCatalog.swift"

  @Test("every kind of resource is registered")
  func everyResourceIsRegistered() throws {
    let files = SourceTree.here.swiftFiles(below: Self.folder)
    let registry = try #require(
      SourceTree.here.swiftFiles(below: "Sources/CloudCost/Resources").first { $0.path == Self.registry })
    #expect(Self.kinds(in: files).count >= 20)
    report(Self.unregistered(in: files, registry: registry))
  }

  @Test("a resource that is not registered is found")
  func unregisteredResourceIsFound() {
    let files = [
      SourceFile(path: "A/Disk.swift", text: "package struct Disk: CostResource {}"),
      SourceFile(path: "A/Tape.swift", text: "package struct Tape: CostResource {}"),
      SourceFile(path: "A/Size.swift", text: "struct Size {}"),
    ]
    let registry = SourceFile(path: "R.swift", text: "let all = [Disk.self] // Tape.self")
    #expect(Self.unregistered(in: files, registry: registry).map(\.path) == ["A/Tape.swift"])
  }

  /// Files that declare a kind of resource, which bears the file's name.
  private static func kinds(in files: [SourceFile]) -> [SourceFile] {
    files.filter { SwiftCode($0.text).tokens.map(\.text).contains("CostResource") && !$0.name.contains("+") }
  }

  private static func unregistered(in files: [SourceFile], registry: SourceFile) -> [Violation] {
    let named = Set(SwiftCode(registry.text).tokens.map(\.text))
    return kinds(in: files).compactMap { file in
      let type = String(file.name.dropLast(".swift".count))
      guard !named.contains(type) else { return nil }
      return Violation(
        file.path, "\(type) is not registered", fix: "add \(type).self to the list in \(Self.registry)")
    }
  }
}
