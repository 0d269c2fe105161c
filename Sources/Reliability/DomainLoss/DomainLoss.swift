public import Quantities
public import ServiceModel

/// What the loss of one domain, or of several at once, does to the service.
public struct DomainLoss: Sendable {
  /// What was lost, in the order of the model; two for a pair.
  public let domains: [LostDomain]
  /// The units that fail with it, in the order of the model.
  public let units: [String]
  /// The roles that lose units.
  public let roles: [RoleLoss]
  /// Components that have units enough and lack something they need, once failover is over.
  public let stoppedComponents: [String]
  /// Who takes the roles whose holders are lost.
  public let moves: [RoleMove]
  /// Every capability of the model, in order.
  public let capabilities: [CapabilityLoss]
  /// What has become a single point of failure by this loss: it was none while everything was up, or did not take
  /// these capabilities down.
  public let newSinglePoints: [SinglePointOfFailure]
  /// Single points of failure, by name, that are none any more: they are lost themselves.
  let endedSinglePoints: Set<String>

  /// The name: `us-east-1a`, or `us-east-1a + us-east-1b`.
  public var name: String { domains.map(\.name).joined(separator: " + ") }
}

/// A domain and how long it stays lost. Units in it are bound to it and come back with it.
public struct LostDomain: Sendable, Hashable {
  /// One way in which it fails.
  public struct Outage: Sendable, Hashable {
    /// The cause: `us-east-1a/outage`.
    public let cause: String
    /// Its mean length in hours; `nil` when not known.
    public let meanHours: Double?
    /// How often it happens, per hour of calendar time; `nil` when not known.
    public let frequencyPerHour: Double?
  }

  /// Its name.
  public let name: String
  /// What kind of place it is.
  public let kind: Domain.Kind
  /// How it fails; empty when the model does not say.
  public let outages: [Outage]

  /// The mean time until it returns, over all its ways to fail, in hours; `nil` when not known.
  public var meanOutageHours: Double? {
    if outages.count == 1 { return outages[0].meanHours }
    var frequency = 0.0
    var downtime = 0.0
    for outage in outages {
      guard let hours = outage.meanHours, let own = outage.frequencyPerHour else { return nil }
      frequency += own
      downtime += own * hours
    }
    return frequency > 0 ? downtime / frequency : nil
  }
}

/// What is left of a role, or of a component without roles, that lost units.
public struct RoleLoss: Sendable, Hashable {
  /// What a capability asks of it.
  public struct Demand: Sendable, Hashable {
    /// The capability.
    public let capability: String
    /// Healthy units' worth of work.
    public let units: Double
    /// The work against what is left, 1 = fully busy, once failover is over; `nil` when nothing is left.
    public let utilization: Double?
  }

  /// The component.
  public let component: String
  /// The role as it is written: `ledger/writer`, or the component's name.
  public let name: String
  /// How many units it has.
  public let units: Int
  /// How many must be up.
  public let required: Int
  /// How many of its units are up right after the loss.
  public let left: Int
  /// How many units that are up have the role once failover is over.
  public let leftAfterFailover: Int
  /// What is asked of it, where that is stated.
  public let demands: [Demand]

  /// The units left out of all, 0…1.
  public var leftFraction: Double { units > 0 ? Double(leftAfterFailover) / Double(units) : 0 }
  /// Whether it is short of units right after the loss.
  public var isShort: Bool { left < required }
  /// Whether it stays short once failover is over.
  public var staysShort: Bool { leftAfterFailover < required }
}

/// A role whose holder is lost, and what becomes of it.
public struct RoleMove: Sendable, Hashable {
  /// What becomes of the role.
  public enum Outcome: Sendable, Hashable {
    /// This unit takes it by itself.
    case automatic(to: String)
    /// What an automatic move needs is down; this unit takes it when somebody moves it by hand.
    case byHand(to: String, lacking: [String])
    /// No unit that could take it is up.
    case noCandidate
    /// What an automatic move needs is down, and nobody moves it by hand.
    case blocked(lacking: [String])
  }

  /// The role: `ledger/writer`.
  public let role: String
  /// The unit that is lost.
  public let from: String
  /// What becomes of it.
  public let outcome: Outcome
  /// The probability that an automatic move works.
  public let works: Double
  /// The mean time from the loss until an automatic move is over, in hours: detection, then the move.
  public let automaticHours: Double
  /// The mean time from the loss until a move by hand is over, in hours; `nil` when nobody does it.
  public let byHandHours: Double?
  /// The mean time without the role, in hours: whether the move works or not, and at most until the domain returns.
  /// `nil` when the length of the domain's outage is not known.
  public let meanRoleOutageHours: Double?
  /// The data lost: the mean time by which replication lags.
  public let loses: TimeSpan?
}

/// How much of a capability there is.
public enum ServiceLevel: Sendable, Hashable {
  /// All of it.
  case up
  /// This fraction, between 0 and 1.
  case degraded(Double)
  /// Nothing.
  case down

  /// The served fraction, 0…1.
  public var servedFraction: Double {
    switch self {
    case .up: 1
    case .degraded(let fraction): fraction
    case .down: 0
    }
  }
}

/// What a loss does to a capability.
public struct CapabilityLoss: Sendable, Hashable {
  /// Something needed softly that is down.
  public struct SoftLoss: Sendable, Hashable {
    /// The roles or components that are short.
    public let names: [String]
    /// The fraction of service lost with it.
    public let loss: Double
  }

  /// How it comes back.
  public enum Recovery: Sendable, Hashable {
    /// It never went down.
    case notNeeded
    /// By the moves of these roles, all of which work with this probability.
    case failover(roles: [String], probability: Double)
    /// By moving these roles by hand.
    case byHand(roles: [String])
    /// When the units of these components have come up on other nodes.
    case rescheduling(components: [String])
    /// With the domain, or with one of the domains.
    case domainReturns
  }

  /// The capability's name.
  public let capability: String
  /// Right after the loss; requests no longer go to what is lost.
  public let atOnce: ServiceLevel
  /// Once every automatic failover has worked.
  public let afterFailover: ServiceLevel
  /// Once units that leave lost nodes have come up elsewhere too; `nil` when none does.
  public let afterRescheduling: ServiceLevel?
  /// The roles and components whose lack takes it down right after the loss.
  public let missing: [String]
  /// The roles and components whose lack still keeps it down after failover.
  public let missingAfterFailover: [String]
  /// What is needed softly and down after failover.
  public let softLosses: [SoftLoss]
  /// How it comes back.
  public let recovery: Recovery
  /// The mean time until it is back, in hours, when all goes well: the longest of the moves it waits for, or the
  /// domain's outage if that is sooner or nothing else helps. 0 when it never went down; `nil` when not known.
  public let recoveryHours: Double?
  /// The mean time it is down, in hours: moves that do not work are counted in; the longest of the mean outages of
  /// the roles it waits for. 0 when it never went down; `nil` when not known.
  public let meanDowntimeHours: Double?
}

/// The loss of every domain of a model, one at a time and in pairs on request.
///
/// A deterministic evaluation of the structure function: what stands in a lost domain is down, everything else is
/// up. No probability goes into it but those that a row reports.
public struct DomainLossTable: Sendable {
  /// The losses, in the order of the model, pairs behind.
  public let rows: [DomainLoss]
  /// The single points of failure while everything is up, in the order of the model.
  public let singlePoints: [SinglePointOfFailure]

  /// The next single event that takes a capability down that a loss left up, in the order of the model: those that
  /// were single points before and still are, then those that have become so.
  public func singlePoints(remainingAfter loss: DomainLoss) -> [SinglePointOfFailure] {
    let left = Set(loss.capabilities.filter { $0.afterFailover != .down }.map(\.capability))
    let before = singlePoints.compactMap { point -> SinglePointOfFailure? in
      if loss.endedSinglePoints.contains(point.entity) { return nil }
      let hits = point.hits.filter { left.contains($0.capability) }
      return hits.isEmpty ? nil : point.replacing(hits: hits)
    }
    return before + loss.newSinglePoints
  }
}

extension SinglePointOfFailure {
  func replacing(hits: [Hit]) -> SinglePointOfFailure {
    SinglePointOfFailure(
      entity: entity, kind: kind, causes: causes, unseenCauses: unseenCauses, hits: hits)
  }
}
