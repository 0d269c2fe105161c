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
    /// The component or domain that it belongs to.
    public let owner: CostEntry.Owner
    /// The agreement.
    public let agreement: ServiceLevelAgreement
    /// What a month of it costs, of the service that the agreement is about, as far as it is known.
    public let monthly: Decimal
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
  public init(of model: Model, bill: Bill, agreements: AgreementTable) {
    var followed: [Resource] = []
    var exceptions: [Exception] = []
    // A price that the model states belongs to nobody's agreement.
    for entry in model.costs.entries where !entry.kind.services.isEmpty {
      guard let agreement = entry.resource().agreement.flatMap({ agreements.agreement(named: $0) }) else {
        exceptions.append(
          Exception(name: entry.path, reason: "no agreement of the table is about its uptime"))
        continue
      }
      if let reason = model.reasonNotToFollow(entry, agreement) {
        exceptions.append(Exception(name: entry.path, reason: reason))
        continue
      }
      let lines = bill.lines.filter { $0.resource == entry.path && $0.isOf(agreement.priceService) }
      followed.append(
        Resource(
          name: entry.path, owner: entry.owner, agreement: agreement,
          monthly: lines.compactMap(\.monthly).reduce(0, +),
          openLines: lines.filter { $0.monthly == nil }.map(\.label)))
    }
    (self.followed, self.exceptions) = (followed, exceptions)
    (currency, table) = (bill.currency, agreements.name)
  }

  /// What is to be asked of the model: how often each is below its promise, and what it gives back then.
  public var probes: [UptimeProbe] {
    followed.map { resource in
      UptimeProbe(
        name: resource.name, owner: resource.owner, commitment: resource.agreement.commitment,
        refunds: resource.agreement.steps.map {
          UptimeProbe.Refund(below: $0.below, amount: Money(resource.monthly * $0.share, currency: currency))
        })
    }
  }
}

extension LineItem {
  /// Whether it charges for a service of the price book.
  fileprivate func isOf(_ service: String) -> Bool { key?.service == service }
}

extension Model {
  /// Why nothing says when a resource is down; `nil` where its owner does.
  fileprivate func reasonNotToFollow(_ entry: CostEntry, _ agreement: ServiceLevelAgreement) -> String? {
    switch entry.owner {
    case .model: return "it belongs to no component, so nothing says when it is down"
    case .domain(let index) where domains[index].kind == .pool:
      return "it belongs to the nodes of a pool, which are not followed one by one"
    case .domain: return nil
    case .component(let index):
      let units = components[index].units.count
      guard agreement.isOfEach, units > 1 || entry.count > 1 else { return nil }
      return "each of them is promised by itself, and units are not followed one by one"
    }
  }
}
