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

  /// The second of a pair is called through a tier or two, and a timeout ends some of its answers below them.
  @Test(
    "those two tiers above a timeout that ends some slow answers meet how late the others are",
    arguments: [
      ("near: {second: {timeout: 1100 ms, ", "near"),
      ("far: {second: {timeout: 1100 ms, |near: {far: {timeout: 1150 ms, ", "near"),
      ("far: {second: {timeout: 1100 ms, |between: {far: {|near: {between: {", "near"),
    ])
  func cutTiers(tiers: String, last: String) throws {
    let slow = Self.failing("10 min, fails-by: {slow: {uniform: {min: 500 ms, max: 1200 ms}}}")
    let between = tiers.split(separator: "|").map { tier in
      let name = tier.prefix { $0 != ":" }
      return "  \(name): {depends-on: \(tier.dropFirst(name.count + 2))\(Self.calls)}}}\n"
    }
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: 2 s, \(Self.calls)}}}
        middle: {depends-on: {first: {timeout: 1100 ms, \(Self.calls)}, \(last): {timeout: 1200 ms, \(Self.calls)}}}
        first: {fails: {\(slow)}}
        second: {fails: {\(slow)}}
      \(between.joined())capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    let failed = 1 - (36.0 / 49 - 2.0 / 49)
    found.expect(down: 0, unserved: 600 * failed, within: 600 * failed / 64)
  }

  /// 30 % of the calls get an error, and of the others 2 / 7 take longer than a second: 1 − 0.7 · 5 / 7.
  @Test(
    "errors and slow answers fail calls together, of two callees and of one",
    arguments: [
      ("middle: {depends-on: {first: {@}, second: {@}}}", ""),
      ("middle: {depends-on: {both: {@}}}\n  both: {depends-on: {first: {@}, second: {@}}}", ""),
      ("middle: {depends-on: {first: hard, second: hard}}", ""),
      ("middle: {depends-on: {first: {@}}, fails: {!}}", ""),
      ("middle: {depends-on: {first: {@}, second: {@}}}", "retry: {attempts: 2}, "),
    ])
  func errorsAndSlowAnswers(middle: String, retry: String) throws {
    let slow = Self.failing("10 min, fails-by: {slow: {uniform: {min: 500 ms, max: 1200 ms}}}")
    let errors = Self.failing("10 min, fails-by: {errors: 30 %}")
    let below = middle.replacing("@", with: Self.calls).replacing("!", with: slow)
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: 1 s, \(retry)\(Self.calls)}}}
        \(below)
        first: {fails: {\(errors)}}
        second: {fails: {\(slow)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    let failed = retry.isEmpty ? 0.5 : 0.25
    found.expect(down: 0, unserved: 600 * failed, within: 600 * failed / 64)
  }

  /// Half of the attempts get an error at once, and the others an answer after 1 s to 3 s, which a timeout ends at 2 s: a call of
  /// the near tier fails after 0.1 s (1/4), 2.1 s (1/4) or 4.1 s (1/16). Those above give it up after 3 s: 3/8 of their attempts
  /// are answered, 1/4 fails after 0.1 s, 1/4 after 2.1 s and 1/8 after 3 s. Of the second attempts those come within 4 s that
  /// begin after 0.2 s, and of those that begin after 2.2 s 4/5 or, after an error, 7/10.
  @Test("attempts that get an error are over before those that time out, and so are those that follow")
  func errorsBeforeTimeouts() throws {
    let slow = Self.failing("10 min, fails-by: {slow: {uniform: {min: 1 s, max: 3 s}}}")
    let errors = Self.failing("10 min, fails-by: {errors: 50 %}").replacing("outage", with: "errors")
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: 4 s, \(Self.calls)}}}
        middle: {depends-on: {near: {timeout: 3 s, retry: {attempts: 2, wait: 100 ms}, \(Self.calls)}}}
        near: {depends-on: {callee: {timeout: 2 s, retry: {attempts: 2, wait: 100 ms}, \(Self.calls)}}}
        callee: {fails: {\(slow), \(errors)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    let answered = 3.0 / 8 + 3.0 / 32 + (4.0 / 5 * 1 / 4 + 7.0 / 10 * 1 / 8) / 4
    found.expect(down: 0, unserved: 600 * (1 - answered), within: 600 / 64)
  }

  /// Half of the attempts get an error at once, and calls wait before they try again.
  @Test(
    "waits between attempts make calls late, alone and together with others",
    arguments: [
      // Of the 3/4 that are answered 1/3 comes too late.
      ("middle: {depends-on: {first: {retry: {attempts: 2, wait: 2 s}, @}}}", "1500 ms", 0.5),
      // Two that wait are over the 3 s, one is not: 3/4 · 3/4 are answered, of which 1/4 · 1/4 late.
      (
        "middle: {depends-on: {first: {retry: {attempts: 2, wait: 2 s}, @}, "
          + "second: {retry: {attempts: 2, wait: 2 s}, @}}}", "3 s", 1 - (9.0 / 16 - 1.0 / 16)
      ),
      // Answers take 2 s as it is.
      (
        "middle: {depends-on: {first: {retry: {attempts: 2, wait: 1500 ms}, @}}, fails: {!}}", "3 s", 0.5
      ),
      ("middle: {depends-on: {first: {retry: {attempts: 2, wait: 1500 ms}, @}}, fails: {!}}", "4 s", 0.25),
    ])
  func waitsBeforeAnswers(middle: String, patience: String, failed: Double) throws {
    let errors = Self.failing("10 min, fails-by: {errors: 50 %}")
    let slow = Self.failing("10 min, fails-by: {slow: {deterministic: 2 s}}")
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: \(patience), \(Self.calls)}}}
        \(middle.replacing("@", with: Self.calls).replacing("!", with: slow))
        first: {fails: {\(errors)}}
        second: {fails: {\(errors)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    found.expect(down: 0, unserved: 600 * failed, within: 600 / 64)
  }
}
