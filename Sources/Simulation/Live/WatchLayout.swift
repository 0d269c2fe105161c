internal import Recovery
internal import ServiceGraph
internal import Stochastics

/// Who watches the outages of live processes, laid out for the event loop.
struct WatchLayout: Sendable {
  /// How an outage is noticed by a detector that can be down.
  struct Watch: Sendable {
    /// What the detector needs, or its alert, as a place in the sight.
    let sight: Int
    /// Whether it is noticed by an alert on failing calls, as soon as that fires.
    let isAlert: Bool
    /// How long it takes while the detector can see, and while it can not; `nil`: nobody notices then.
    let seen: DrawSum
    let unseen: DrawSum?
  }

  /// The outages that depend on who watches, by process of the graph.
  let outages: [Int: WatchedOutage]
  /// When detectors can see.
  let sight: SightPlan
  private(set) var watches: [Watch] = []
  private(set) var tiers: [ResponseTier] = []
  /// The live processes that each place of the sight watches.
  private(set) var watchedLive: [[Int]]

  init(_ graph: CompiledGraph) {
    outages = Dictionary(uniqueKeysWithValues: graph.watched.map { ($0.process, $0) })
    sight = SightPlan(graph)
    watchedLive = [[Int]](repeating: [], count: sight.places.count + sight.alerts.count)
  }

  /// The phase in which an outage is noticed; `nil` when its detector can always see.
  mutating func phase(of outage: WatchedOutage, _ process: RenewalProcess, live: Int) -> OutagePhase? {
    let alert = outage.alert.flatMap { sight.place(ofAlert: $0) }
    guard let place = alert ?? sight.places.firstIndex(where: { $0 == outage.gate }),
      process.detectionParts > 0
    else { return nil }
    watches.append(
      Watch(
        sight: place, isAlert: alert != nil, seen: DrawSum(Array(process.outage[..<process.detectionParts])),
        unseen: outage.otherwise.map { DrawSum([$0]) }))
    watchedLive[place].append(live)
    return .watched(watches.count - 1)
  }

  /// The phase in which somebody comes.
  mutating func phase(of tier: ResponseTier) -> OutagePhase {
    tiers.append(tier)
    return .responds(tiers.count - 1)
  }

  /// How long a group runs before time 0 where the simulation begins in the long run.
  ///
  /// A process that waits for no other forgets that it was up as its outages end: 20 of the longest, with the longest
  /// time that nobody is on call or can see. One that ages has 10 mean up times more.
  func warmUpHours(of group: DependentGroup, in graph: CompiledGraph) -> Double {
    let waits = !group.crews.isEmpty || !group.pools.isEmpty
    let own = group.processes
    let others = waits ? WarmUp(group, in: graph).hours : 0
    guard !waits || own.contains(where: { outages[$0] != nil }) else { return others }
    let longest = own.reduce(0) { max($0, graph.processes[$1].meanOutageHours ?? 0) }
    let blind = graph.liveProcesses.filter { sight.isHit(by: $0) }.reduce(0) {
      max($0, graph.processes[$1].meanOutageHours ?? 0)
    }
    let gap = own.contains { outages[$0]?.tier != nil } ? OnCallHours.weekHours : 0
    let ages = own.filter { !(graph.processes[$0].uptime is Exponential) }.reduce(0) {
      max($0, graph.processes[$1].uptime?.mean ?? 0)
    }
    return max(others, 20 * (longest + blind) + 2 * gap + 10 * ages)
  }
}

/// What detectors need, and the alerts on calls that somebody waits for.
struct SightPlan: Sendable {
  /// The gates that are up while detectors can see.
  let places: [Int]
  /// The detectors that watch calls and notice outages, or let spares take over; their places come after those of the gates.
  let alerts: [Int]
  /// For each process of the graph, whether it takes down a unit that a detector needs.
  private let isHit: [Bool]

  init(_ graph: CompiledGraph) {
    let places = Set(graph.watched.compactMap(\.gate)).sorted()
    let units = graph.units(below: places)
    self.places = places
    alerts = Set(
      graph.watched.compactMap(\.alert) + graph.dependentGroups.flatMap(\.pools).compactMap(\.alert)
    ).sorted()
    isHit = graph.processes.indices.map { process in
      graph.processes[process].takesDown
        && graph.unitsThatStay(ofProcess: process).contains { units.contains($0) }
    }
  }

  /// The place of a detector that watches calls.
  func place(ofAlert detector: Int) -> Int? { alerts.firstIndex(of: detector).map { places.count + $0 } }

  /// Whether a process of the graph takes down a unit that a detector needs.
  func isHit(by process: Int) -> Bool { isHit[process] }
}

/// Which detectors can see, in a replication.
struct Sight {
  private let plan: SightPlan
  /// Whether the detectors of each place can see.
  private(set) var isClear: [Bool]

  init(_ plan: SightPlan) {
    self.plan = plan
    isClear = plan.places.map { _ in true } + plan.alerts.map { _ in false }
  }

  /// Whether no detector needs anything, or watches calls.
  var isEmpty: Bool { isClear.isEmpty }

  /// Everything is up.
  mutating func begin() {
    for place in isClear.indices { isClear[place] = place < plan.places.count }
  }

  /// An alert begins to fire, or stops.
  ///
  /// - Returns: its place, where that is a change.
  mutating func setAlert(_ detector: Int, isFiring: Bool) -> Int? {
    guard let place = plan.place(ofAlert: detector), isClear[place] != isFiring else { return nil }
    isClear[place] = isFiring
    return place
  }

  /// Follows what detectors need.
  ///
  /// - Returns: the places where they see again, or no longer do.
  mutating func follow(_ gates: borrowing GateStates) -> [Int] {
    var changed: [Int] = []
    for (place, gate) in plan.places.enumerated() where isClear[place] != gates.isUp(gate) {
      isClear[place].toggle()
      changed.append(place)
    }
    return changed
  }
}
