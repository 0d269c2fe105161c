internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// One step of an outage of a live process.
enum OutagePhase: Sendable {
  /// Time passes: a place in the layout's durations.
  case lasts(Int)
  /// Somebody or something knows of it from here on.
  case noticed
  /// A crew, as a place in the layout's crews, is free; it stays until the outage ends.
  case crew(Int)
}

/// A live process: one whose next failure or repair depends on what others do.
struct LiveProcess: Sendable {
  /// Its number in the graph.
  let number: Int32
  let key: ProcessKey
  let uptime: any Distribution
  let phases: [OutagePhase]
  /// How urgent its repair is: smaller first.
  let priority: Int
  /// Its unit's pool and place in it.
  let spare: (pool: Int, unit: Int)?
  /// For how long before time 0 it runs where the simulation begins in the long run.
  let warmUpHours: Double
}

/// The dependent groups of a graph laid out for the event loop.
struct LiveLayout: Sendable {
  private(set) var processes: [LiveProcess] = []
  /// How long the phases of outages take.
  private(set) var durations: [DrawSum] = []
  private(set) var crews: [Crew] = []
  private(set) var pools: [SparePoolPlan] = []
  /// The process, or the pool, behind each clock.
  private(set) var clockCount = 0
  private(set) var poolOfClock: [Int] = []

  init(_ graph: CompiledGraph) {
    for group in graph.dependentGroups { add(group, graph) }
    clockCount = processes.count + poolOfClock.count
  }

  /// Whether nothing in the graph depends on its state.
  var isEmpty: Bool { processes.isEmpty }

  /// The longest time before 0 that anything runs to reach the long run.
  var warmUpHours: Double { processes.reduce(0) { max($0, $1.warmUpHours) } }

  private mutating func add(_ group: DependentGroup, _ graph: CompiledGraph) {
    let warmUp = WarmUp(group, in: graph).hours
    let firstPool = pools.count
    let firstCrew = crews.count
    crews += group.crews.map { graph.model.crews[$0] }
    let firstProcess = processes.count
    for one in group.classes {
      let crew = one.crew.flatMap { group.crews.firstIndex(of: $0) }.map { firstCrew + $0 }
      for number in one.processes {
        guard let uptime = graph.processes[number].uptime else { continue }
        processes.append(
          LiveProcess(
            number: Int32(number), key: ProcessKey(name: graph.processes[number].name), uptime: uptime,
            phases: phases(of: graph.processes[number], one, crew: crew), priority: one.priority,
            spare: spare(of: graph.processes[number], one, group, firstPool: firstPool), warmUpHours: warmUp))
      }
    }
    for pool in group.pools { add(pool, firstProcess: firstProcess, graph) }
  }

  /// Detection, the notice, response, then the crew, then the repair.
  private mutating func phases(
    of process: RenewalProcess, _ one: DependentGroup.FailureClass, crew: Int?
  ) -> [OutagePhase] {
    let beforeCrew = crew == nil ? process.detectionParts : one.partsBeforeRepair
    let cuts = [0, process.detectionParts, max(process.detectionParts, beforeCrew), process.outage.count]
    var phases: [OutagePhase] = []
    for (number, (from, to)) in zip(cuts, cuts.dropFirst()).enumerated() {
      if number == 1 { phases.append(.noticed) }
      if number == 2, let crew { phases.append(.crew(crew)) }
      guard from < to else { continue }
      phases.append(.lasts(durations.count))
      durations.append(DrawSum(Array(process.outage[from..<to])))
    }
    return phases
  }

  private func spare(
    of process: RenewalProcess, _ one: DependentGroup.FailureClass, _ group: DependentGroup, firstPool: Int
  ) -> (pool: Int, unit: Int)? {
    guard let pool = one.pool, let unit = process.units.first,
      let place = group.pools[pool].units.firstIndex(of: unit)
    else { return nil }
    return (firstPool + pool, place)
  }

  /// The clocks of takeovers follow those of all processes; they are numbered once all groups are laid out.
  private mutating func add(_ pool: DependentGroup.Pool, firstProcess: Int, _ graph: CompiledGraph) {
    let own = pools.count
    var processesOfUnit = [[Int]](repeating: [], count: pool.units.count)
    for slot in firstProcess..<processes.count {
      guard let spare = processes[slot].spare, spare.pool == own else { continue }
      processesOfUnit[spare.unit].append(slot)
    }
    let positions = pool.standby == nil ? 0 : pool.running
    let first = graph.liveProcessCount + poolOfClock.count
    poolOfClock += [Int](repeating: own, count: positions)
    pools.append(
      SparePoolPlan(
        pool, name: graph.model.components[pool.component].name, processesOfUnit: processesOfUnit,
        clocks: first..<first + positions))
  }
}

extension CompiledGraph {
  /// The processes that depend on what others do and whose law of up times is known.
  fileprivate var liveProcessCount: Int {
    dependentGroups.reduce(0) { $0 + $1.processes.count { processes[$0].uptime != nil } }
  }
}

extension SparePoolPlan {
  fileprivate init(
    _ pool: DependentGroup.Pool, name: String, processesOfUnit: [[Int]], clocks: Range<Int>
  ) {
    units = pool.units.map(Int32.init)
    self.processesOfUnit = processesOfUnit
    running = pool.running
    dormancy = pool.standby?.dormancy.value ?? 1
    factors = (0...pool.running).map { working in
      pool.loadSharing?.factor(working: working, running: pool.running) ?? 1
    }
    works = pool.standby?.works.value ?? 1
    takes = DrawSum((pool.standby?.detection ?? []) + (pool.standby?.takes.map { [$0] } ?? []))
    byHand = pool.standby?.manual.map { DrawSum((pool.standby?.detection ?? []) + [$0]) }
    self.clocks = clocks
    key = ProcessKey(name: "\(name)#standby")
  }
}
