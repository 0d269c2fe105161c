import Foundation
import ModelFormat
import Testing

@Suite("The language reference")
struct LanguageReferenceTests {
  static let readme = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/ModelFormat/README.md").standardizedFileURL
  static let begin = "<!-- reference -->\n"
  static let end = "<!-- end of reference -->"

  @Test("README.md of ModelFormat holds the reference that the grammar gives")
  func readmeIsTrue() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let start = try #require(text.range(of: Self.begin))
    let stop = try #require(text.range(of: Self.end))
    let expected = LanguageReference.markdown + "\n"
    if ProcessInfo.processInfo.environment["RELMODEL_UPDATE_GOLDENS"] == "1" {
      let updated = text[..<start.upperBound] + expected + text[stop.lowerBound...]
      try String(updated).write(to: Self.readme, atomically: true, encoding: .utf8)
      return
    }
    #expect(
      String(text[start.upperBound..<stop.lowerBound]) == expected,
      "the grammar changed; refresh: RELMODEL_UPDATE_GOLDENS=1 scripts/test --filter LanguageReferenceTests")
  }
}
