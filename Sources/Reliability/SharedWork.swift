internal import ServiceGraph

/// Units that share the requests of a role: how much is served by how many are up, and how many are down unnoticed.
struct SharedWork {
  let capacity: ServedFraction.Capacity
  /// The variables whose outages may go unnoticed, hit some of the units, and leave enough of them for the role.
  let events: [Int]
  /// How many of the units each of them hits.
  let hits: [Int]
  /// How many of the units may be down unnoticed at once.
  private let mostUnnoticed: Int
  /// Whether unnoticed failures are among the levels.
  var countsUnnoticed = false

  init(_ capacity: ServedFraction.Capacity, in failure: FailureNetwork) {
    self.capacity = capacity
    let own = Set(capacity.units)
    let spare = capacity.units.count - capacity.required
    var found: [(variable: Int, units: Set<Int>)] = []
    for (variable, event) in failure.events.enumerated() where own.count > 1 {
      guard case .processes(let processes) = event.kind, let first = processes.first else { continue }
      let hit = own.intersection(failure.graph.processes[first].units)
      guard (1...max(1, spare)).contains(hit.count), hit.count <= spare else { continue }
      if failure.unnoticedShare(ofVariable: variable) > 0 { found.append((variable, hit)) }
    }
    events = found.map(\.variable)
    hits = found.map(\.units.count)
    mostUnnoticed = found.reduce(into: Set<Int>()) { $0.formUnion($1.units) }.count
  }

  /// Whether failures of some of its units can go unnoticed while the role is up.
  var canBeUnnoticed: Bool { !events.isEmpty }

  /// Whether it can be followed which of them nobody has noticed: not in a role that moves.
  var isOpen: Bool { capacity.movingRole == nil && canBeUnnoticed }

  /// min(1, up / demand, the share of requests that go to units that are up): what goes to the others is no load on these.
  func served(up: Int, unnoticed: Int) -> Double {
    let work = capacity.demand > 0 ? min(1, Double(up) / capacity.demand) : 1
    return unnoticed == 0 ? work : min(work, Double(up) / Double(up + unnoticed))
  }

  /// The shares below 1 that are left while the role is up.
  var levels: [Double] {
    guard capacity.movingRole == nil, capacity.required <= capacity.units.count else { return [] }
    return (capacity.required...capacity.units.count).flatMap { up in
      (0...(countsUnnoticed ? min(mostUnnoticed, capacity.units.count - up) : 0)).map {
        served(up: up, unnoticed: $0)
      }
    }
    .filter { $0 < 1 }
  }

  /// How many levels there are with unnoticed failures among them.
  var levelCount: Int {
    var counted = self
    counted.countsUnnoticed = true
    return [counted].distinctLevels.count
  }

  /// The fewest units down unnoticed, of those not up, with which the share is at most this level; `nil`: no number.
  func fewestUnnoticed(up: Int, level: Double) -> Int? {
    let most = countsUnnoticed ? min(mostUnnoticed, capacity.units.count - up) : 0
    return (0...most).first { served(up: up, unnoticed: $0) <= level * (1 + 1e-12) }
  }
}

extension [SharedWork] {
  /// The levels of all groups, ascending, each once.
  var distinctLevels: [Double] {
    var distinct: [Double] = []
    for level in Set(flatMap(\.levels)).sorted() {
      if let last = distinct.last, level <= last * (1 + 1e-12) { continue }
      distinct.append(level)
    }
    return distinct
  }
}
