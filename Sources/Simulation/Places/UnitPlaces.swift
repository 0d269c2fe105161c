internal import ServiceGraph
internal import ServiceModel

/// On which node each unit is that leaves nodes which are down, or comes and goes, in a replication.
///
/// A unit whose node goes down waits, however many outages hold the node. After its time it comes up on a node that is
/// up, has room for it and where nothing of its component's is down: the one with the fewest of the component's units, then the first
/// declared, where no rule keeps it from there. When there is none it waits for one, and units leave in the order in which their times had passed.
/// A unit that autoscaling has ordered comes from nowhere in the same way, and waits in the same line. Nodes may come and go too.
struct UnitPlaces {
  /// A unit that an outage hits where it is.
  private struct Bond {
    let process: Int32
    let unit: Int
  }

  let plan: PlacePlan
  /// The node of each unit, or −1.
  private var nodes: [Int]
  /// Which nodes are there.
  private var isThere: [Bool]
  /// The node where each unit came from nowhere, or began, or −1.
  private var homes: [Int]
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
  /// Units whose time has passed, or that are wanted, and that found no node.
  private(set) var waiting: [Int] = []
  /// Grows whenever a unit or a node comes, goes or begins to wait.
  private(set) var changes = 0
  /// Grows whenever a node comes or goes.
  private var changesOfNodes = 0

  init(_ plan: PlacePlan) {
    self.plan = plan
    nodes = plan.units.map { $0.home ?? -1 }
    homes = nodes
    isThere = plan.nodes.map { _ in true }
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
    for node in isThere.indices { isThere[node] = true }
    for (unit, own) in plan.units.enumerated() {
      nodes[unit] = -1
      if let home = own.home { put(unit, on: home) }
      homes[unit] = nodes[unit]
    }
    bonds.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
  }

  /// The units that are not at home, and the domains of their nodes.
  var away: [(unit: Int32, domain: Int)] {
    plan.units.indices.filter { nodes[$0] >= 0 && nodes[$0] != homes[$0] }.map {
      (plan.units[$0].unit, plan.nodes[nodes[$0]])
    }
  }

  /// Whether a process would hit a unit where that is now.
  func isHit(_ unit: Int, by process: Int) -> Bool {
    nodes[unit] >= 0 && plan.reach(of: process)?.hits(plan.units[unit], on: nodes[unit]) ?? false
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
    for (unit, own) in plan.units.enumerated() where nodes[unit] >= 0 && reach.hits(own, on: nodes[unit]) {
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
    let back = plan.units.indices.filter {
      nodes[$0] >= 0 && reach.covers[nodes[$0]] && losses[nodes[$0]] == 0
    }
    waiting.removeAll { back.contains($0) }
    changes += 1
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
    changes += 1
    guard move(unit, at: now, log: &log) else { return waiting.append(unit) }
    if !plan.rules.isEmpty { leaveWaiting(at: now, log: &log) }
  }

  /// A unit that is nowhere is wanted: it comes to a node, or waits for one.
  mutating func enter(_ unit: Int, at now: Double, log: inout LiveLog) {
    homes[unit] = -1
    leave(unit, at: now, log: &log)
  }

  /// It is not wanted any more: what it took is free.
  mutating func withdraw(_ unit: Int, at now: Double, log: inout LiveLog) {
    changes += 1
    waiting.removeAll { $0 == unit }
    free(log: &log) { $0.unit == unit }
    if nodes[unit] >= 0 { take(unit, off: nodes[unit]) }
    nodes[unit] = -1
    leaveWaiting(at: now, log: &log)
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
    let (own, last) = (plan.units[unit], nodes[unit])
    guard let node = roomiestNode(for: unit, leaving: last) else { return false }
    changes += 1
    if last >= 0 {
      log.append(.leaves(unit: own.unit, domain: Int32(plan.nodes[node]), afterHours: now - lostAt[unit]))
      free(log: &log) { $0.unit == unit }
      take(unit, off: last)
    } else {
      homes[unit] = node
      log.append(.comes(place: unit))
    }
    put(unit, on: node)
    for process in active where plan.reach(of: Int(process))?.hits(own, on: node) == true {
      bind(unit, to: process, log: &log)
    }
    return true
  }

  private mutating func put(_ unit: Int, on node: Int) {
    let own = plan.units[unit]
    nodes[unit] = node
    crowd[place(own.component, node)] += 1
    taken[node] = taken[node] + own.requests
  }

  private mutating func take(_ unit: Int, off node: Int) {
    let own = plan.units[unit]
    crowd[place(own.component, node)] -= 1
    taken[node] = taken[node] - own.requests
  }

  // MARK: Work on nodes

  /// Nodes are worked on from now on, or no longer: nothing comes to them meanwhile.
  mutating func close(_ list: [Int], by step: Int) {
    for node in list { closed[node] += step }
    changes += 1
  }

  /// The units on nodes that are up, as places among those that leave.
  func units(on list: [Int]) -> [Int] {
    plan.units.indices.filter { nodes[$0] >= 0 && list.contains(nodes[$0]) && losses[nodes[$0]] == 0 }
  }

  /// A unit leaves a node that is worked on.
  ///
  /// - Returns: whether there is a place for it.
  mutating func evict(_ unit: Int, at now: Double, log: inout LiveLog) -> Bool {
    lostAt[unit] = now
    return move(unit, at: now, log: &log)
  }

  // MARK: Where there is room

  private func roomiestNode(for number: Int, leaving last: Int) -> Int? {
    let unit = plan.units[number]
    let candidates = unit.nodes.filter {
      isThere[$0] && losses[$0] == 0 && closed[$0] == 0 && blocks[place(unit.component, $0)] == 0
        && hasRoom($0, for: unit) && isOpen($0, to: number, leaving: last)
    }
    return candidates.min { left, right in
      crowd[place(unit.component, left)] < crowd[place(unit.component, right)]
    }
  }

  private func isOpen(_ node: Int, to number: Int, leaving last: Int) -> Bool {
    guard !plan.rules.isEmpty else { return true }
    let unit = plan.units[number]
    let standing = PlaceRules.Standing(
      crowd: { crowd[place($0, $1)] }, isUp: { isThere[$0] && losses[$0] == 0 })
    return plan.rules[unit.component].allow(
      node, role: unit.role, home: homes[number] < 0 ? nil : homes[number], leaving: last < 0 ? nil : last,
      standing)
  }

  private func hasRoom(_ node: Int, for unit: PlacePlan.Unit) -> Bool {
    plan.room[node].map { (taken[node] + unit.requests).fits(in: $0) } ?? true
  }

  // MARK: Nodes that come and go

  /// A node is there from now on, or no longer; units that wait are told apart.
  mutating func setThere(_ node: Int, _ isThere: Bool) {
    self.isThere[node] = isThere
    changes += 1
    changesOfNodes += 1
  }

  /// Grows whenever a unit comes, goes or begins to wait, or work closes a node or opens it.
  var changesOfUnits: Int { changes - changesOfNodes }

  func isThere(_ node: Int) -> Bool { isThere[node] }

  /// Whether any node is worked on.
  var isAnyClosed: Bool { closed.contains { $0 > 0 } }

  /// Whether a node has a unit that comes and goes, or is worked on.
  func isUsed(_ node: Int) -> Bool {
    if closed[node] > 0 { return true }
    for component in 0..<plan.componentCount where crowd[place(component, node)] > 0 { return true }
    return false
  }

  /// Which nodes the units that wait would come to: first those that have been ordered, then those that may be, as few as
  /// they find room on one after the other. Units on nodes that are worked on count as waiting too.
  ///
  /// - Parameters:
  ///   - ordered: the nodes that have been ordered and are not there yet.
  ///   - orderable: those that may be.
  func nodesWanted(ordered: [Int], orderable: [Int]) -> [Int] {
    var trial = self
    var log = LiveLog(wantsReasons: false)
    trial.waiting += units(on: closed.indices.filter { closed[$0] > 0 }).filter { !waiting.contains($0) }
    guard !trial.waiting.isEmpty else { return [] }
    for node in ordered { trial.isThere[node] = true }
    trial.leaveWaiting(at: 0, log: &log)
    var added: [Int] = []
    var hopeless = 0
    while hopeless < trial.waiting.count {
      let unit = trial.waiting[hopeless]
      let node = plan.units[unit].nodes.first { node in
        orderable.contains(node) && !added.contains(node) && trial.takes(unit, to: node)
      }
      guard let node else {
        hopeless += 1
        continue
      }
      added.append(node)
      trial.isThere[node] = true
      trial.leaveWaiting(at: 0, log: &log)
      hopeless = 0
    }
    return ordered.filter { trial.isUsed($0) } + added
  }

  /// Whether a unit would come to a node if that were there.
  private mutating func takes(_ unit: Int, to node: Int) -> Bool {
    isThere[node] = true
    defer { isThere[node] = false }
    return roomiestNode(for: unit, leaving: nodes[unit]) == node
  }
}
