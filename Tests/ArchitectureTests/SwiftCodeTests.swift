import Testing

@Suite("Swift code without comments and text")
struct SwiftCodeTests {
  @Test(
    "only code is left",
    arguments: [
      (#"a = "b \" { c" + d"#, "a = \" \" + d"),
      (#"a("b \(c("d }")) e")"#, "a(\" (c(\" \")) \")"),
      (##"#"a " \ b"# + c"##, "\" \" + c"),
      (##"#"a \#(b) c"# + d"##, "\" (b) \" + d"),
      ("\"\"\"\n a \" { b\n\"\"\" + c", "\" \" + c"),
      ("a // b {\nc /* d /* e */ } */ f", "a c f"),
      ("a = /b\"{/ ; c / d", "a = ; c / d"),
      ("#/a\"/# + b", "+ b"),
      ("é = 1 // ü", "é = 1"),
    ]
  )
  func onlyCodeIsLeft(_ text: String, _ code: String) {
    let masked = CodeMask.code(of: text)
    #expect(masked.count == text.utf8.count)
    #expect(words(String(decoding: masked, as: UTF8.self)) == words(code))
  }

  @Test("functions are found with their names and lines, requirements without a body are not")
  func functionsAreFound() {
    let text = """
      protocol P {
        func a() throws
        init()
        subscript(_ i: Int) -> Int { get }
      }
      struct S {
        init() { self.init(1) }
        static func < (a: S, b: S) -> Bool {
          false
        }
        func b<T>(
          _ f: () -> T = { 1 }
        ) -> [T]
        where T: P {
          func c() {}
          return []
        }
      }
      """
    let found = SwiftCode(text).functions.map { "\($0.name) \($0.firstLine)-\($0.lastLine)" }
    #expect(found == ["subscript 4-4", "init 7-7", "< 8-10", "b 11-17", "c 15-15"])
  }

  @Test("imports are found whatever stands before them")
  func importsAreFound() {
    let text = """
      import A
      public import B
      @preconcurrency import C
      @_spi(X) internal import struct D.E
      #if canImport(F)
        import F
      #endif
      // import G
      """
    #expect(SwiftCode(text).imports.map { "\($0.module) \($0.line)" } == ["A 1", "B 2", "C 3", "D 4", "F 6"])
  }

  private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}
