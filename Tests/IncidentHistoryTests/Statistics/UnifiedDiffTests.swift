import Testing

import Reports

@Suite struct UnifiedDiffTests {
  @Test func textsThatAreTheSameHaveNone() {
    #expect(UnifiedDiff(name: "a", old: ["1"], new: ["1"]).text.isEmpty)
  }

  /// As `diff -u` of GNU diffutils prints it, but for the times.
  @Test func changesHaveThreeLinesAround() {
    let old = (1...20).map { "\($0)" }
    var new = old
    new[4] = "five"
    new.remove(at: 16)
    new.append("21")
    let text = UnifiedDiff(name: "n", old: old, new: new).text
    let expected = [
      "--- n", "+++ n", "@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8",
      "@@ -14,7 +14,7 @@", " 14", " 15", " 16", "-17", " 18", " 19", " 20", "+21", "",
    ]
    #expect(text == expected.joined(separator: "\n"))
  }
}
