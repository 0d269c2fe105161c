internal import CloudCost
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel

/// The zone and region of units, as far as the model says.
struct UnitPlaces {
  /// One unit's place.
  struct Place: Hashable {
    /// The index of its zone; `nil`: none is stated.
    let zone: Int?
    /// The region's code; `nil`: none is stated.
    let region: String?
  }

  private let model: Model
  private let ofDomains: [Place]

  init(_ model: Model) {
    self.model = model
    ofDomains = model.domains.indices.map { Self.place(of: $0, in: model) }
  }

  /// The places of the units of a component or role, one for each.
  func of(_ target: Target) -> [Place] {
    let component = model.components[target.component]
    let units = target.role.map { Array(component.units[component.roles[$0].units]) } ?? component.units
    return units.map { unit in
      unit.domain.map { ofDomains[$0] } ?? Place(zone: nil, region: model.costs.region)
    }
  }

  /// The nearest zone above a domain, and the region that a name on the way says.
  private static func place(of domain: Int, in model: Model) -> Place {
    var zone: Int?
    var region: String?
    var pending = [domain]
    while let next = pending.popLast() {
      if model.domains[next].kind == .zone, zone == nil { zone = next }
      region = region ?? AWSRegion(of: model.domains[next].name)?.code
      pending += model.domains[next].parents
    }
    return Place(zone: zone, region: region ?? model.costs.region)
  }
}

/// Sums what crosses borders over pairs of units.
struct FlowBuilder {
  private var zones: [String: Decimal] = [:]
  private var regions: [String: [String: Decimal]] = [:]
  private var internet: [String: Decimal] = [:]
  private var unknown: String?

  /// What a caller sends and gets back.
  mutating func add(
    sent: Decimal, returned: Decimal, from callers: [UnitPlaces.Place], to callees: [UnitPlaces.Place]
  ) {
    let pairs = Decimal(callers.count * callees.count)
    for caller in callers {
      for callee in callees {
        guard let here = caller.region, let there = callee.region else {
          unknown = "nothing says in which region both ends are"
          return
        }
        if here != there {
          regions[here, default: [:]][there, default: 0] += sent / pairs
          regions[there, default: [:]][here, default: 0] += returned / pairs
        } else if caller.zone == nil || callee.zone == nil {
          unknown = "nothing says in which zones both ends are"
        } else if caller.zone != callee.zone {
          zones[here, default: 0] += (sent + returned) / pairs
        }
      }
    }
  }

  /// What leaves to users.
  mutating func addInternet(_ returned: Decimal, from callees: [UnitPlaces.Place]) {
    for callee in callees {
      guard let region = callee.region else {
        unknown = "nothing says in which region it is"
        return
      }
      internet[region, default: 0] += returned / Decimal(callees.count)
    }
  }

  func flow(name: String, owner: String, total: Decimal) -> DerivedTransfer.Flow {
    func legs(_ amounts: [String: Decimal], to other: (String) -> String?) -> [DerivedTransfer.Leg] {
      amounts.sorted { $0.key < $1.key }.map {
        DerivedTransfer.Leg(from: $0.key, to: other($0.key), gigabytes: $0.value)
      }
    }
    let between = regions.sorted { $0.key < $1.key }.flatMap { from, amounts in
      amounts.sorted { $0.key < $1.key }.map {
        DerivedTransfer.Leg(from: from, to: $0.key, gigabytes: $0.value)
      }
    }
    return DerivedTransfer.Flow(
      name: name, owner: owner, total: total, betweenZones: legs(zones) { $0 }, betweenRegions: between,
      toInternet: legs(internet) { _ in nil }, unknown: unknown)
  }
}

extension DataSize {
  /// As the provider counts gigabytes.
  var billedGigabytes: Decimal { Decimal(string: shortest(gigabytes)) ?? 0 }
}
