internal import Diagnostics
internal import Quantities
internal import ServiceModel
internal import Stochastics

/// Finds the groups of processes that depend on each other.
struct DependentGroupCompiler {
  let model: Model
  let firstUnit: [Int]
  let processes: [RenewalProcess]
  /// What each process is a failure of.
  let origins: [ProcessOrigin]

  private var classes: [DependentGroup.FailureClass] = []
  private var pools: [DependentGroup.Pool] = []

  init(_ compiler: ProcessCompiler) {
    model = compiler.model
    firstUnit = compiler.firstUnit
    processes = compiler.processes
    origins = compiler.origins
  }

  /// The groups, in the order of their first class.
  ///
  /// - Throws: a finding for each pool whose units do not share the fate of their place.
  mutating func compile() throws(Findings) -> [DependentGroup] {
    try addPools()
    addClasses()
    try checkMovingRoles()
    return groups()
  }

  // MARK: Parts

  private mutating func addPools() throws(Findings) {
    var findings: [Diagnostic] = []
    for (index, component) in model.components.enumerated()
    where component.standby != nil || component.loadSharing != nil {
      let units = Array(firstUnit[index]..<firstUnit[index] + component.units.count)
      if let finding = partialFailure(of: component, index, units: units) { findings.append(finding) }
      let alert = component.standby?.detector.flatMap { watchesCalls($0) ? $0 : nil }
      pools.append(
        DependentGroup.Pool(
          component: index, units: units, running: component.standby?.running ?? units.count,
          standby: component.standby, loadSharing: component.loadSharing, alert: alert,
          otherwise: alert.flatMap { model.delays[$0].otherwise }))
    }
    if !findings.isEmpty { throw Findings(findings) }
  }

  private func watchesCalls(_ detector: Int) -> Bool {
    model.policies.edges.contains { $0.alert?.detector == detector }
  }

  /// A failure from outside that takes down some of the units: which of them works then would matter.
  private func partialFailure(of component: Component, _ index: Int, units: [Int]) -> Diagnostic? {
    let own = Set(units)
    for (process, origin) in zip(processes, origins) where process.takesDown {
      let hit = process.units.count { own.contains($0) }
      let some: String
      switch nodesHit(of: index, process) {
      case .all: continue
      case .some: some = "those in its place of"
      case .none:
        if hit == 0 || hit == units.count || origin.isOfUnit { continue }
        some = "\(hit) of"
      }
      return Diagnostic(
        slug: "standby-in-part",
        "\(process.name) takes down \(some) the \(units.count) replicas of \(component.name), which stand by or "
          + "share their load; only failures of single units or of all of them are supported",
        at: origin.mode.location, help: "replicas in one place, or without failures of their zones and nodes")
    }
    return nil
  }

  /// How many of the nodes to which units of a component may come lie in the place of which a process is a failure.
  private func nodesHit(of component: Int, _ process: RenewalProcess) -> Share {
    guard let rescheduling = model.components[component].rescheduling, let place = process.situation.place,
      (place.component ?? component) == component
    else { return .none }
    let isHit = rescheduling.nodes.joined().map { model.domains.chain(from: $0).contains(place.domain) }
    return isHit.contains(true) ? (isHit.contains(false) ? .some : .all) : .none
  }

  private enum Share { case none, some, all }

  /// A role that moves when a repair waits: the two would need one chain.
  private func checkMovingRoles() throws(Findings) {
    let first = model.components.indices.filter { !model.components[$0].failovers.isEmpty }
    let moving = Set(
      first.flatMap { index in
        model.components[index].units.indices.map { firstUnit[index] + $0 }
      })
    for one in classes {
      guard let process = one.processes.first(where: { processes[$0].units.contains { moving.contains($0) } })
      else { continue }
      throw Findings([
        Diagnostic(
          slug: "crew-with-failover",
          "\(processes[process].name) waits for a crew and drives away a role with failover; the two together are not "
            + "supported yet", at: origins[process].mode.location, help: "leave crew: out")
      ])
    }
  }

  private mutating func addClasses() {
    struct Key: Hashable {
      let cause: Int
      let meanUptime: Double?
      let meanOutage: Double?
      let units: Int
    }
    let poolOfUnit = Dictionary(
      uniqueKeysWithValues: pools.enumerated().flatMap { index, pool in pool.units.map { ($0, index) } })
    var members: [Key: [Int]] = [:]
    var order: [Key] = []
    for (number, process) in processes.enumerated() where isDependent(number, poolOfUnit: poolOfUnit) {
      let key = Key(
        cause: process.cause, meanUptime: process.uptime?.mean, meanOutage: process.meanOutageHours,
        units: process.units.count)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(number)
    }
    classes = order.map { key in
      let numbers = members[key] ?? []
      let need = numbers.first.flatMap { origins[$0].mode.crew }
      let pool = numbers.first.flatMap { self.pool(of: $0, poolOfUnit) }
      return DependentGroup.FailureClass(
        processes: numbers, partsBeforeRepair: numbers.first.map { partsBeforeRepair(origins[$0].mode) } ?? 0,
        crew: need?.crew, priority: need?.priority ?? 1, pool: pool)
    }
    leaveOutIdleCrews()
  }

  private func partsBeforeRepair(_ mode: FailureMode) -> Int {
    guard case .parts(let detection, let response, _) = mode.outage else { return 0 }
    return detection.count + (mode.crew?.responds == true ? 0 : response.count)
  }

  private func isDependent(_ number: Int, poolOfUnit: [Int: Int]) -> Bool {
    guard processes[number].frequencyPerHour != nil else { return false }
    return origins[number].mode.crew != nil || pool(of: number, poolOfUnit) != nil
  }

  private func pool(of number: Int, _ poolOfUnit: [Int: Int]) -> Int? {
    guard origins[number].isOfUnit, processes[number].takesDown else { return nil }
    return processes[number].units.first.flatMap { poolOfUnit[$0] }
  }

  /// Where a crew can do every repair at once nobody waits, and processes stay independent.
  private mutating func leaveOutIdleCrews() {
    var customers = [Int](repeating: 0, count: model.crews.count)
    for one in classes { if let crew = one.crew { customers[crew] += one.processes.count } }
    classes = classes.compactMap { one in
      guard let crew = one.crew, customers[crew] <= model.crews[crew].count else { return one }
      guard one.pool != nil else { return nil }
      return DependentGroup.FailureClass(
        processes: one.processes, partsBeforeRepair: one.partsBeforeRepair, crew: nil, priority: one.priority,
        pool: one.pool)
    }
  }

  // MARK: Groups

  /// Classes that share a crew or a pool, directly or over others.
  private func groups() -> [DependentGroup] {
    var label = Array(classes.indices)
    var ofCrew: [Int: Int] = [:]
    var ofPool: [Int: Int] = [:]
    for (index, one) in classes.enumerated() {
      for other in [one.crew.flatMap { ofCrew[$0] }, one.pool.flatMap { ofPool[$0] }].compactMap({ $0 }) {
        let (kept, merged) = (min(label[index], label[other]), max(label[index], label[other]))
        for number in label.indices where label[number] == merged { label[number] = kept }
      }
      if let crew = one.crew { ofCrew[crew] = index }
      if let pool = one.pool { ofPool[pool] = index }
    }
    return classes.indices.filter { label[$0] == $0 }.map { first in
      group(classes.indices.filter { label[$0] == first }.map { classes[$0] })
    }
  }

  private func group(_ members: [DependentGroup.FailureClass]) -> DependentGroup {
    let own = Set(members.compactMap(\.pool)).sorted()
    return DependentGroup(
      classes: members.map { one in
        DependentGroup.FailureClass(
          processes: one.processes, partsBeforeRepair: one.partsBeforeRepair, crew: one.crew,
          priority: one.priority,
          pool: one.pool.flatMap { own.firstIndex(of: $0) })
      },
      pools: own.map { pools[$0] }, crews: Set(members.compactMap(\.crew)).sorted())
  }
}

/// What a process is a failure of.
struct ProcessOrigin {
  /// The mode.
  let mode: FailureMode
  /// Whether it hits one unit by that unit's own failure.
  let isOfUnit: Bool
}
