import Testing

/// A word that a library may not use, and what to do instead.
struct ForbiddenCall: Sendable {
  let name: String
  let fix: String
  /// Whether `code` uses the name at `index`.
  let isUsed: @Sendable (_ code: SwiftCode, _ index: Int) -> Bool

  /// A free function, called.
  static func call(_ name: String, fix: String) -> ForbiddenCall {
    ForbiddenCall(name: "\(name)()", fix: fix) { code, index in
      guard code.text(index) == name, code.text(index, 1) == "(" else { return false }
      let isMember =
        code.text(index, -1) == "." && !["Swift", "Glibc", "Foundation"].contains(code.text(index, -2))
      return !isMember && code.text(index, -1) != "func"
    }
  }

  /// A type or function, named in any way.
  static func name(_ name: String, fix: String) -> ForbiddenCall {
    ForbiddenCall(name: name, fix: fix) { code, index in code.text(index) == name }
  }

  /// `Type.member`.
  static func member(_ type: String, _ member: String, fix: String) -> ForbiddenCall {
    ForbiddenCall(name: "\(type).\(member)", fix: fix) { code, index in
      code.text(index) == type && code.text(index, 1) == "." && code.text(index, 2) == member
    }
  }

  /// `Type()`.
  static func emptyInitializer(_ type: String, fix: String) -> ForbiddenCall {
    ForbiddenCall(name: "\(type)()", fix: fix) { code, index in
      code.text(index) == type && code.text(index, 1) == "(" && code.text(index, 2) == ")"
    }
  }
}

@Suite("Purity of the libraries")
struct PurityTests {
  private static let output = "return a value; only the command prints"
  private static let clock = "take the instant as a parameter"
  private static let environment = "take the value as a parameter"
  private static let random = "draw from a keyed stream of Stochastics"

  private static let printers = [
    "print", "debugPrint", "dump", "puts", "printf", "fputs", "fprintf", "NSLog",
  ]
  private static let clocks = ["ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday"]

  private static let forbidden: [ForbiddenCall] =
    printers.map { .call($0, fix: output) }
    + clocks.map { .name($0, fix: clock) }
    + [
      .emptyInitializer("Date", fix: clock), .member("Date", "now", fix: clock),
      .member("DispatchTime", "now", fix: clock), .name("CFAbsoluteTimeGetCurrent", fix: clock),
      .name("ProcessInfo", fix: environment), .call("getenv", fix: environment),
      .name("CommandLine", fix: environment),
      .member("TimeZone", "current", fix: environment), .member("Locale", "current", fix: environment),
      .member("Calendar", "current", fix: environment), .member("FileHandle", "standardOutput", fix: output),
      .member("FileHandle", "standardError", fix: output), .name("SystemRandomNumberGenerator", fix: random),
    ]

  private let tree = SourceTree.here

  @Test("no library prints, or reads the clock or the environment", arguments: SourceTree.here.targets)
  func libraryIsPure(_ target: String) {
    guard target != "relmodel" else { return }
    report(tree.swiftFiles(below: "Sources/\(target)").flatMap(impurities))
  }

  @Test("no static, class or global stored variable", arguments: SourceTree.here.targets)
  func targetHasNoSharedState(_ target: String) {
    report(tree.swiftFiles(below: "Sources/\(target)").flatMap(sharedVariables))
  }

  @Test("nothing ends the process: no fatalError, try! or as!", arguments: SourceTree.here.targets)
  func targetDoesNotTrap(_ target: String) {
    report(tree.swiftFiles(below: "Sources/\(target)").flatMap(traps))
  }

  @Test(
    "an impure line is found",
    arguments: [
      "print(1)", "Swift.print(1)", "let a = Date()", "let a = Date.now", "let a = ProcessInfo.processInfo",
      "let clock = ContinuousClock()", "clock_gettime(CLOCK_MONOTONIC, &t)", "let a = \"\\(Date())\"",
      "let zone = TimeZone.current",
    ]
  )
  func impureLineIsFound(_ line: String) {
    #expect(impurities(in: SourceFile(path: "A.swift", text: "// pure\n\(line)\n")).map(\.line) == [2])
  }

  @Test(
    "a pure line is not accused",
    arguments: [
      "func print(_ a: Int) {}", "dump.time(1)", "renderer.print(1)", "let a = \"print(1)\"", "// Date()",
      "let a = Date(timeInterval)",
      "/* print(\"a\") /* Date() */ ProcessInfo */",
    ]
  )
  func pureLineIsNotAccused(_ line: String) {
    #expect(impurities(in: SourceFile(path: "A.swift", text: line)).isEmpty)
  }

  @Test(
    "shared state is told from values",
    arguments: [
      ("var a = 1", 1), ("nonisolated(unsafe) var a: Int? = nil", 1), ("struct A { static var a: Int }", 1),
      ("struct A { public private(set) static var a: [Int] = [] }", 1),
      ("struct A { static var a = 1 { didSet { } } }", 1),
      ("struct A {\n static var a: Int { 1 }\n var b = 2\n}", 0),
      ("protocol A { static var a: Int { get } }", 0), ("var a: Int { 1 }", 0),
      ("func a() { var b = 1; b += 1 }", 0),
      ("extension A {\n  static var b: Result<Int, Never>\n  {\n    .success(1) } }", 0),
    ]
  )
  func sharedStateIsFound(_ text: String, _ count: Int) {
    #expect(sharedVariables(in: SourceFile(path: "A.swift", text: text)).count == count)
  }

  @Test(
    "traps are found",
    arguments: [
      ("fatalError()", 1), ("let a = try! b()", 1), ("let a = b as! Int", 1), ("let a = try !b()", 0),
      ("let a = b as? Int", 0), ("// fatalError()", 0),
    ]
  )
  func trapIsFound(_ text: String, _ count: Int) {
    #expect(traps(in: SourceFile(path: "A.swift", text: text)).count == count)
  }

  private func impurities(in file: SourceFile) -> [Violation] {
    let code = SwiftCode(file.text)
    return code.tokens.indices.flatMap { index in
      PurityTests.forbidden.filter { $0.isUsed(code, index) }.map { call in
        Violation(file.path, line: code.tokens[index].line, "a library uses \(call.name)", fix: call.fix)
      }
    }
  }

  private func sharedVariables(in file: SourceFile) -> [Violation] {
    let code = SwiftCode(file.text)
    return code.sharedVariables.map { index in
      Violation(
        file.path, line: code.tokens[index].line,
        "\(code.text(index, 1)) is a variable that the whole process shares",
        fix: "make it a let, or a value that is passed in"
      )
    }
  }

  private func traps(in file: SourceFile) -> [Violation] {
    let code = SwiftCode(file.text)
    let marks = (code.places(of: "try", "!") + code.places(of: "as", "!")).filter { code.isAttached($0 + 1) }
    return (code.places(of: "fatalError", "(") + marks).sorted().map { index in
      Violation(
        file.path, line: code.tokens[index].line,
        "\(code.text(index))\(code.text(index, 1)) can end the process",
        fix: "make the state impossible, or return or throw a located finding"
      )
    }
  }
}
