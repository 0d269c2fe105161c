public import Quantities
internal import Recovery

/// A question to a model: how often a part of it, by itself, is up for less of a calendar month than somebody promises.
public struct UptimeProbe: Sendable {
  /// What a month below a promise gives back.
  public struct Refund: Sendable {
    /// The promise.
    public let below: Availability
    /// What is given back.
    public let amount: Money

    /// A refund.
    public init(below: Availability, amount: Money) { (self.below, self.amount) = (below, amount) }
  }

  /// What the answer is called; no name of a capability has a slash, so one with a slash meets none.
  public let name: String
  /// The component or the domain.
  public let owner: CostEntry.Owner
  /// The unit of the component that is asked about alone; `nil`: as many as the component needs.
  public let unit: Int?
  /// The uptime promised.
  public let commitment: Availability
  /// What is given back; only the most of those that a month is below counts.
  public let refunds: [Refund]

  /// A question about a component or one of its units, or about a domain that is one place.
  public init(
    name: String, owner: CostEntry.Owner, unit: Int? = nil, commitment: Availability, refunds: [Refund]
  ) {
    self.name = name
    self.owner = owner
    self.unit = unit
    self.commitment = commitment
    self.refunds = refunds
  }
}

extension Model {
  /// The same model with a capability for each probe after its own, and without the failures that are the fault of whoever
  /// runs it and the work that is planned, which no agreement about service levels counts.
  ///
  /// Capabilities of a probe price months below a promise as credits, so what a simulation says of those is what is given back.
  public func watching(_ probes: [UptimeProbe]) -> Model {
    let places = probes.filter { if case .domain = $0.owner { true } else { false } }
    let firstPlace = components.count
    var nextPlace = firstPlace
    let watching = probes.compactMap { probe -> Capability? in
      switch probe.owner {
      case .model: return nil
      case .component(let index): return probe.capability(needing: index, components[index].name)
      case .domain:
        nextPlace += 1
        return probe.capability(needing: nextPlace - 1, probe.name)
      }
    }
    return replacing(
      domains: domains.map { domain in
        domain.replacing(modes: domain.modes.filter { $0.faultOf != .us }, planned: [])
      },
      components: components.map { component in
        component.replacing(modes: component.modes.filter { $0.faultOf != .us }, planned: [])
      } + places.compactMap(\.place), capabilities: capabilities + watching)
  }
}

extension UptimeProbe {
  fileprivate func capability(needing component: Int, _ label: String) -> Capability {
    let steps = refunds.map { CreditStep(below: $0.below, pays: $0.amount, text: "\($0.amount)") }
    let terms = DowntimeTerms(
      hours: [], perIncident: nil, productivity: nil, credits: steps, penalties: [])
    return Capability(
      name: name, title: nil,
      dependencies: [
        Dependency(label: label, requirement: .one(Target(component: component, unit: unit)), strength: .hard)
      ],
      demands: [], profile: nil,
      objectives: [Objective(name: "commitment", availability: commitment, window: .calendarMonth)],
      recoveryObjectives: [], latencyObjectives: [], downtimeCost: nil,
      downtimeTerms: steps.isEmpty ? nil : terms)
  }

  /// Something that never fails by itself, in the domain that is asked about.
  fileprivate var place: Component? {
    guard case .domain(let domain) = owner else { return nil }
    return Component(
      name: name, title: nil, roles: [Component.Role(name: nil, units: 0..<1, required: 1)],
      units: [Component.Unit(name: "\(name)/1", role: 0, domain: domain)], modes: [], dependencies: [],
      failovers: [], standby: nil, loadSharing: nil, data: nil, objectives: [], start: nil,
      rescheduling: nil, planned: [], disruptionBudget: nil, autoscaling: nil, requests: nil,
      placement: .none, work: nil, priority: nil)
  }
}
