public import CloudCost
public import Diagnostics
public import FoundationEssentials

/// Something that is paid for every month: a resource, how many of it, and how it is bought.
public struct CostEntry: Sendable {
  /// Whom it belongs to.
  public enum Owner: Sendable, Hashable {
    /// The service as a whole.
    case model
    /// A component, by its index.
    case component(Int)
    /// A domain, such as a pool of nodes, by its index.
    case domain(Int)
  }

  /// What the count is for.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// All of the owner together.
    case once
    /// Each unit of the component that runs.
    case unit
    /// Each node of the pool that runs.
    case node
  }

  /// The name; unique under its owner.
  public let name: String
  /// Whom it belongs to.
  public let owner: Owner
  /// The name of the owner; of the service as a whole that of the model.
  public let ownerName: String
  /// The resource with the keys that were stated.
  public let resource: StatedResource
  /// The kind of the resource.
  public let kind: any CostResource.Type
  /// How many there are for each of what the scope says.
  public let count: Decimal
  /// What the count is for.
  public let scope: Scope
  /// The hours of a month that it runs; `nil`: all.
  public let hours: Decimal?
  /// How what can be committed to is bought, as shares that sum to 1.
  public let mix: [PurchaseShare]
  /// The region whose prices count; empty for a kind that needs no price book.
  public let region: String
  /// Where the numbers come from.
  public let source: String?
  /// Where it stands.
  public let location: SourceLocation

  /// Something that is paid for.
  public init(
    name: String, owner: Owner, ownerName: String, resource: StatedResource, kind: any CostResource.Type,
    count: Decimal, scope: Scope = .once, hours: Decimal? = nil,
    mix: [PurchaseShare] = [PurchaseShare(.onDemand, 1)], region: String, source: String? = nil,
    location: SourceLocation
  ) {
    self.name = name
    self.owner = owner
    self.ownerName = ownerName
    self.resource = resource
    self.kind = kind
    self.count = count
    self.scope = scope
    self.hours = hours
    self.mix = mix
    self.region = region
    self.source = source
    self.location = location
  }

  /// `ledger/servers`; of the service as a whole only the name.
  public var path: String { owner == .model ? name : "\(ownerName)/\(name)" }

  /// The resource as stated, or with its uncertain numbers multiplied by factors, by path.
  public func resource(factors: [String: Decimal] = [:]) -> any CostResource {
    // What contradicts itself was found when the model was checked.
    var ignored: [Diagnostic] = []
    let stated = StatedResource(
      resource.declaration, path: resource.path, conventions: resource.conventions, factors: factors)
    return kind.init(stated, findings: &ignored)
  }
}

/// A share of something that is bought in one way.
public struct PurchaseShare: Sendable, Hashable {
  /// How it is bought.
  public let purchase: Purchase
  /// The share, 0 to 1.
  public let share: Decimal

  /// A share.
  public init(_ purchase: Purchase, _ share: Decimal) {
    self.purchase = purchase
    self.share = share
  }
}

/// What a model says about money that is paid for running it.
public struct ModelCosts: Sendable {
  /// What is paid for, in the order of the file: of the service, of domains, of components.
  public let entries: [CostEntry]
  /// What is promised for years, in the order in which it is applied.
  public let commitments: [CommitmentPlan]
  /// The names of the price books that the model asks for, each laid over those before it; empty: the reader's choice.
  public let books: [String]
  /// The region of everything whose place does not say one; `nil`: none is stated.
  public let region: String?

  /// Nothing is paid for.
  public static let none = ModelCosts(entries: [], commitments: [], books: [], region: nil)

  /// The tables of a price book that the entries need.
  public var wantedTables: Set<PriceBookReader.Wanted> { entries.wantedTables }
}

extension [CostEntry] {
  /// The tables of a price book that they need.
  public var wantedTables: Set<PriceBookReader.Wanted> {
    Set<PriceBookReader.Wanted>(
      flatMap { entry in
        entry.kind.services.map { PriceBookReader.Wanted(service: $0, region: entry.region) }
      })
  }
}
