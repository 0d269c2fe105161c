import Testing

@Suite("Registrations")
struct RegistrationTests {
  private static let folder = "Sources/Stochastics/Distributions"
  private static let registry = "Distributions.swift"

  @Test("every distribution is registered")
  func everyDistributionIsRegistered() {
    let files = SourceTree.here.swiftFiles(below: RegistrationTests.folder)
    report(unregistered(in: files))
  }

  @Test("a distribution that is not registered is found")
  func unregisteredDistributionIsFound() {
    let files = [
      SourceFile(path: "D/Distributions.swift", text: "let all = [Weibull.self] // Gamma.self"),
      SourceFile(path: "D/Distribution.swift", text: ""), SourceFile(path: "D/Gamma.swift", text: ""),
      SourceFile(path: "D/Gamma+Fitting.swift", text: ""), SourceFile(path: "D/Weibull.swift", text: ""),
    ]
    #expect(unregistered(in: files).map(\.path) == ["D/Gamma.swift"])
  }

  /// The distributions that the registry beside them does not name.
  ///
  /// A file bears its type's name; `Type+Topic` is part of a type, and `Distribution.swift` the protocol.
  private func unregistered(in files: [SourceFile]) -> [Violation] {
    let registry = files.first { $0.name == RegistrationTests.registry }
    let named = Set(registry.map { SwiftCode($0.text).tokens.map(\.text) } ?? [])
    let place = registry?.path ?? "\(RegistrationTests.folder)/\(RegistrationTests.registry)"
    return files.filter { $0.name != RegistrationTests.registry }.compactMap { file in
      let type = file.name.dropLast(".swift".count)
      guard type != "Distribution", !type.contains("+"), !named.contains(String(type)) else { return nil }
      return Violation(file.path, "\(type) is not registered", fix: "add \(type) to the list in \(place)")
    }
  }
}
