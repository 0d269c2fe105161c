public import CloudCost
public import FoundationEssentials
internal import Quantities
internal import Resilience
public import ServiceModel

/// Data that a dependency moves between zones and regions, as its traffic and the placement of both ends say.
///
/// Every unit of the caller calls every unit of the callee alike, so the share that crosses a border is that of the pairs
/// of units on its two sides. A call sends its request one way and its response the other. Users of a capability are taken
/// to be on the internet: responses leave, requests come in free. Retries are not counted.
public struct DerivedTransfer: Sendable {
  /// One dependency with traffic whose size is stated.
  public struct Flow: Sendable, Hashable {
    /// `api → ledger/writer`.
    public let name: String
    /// Who pays: the caller, or of a capability the callee.
    public let owner: String
    /// Gigabytes of a month in both directions.
    public let total: Decimal
    /// Of them, what passes between zones of a region, counted once.
    public let betweenZones: [Leg]
    /// Of them, what leaves each region for another.
    public let betweenRegions: [Leg]
    /// Of them, what leaves each region to the internet.
    public let toInternet: [Leg]
    /// Why nothing can be derived; `nil` when it is.
    public let unknown: String?
  }

  /// Data that leaves a region.
  public struct Leg: Sendable, Hashable {
    /// Where it leaves.
    public let from: String
    /// Where it goes; the region itself for another zone, `nil` for the internet.
    public let to: String?
    /// Gigabytes of a month.
    public let gigabytes: Decimal
  }

  /// The flows, those of components and then those of capabilities, in the order of the model.
  public let flows: [Flow]

  /// The flows of a model.
  public init(of model: Model) {
    let places = UnitPlaces(model)
    let ofComponents = model.components.enumerated().flatMap { index, component in
      component.dependencies.compactMap { dependency in
        Self.flow(dependency, of: component.name, caller: Target(component: index), model, places)
      }
    }
    let ofCapabilities = model.capabilities.flatMap { capability in
      capability.dependencies.compactMap { dependency in
        Self.flow(dependency, of: capability.name, caller: nil, model, places)
      }
    }
    flows = ofComponents + ofCapabilities
  }

  /// The services and regions whose prices it needs.
  public var wantedTables: Set<PriceBookReader.Wanted> {
    let legs = flows.flatMap { $0.betweenRegions + $0.toInternet }
    return Set(legs.map(\.from) + flows.flatMap(\.betweenZones).map(\.from))
      .reduce(into: []) { $0.insert(PriceBookReader.Wanted(service: "transfer", region: $1)) }
  }

  private static func flow(
    _ dependency: Dependency<Target>, of owner: String, caller: Target?, _ model: Model, _ places: UnitPlaces
  ) -> Flow? {
    guard let policies = dependency.policies, let traffic = policies.traffic, let bytes = policies.bytes,
      let calls = Decimal(string: shortest(traffic.calls.perHour * model.conventions.hoursPerMonth))
    else { return nil }
    let sent = calls * bytes.request.billedGigabytes
    let returned = calls * bytes.response.billedGigabytes
    let callees = dependency.requirement.references
    let name = "\(owner) → \(dependency.label)"
    var builder = FlowBuilder()
    for callee in callees {
      let ends = places.of(callee)
      guard let caller else {
        builder.addInternet(returned / Decimal(callees.count), from: ends)
        continue
      }
      builder.add(
        sent: sent / Decimal(callees.count), returned: returned / Decimal(callees.count),
        from: places.of(caller),
        to: ends)
    }
    let payer = caller == nil ? callees.first.map { model.components[$0.component].name } ?? owner : owner
    return builder.flow(name: name, owner: payer, total: sent + returned)
  }
}

extension DerivedTransfer.Flow {
  /// The charges of the flow: a GB between zones is charged where it leaves and where it arrives.
  ///
  /// - Parameter book: tells whether a pair of regions has a price of its own.
  func charges(at book: PriceBook) -> [Charge] {
    betweenZones.map { leg in
      Charge(
        "Between zones (\(name), both directions)", .listed(PriceKey("transfer", "cross-az")),
        .known(2 * leg.gigabytes), unit: "GB", region: leg.from)
    }
      + betweenRegions.map { leg in
        Charge(
          "To \(leg.to ?? "other regions") (\(name))", .listed(leg.key(at: book)), .known(leg.gigabytes),
          unit: "GB", region: leg.from)
      }
      + toInternet.map { leg in
        Charge(
          "To the internet (\(name))", .listed(PriceKey("transfer", "internet-out")), .known(leg.gigabytes),
          unit: "GB", region: leg.from)
      }
  }
}

extension DerivedTransfer.Leg {
  /// The item of this pair of regions, unless the book prices it as any other.
  fileprivate func key(at book: PriceBook) -> PriceKey {
    let pair = PriceKey("transfer", "inter-region/\(to ?? "")")
    let isPriced = !book.tiers(of: pair, in: from, purchase: .onDemand).isEmpty
    return isPriced ? pair : PriceKey("transfer", "inter-region")
  }
}
