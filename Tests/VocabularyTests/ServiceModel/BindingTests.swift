import Diagnostics
import Quantities
import ServiceModel
import Stochastics
import Testing

/// Rates and durations from the incident history.
@Suite struct BindingTests {
  private typealias Example = DraftExample
  private static let crash = ModeReference(component: "api", mode: "crash")

  /// A model whose `api`, with three replicas over two zones, takes its crashes from the history.
  private func model(
    scope: FailureMode.Scope = .unit, factor: Double? = nil, bindsOutage: Bool = true
  ) throws -> Model {
    var mode = try Example.mode(.incidents(Example.here("api/crash"), bindsOutage: bindsOutage), .unstated)
    if !bindsOutage { mode.length = .lasts(try Deterministic(value: 2)) }
    mode.scope = Example.here(scope)
    mode.rateFactor = factor.map { Example.here($0) }
    var draft = try Example.draft()
    draft.components[0].roles[0].placement = .spread(over: Example.here("zones"))
    draft.components[0].modes = [mode]
    return try Model(validating: draft)
  }

  private func bound(_ model: Model, _ seen: ModeObservation) throws -> (
    mode: FailureMode, binding: BoundMode
  ) {
    let (bound, bindings) = try model.binding([Self.crash: seen])
    return (try #require(bound.components[0].modes.first), try #require(bindings.first))
  }

  @Test func `the model says what it asks the history for`() throws {
    #expect(try model().incidentReferences == [Self.crash])
    #expect(try Model(validating: Example.draft()).incidentReferences.isEmpty)
  }

  /// mtbf = (exposure − downtime) / n; each entity of the scope is watched for the whole window.
  /// 4 outages of 10 h together in 1,000 h: (3 × 1,000 − 10) / 4 per unit.
  @Test(
    arguments: [
      (.unit, nil, nil, 3000, 747.5), (.component, nil, nil, 1000, 247.5), (.zone, nil, nil, 2000, 497.5),
      (.unit, 10, nil, 10_000, 2497.5), (.unit, nil, 0.5, 3000, 1495), (.component, 1, 0.25, 1000, 990),
    ] as [(FailureMode.Scope, Int?, Double?, Double, Double)])
  func `exposure counts entities`(
    scope: FailureMode.Scope, units: Int?, factor: Double?, exposure: Double, hours: Double
  ) throws {
    let seen = ModeObservation(count: 4, downtimeHours: 10, windowHours: 1000, units: units)
    let (mode, binding) = try bound(model(scope: scope, factor: factor), seen)
    #expect(binding.exposureHours == exposure)
    #expect(binding.cause == "api/crash")
    #expect(binding.meanOutageHours == 2.5)
    guard case .meanTimeBetweenFailures(let span) = mode.occurrence else {
      Issue.record("bound to \(mode.occurrence)")
      return
    }
    #expect(isClose(span.hours, hours), "\(span.hours)")
    #expect(mode.outage.distributions.map { $0.mean } == [2.5])
  }

  /// −ln(0.05) / exposure, the rule of three.
  @Test(arguments: [(nil, 2.995732273553991 / 3000), (0.5, 2.995732273553991 / 6000)] as [(Double?, Double)])
  func `what was never seen stays unknown with a bound`(factor: Double?, perHour: Double) throws {
    let (mode, binding) = try bound(
      model(factor: factor), ModeObservation(count: 0, downtimeHours: 0, windowHours: 1000))
    guard case .neverSeen(let reference, let bound?) = mode.occurrence else {
      Issue.record("bound to \(mode.occurrence)")
      return
    }
    #expect(reference == Self.crash)
    #expect(isClose(bound.perHour, perHour), "\(bound.perHour)")
    #expect(binding.meanTimeBetweenFailuresHours == nil)
    #expect(mode.outage.distributions.isEmpty)
  }

  @Test(arguments: [3000.0, 3001]) func `no up time is an error`(downtime: Double) throws {
    let model = try model()
    let seen = ModeObservation(count: 1, downtimeHours: downtime, windowHours: 1000)
    let error = #expect(throws: Findings.self) { try model.binding([Self.crash: seen]) }
    #expect(error?.diagnostics.map(\.slug) == ["no-up-time"])
    #expect(error?.diagnostics.first?.location == Example.here)
  }

  @Test func `a stated length is kept`() throws {
    let seen = ModeObservation(count: 4, downtimeHours: 10, windowHours: 1000)
    let (mode, _) = try bound(model(bindsOutage: false), seen)
    #expect(mode.outage.distributions.map { $0.mean } == [2])
  }

  @Test func `what is not in the history stays a reference`() throws {
    let (model, bindings) = try model().binding([:])
    #expect(bindings.isEmpty)
    #expect(model.incidentReferences == [Self.crash])
  }

  @Test(arguments: [
    ("api/crash", true), ("api", false), ("a/b/c", false), ("/b", false), ("a/", false), ("", false),
  ])
  func `a reference has two parts`(text: String, isValid: Bool) {
    #expect((ModeReference(text) != nil) == isValid)
    if isValid { #expect(ModeReference(text)?.description == text) }
  }
}
