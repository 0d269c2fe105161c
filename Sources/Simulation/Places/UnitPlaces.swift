internal import ServiceGraph
internal import ServiceModel

/// On which node each unit is that leaves nodes which are down, in a replication.
///
/// A unit whose node goes down waits, however many outages hold the node. After its time it comes up on a node that is
/// up, has room for it and where nothing of its component's is down: the one with the fewest of the component's units, then the first
/// declared, where no rule keeps it from there. When there is none it waits for one, and units leave in the order in which their times had passed.
struct UnitPlaces {
  /// A unit that an outage hits where it is.
  private struct Bond {
    let process: Int32
    let unit: Int
  }

  private let plan: PlacePlan
  private var nodes: [Int]
  /// How many outages hold each node down.
  private var losses: [Int]
  /// How many kinds of work have closed each node.
  private var closed: [Int]
  /// For each component and node: how many outages there are of its units there, and how many units.
  private var blocks: [Int]
  private var crowd: [Int]
  /// What all units take of each node.
  private var taken: [ComputeResources]
  /// When the node of each unit went down.
  private var lostAt: [Double]
  private var bonds: [Bond] = []
  /// The outages of places under way, first ones first.
  private var active: [Int32] = []
  /// Units whose time has passed and that found no node.
  private var waiting: [Int] = []

  init(_ plan: PlacePlan) {
    self.plan = plan
    nodes = plan.units.map(\.home)
    losses = [Int](repeating: 0, count: plan.nodes.count)
    closed = losses
    blocks = [Int](repeating: 0, count: plan.nodes.count * plan.componentCount)
    crowd = blocks
    taken = plan.taken
    lostAt = [Double](repeating: 0, count: plan.units.count)
  }

  /// Everything is up, and every unit at home.
  mutating func begin() {
    for place in losses.indices { (losses[place], closed[place]) = (0, 0) }
    for place in blocks.indices { (blocks[place], crowd[place]) = (0, 0) }
    taken = plan.taken
    for (unit, own) in plan.units.enumerated() {
      nodes[unit] = own.home
      taken[own.home] = taken[own.home] + own.requests
      crowd[place(own.component, own.home)] += 1
    }
    bonds.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
  }

  /// The units that are not at home, and the domains of their nodes.
  var away: [(unit: Int32, domain: Int)] {
    plan.units.enumerated().filter { nodes[$0.offset] != $0.element.home }.map {
      ($0.element.unit, plan.nodes[nodes[$0.offset]])
    }
  }

  private func place(_ component: Int, _ node: Int) -> Int { component * plan.nodes.count + node }

  // MARK: Outages of places

  /// An outage begins; if it is one of a place, the units there are hit.
  ///
  /// - Returns: the units that begin to wait for their nodes.
  mutating func fail(_ process: Int32, at now: Double, log: inout LiveLog) -> [Int] {
    guard let reach = plan.reach(of: Int(process)) else { return [] }
    active.append(process)
    count(reach, by: 1)
    var lost: [Int] = []
    for (unit, own) in plan.units.enumerated() where reach.hits(own, on: nodes[unit]) {
      bind(unit, to: process, log: &log)
      guard reach.losesNodes, losses[nodes[unit]] == 1 else { continue }
      lostAt[unit] = now
      lost.append(unit)
    }
    return lost
  }

  /// It ends.
  ///
  /// - Returns: the units whose nodes are up again; they stay.
  mutating func restore(_ process: Int32, log: inout LiveLog) -> [Int] {
    guard let reach = plan.reach(of: Int(process)) else { return [] }
    active.removeAll { $0 == process }
    count(reach, by: -1)
    free(log: &log) { $0.process == process }
    guard reach.losesNodes else { return [] }
    let back = plan.units.indices.filter { reach.covers[nodes[$0]] && losses[nodes[$0]] == 0 }
    waiting.removeAll { back.contains($0) }
    return back
  }

  private mutating func count(_ reach: PlacePlan.Reach, by step: Int) {
    guard reach.takesDown else { return }
    for node in reach.covers.indices where reach.covers[node] {
      if let component = reach.component {
        blocks[place(component, node)] += step
      } else {
        losses[node] += step
      }
    }
  }

  private mutating func bind(_ unit: Int, to process: Int32, log: inout LiveLog) {
    bonds.append(Bond(process: process, unit: unit))
    log.append(.binds(unit: plan.units[unit].unit, process: process))
  }

  private mutating func free(log: inout LiveLog, where isFreed: (Bond) -> Bool) {
    for bond in bonds where isFreed(bond) {
      log.append(.frees(unit: plan.units[bond.unit].unit, process: bond.process))
    }
    bonds.removeAll(where: isFreed)
  }

  // MARK: Moves

  /// The time of a unit has passed: it leaves, or waits for a node.
  mutating func leave(_ unit: Int, at now: Double, log: inout LiveLog) {
    guard move(unit, at: now, log: &log) else { return waiting.append(unit) }
    if !plan.rules.isEmpty { leaveWaiting(at: now, log: &log) }
  }

  /// Units that wait for a node leave for those that are up now.
  mutating func leaveWaiting(at now: Double, log: inout LiveLog) {
    guard !waiting.isEmpty else { return }
    for unit in waiting where move(unit, at: now, log: &log) {
      waiting.removeAll { $0 == unit }
      // Where numbers have to be even, one that comes may open a place to one that waits.
      if !plan.rules.isEmpty { return leaveWaiting(at: now, log: &log) }
    }
  }

  /// Whether a node that is lost may open another place.
  var mayOpen: Bool { !plan.rules.isEmpty }

  private mutating func move(_ unit: Int, at now: Double, log: inout LiveLog) -> Bool {
    let own = plan.units[unit]
    guard let node = roomiestNode(for: own, leaving: nodes[unit]) else { return false }
    log.append(
      .leaves(unit: own.unit, domain: Int32(plan.nodes[node]), afterHours: now - lostAt[unit]))
    free(log: &log) { $0.unit == unit }
    crowd[place(own.component, nodes[unit])] -= 1
    crowd[place(own.component, node)] += 1
    taken[nodes[unit]] = taken[nodes[unit]] - own.requests
    taken[node] = taken[node] + own.requests
    nodes[unit] = node
    for process in active where plan.reach(of: Int(process))?.hits(own, on: node) == true {
      bind(unit, to: process, log: &log)
    }
    return true
  }

  // MARK: Work on nodes

  /// Nodes are worked on from now on, or no longer: nothing comes to them meanwhile.
  mutating func close(_ list: [Int], by step: Int) {
    for node in list { closed[node] += step }
  }

  /// The units on nodes that are up, as places among those that leave.
  func units(on list: [Int]) -> [Int] {
    plan.units.indices.filter { list.contains(nodes[$0]) && losses[nodes[$0]] == 0 }
  }

  /// A unit leaves a node that is worked on.
  ///
  /// - Returns: whether there is a place for it.
  mutating func evict(_ unit: Int, at now: Double, log: inout LiveLog) -> Bool {
    lostAt[unit] = now
    return move(unit, at: now, log: &log)
  }

  private func roomiestNode(for unit: PlacePlan.Unit, leaving last: Int) -> Int? {
    let candidates = unit.nodes.filter {
      losses[$0] == 0 && closed[$0] == 0 && blocks[place(unit.component, $0)] == 0 && hasRoom($0, for: unit)
        && isOpen($0, to: unit, leaving: last)
    }
    return candidates.min { left, right in
      crowd[place(unit.component, left)] < crowd[place(unit.component, right)]
    }
  }

  private func isOpen(_ node: Int, to unit: PlacePlan.Unit, leaving last: Int) -> Bool {
    guard !plan.rules.isEmpty else { return true }
    let standing = PlaceRules.Standing(
      crowd: { crowd[place($0, $1)] }, isUp: { losses[$0] == 0 })
    return plan.rules[unit.component].allow(
      node, role: unit.role, home: unit.home, leaving: last, standing)
  }

  private func hasRoom(_ node: Int, for unit: PlacePlan.Unit) -> Bool {
    plan.room[node].map { (taken[node] + unit.requests).fits(in: $0) } ?? true
  }
}
