import Diagnostics
import ServiceModel
import Testing

/// One way to spoil a draft, and what is said about it.
struct Rule: Sendable, CustomTestStringConvertible {
  let slug: String
  let line: Int
  let words: String
  let help: String?
  let spoil: @Sendable (inout ModelDraft) throws -> Void

  init(
    _ slug: String, _ words: String, line: Int = 99, help: String? = nil,
    spoil: @escaping @Sendable (inout ModelDraft) throws -> Void
  ) {
    self.slug = slug
    self.line = line
    self.words = words
    self.help = help
    self.spoil = spoil
  }

  var testDescription: String { "\(slug): \(words)" }

  /// Checks that the spoilt draft gives this one finding.
  func check() throws {
    var draft = try DraftExample.draft()
    try spoil(&draft)
    let error = #expect(throws: Findings.self) { try Model(validating: draft) }
    let finding = try #require(error?.diagnostics.first)
    #expect(error?.diagnostics.map(\.slug) == [slug])
    #expect(finding.location?.line == line)
    #expect(finding.message.contains(words), "\(finding.message)")
    #expect(finding.help == help)
  }
}
