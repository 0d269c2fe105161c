import Testing

@Suite("Comparing output")
struct OutputComparisonTests {
  @Test(
    "lines match as they are, and … stands for any number of them",
    arguments: [
      (["a", "b"], ["a", "b"], true), (["a"], ["a", "b"], false), (["a", "b"], ["a"], false),
      ([], ["a"], false),
      (["a"], ["A"], false), (["a"], ["a "], false), (["a"], [], false), ([], [], true),
      (["a", "…", "d"], ["a", "b", "c", "d"], true), (["a", "  …", "b"], ["a", "b"], true),
      (["…"], ["a", "b"], true), (["…", "b"], ["b", "b", "b"], true), (["…", "c"], ["a", "b"], false),
      (["a", "…"], ["b", "c"], false), (["…", "a", "…", "b"], ["a", "x", "a", "b"], true),
      (["a …"], ["a b"], false),
    ]
  )
  func linesAreCompared(_ expected: [String], _ actual: [String], _ matches: Bool) {
    let comparison = OutputComparison(
      expected: expected, actual: actual, tolerance: LineTolerance(fraction: nil)
    )
    #expect(comparison.matches == matches)
  }

  @Test(
    "with a tolerance, numbers may differ by it and nothing else",
    arguments: [
      ("up 99.0 %", "up 98.1 %", 0.01, true), ("up 99.0 %", "up 98.0 %", 0.01, false),
      ("$18,000/h", "$18,100/h", 0.01, true), ("$18,000/h", "$19,000/h", 0.01, false),
      ("a  9 h", "a 10 h", 0.1, true), ("a 9 h", "a 9 min", 0.1, false), ("a 9 h", "a 9", 0.1, false),
      ("p95 9", "p94 9", 0.1, false), ("us-east-1a", "us-east-2a", 0.9, false),
      ("1.0e-6", "1.01e-6", 0.02, true),
      ("1.0e-6", "1.0e-7", 0.02, false), ("-1 h", "1 h", 0.5, false), ("0", "0.001", 0.02, false),
      ("██████ 6", "█████ 6", 0.02, true), ("██████ 6", "██ 6", 0.02, false), ("5", "5", 0, true),
      ("5 ± 1", "5 ± 2", 0, false),
    ]
  )
  func numbersMayDiffer(_ expected: String, _ actual: String, _ fraction: Double, _ matches: Bool) {
    #expect(LineTolerance(fraction: fraction).matches(expected, actual) == matches)
  }

  @Test("without a tolerance every character counts")
  func everyCharacterCounts() {
    #expect(!LineTolerance(fraction: nil).matches("1.0", "1.00"))
  }

  @Test("a difference is shown as diff -u would, and refreshing keeps the …")
  func differenceIsShown() {
    let comparison = OutputComparison(
      expected: ["1", "2", "3", "4", "old", "older", "6", "…", "9"],
      actual: ["1", "2", "3", "4", "new", "newer", "5", "6", "7", "8", "9"],
      tolerance: LineTolerance(fraction: nil)
    )
    let diff = "--- expected\n+++ printed\n@@\n 2\n 3\n 4\n-old\n-older\n+new\n+newer\n+5\n 6\n …\n 9"
    #expect(comparison.diff == diff)
    #expect(comparison.refreshed == ["1", "2", "3", "4", "new", "newer", "5", "6", "…", "9"])
  }
}
