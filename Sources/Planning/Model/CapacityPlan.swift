public import ServiceModel

/// Every limit of a model that something is asked of, with what is used of it: now, and after the loss of each node and zone.
///
/// What is asked stays the same after a loss and is shared evenly among the units that are left. Demands of several
/// capabilities are each judged by itself.
public struct CapacityPlan: Sendable {
  /// The limits: demands in the order of the components, then pools, connections and nodes.
  public let limits: [CapacityLimit]
  /// What becomes of the work of pools whose calls are stated.
  public let overflows: [PoolOverflow]
  /// Who goes, by priority, where there is not room for all on the nodes of a pool.
  public let sheddings: [Shedding]

  /// The limits of a model.
  public init(_ model: Model) {
    let places = CapacityPlaces(model)
    limits =
      places.works() + places.slots() + places.connections() + places.handedOn() + places.slotMemories()
      + places.dataPools() + places.rooms() + places.roomsByLimits()
    overflows = places.overflows()
    sheddings = places.sheddings()
  }

  /// The limits in the order in which they are reached as everything grows alike; those of which too little is known last.
  public var bottlenecks: [CapacityLimit] {
    limits.enumerated().sorted { left, right in
      (left.element.order, left.offset) < (right.element.order, right.offset)
    }.map(\.element)
  }
}

extension CapacityLimit {
  fileprivate var order: Double {
    switch now.fullness {
    case .share(let share): -share
    case .gone: -.infinity
    case .unknown: 1
    }
  }
}

/// A model with each of its places lost in turn.
struct CapacityPlaces {
  let model: Model
  let all: Survivors
  let nodes: [(name: String, survivors: Survivors)]
  let zones: [(name: String, survivors: Survivors)]

  init(_ model: Model) {
    self.model = model
    all = Survivors(model)
    func places(_ kind: Domain.Kind) -> [(name: String, survivors: Survivors)] {
      model.domains.indices.filter { model.domains[$0].kind == kind }.map {
        (model.domains[$0].name, Survivors(model, without: $0))
      }
    }
    (nodes, zones) = (places(.node), places(.zone))
  }

  /// A limit from its load as a function of what is left.
  func limit(
    _ name: String, _ kind: CapacityLimit.Kind, of target: Target? = nil, growthPerYear: Double? = nil,
    alert: PoolAlert? = nil, _ load: (Survivors) -> CapacityLoad
  ) -> CapacityLimit {
    CapacityLimit(
      name: name, kind: kind, now: load(all),
      unit: target.map { load(Survivors(model, withoutUnitOf: $0)) },
      nodes: nodes.map { CapacityLimit.Loss(domain: $0.name, load: load($0.survivors)) },
      zones: zones.map { CapacityLimit.Loss(domain: $0.name, load: load($0.survivors)) },
      growthPerYear: growthPerYear, alert: alert)
  }
}
