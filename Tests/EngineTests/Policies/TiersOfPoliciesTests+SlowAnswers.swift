import Testing

/// Slow answers one after the other, some of which a timeout ends.
extension TiersOfPoliciesTests {
  /// Answers take 0.5 s + 0.7 s u and 0.5 s + 0.7 s v, u and v uniform on 0 to 1; a timeout of 1.1 s ends those above 6/7.
  static let slowPairs: [(String, String, String, Double)] = [
    // The square of side 6/7 less the corner where u + v > 10/7.
    ("timeout: 1100 ms, ", "timeout: 1100 ms, ", "2 s", 1 - (36.0 / 49 - 2.0 / 49)),
    // The same without an upper bound of v.
    ("timeout: 1100 ms, ", "", "2 s", 1 - (6.0 / 7 - 9.0 / 98)),
    // Hardly anything is answered in time: u + v < 0.15 / 0.7.
    ("timeout: 1100 ms, ", "timeout: 1100 ms, ", "1150 ms", 1 - 0.5 * (0.15 / 0.7) * (0.15 / 0.7)),
    // A second attempt begins after 1.2 s. Of those that it answers and the second callee as well 1 / 8 take up to 2.5 s.
    (
      "timeout: 1100 ms, retry: {attempts: 2, wait: 100 ms}, ", "timeout: 1100 ms, ", "2500 ms",
      1 - (36.0 / 49 + 36.0 / 343 / 8)
    ),
    // The first is waited for until its timeout and done without: 3/49 are late then, 9/98 otherwise.
    ("soft: 1 %, timeout: 1100 ms, ", "", "2 s", 3.0 / 49 + 9.0 / 98 + 0.01 * 4 / 49),
    // A fallback answers then.
    ("timeout: 1100 ms, fallback: {serves: 100 %}, ", "", "2 s", 3.0 / 49 + 9.0 / 98),
  ]

  /// The laws are of 64 values each.
  @Test("calls fail by a timeout of their own or by the sum of the others", arguments: slowPairs)
  func slowPair(first: String, second: String, patience: String, failed: Double) throws {
    let slow = Self.failing("10 min, fails-by: {slow: {uniform: {min: 500 ms, max: 1200 ms}}}")
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: \(patience), \(Self.calls)}}}
        middle: {depends-on: {first: {\(first)\(Self.calls)}, second: {\(second)\(Self.calls)}}}
        first: {fails: {\(slow)}}
        second: {fails: {\(slow)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    found.expect(down: 0, unserved: 600 * failed, within: 600 * failed / 64)
  }

  /// Two of 0.5 s to 1.2 s, of which no timeout below ends any: 8/49 of their sums are above 2 s.
  @Test(
    "slow answers add up that the tiers between wait for",
    arguments: ["second: {timeout: 1900 ms, ", "between: {timeout: 1900 ms, "])
  func slowTiers(second: String) throws {
    let slow = Self.failing("10 min, fails-by: {slow: {uniform: {min: 500 ms, max: 1200 ms}}}")
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: 2 s, \(Self.calls)}}}
        middle: {depends-on: {first: {timeout: 1900 ms, \(Self.calls)}, \(second)\(Self.calls)}}}
        between: {depends-on: {second: {timeout: 1900 ms, \(Self.calls)}}}
        first: {fails: {\(slow)}}
        second: {fails: {\(slow)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    found.expect(down: 0, unserved: 600 * 8.0 / 49, within: 600 * 8.0 / 49 / 64)
  }
}
