internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// One step of an outage of a live process.
enum OutagePhase: Sendable, BitwiseCopyable {
  /// Time passes: a place in the layout's durations.
  case lasts(Int)
  /// Somebody or something knows of it from here on.
  case noticed
  /// The crew is free; it stays until the outage ends.
  case crew
  /// Its detector notices, while that can see: a place in the layout's watches.
  case watched(Int)
  /// The data is restored, for as long as the loss that is drawn takes.
  case restores
  /// Somebody comes, by the hour of the week: a place in the layout's tiers.
  case responds(Int)
}

/// What the event loop asks of a live process, side by side in memory.
struct LiveFacts: Sendable, BitwiseCopyable {
  /// Its number in the graph.
  let number: Int32
  /// Where its phases begin and end among all phases.
  let firstPhase: Int32
  let endOfPhases: Int32
  /// Its crew, or −1, and how urgent its repair is: smaller first.
  let crew: Int32
  let priority: Int32
  /// Its unit's pool, or −1, and place in it.
  let pool: Int32
  let unit: Int32
}

/// How a live process, one whose next failure or repair depends on what others do, begins.
struct LiveProcess: Sendable {
  let key: ProcessKey
  let uptime: any Distribution
  /// For how long before time 0 it runs where the simulation begins in the long run.
  let warmUpHours: Double
  /// Its operating clock where it has a season; up times are then in hours of that clock.
  let season: SeasonClock?

  /// How long an up time takes that begins at a time, in hours.
  func calendarHours(_ hours: Double, from now: Double) -> Double {
    guard let season else { return hours }
    // Before time 0 the clock goes through whole seasons.
    let zero = now < 0 ? (-now / season.periodHours).rounded(.up) * season.periodHours : 0
    return season.time(after: hours, from: now + zero) - (now + zero)
  }
}

/// The dependent groups of a graph laid out for the event loop.
struct LiveLayout: Sendable {
  /// The live processes: how each begins, what the event loop asks of it, its up time, its outage.
  private(set) var processes: [LiveProcess] = []
  private(set) var facts: [LiveFacts] = []
  private(set) var uptimes: [DrawSum] = []
  private(set) var phases: [OutagePhase] = []
  /// How long the phases of outages take.
  private(set) var durations: [DrawSum] = []
  /// Who watches, and what that takes.
  private(set) var watches: WatchLayout
  private(set) var crews: [Crew] = []
  /// Their places among the model's.
  private(set) var crewNumbers: [Int] = []
  private(set) var pools: [SparePoolPlan] = []
  /// The processes of the graph whose outages last as long as the restore that is drawn for them.
  private let drawnRestores: Set<Int>
  /// The pool behind each clock of a takeover; these come after one clock for each process.
  private(set) var poolOfClock: [Int] = []
  /// Where units may be that leave their nodes; the clocks of their waits come last.
  private(set) var places: PlacePlan
  /// For each node that units may come to, the processes that fail it alone.
  private(set) var processesOfNode: [[Int]] = []
  /// Which processes age only while a unit that they hit is up.
  private(set) var operating: OperatingClockPlan

  /// What the outages of each process lose; empty where none of any loses anything.
  private(set) var losses: [[LossPlan]] = []
  /// What decides which units are starting at time 0.
  private let starts: StartPast?
  /// What decides who has roles, and which moves are under way, at time 0.
  private let roles: RolePast?

  init(_ graph: CompiledGraph, losses: LossLayout, plan: SimulationPlan) {
    watches = WatchLayout(graph)
    drawnRestores = Set(losses.plans.keys.filter { losses.plans[$0]?.contains { $0.drawsRecovery } ?? false })
    starts = StartPast(graph)
    roles = graph.pastOfRoles(plan)
    defer { self.losses = LiveLayout.plans(of: facts, losses) }
    places = PlacePlan(graph, firstClock: 0)
    operating = OperatingClockPlan(graph, numbers: [], places: places)
    for group in graph.liveGroups { add(group, graph) }
    places = PlacePlan(graph, firstClock: processes.count + poolOfClock.count)
    operating = OperatingClockPlan(graph, numbers: facts.map { Int($0.number) }, places: places)
    processesOfNode = places.processesOfNodes(among: facts.map { graph.processes[Int($0.number)] })
  }

  /// How many clocks there are.
  var clockCount: Int { processes.count + poolOfClock.count + places.units.count }

  /// Whether nothing in the graph depends on its state.
  var isEmpty: Bool { processes.isEmpty }

  /// The longest time before 0 that anything runs to reach the long run.
  var warmUpHours: Double { processes.reduce(0) { max($0, $1.warmUpHours) } }

  /// How often its processes fail, were nobody to wait.
  func failuresPerHour(in graph: CompiledGraph) -> Double {
    facts.reduce(0) { $0 + (graph.processes[Int($1.number)].frequencyPerHour ?? 0) }
  }

  private mutating func add(_ group: DependentGroup, _ graph: CompiledGraph) {
    let bearsOnStarts = group.processes.contains { starts?.concerns($0, in: graph) ?? false }
    let holding = group.processes.filter { roles?.processes.contains($0) ?? false }
    let warmUp =
      watches.warmUpHours(of: group, in: graph)
      + (bearsOnStarts ? starts?.hours(ofGroup: group.processes) ?? 0 : 0)
    let firstCrew = crews.count
    crews += group.crews.map { graph.model.crews[$0] }
    crewNumbers += group.crews
    let firstProcess = processes.count
    for one in group.classes {
      let crew = one.crew.flatMap { group.crews.firstIndex(of: $0) }.map { firstCrew + $0 }
      for number in one.processes {
        let process = graph.processes[number]
        guard let stated = process.uptime else { continue }
        let isHolding = group.isCoupled ? !holding.isEmpty : holding.contains(number)
        let uptime = process.season.map { stated.scaled(by: $0.meanFactor) } ?? stated
        processes.append(
          LiveProcess(
            key: ProcessKey(name: process.name), uptime: uptime,
            warmUpHours: max(
              warmUp + (isHolding ? roles?.hours ?? 0 : 0), graph.forgettingHours(of: number)),
            season: process.season.map { SeasonClock($0) }))
        uptimes.append(DrawSum([uptime]))
        addFacts(number, process, one, crew: crew, group)
      }
    }
    for pool in group.pools { add(pool, firstProcess: firstProcess, graph) }
  }

  private mutating func addFacts(
    _ number: Int, _ process: RenewalProcess, _ one: DependentGroup.FailureClass, crew: Int?,
    _ group: DependentGroup
  ) {
    let place = one.pool.flatMap { pool in
      process.units.first.flatMap { group.pools[pool].units.firstIndex(of: $0) }
    }
    let pool = place == nil ? nil : one.pool.map { pools.count + $0 }
    let firstPhase = phases.count
    addPhases(of: number, process, one)
    facts.append(
      LiveFacts(
        number: Int32(number), firstPhase: Int32(firstPhase), endOfPhases: Int32(phases.count),
        crew: Int32(crew ?? -1), priority: Int32(clamping: one.priority), pool: Int32(pool ?? -1),
        unit: Int32(place ?? -1)))
  }

  /// Detection, the notice, response, then the crew, then the repair; the crew comes before a response of its own, or of no
  /// time.
  private mutating func addPhases(
    of number: Int, _ process: RenewalProcess, _ one: DependentGroup.FailureClass
  ) {
    let watched = watches.outages[number]
    let detected = process.detectionParts
    let beforeCrew = one.crew == nil ? detected : max(detected, one.partsBeforeRepair)
    if let watched, let phase = watches.phase(of: watched, process, live: processes.count - 1) {
      phases.append(phase)
    } else {
      addPhase(process.outage[..<detected])
    }
    phases.append(.noticed)
    let responds = one.crew != nil && one.partsBeforeRepair <= detected
    if responds { phases.append(.crew) }
    var done = detected
    if let watched, let tier = watched.tier {
      phases.append(watches.phase(of: tier))
      done += watched.responseParts
    }
    if done < beforeCrew { addPhase(process.outage[done..<beforeCrew]) }
    done = max(done, beforeCrew)
    if one.crew != nil, !responds { phases.append(.crew) }
    guard drawnRestores.contains(number) else { return addPhase(process.outage[done...]) }
    addPhase(process.outage[done...].dropLast())
    phases.append(.restores)
  }

  private static func plans(of facts: [LiveFacts], _ losses: LossLayout) -> [[LossPlan]] {
    let plans = facts.map { losses.plans[Int($0.number)] ?? [] }
    return plans.allSatisfy(\.isEmpty) ? [] : plans
  }

  private mutating func addPhase(_ parts: ArraySlice<any Distribution>) {
    guard !parts.isEmpty else { return }
    phases.append(.lasts(durations.count))
    durations.append(DrawSum(Array(parts)))
  }

  private mutating func add(_ pool: DependentGroup.Pool, firstProcess: Int, _ graph: CompiledGraph) {
    let own = pools.count
    var processesOfUnit = [[Int]](repeating: [], count: pool.units.count)
    for process in firstProcess..<facts.count where facts[process].pool == own {
      processesOfUnit[Int(facts[process].unit)].append(process)
    }
    let positions = pool.standby == nil ? 0 : pool.running
    let first = graph.liveProcessCount + poolOfClock.count
    poolOfClock += [Int](repeating: own, count: positions)
    pools.append(
      SparePoolPlan(
        pool, name: graph.model.components[pool.component].name, processesOfUnit: processesOfUnit,
        clocks: first..<first + positions, sight: pool.alert.flatMap { watches.sight.place(ofAlert: $0) }))
  }
}

extension CompiledGraph {
  /// The processes that depend on what others do and whose law of up times is known.
  fileprivate var liveProcessCount: Int {
    liveGroups.reduce(0) { $0 + $1.processes.count { processes[$0].uptime != nil } }
  }
}

extension SparePoolPlan {
  fileprivate init(
    _ pool: DependentGroup.Pool, name: String, processesOfUnit: [[Int]], clocks: Range<Int>, sight: Int?
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
    announced = DrawSum(pool.standby?.takes.map { [$0] } ?? [])
    announcedByHand = pool.standby?.manual.map { DrawSum([$0]) }
    watch = sight.map { sight in
      Watch(
        sight: sight, seen: DrawSum(pool.standby?.detection ?? []),
        otherwise: DrawSum(pool.otherwise.map { [$0] } ?? []))
    }
    self.clocks = clocks
    key = ProcessKey(name: "\(name)#standby")
  }
}
