import Diagnostics
import Quantities
import ServiceModel
import Stochastics
import Testing

import ModelFormat

/// Every accepted form says what it means.
@Suite struct DecodingTests {
  private func mode(_ text: String) throws -> FailureModeDraft {
    try #require(ModelText.draft(ModelText.mode(text)).components[0].modes.first)
  }

  private func component(_ text: String) throws -> ComponentDraft {
    try ModelText.draft(ModelText.component(text)).components[0]
  }

  private static let lasts = ", lasts: 1 h"
  @Test(
    arguments: [
      ("mtbf: 720 h", "meanTimeBetweenFailures", 720), ("rate: 1 /d", "meanTimeBetweenFailures", 24),
      ("rate: 2 per year", "meanTimeBetweenFailures", 4380), ("lifetime: 30 d", "lifetime", 720),
      ("lifetime: {exponential: 720 h}", "lifetime", 720), ("availability: 99.9 %", "availability", 1e-3),
      ("rate: 0 /d", "never", 0), ("when: {load: 130 %}", "overload", 1.3),
    ] as [(String, String, Double)])
  func `how often`(text: String, kind: String, number: Double) throws {
    switch try mode(text + Self.lasts).frequency {
    case .meanTimeBetweenFailures(let span):
      #expect(kind == "meanTimeBetweenFailures" && span.hours == number)
    case .lifetime(let law): #expect(kind == "lifetime" && law.mean == number)
    case .availability(let up): #expect(kind == "availability" && up.unavailability == number)
    case .never: #expect(kind == "never")
    case .overload(let trigger): #expect(kind == "overload" && trigger.value.load == number)
    case .incidents: Issue.record("a reference")
    }
  }

  @Test(arguments: [("incidents: a/x", true), ("mtbf: {incidents: a/x}, lasts: 1 h", false)])
  func `from the history`(text: String, binds: Bool) throws {
    guard case .incidents(let name, let bindsOutage) = try mode(text).frequency else {
      Issue.record("no reference")
      return
    }
    #expect(name.value == "a/x")
    #expect(bindsOutage == binds)
  }

  private static let laws: [(String, any Distribution)] = {
    let hour = 1.0
    let all: [(String, (any Distribution)?)] = [
      ("1 h", try? Deterministic(value: hour)), ("{deterministic: 1 h}", try? Deterministic(value: hour)),
      ("{exponential: 1 h}", try? Exponential(mean: hour)),
      ("{weibull: {shape: 2, scale: 1 h}}", try? Weibull(shape: 2, scale: hour)),
      ("{weibull: {shape: 2, mean: 1 h}}", try? Weibull(shape: 2, mean: hour)),
      ("{gamma: {shape: 2, scale: 1 h}}", try? Gamma(shape: 2, scale: hour)),
      ("{gamma: {shape: 2, mean: 1 h}}", try? Gamma(shape: 2, mean: hour)),
      ("{lognormal: {median: 1 h, p90: 3 h}}", try? Lognormal(median: hour, p90: 3)),
      ("{lognormal: {median: 1 h, error-factor: 3}}", try? Lognormal(median: hour, errorFactor: 3)),
      ("{lognormal: {mean: 1 h, sd: 2 h}}", try? Lognormal(mean: hour, standardDeviation: 2)),
      ("{uniform: {min: 1 h, max: 3 h}}", try? Uniform(minimum: hour, maximum: 3)),
      ("{triangular: {min: 1 h, mode: 2 h, max: 3 h}}", try? Triangular(minimum: hour, mode: 2, maximum: 3)),
      ("{pert: {min: 1 h, mode: 2 h, max: 3 h}}", try? PERT(minimum: hour, mode: 2, maximum: 3)),
      ("{empirical: [1 h, 2 h]}", try? Empirical(values: [hour, 2])),
      ("{uniform: {min: 1 h, max: 3 h}, source: AS-1}", try? Uniform(minimum: hour, maximum: 3)),
      (
        "{mixture: [{weight: 75 %, takes: 1 h}, {weight: 25 %, takes: {exponential: 2 h}}]}",
        try? Mixture(weights: [0.75, 0.25], components: [Deterministic(value: hour), Exponential(mean: 2)])
      ),
    ]
    return all.compactMap { text, law in law.map { (text, $0) } }
  }()

  @Test func `laws of a length`() throws {
    #expect(Self.laws.count == 16)
    for (text, expected) in Self.laws {
      guard case .lasts(let law) = try mode("mtbf: 1 y, lasts: \(text)").length else {
        Issue.record("\(text) is no length")
        continue
      }
      #expect(law.description == expected.description)
    }
  }

  @Test(
    arguments: [
      ("detect: 30 s, respond: 1 min, recover: 2 min", [30.0, 60, 120]), ("recover: 2 min", [120]),
      ("detect: {uniform: {min: 0 s, max: 20 s}}, recover: 1 min", [10, 60]),
      ("recover: {takes: 40 s, works: 50 %, otherwise: 2 min}", [80]),
      ("recover: {takes: 40 s, works: 100 %, otherwise: 2 min}", [40]),
      ("recover: {takes: 40 s, works: 0 %, otherwise: 2 min}", [120]),
    ] as [(String, [Double])])
  func `parts of an outage`(text: String, seconds: [Double]) throws {
    let model = try Model(validating: ModelText.draft(ModelText.mode("mtbf: 1 y, \(text)")))
    let means = model.components[0].modes[0].outage.distributions.map { ($0.mean * 3600).rounded() }
    #expect(means == seconds)
  }

  /// A probe acts between its last but one and its last period and the timeout; a rule after scrape, evaluation, hold.
  @Test(
    arguments: [
      ("{probe: {every: 10 s, timeout: 4 s, failures: 3}}", [27.0]), ("12 s", [12.0]),
      ("{scrape: {every: 20 s, evaluate: 30 s, for: 45 s}}", [10, 15, 60]),
      ("{scrape: {every: 20 s, evaluate: 30 s, for: 60 s}}", [10, 15, 60]), ("{exponential: 12 s}", [12]),
    ] as [(String, [Double])])
  func `detectors`(text: String, seconds: [Double]) throws {
    let draft = try ModelText.draft(
      "detectors: {d: \(text)}\n" + ModelText.mode("mtbf: 1 y, detect: d, recover: 1 h"))
    #expect(draft.detectors[0].parts.map { ($0.mean * 3600).rounded() } == seconds)
    let model = try Model(validating: draft)
    #expect(model.components[0].modes[0].outage.detection.count == seconds.count)
  }

  @Test(
    arguments: [
      ("{}", 1, nil), ("{replicas: 3}", 3, nil), ("{replicas: {count: 3}}", 3, nil),
      ("{replicas: {count: 3, required: 2}}", 3, 2), ("{replicas: {count: 3, required: 0}}", 3, 0),
    ] as [(String, Int, Int?)])
  func `replicas`(text: String, count: Int, required: Int?) throws {
    let role = try #require(component(text).roles.first)
    #expect(role.count.value == count)
    #expect(role.required?.value == required)
    #expect(role.name == nil)
  }

  @Test(arguments: [
    ("{replicas: {count: 2, in: z}}", "domain z"), ("{replicas: {count: 2, spread: zones}}", "spread zones"),
    ("{replicas: {count: 2, members: [y, z]}}", "members y z"), ("{in: z}", "unstated"),
    ("{roles: {w: {count: 2, in: z}}}", "domain z"),
  ])
  func `placement`(text: String, expected: String) throws {
    let words: String =
      switch try component(text).roles[0].placement {
      case .unstated: "unstated"
      case .domain(let name): "domain \(name.value)"
      case .spread(let over): "spread \(over.value)"
      case .members(let names): "members \(names.map(\.value).joined(separator: " "))"
      }
    #expect(words == expected)
  }

  @Test(arguments: [
    ("a: hard", "a 1/1 [a]"), ("a: {soft: 20 %}", "a 1/1 [a] −0.2"), ("g: {any-of: [a, b]}", "g 1/2 [a, b]"),
    ("g: {all-of: [a, b]}", "g 2/2 [a, b]"), ("g: {at-least: 2, of: [a, b, c]}", "g 2/3 [a, b, c]"),
    ("g: {any-of: [a, {all-of: [b, c]}]}", "g 1/2 [a, b, c]"),
    ("g: {any-of: [a, b], soft: 5 %}", "g 1/2 [a, b] −0.05"),
  ])
  func `dependencies`(text: String, expected: String) throws {
    let draft = try ModelText.draft(ModelText.component("{}", capability: "{depends-on: {\(text)}}"))
    let one = try #require(draft.capabilities[0].dependencies.first)
    var words = one.label
    switch one.requirement {
    case .one: words += " 1/1"
    case .atLeast(let count, let members): words += " \(count)/\(members.count)"
    }
    words += " [\(one.requirement.references.map(\.value).joined(separator: ", "))]"
    if case .soft(let loss) = one.strength { words += " −\(loss.value)" }
    #expect(words == expected)
  }

  @Test(
    arguments: [
      ("calendar month", .calendarMonth), ("month", .calendarMonth), ("year", .year),
      ("30 d", .tumbling(TimeSpan(hours: 720) ?? .zero)),
    ] as [(String, Objective.Window)])
  func `objectives`(per: String, window: Objective.Window) throws {
    let capability =
      "{depends-on: {a: hard}, objectives: {o: {availability: 99.9 %, per: \(per)}}, demand: {a: 2.55}}"
    let draft = try ModelText.draft(ModelText.component("{}", capability: capability)).capabilities[0]
    #expect(draft.objectives.map(\.window) == [window])
    #expect(draft.objectives.map(\.availability.unavailability) == [1e-3])
    #expect(draft.demands.map(\.units) == [2.55])
  }

  @Test func `failover, effect, common cause, downtime, conventions`() throws {
    let failover =
      "{w: {from: [r, s], detect: 30 s, takes: 2 min, works: 95 %, manual: 20 min, loses: 5 s, needs: [b]}}"
    let draft = try component("{roles: {w: {count: 1}, r: {count: 1}, s: {count: 1}}, failover: \(failover)}")
    let move = try #require(draft.failovers.first)
    #expect(move.candidates.map(\.value) == ["r", "s"])
    #expect(move.works?.complement == 0.05)
    #expect(move.loses?.seconds.rounded() == 5)
    #expect(move.needs.map(\.value) == ["b"])
    let mode = try mode(
      "mtbf: 1 y, lasts: 1 h, effect: {degraded-to: 60 %}, common-cause: {beta: 10 %}, scope: unit")
    #expect(mode.effect == .degraded(to: try #require(Probability(0.6))))
    #expect(mode.commonCause?.value == .beta(try Probability(parsing: "10 %")))
    #expect(mode.scope?.value == .unit)
    let capability = "{depends-on: {a: hard}, downtime: {costs: \"$18,000/h\"}}"
    #expect(
      try ModelText.draft(ModelText.component("{}", capability: capability)).capabilities[0].downtimeCost?
        .value.perHour == 18_000)
    let conventions =
      "conventions: {hours-per-month: 720, hours-per-year: 8766, currency: EUR, gb-per-tb: 1024}\n"
    let stated = try ModelText.draft(conventions + ModelText.component("{}")).conventions
    #expect(
      stated
        == Conventions(hoursPerMonth: 720, hoursPerYear: 8766, currency: "EUR", gigabytesPerTerabyte: 1024))
  }

  @Test(
    arguments: [
      ("beta: 10 %", .beta(percent(10)[0])),
      ("multiple-greek-letters: [10 %, 0.3]", .multipleGreekLetters(percent(10, 30))),
      ("alpha: [90 %, 10 %]", .alpha(percent(90, 10), isStaggered: false)),
      ("alpha: [90 %, 10 %], staggered: no", .alpha(percent(90, 10), isStaggered: false)),
      (
        "alpha: [90 %, {value: 10 %, source: AS-1}], staggered: yes",
        .alpha(percent(90, 10), isStaggered: true)
      ),
      ("phi: [90 %, 10 %]", .phi(percent(90, 10))),
    ] as [(String, CommonCause)])
  func `common causes`(text: String, expected: CommonCause) throws {
    let cause = try #require(mode("mtbf: 1 y, lasts: 1 h, common-cause: {\(text)}").commonCause)
    #expect("\(cause.value)" == "\(expected)")
  }

  @Test func `crews, spares and shared load`() throws {
    let text =
      "crews: {one: 2, two: {count: 3, preempts: yes}}\n"
      + ModelText.component(
        "{replicas: 3, standby: {running: 2, dormancy: 20 %, switch: {detect: 10 s, takes: 20 s, works: 90 %, "
          + "manual: 5 min}}, load-sharing: {exponent: 1.5}, "
          + "fails: {x: {mtbf: 1 y, lasts: 1 h, crew: two, priority: 3}}}")
    let model = try Model(validating: ModelText.draft(text))
    #expect(model.crews.map(\.name) == ["one", "two"])
    #expect(model.crews.map(\.count) == [2, 3])
    #expect(model.crews.map(\.preempts) == [false, true])
    let component = model.components[0]
    #expect(component.modes[0].crew?.crew == 1 && component.modes[0].crew?.priority == 3)
    #expect(component.loadSharing == .exponent(1.5))
    #expect(component.roles[0].required == 2)
    let standby = try #require(component.standby)
    #expect(standby.running == 2 && standby.dormancy.value == 0.2 && standby.works.value == 0.9)
    let seconds = (standby.detection + [standby.takes, standby.manual].compactMap { $0 }).map {
      ($0.mean * 3600).rounded()
    }
    #expect(seconds == [10, 20, 300])
    for (word, share) in [("cold", 0.0), ("hot", 1)] {
      let draft = try self.component("{replicas: 2, standby: {running: 1, dormancy: \(word)}}")
      #expect(draft.standby?.value.dormancy.value == share)
    }
    let factors = try self.component("{replicas: 2, load-sharing: {factors: [1, 2.5]}}")
    #expect(factors.loadSharing?.value == .factors([1, 2.5]))
  }

  private static func percent(_ values: Double...) -> [Probability] {
    values.compactMap { Probability($0 / 100) }
  }

  @Test func `sources are kept with their paths and change nothing`() throws {
    let text = ModelText.mode("mtbf: 1 y, lasts: 1 h, probability: {value: 5 %, source: AS-2}, source: AS-1")
    let draft = try ModelText.draft(text)
    #expect(draft.sources.map(\.path) == ["components/a/fails/x/probability", "components/a/fails/x"])
    #expect(draft.sources.map(\.text) == ["AS-2", "AS-1"])
    #expect(draft.components[0].modes[0].probability?.value.value == 0.05)
  }
}
