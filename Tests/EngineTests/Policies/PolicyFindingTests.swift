import Diagnostics
import ServiceModel
import Testing

/// Policies that can not be, found where they are written.
@Suite("Findings about policies in models")
struct PolicyFindingTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// `api`'s dependency on `db`.
    var dependency = ""
    var pools = ""
    var mode = ""
    /// A dependency of `db` on `disk`, or `hard`.
    var inner = "hard"
    let slugs: [String]

    var text: String {
      """
      pools: {\(pools)}
      components:
        api: {replicas: 2, depends-on: {db: {\(dependency)}}}
        db: {depends-on: {disk: \(inner)}, fails: {crash: {mtbf: 100 h, lasts: 1 h\(mode)}}}
        disk: {fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    }
  }

  private static let calls = ", traffic: {calls: 5 /s}"
  static let cases = [
    Case(
      testDescription: "a breaker of no failures", dependency: "breaker: {consecutive: 0, open: 30 s}",
      slugs: ["breaker-consecutive"]),
    Case(
      testDescription: "a threshold of 0 %", dependency: "breaker: {window: 10, failures: 0 %, open: 30 s}",
      slugs: ["breaker-failures"]),
    Case(
      testDescription: "more results than the window holds",
      dependency: "breaker: {window: 10, minimum: 20, failures: 50 %, open: 30 s}", slugs: ["breaker-minimum"]
    ),
    Case(
      testDescription: "half-open without calls",
      dependency: "breaker: {consecutive: 5, open: 30 s, half-open: {calls: 0}}", slugs: ["breaker-half-open"]
    ),
    Case(
      testDescription: "a window without a share", dependency: "breaker: {window: 10, open: 30 s}",
      slugs: ["missing-key"]),
    Case(testDescription: "one attempt", dependency: "retry: {attempts: 1}", slugs: ["retry-once"]),
    Case(
      testDescription: "a storm at one level", dependency: "retry: {attempts: 1000, wait: 1 s}",
      slugs: ["retry-storm"]),
    Case(
      testDescription: "a storm over two levels", dependency: "retry: {attempts: 20, wait: 1 s}",
      inner: "{retry: {attempts: 20, wait: 1 s}}", slugs: ["retry-storm"]),
    Case(
      testDescription: "a limit of nothing", dependency: "rate-limit: {calls: 0 /s}\(calls)",
      slugs: ["rate-limit-calls"]),
    Case(
      testDescription: "two mistakes at once", dependency: "retry: {attempts: 0}, fallback: {serves: 0 %}",
      slugs: ["retry-attempts", "fallback-serves"]),
    Case(
      testDescription: "a timeout that no answer keeps",
      dependency: "timeout: 1 s, traffic: {calls: 5 /s, latency: 5 s}", slugs: ["timeout-below-latency"]),
    Case(testDescription: "an unknown pool", dependency: "bulkhead: few\(calls)", slugs: ["unknown-name"]),
    Case(
      testDescription: "a pool of another component", dependency: "bulkhead: few\(calls)",
      pools: "few: {of: disk, kind: threads, size: 3}", slugs: ["bulkhead-of-another"]),
    Case(
      testDescription: "a pool that leads elsewhere", dependency: "bulkhead: few\(calls)",
      pools: "few: {of: api, kind: connections, size: 3, to: disk}", slugs: ["bulkhead-elsewhere"]),
    Case(
      testDescription: "two pools that serve requests", dependency: "timeout: 1 s",
      pools:
        "a: {of: api, kind: threads, size: 3, serves: requests}, b: {of: api, kind: threads, size: 3, serves: requests}",
      slugs: ["two-request-pools"]),
    Case(
      testDescription: "a bulkhead without calls", dependency: "bulkhead: few",
      pools: "few: {of: api, kind: threads, size: 3}", slugs: ["traffic-missing"]),
    Case(
      testDescription: "a wait nobody stated", dependency: "timeout: 1 s",
      pools: "few: {of: api, kind: threads, size: 3, overflow: wait}", slugs: ["pool-wait"]),
    Case(
      testDescription: "calls that hang without a timeout", dependency: "retry: {attempts: 2}",
      mode: ", fails-by: hangs",
      slugs: ["timeout-missing"]),
    Case(
      testDescription: "a timeout longer than the caller's", dependency: "timeout: 5 s",
      inner: "{timeout: 10 s}",
      slugs: ["timeout-beyond-caller"]),
    Case(
      testDescription: "a limit that is no whole number of calls",
      dependency: "rate-limit: {calls: 0.5 /s}\(calls)",
      slugs: ["rate-limit-calls"]),
  ]

  @Test(arguments: cases)
  func finding(_ one: Case) {
    let error = #expect(throws: Findings.self) { try ModelText.model(one.text) }
    #expect(error?.diagnostics.map(\.slug) == one.slugs)
    for diagnostic in error?.diagnostics ?? [] {
      #expect(diagnostic.location != nil)
      // A name that is like no other has no suggestion.
      #expect(diagnostic.help != nil || diagnostic.slug == "unknown-name", "\(diagnostic.message)")
    }
  }

  @Test("a caller whose exhaustion takes its callee down")
  func circle() {
    let error = #expect(throws: Findings.self) {
      try ModelText.model(
        """
        pools: {web: {of: api, kind: threads, size: 3, serves: requests}}
        components:
          api: {depends-on: {db: {soft: 10 %, timeout: 1 s, traffic: {calls: 5 /s}}}}
          db: {depends-on: {api: hard}, fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
        capabilities: {service: {depends-on: {api: hard}}}
        """)
    }
    #expect(error?.diagnostics.map(\.slug) == ["cascade-cycle"])
  }

  /// 1 s, 10 s, …: four waits are 1,111 s, five more than an hour, and the sixth is the first above a day, 100,000 s; six
  /// attempts have five waits.
  @Test("retries that wait for hours are a warning", arguments: [(5, 0), (6, 1), (7, 1), (100, 1)])
  func endlessWaits(attempts: Int, count: Int) throws {
    let dependency = "retry: {attempts: \(attempts), wait: 1 s, factor: 10}"
    let model = try ModelText.model(Case(testDescription: "waits", dependency: dependency, slugs: []).text)
    #expect(model.warnings.map(\.slug) == Array(repeating: "retry-waits", count: count))
    #expect(model.warnings.allSatisfy { $0.severity == .warning && $0.location != nil })
    let cut = try ModelText.model(
      Case(
        testDescription: "cut", dependency: dependency.replacing("}", with: ", longest: 36 s}"), slugs: []
      ).text)
    #expect(cut.warnings.isEmpty)
  }

  /// Five waits of 1 s to 10,000 s are 11,111 s.
  @Test("a timeout above ends the waits of a retry", arguments: [("hard", 1), ("{timeout: 10 s}", 0)])
  func waitsUnderTimeout(above: String, count: Int) throws {
    let model = try ModelText.model(
      """
      components:
        api: {depends-on: {db: {retry: {attempts: 6, wait: 1 s, factor: 10}}}}
        db: {fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {api: \(above)}}}
      """)
    #expect(model.retryWarnings.count == count)
    let expected = "api → db waits up to 3 h 5 min in all before attempt 6, and no timeout above ends that"
    #expect(model.retryWarnings.allSatisfy { $0.message.hasPrefix(expected) })
  }

  /// A hundred waits of a minute are 1 h 39 min, of 36 s less than an hour.
  @Test("a remedy for waits that are too long together ends them in an hour")
  func remedyForWaits() throws {
    let cases = [
      ("attempts: 100, wait: 1 s, factor: 2, longest: 1 min", "longest: 36 s"),
      ("attempts: 100, wait: 1 min", "attempts: 61"),
    ]
    for (retry, help) in cases {
      let text = Case(testDescription: "waits", dependency: "retry: {\(retry)}", slugs: []).text
      #expect(try ModelText.model(text).retryWarnings.map(\.help) == [help])
    }
  }

  @Test("what was taken where nothing was stated is listed")
  func defaults() throws {
    let model = try ModelText.model(
      """
      components:
        api: {depends-on: {db: {breaker: {window: 10, failures: 50 %, open: 30 s}, traffic: {calls: 5 /s}}}}
        db: {fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let paths = model.defaults.map(\.path)
    #expect(paths.contains("components/api/depends-on/db/breaker/minimum"))
    #expect(paths.contains("components/api/depends-on/db/breaker/half-open/calls"))
    #expect(paths.contains("components/api/depends-on/db/traffic/latency"))
  }
}
