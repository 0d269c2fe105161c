public import CloudCost
public import FoundationEssentials
internal import Quantities
public import ServiceModel

/// The resources of a bill that fall under a service level agreement, and those whose uptime a model does not tell.
public struct AgreedResources: Sendable {
  /// A resource with its agreement.
  public struct Resource: Sendable {
    /// Its path: `ledger/servers`.
    public let name: String
    /// What is followed of it, one by one: itself, or each of its instances.
    public let members: [AgreedMember]
    /// The agreement.
    public let agreement: ServiceLevelAgreement
    /// What a month of it costs, of the service that the agreement is about, as far as it is known.
    public let monthly: Decimal
    /// Whether each instance is promised by itself, and followed so.
    public var isOfEach: Bool { members.count > 1 }
    /// The lines of that service whose amount is not known.
    public let openLines: [String]
  }

  /// A resource that is not followed.
  public struct Exception: Sendable, Hashable {
    /// Its path.
    public let name: String
    /// Why.
    public let reason: String

    /// A resource, and why it is not followed.
    public init(name: String, reason: String) { (self.name, self.reason) = (name, reason) }
  }

  /// Those whose uptime a simulation can follow, in the order of the model.
  public let followed: [Resource]
  /// The others.
  public let exceptions: [Exception]
  /// The currency of the amounts.
  public let currency: String
  /// Where the agreements are from: `aws-slas 2026-11-22`.
  public let table: String

  /// The resources of a model with its bill.
  ///
  /// - Parameter places: for resources of the model as a whole, by their names, what says when they are down.
  public init(
    of model: Model, bill: Bill, agreements: AgreementTable, places: [String: CostEntry.Owner] = [:]
  ) {
    var followed: [Resource] = []
    var exceptions: [Exception] = []
    // A price that the model states belongs to nobody's agreement.
    for entry in model.costs.entries where !entry.kind.services.isEmpty {
      guard let agreement = entry.resource().agreement.flatMap({ agreements.agreement(named: $0) }) else {
        exceptions.append(
          Exception(name: entry.path, reason: "no agreement of the table is about its uptime"))
        continue
      }
      let owner = entry.owner == .model ? places[entry.path] ?? .model : entry.owner
      let members: [AgreedMember]
      switch model.members(of: entry, owner, agreement) {
      case .success(let found): members = found
      case .failure(let untold):
        exceptions.append(Exception(name: entry.path, reason: untold.reason))
        continue
      }
      let lines = bill.lines.filter { $0.resource == entry.path && $0.isOf(agreement.priceService) }
      followed.append(
        Resource(
          name: entry.path, members: members, agreement: agreement,
          monthly: lines.compactMap(\.monthly).reduce(0, +),
          openLines: lines.filter { $0.monthly == nil }.map(\.label)))
    }
    (self.followed, self.exceptions) = (followed, exceptions)
    (currency, table) = (bill.currency, agreements.name)
  }

  /// What is to be asked of the model: how often each is below its promise, and what it gives back then.
  public var probes: [UptimeProbe] {
    followed.flatMap { resource in
      resource.members.map { member in
        UptimeProbe(
          name: member.name, owner: member.owner, unit: member.unit,
          commitment: resource.agreement.commitment,
          refunds: resource.agreement.steps.map {
            let month = resource.monthly / Decimal(resource.members.count)
            return UptimeProbe.Refund(
              below: $0.below, amount: Money(month * $0.share, currency: currency))
          })
      }
    }
  }
}

extension LineItem {
  /// Whether it charges for a service of the price book.
  fileprivate func isOf(_ service: String) -> Bool { key?.service == service }
}
