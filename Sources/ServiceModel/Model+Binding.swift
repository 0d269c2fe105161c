public import Diagnostics
internal import Quantities
internal import Stochastics

extension Model {
  /// The modes of the incident history that the model asks for, in order, each once.
  public var incidentReferences: [ModeReference] {
    var seen: Set<ModeReference> = []
    return allModes.flatMap(\.mode.incidentReferences).filter { seen.insert($0).inserted }
  }

  /// The model with its history bound: rates and durations are numbers, and every binding is listed.
  ///
  /// The mean operating time between failures becomes (exposure − downtime) / n, and a bound outage is
  /// exponential with the mean of those that have ended. An outage that has not ended is a failure whose length is not
  /// known: it counts among the n, and neither in the downtime nor in the mean. A mode that was never seen stays unknown with the upper 95 %
  /// bound −ln(0.05) / exposure on its rate (the rule of three).
  ///
  /// - Parameter observations: what the history says, by reference; must hold every `incidentReferences`.
  /// - Throws: a finding for each binding that leaves no up time.
  public func binding(
    _ observations: [ModeReference: ModeObservation]
  ) throws(Findings) -> (model: Model, bindings: [BoundMode]) {
    var binder = HistoryBinder(observations: observations)
    let boundDomains = domains.map { domain in
      domain.replacing(
        modes: domain.modes.map { binder.bind($0, owner: domain.causeName, entities: entities(of: domain)) })
    }
    let boundComponents = components.map { component in
      component.replacing(
        modes: component.modes.map { mode in
          binder.bind(mode, owner: component.name, entities: entities(of: mode, in: component))
        })
    }
    if !binder.findings.isEmpty { throw Findings(binder.findings) }
    let model = replacing(domains: boundDomains, components: boundComponents)
    return (model, binder.bindings)
  }

  /// The same with other domains, components, uncertainties or capabilities; `nil` keeps them.
  func replacing(
    domains: [Domain]? = nil, components: [Component]? = nil, uncertainties: [ParameterUncertainty]? = nil,
    capabilities: [Capability]? = nil
  ) -> Model {
    Model(
      name: name, title: title, conventions: conventions, historyWindow: historyWindow,
      domains: domains ?? self.domains,
      components: components ?? self.components, crews: crews, procedures: procedures, queues: queues,
      policies: policies,
      capabilities: capabilities ?? self.capabilities, delays: delays, sources: sources,
      uncertainties: uncertainties ?? self.uncertainties, costs: costs, choices: choices,
      limits: limits, claims: claims,
      defaults: defaults)
  }

  /// The same with what nodes of some domains have for units, by the domain's index.
  package func stating(allocatable rooms: [Int: ComputeResources]) -> Model {
    guard !rooms.isEmpty else { return self }
    return replacing(
      domains: domains.enumerated().map { index, domain in
        rooms[index].map { domain.replacing(modes: domain.modes, allocatable: $0) } ?? domain
      })
  }

  private var allModes: [(owner: String, mode: FailureMode)] {
    domains.flatMap { domain in domain.modes.map { (domain.causeName, $0) } }
      + components.flatMap { component in component.modes.map { (component.name, $0) } }
  }

  /// How many entities a mode's incidents are spread over.
  package func entities(of mode: FailureMode, in component: Component) -> Int {
    switch mode.scope {
    case .unit: component.units.count
    case .component: 1
    case .zone: placesOfUnits(of: component, kind: .zone)
    case .node: placesOfUnits(of: component, kind: .node)
    }
  }

  private func entities(of domain: Domain) -> Int {
    domains.count { $0.causeName == domain.causeName && !$0.modes.isEmpty && $0.kind == domain.kind }
  }

  private func placesOfUnits(of component: Component, kind: Domain.Kind) -> Int {
    let places = component.units.compactMap(\.domain).flatMap { domains.chain(from: $0) }
    return Set(places.filter { domains[$0].kind == kind }).count
  }
}

extension FailureMode {
  fileprivate var incidentReferences: [ModeReference] {
    var references: [ModeReference] = []
    if case .incidents(let reference, _) = occurrence { references.append(reference) }
    if case .incidents(let reference) = outage { references.append(reference) }
    return references
  }
}

/// Replaces references into the history by what was seen.
private struct HistoryBinder {
  let observations: [ModeReference: ModeObservation]
  var bindings: [BoundMode] = []
  var findings: [Diagnostic] = []

  mutating func bind(_ mode: FailureMode, owner: String, entities: Int) -> FailureMode {
    var occurrence = mode.occurrence
    var outage = mode.outage
    if case .incidents(let reference) = mode.outage, let seen = observations[reference] {
      outage =
        seen.meanOutageHours.flatMap { try? Exponential(mean: $0) }.map { .total($0) } ?? .unknown
    }
    if case .incidents(let reference, let factor) = mode.occurrence, let seen = observations[reference] {
      occurrence = bound(reference, seen: seen, factor: factor, mode: mode, owner: owner, entities: entities)
    }
    return mode.replacing(occurrence: occurrence, outage: outage)
  }

  private mutating func bound(
    _ reference: ModeReference, seen: ModeObservation, factor: Double, mode: FailureMode, owner: String,
    entities: Int
  ) -> Occurrence {
    let exposure = seen.unitHours ?? seen.windowHours * Double(seen.units ?? entities)
    let binding = BoundMode(
      cause: "\(owner)/\(mode.name)", reference: reference, observation: seen, exposureHours: exposure,
      rateFactor: factor)
    if !bindings.contains(binding) { bindings.append(binding) }
    guard let hours = binding.meanTimeBetweenFailuresHours else {
      return .neverSeen(reference, upperBound: ruleOfThree(exposure: exposure, factor: factor))
    }
    guard hours > 0, let span = TimeSpan(hours: hours / factor) else {
      findings.append(
        Diagnostic(
          slug: "no-up-time",
          "\(reference) was down longer than it was watched: \(shortest(seen.downtimeHours)) h in a window of "
            + "\(shortest(exposure)) h", at: mode.location,
          help: "check the window: relmodel incidents list"))
      return mode.occurrence
    }
    return .meanTimeBetweenFailures(span)
  }

  /// −ln(0.05) / exposure: 3 events would have shown up with 95 % probability.
  private func ruleOfThree(exposure: Double, factor: Double) -> Rate? {
    Rate(perHour: exposure > 0 ? factor * 2.995732273553991 / exposure : 0)
  }
}

extension Domain {
  /// The same with other modes, room or planned work; `nil` keeps the last two.
  func replacing(
    modes: [FailureMode], allocatable room: ComputeResources? = nil, planned: [PlannedWork]? = nil
  ) -> Domain {
    Domain(
      name: name, kind: kind, parents: parents, causeName: causeName, modes: modes,
      planned: planned ?? self.planned,
      allocatable: room ?? allocatable, nodeAutoscaling: nodeAutoscaling, shape: shape)
  }
}

extension Component {
  /// The same with other modes, units, roles, autoscaling, planned work or nodes to come to; `nil` keeps them.
  func replacing(
    modes: [FailureMode]? = nil, units: [Unit]? = nil, roles: [Role]? = nil, autoscaling: Autoscaling? = nil,
    planned: [PlannedWork]? = nil, rescheduling: Rescheduling? = nil
  ) -> Component {
    Component(
      name: name, title: title, roles: roles ?? self.roles, units: units ?? self.units,
      modes: modes ?? self.modes, dependencies: dependencies,
      failovers: failovers, standby: standby, loadSharing: loadSharing, data: data, objectives: objectives,
      start: start, rescheduling: rescheduling ?? self.rescheduling, planned: planned ?? self.planned,
      disruptionBudget: disruptionBudget,
      autoscaling: autoscaling ?? self.autoscaling, requests: requests, placement: placement,
      work: work, priority: priority)
  }
}
