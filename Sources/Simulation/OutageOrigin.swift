internal import ServiceGraph
internal import ServiceModel

/// Where an outage begins: its cause, and the zone of what failed.
struct OutageOrigin: Hashable, Sendable {
  /// The place of what failed.
  enum Place: Hashable, Sendable {
    /// A zone, as a place among the model's domains.
    case zone(Int)
    /// Units of several zones at once.
    case severalZones
    /// Units that are in no zone.
    case noZone
  }

  let cause: Int
  let place: Place

  /// The origins of a graph's processes, each once, and the origin of each process.
  static func all(of graph: CompiledGraph) -> (origins: [OutageOrigin], ofProcess: [Int32]) {
    let zones = zonesOfUnits(graph.model)
    var origins: [OutageOrigin] = []
    var numbers: [OutageOrigin: Int32] = [:]
    let ofProcess = graph.processes.map { process -> Int32 in
      let origin = OutageOrigin(cause: process.cause, place: place(of: process, zones, graph.model))
      if let number = numbers[origin] { return number }
      numbers[origin] = Int32(origins.count)
      origins.append(origin)
      return Int32(origins.count - 1)
    }
    return (origins, ofProcess)
  }

  /// The origins of the waves of planned work.
  static func all(of graph: CompiledGraph, waves: [[Int]], cause: Int) -> [OutageOrigin] {
    let zones = zonesOfUnits(graph.model)
    return waves.map { OutageOrigin(cause: cause, place: place(of: $0, zones)) }
  }

  private static func place(of process: RenewalProcess, _ zones: [Int?], _ model: Model) -> Place {
    guard process.units.isEmpty, let domain = process.situation.place?.domain else {
      return place(of: process.units, zones)
    }
    // Nothing is there at first, and something may come.
    let zone = model.domains.chain(from: domain).first { model.domains[$0].kind == .zone }
    return zone.map { .zone($0) } ?? .noZone
  }

  private static func place(of units: [Int], _ zones: [Int?]) -> Place {
    guard let first = units.first.map({ zones[$0] }) else { return .noZone }
    guard units.allSatisfy({ zones[$0] == first }) else { return .severalZones }
    return first.map { .zone($0) } ?? .noZone
  }

  /// The zone that each unit is in, as a place among the domains.
  private static func zonesOfUnits(_ model: Model) -> [Int?] {
    // Parents come before their children.
    var zones = [Int?](repeating: nil, count: model.domains.count)
    for (place, domain) in model.domains.enumerated() {
      zones[place] = domain.kind == .zone ? place : domain.parents.compactMap { zones[$0] }.first
    }
    return model.components.flatMap { component in component.units.map { $0.domain.flatMap { zones[$0] } } }
  }
}

/// Where the outages of a model can begin: in each of its zones, in several at once, or in none; nowhere without zones.
struct OriginPlaces: Sendable {
  /// What each is called.
  let names: [String]
  /// The place of each origin; −1 without zones.
  let ofOrigin: [Int32]

  init(_ origins: [OutageOrigin], of model: Model) {
    let zones = model.domains.indices.filter { model.domains[$0].kind == .zone }
    guard !zones.isEmpty else {
      (names, ofOrigin) = ([], origins.map { _ in -1 })
      return
    }
    names = zones.map { model.domains[$0].name } + ["several zones at once", "in no zone"]
    ofOrigin = origins.map { origin in
      switch origin.place {
      case .zone(let domain): Int32(zones.firstIndex(of: domain) ?? zones.count + 1)
      case .severalZones: Int32(zones.count)
      case .noZone: Int32(zones.count + 1)
      }
    }
  }
}
