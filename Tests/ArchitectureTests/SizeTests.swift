import Testing

@Suite("Sizes")
struct SizeTests {
  private static let longestFile = 500
  private static let longestFunction = 60
  private static let longestReadme = 40

  /// Measured hot loops that may be longer, as "path name".
  private static let hotLoops: Set<String> = []

  private let tree = SourceTree.here

  @Test("files and functions stay short", arguments: SourceTree.here.targets)
  func targetStaysShort(_ target: String) {
    report(tree.swiftFiles(below: "Sources/\(target)").flatMap(tooLong))
  }

  @Test(
    "every target has a short README: purpose, dependencies, design notes", arguments: SourceTree.here.targets
  )
  func targetHasReadme(_ target: String) {
    let path = "Sources/\(target)/README.md"
    guard let readme = tree.file(path), !readme.text.isEmpty else {
      return report([Violation(path, "\(target) has no README", fix: "say purpose, depends on, design notes")]
      )
    }
    // ModelFormat's is the grammar of the model language.
    guard target != "ModelFormat", readme.lineCount > SizeTests.longestReadme else { return }
    report([
      Violation(
        path, line: SizeTests.longestReadme + 1, "\(readme.lineCount) lines",
        fix: "keep \(SizeTests.longestReadme); details belong beside the code"
      )
    ])
  }

  @Test("a long function is found whatever its text and comments hold")
  func longFunctionIsFound() {
    let body = (0..<60).map { "  let a\($0) = \"}\" // }" }.joined(separator: "\n")
    let text = "protocol P {\n  func a()\n}\nfunc short() {}\nfunc long(_ f: () -> Void = {}) {\n\(body)\n}\n"
    let found = tooLong(SourceFile(path: "A.swift", text: text))
    #expect(found.map(\.line) == [5])
    #expect(found.first?.found == "long is 62 lines")
  }

  @Test("a long file is found")
  func longFileIsFound() {
    let found = tooLong(SourceFile(path: "A.swift", text: String(repeating: "\n", count: 501)))
    #expect(found.map(\.found) == ["501 lines"])
    #expect(tooLong(SourceFile(path: "A.swift", text: String(repeating: "\n", count: 500))).isEmpty)
  }

  private func tooLong(_ file: SourceFile) -> [Violation] {
    var found: [Violation] = []
    if file.lineCount > SizeTests.longestFile {
      found.append(
        Violation(
          file.path, line: SizeTests.longestFile + 1, "\(file.lineCount) lines",
          fix: "split it by idea; \(SizeTests.longestFile) is the limit"
        )
      )
    }
    let functions = SwiftCode(file.text).functions.filter {
      $0.lineCount > SizeTests.longestFunction && !SizeTests.hotLoops.contains("\(file.path) \($0.name)")
    }
    return found
      + functions.map { function in
        Violation(
          file.path, line: function.firstLine, "\(function.name) is \(function.lineCount) lines",
          fix:
            "one thing at one altitude; \(SizeTests.longestFunction) is the limit outside a measured hot loop"
        )
      }
  }
}
