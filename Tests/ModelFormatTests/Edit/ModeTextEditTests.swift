import Diagnostics
import Testing

import ModelFormat

@Suite struct ModeTextEditTests {
  private static let changes = [
    ModeTextEdit.Change(
      key: "mtbf", value: "{value: 9 d, source: \"log\"}", replacing: ["mtbf", "rate", "probability"]),
    ModeTextEdit.Change(key: "lasts", value: "3 min", replacing: ["lasts"]),
  ]

  private func edited(_ text: String, line: Int, mode: String = "crash") -> String? {
    let place = SourceLocation(file: "a.relmodel.yaml", line: line, column: 1)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return ModeTextEdit(lines: lines).changing(mode, at: place, Self.changes)?.joined(separator: "\n")
  }

  @Test(arguments: [
    (
      "      crash: {mtbf: 720 h, lasts: 5 min}  # seen twice",
      "      crash: {mtbf: {value: 9 d, source: \"log\"}, lasts: 3 min}  # seen twice"
    ),
    (
      "api: {fails: {crash: {scope: unit, rate: 1 /d, source: \"a, b: {c}\"}, slow: {mtbf: 1 d}}}",
      "api: {fails: {crash: {lasts: 3 min, scope: unit, mtbf: {value: 9 d, source: \"log\"}, "
        + "source: \"a, b: {c}\"}, slow: {mtbf: 1 d}}}"
    ),
    (
      "  crash:\n    # why\n    rate: 1 /d\n    probability: 2 %\n    lasts:\n      lognormal: {median: 1 h, p90: 2 h}\n"
        + "    scope: component\n  slow: {}",
      "  crash:\n    # why\n    mtbf: {value: 9 d, source: \"log\"}\n    lasts: 3 min\n    scope: component\n  slow: {}"
    ),
  ])
  func numbersChangeAndTheRestStays(_ old: String, _ new: String) {
    #expect(edited(old, line: 1) == new)
  }

  @Test func whatIsWrittenOtherwiseIsLeftAlone() {
    #expect(edited("  crash: {mtbf: 720 h,\n    lasts: 5 min}", line: 1) == nil)
    #expect(edited("  app-crash: {mtbf: 720 h}", line: 1) == nil)
    #expect(edited("  crash: 3", line: 1) == nil)
    #expect(edited("", line: 7) == nil)
  }
}
