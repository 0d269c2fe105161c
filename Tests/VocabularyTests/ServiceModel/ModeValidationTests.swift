import Diagnostics
import Quantities
import ServiceModel
import Stochastics
import Testing

/// Every rule about failure modes.
@Suite struct ModeValidationTests {
  private typealias Example = DraftExample

  static let occurrences: [Rule] = [
    Rule("probability-needs-rate", "nothing beside lifetime:", help: "rate: 1 /d") {
      var mode = try Example.mode(.lifetime(try Weibull(shape: 2, mean: 1000)))
      mode.probability = Example.here(.one)
      $0.components[0].modes = [mode]
    },
    Rule("probability-needs-rate", "nothing beside availability:", help: "rate: 1 /d") {
      var mode = try Example.mode(.availability(try Availability(parsing: "99.9 %")))
      mode.probability = Example.here(.one)
      $0.components[0].modes = [mode]
    },
    Rule(
      "factor-needs-rate", "only an availability is known here",
      help: "state mtbf: or rate: instead of availability:"
    ) {
      var mode = try Example.mode(.availability(try Availability(parsing: "99.9 %")))
      mode.rateFactor = Example.here(0.31)
      $0.components[0].modes = [mode]
    },
    Rule("incident-reference", "api names no mode", help: "incidents: api/crash") {
      $0.components[0].modes = [try Example.mode(.incidents(Example.here("api"), bindsOutage: false))]
    },
    Rule("incident-reference", "api/a/b names no mode", help: "incidents: api/crash") {
      $0.components[0].modes = [
        try Example.mode(.meanTimeBetweenFailures(.year), .incidents(Example.here("api/a/b")))
      ]
    },
  ]

  private static let lengthHelp = "lasts: 20 min, or detect: 30 s and recover: 10 min"
  static let lengths: [Rule] = [
    Rule("outage-length", "not for how long", help: lengthHelp) {
      $0.components[0].modes = [try Example.mode(.meanTimeBetweenFailures(.year), .unstated)]
    },
    Rule("outage-length", "not for how long", help: lengthHelp) {
      $0.domains[0].modes = [try Example.mode(.incidents(Example.here("a/b"), bindsOutage: false), .unstated)]
    },
    Rule("outage-length", "noticed and never recovers", help: "recover: 10 min") {
      let parts = FailureModeDraft.Length.parts(
        detect: .named(Example.here("ready")), respond: nil, recover: nil)
      $0.components[0].modes = [try Example.mode(.meanTimeBetweenFailures(.year), parts)]
    },
    Rule("outage-length", "lasts no time on average") {
      $0.components[0].modes = [
        try Example.mode(.meanTimeBetweenFailures(.year), .lasts(try Deterministic(value: 0)))
      ]
    },
  ]

  static let scopes: [Rule] = [
    Rule("scope-of-domain", "it has no scope", help: "leave scope: out") {
      var mode = try Example.mode()
      mode.scope = Example.here(.component)
      $0.domains[0].modes = [mode]
    },
    Rule(
      "scope-without-domain", "fails per zone, and no replica is in one",
      help: "replicas: {count: 3, spread: zones}"
    ) {
      var mode = try Example.mode()
      mode.scope = Example.here(.zone)
      $0.components[0].modes = [mode]
    },
    Rule("scope-without-domain", "fails per node", help: "replicas: {count: 3, spread: nodes}") {
      var mode = try Example.mode()
      mode.scope = Example.here(.node)
      $0.components[0].modes = [mode]
      $0.components[0].domain = Example.here("zone-a")
    },
    Rule(
      "common-cause-scope", "has none to join", help: "scope: unit on a component with replicas: 2 or more"
    ) {
      var mode = try Example.mode()
      mode.commonCause = Example.here(.beta(.one))
      mode.scope = Example.here(.component)
      $0.components[0].modes = [mode]
    },
    Rule(
      "common-cause-scope", "has none to join", help: "scope: unit on a component with replicas: 2 or more"
    ) {
      var mode = try Example.mode()
      mode.commonCause = Example.here(.beta(.one))
      $0.components.append(Example.component("single"))
      $0.components[2].modes = [mode]
    },
    Rule("common-cause-lifetime", "splits a constant rate", help: "mtbf: 720 h") {
      var mode = try Example.mode(.lifetime(try Weibull(shape: 2, mean: 1000)))
      mode.commonCause = Example.here(.beta(.one))
      $0.components[0].modes = [mode]
    },
  ]

  @Test(arguments: occurrences) func `how often`(rule: Rule) throws { try rule.check() }
  @Test(arguments: lengths) func `how long`(rule: Rule) throws { try rule.check() }
  @Test(arguments: scopes) func `what it hits`(rule: Rule) throws { try rule.check() }

  /// A rate is thinned by the probability and scaled by the factor: 720 h / 0.31 / 0.5.
  @Test(
    arguments: [
      (nil, nil, 720), (0.31, nil, 720 / 0.31), (nil, 0.5, 1440), (0.31, 0.5, 720 / 0.31 / 0.5),
      (1e-300, nil, 7.2e302),
    ] as [(Double?, Double?, Double)])
  func `factor and probability change the rate`(factor: Double?, probability: Double?, hours: Double) throws {
    var mode = try Example.mode(.meanTimeBetweenFailures(try #require(TimeSpan(hours: 720))))
    mode.rateFactor = factor.map { Example.here($0) }
    mode.probability = try probability.map { Example.here(try #require(Probability($0))) }
    var draft = try Example.draft()
    draft.components[0].modes = [mode]
    let bound = try #require(try Model(validating: draft).components[0].modes.first)
    guard case .meanTimeBetweenFailures(let span) = bound.occurrence else { throw UnexpectedOccurrence() }
    #expect(isClose(span.hours, hours), "\(span.hours)")
  }

  private struct UnexpectedOccurrence: Error {}

  /// A factor so small that the mean overflows must not leave the mode as if nothing had been said.
  @Test func `an overflowing factor does not bring the rate back`() throws {
    var mode = try Example.mode(.meanTimeBetweenFailures(.year))
    mode.rateFactor = Example.here(Double.leastNonzeroMagnitude)
    var draft = try Example.draft()
    draft.components[0].modes = [mode]
    guard let bound = try? Model(validating: draft).components[0].modes.first else { return }
    guard case .meanTimeBetweenFailures(let span) = bound.occurrence else { return }
    #expect(span.hours > 1e300)
  }

  /// rate-factor: 0 and probability: 0 % switch a mode off.
  @Test func `what never happens is left out`() throws {
    var never = try Example.mode()
    never.rateFactor = Example.here(0)
    var draft = try Example.draft()
    draft.components[0].modes = [never]
    #expect(try Model(validating: draft).components[0].modes.isEmpty)
  }
}
