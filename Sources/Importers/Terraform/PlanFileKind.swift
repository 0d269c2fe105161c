internal import Diagnostics
internal import StructuredText

/// What a file is that somebody took for the JSON of a plan.
enum PlanFileKind {
  /// The command that prints a plan as JSON.
  static let command = "terraform show -json plan.out > plan.json"
  /// The commands that make a plan and print it.
  static let commands = "terraform plan -out plan.out && \(command)"

  /// Looks at how the file begins.
  ///
  /// - Throws: what it is instead, with the remedy.
  static func check(_ cursor: ByteCursor) throws(Findings) {
    var cursor = cursor
    cursor.tellsPacked = true
    let start = cursor.location
    let head: [UInt8]
    do throws(Findings) { head = try Self.head(&cursor) } catch { throw located(error, at: start) }
    guard let problem = problem(of: head) else { return }
    throw Findings([
      Diagnostic(slug: problem.slug, problem.message, at: start, help: problem.help)
    ])
  }

  /// The same findings with the remedy for a plan that is cut off or damaged.
  static func explained(_ findings: Findings) -> Findings {
    Findings(
      findings.diagnostics.map { finding in
        guard finding.slug.hasPrefix("json-") || finding.slug == "invalid-utf8" else { return finding }
        // What stands in quotes is text of the plan, which may be a secret.
        let message =
          finding.message.hasSuffix("is no JSON value") ? "a word is no JSON value" : finding.message
        return Diagnostic(
          finding.severity, slug: finding.slug, "the plan can not be read: \(message)",
          at: finding.location, help: "print it again, whole: \(command)")
      })
  }

  /// A file that is no UTF-8 at all is told at its start: some shells redirect in UTF-16.
  private static func located(_ findings: Findings, at start: SourceLocation) -> Findings {
    Findings(
      findings.diagnostics.map { finding in
        guard finding.slug == "invalid-utf8" else { return finding }
        return Diagnostic(
          slug: finding.slug, finding.message, at: start,
          help: "iconv -f UTF-16 -t UTF-8 \(shellWord(start.file)) > utf8.json")
      })
  }

  private struct Problem {
    let slug: String
    let message: String
    let help: String
  }

  /// The first 64 bytes behind white space, line ends as spaces.
  private static func head(_ cursor: inout ByteCursor) throws(Findings) -> [UInt8] {
    var head: [UInt8] = []
    while head.count < 64, let byte = try cursor.peek() {
      let isLineEnd = byte == 0x0A || byte == 0x0D
      if isLineEnd { _ = try cursor.advanceOverLineEnd(byte) } else { cursor.advance(over: byte) }
      let isBlank = isLineEnd || byte == 0x20 || byte == 0x09
      if !isBlank || !head.isEmpty { head.append(isLineEnd ? 0x20 : byte) }
    }
    return head
  }

  private static func problem(of head: [UInt8]) -> Problem? {
    if head.first == UInt8(ascii: "{") { return nil }
    if head.isEmpty { return Problem(slug: "empty-file", message: "the file is empty", help: commands) }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return Problem(
        slug: "binary-plan", message: "this is the binary plan that terraform plan -out writes", help: command
      )
    }
    if head.starts(with: [0x1F, 0x8B]) {
      return Problem(slug: "compressed", message: "the file is compressed", help: "gunzip it first")
    }
    return problem(ofText: String(decoding: head, as: UTF8.self))
  }

  private static func problem(ofText text: String) -> Problem {
    let blocks = [
      "resource ", "terraform ", "terraform{", "provider ", "variable ", "module ", "locals ", "locals{",
      "data ", "output ", "#", "//", "/*",
    ]
    if blocks.contains(where: text.hasPrefix) {
      return Problem(
        slug: "not-a-plan", message: "this is configuration in HCL, not a plan", help: commands)
    }
    return Problem(slug: "not-a-plan", message: "this is not the JSON of a plan", help: commands)
  }
}
