internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// The processes ready to be unrolled over a horizon.
///
/// The laws of one process stand together in `draws` and `laws`: that of its up time, then the parts of its outage.
struct Timelines: Sendable {
  /// A process, and where its laws are: plain numbers, so that taking one out of the array retains nothing.
  struct Process: Sendable, BitwiseCopyable {
    let key: ProcessKey
    let unavailability: Double
    let start: LongRunStart
    /// A first number of its stream below this lets it fail after the horizon; 0 where that can not be told.
    let calmBelow: Double
    let number: Int32
    /// Where its laws begin.
    let uptime: Int
    /// Where its laws end.
    let end: Int
    /// Where the parts of its outage end that come before it is noticed.
    let noticed: Int
    let way: BlockPlan.Way
    /// The place of what its outages lose, or −1.
    let losses: Int
    /// The place of its operating clock where it has a season, or −1; its laws are then in hours of that clock.
    let season: Int
  }

  private(set) var processes: [Process] = []
  /// Where each process of the graph stands among them, or −1.
  private(set) var placeOfProcess: [Int]
  /// Those that are not unrolled side by side.
  private var others: [Process] = []
  private(set) var cycles: CyclePlan
  private(set) var draws: [Draw] = []
  private var seasons: [SeasonClock] = []
  private var losses: [[LossPlan]] = []
  private(set) var laws: [any Distribution] = []
  private(set) var blocks: BlockPlan
  private(set) var residuals = ResidualTables()
  let plan: SimulationPlan

  /// Prepares the processes whose frequency is known and that depend on nothing.
  init(_ graph: CompiledGraph, losses: LossLayout, plan: SimulationPlan) {
    self.plan = plan
    blocks = BlockPlan(plan: plan)
    cycles = CyclePlan(plan: plan)
    placeOfProcess = Array(repeating: -1, count: graph.processes.count)
    let dependent = graph.liveProcesses
    for (number, process) in graph.processes.enumerated() where !dependent.contains(number) {
      guard let uptime = process.uptime, !process.outage.isEmpty else { continue }
      let first = laws.count
      let lifetime = process.season.map { uptime.scaled(by: $0.meanFactor) } ?? uptime
      laws += [lifetime] + process.outage
      let key = ProcessKey(name: process.name)
      let start = residuals.start(of: lifetime, unavailability: process.unavailabilityOfOutage)
      let own = losses.plans[number]
      // Losses are drawn in between, and a season is a clock of its own.
      let way: BlockPlan.Way =
        own != nil || process.season != nil
        ? .singly
        : blocks.add(
          key, uptime: Draw(uptime), outage: process.outage.map(Draw.init),
          isNoticed: process.detectionParts > 0, cycles: plan.horizonHours * (process.frequencyPerHour ?? 0),
          start: start)
      placeOfProcess[number] = processes.count
      processes.append(
        Process(
          key: key, unavailability: process.unavailabilityOfOutage, start: start,
          calmBelow: start.calmBelow(of: lifetime, plan), number: Int32(number), uptime: first,
          end: laws.count,
          noticed: first + 1 + process.detectionParts, way: way, losses: place(of: own),
          season: place(of: process.season)))
    }
    blocks.close()
    draws = laws.map(Draw.init)
    for process in processes {
      guard case .inCycles = process.way, let up = draws[process.uptime].wholeKernelLaw,
        let down = draws[process.uptime + 1].wholeKernelLaw
      else {
        others.append(process)
        continue
      }
      cycles.add(process, up: up, down: down, residuals)
    }
  }

  private mutating func place(of plans: [LossPlan]?) -> Int {
    guard let plans, !plans.isEmpty else { return -1 }
    losses.append(plans)
    return losses.count - 1
  }

  /// What the outages of a process lose.
  func losses(of process: Process) -> [LossPlan] { process.losses < 0 ? [] : losses[process.losses] }

  private mutating func place(of season: Season?) -> Int {
    guard let season else { return -1 }
    seasons.append(SeasonClock(season))
    return seasons.count - 1
  }

  /// Makes every outage of a replication that begins before the horizon or is under way at 0: those of processes that are
  /// unrolled side by side stand in `made`, the others are appended.
  func unroll(
    replication: UInt32, into outages: inout OutageList, _ made: inout StreamDraws,
    losses: inout DataLossAccount
  ) {
    made.begin(replication: replication)
    unrollCycles(replication, &outages, &made)
    for process in others {
      switch process.way {
      case .singly: unrollSingly(process, replication, &outages, &losses)
      case .rarely(let place): unrollRarely(process, place, replication, &outages, &made)
      case .inBlocks(let batch, let laws):
        unrollInBlocks(process, batch: batch, laws: laws, replication, &outages, &made)
      case .inBlocksLater(let laws): unrollLater(process, laws: laws, replication, &outages, &made)
      case .inPairs(let batch, let laws):
        unrollInPairs(process, batch: batch, laws: laws, replication, &outages, &made)
      case .inPairsLater(let laws): unrollPairsLater(process, laws: laws, replication, &outages, &made)
      case .inUniforms(let batch, let laws):
        unrollInUniforms(process, batch: batch, laws: laws, replication, &outages, &made)
      case .inCycles: continue
      }
    }
  }

  private func unrollSingly(
    _ process: Process, _ replication: UInt32, _ outages: inout OutageList, _ losses: inout DataLossAccount
  ) {
    var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
    if process.season >= 0 {
      return unrollSeasonal(process, seasons[process.season], replication, &stream, &outages, &losses)
    }
    let first = firstFailure(process, &stream, &outages)
    if process.losses < 0 {
      unroll(process, from: first, &stream, &outages)
    } else {
      unroll(process, from: first, replication: replication, &stream, &outages, &losses)
    }
  }

  /// A process that is most likely up from end to end: its stream is begun only where its first number does not tell so.
  @inline(__always)
  private func unrollRarely(
    _ process: Process, _ place: Int, _ replication: UInt32, _ outages: inout OutageList,
    _ made: inout StreamDraws
  ) {
    guard made.rare(place) >= process.calmBelow else { return }
    unrollAlone(process, replication, &outages)
  }

  /// A process that loses nothing and has no season, draw by draw.
  func unrollAlone(_ process: Process, _ replication: UInt32, _ outages: inout OutageList) {
    var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
    unroll(process, from: firstFailure(process, &stream, &outages), &stream, &outages)
  }

  @inline(__always)
  func unroll(
    _ process: Process, from first: Double, _ stream: inout RandomStream, _ outages: inout OutageList
  ) {
    var now = first
    while now < plan.horizonHours {
      var noticed = 0.0
      var whole = 0.0
      for law in process.uptime + 1..<process.end {
        whole += sample(law, &stream)
        if law + 1 == process.noticed { noticed = whole }
      }
      append(process, now, noticed, whole, &outages)
      now += whole + sample(process.uptime, &stream)
    }
  }

  @inline(__always)
  func sample(_ law: Int, _ stream: inout RandomStream) -> Double {
    draws[law].sample(&stream, law: laws[law])
  }

  @inline(__always)
  func append(
    _ process: Process, _ start: Double, _ noticed: Double, _ whole: Double, _ outages: inout OutageList
  ) {
    outages.append(
      OutageInterval(
        start: Ticks.from(hours: start), noticed: Ticks.from(hours: start + noticed),
        end: Ticks.from(hours: start + whole), process: process.number))
  }

  // MARK: The long run

  /// The first failure after 0.
  func firstFailure(
    _ process: Process, _ stream: inout RandomStream, _ outages: inout OutageList
  ) -> Double {
    guard plan.start == .steady else { return sample(process.uptime, &stream) }
    return restOfUptime(process, &stream) ?? beginDown(process, &stream, &outages)
  }

  /// What is left at 0 of the up time under way, in hours; `nil` where the process is down.
  func restOfUptime(_ process: Process, _ stream: inout RandomStream) -> Double? {
    let uniform = stream.uniform()
    guard uniform < process.start.chance else { return nil }
    return residuals.rest(of: draws[process.uptime], process.start, uniform)
      ?? laws[process.uptime].residualSample(using: &stream)
  }

  /// An outage that covers the instant 0, and the failure after it.
  ///
  /// The covering outage is size-biased: one part, chosen with probability in proportion to its mean, is drawn
  /// from its length-biased law and the others from their own (Arratia, Goldstein and Kochman, *Size bias for one
  /// and all*, 2019, eq. 18). What is left of it is a uniform share.
  func beginDown(
    _ process: Process, _ stream: inout RandomStream, _ outages: inout OutageList
  ) -> Double {
    let (noticed, whole, passed) = coveringOutage(process, &stream)
    append(process, 0, max(0, noticed - passed), whole - passed, &outages)
    return whole - passed + sample(process.uptime, &stream)
  }

  /// When it is noticed, how long it is, and what has passed of it, in hours.
  func coveringOutage(
    _ process: Process, _ stream: inout RandomStream
  ) -> (noticed: Double, whole: Double, passed: Double) {
    let chosen = chosenPart(process, stream.uniform())
    var noticed = 0.0
    var whole = 0.0
    for law in process.uptime + 1..<process.end {
      whole += law == chosen ? laws[law].lengthBiasedSample(using: &stream) : sample(law, &stream)
      if law + 1 == process.noticed { noticed = whole }
    }
    return (noticed, whole, whole * stream.uniform())
  }

  private func chosenPart(_ process: Process, _ position: Double) -> Int {
    let parts = process.uptime + 1..<process.end
    var rest = position * parts.reduce(0) { $0 + laws[$1].mean }
    for law in parts {
      rest -= laws[law].mean
      if rest < 0 { return law }
    }
    return process.end - 1
  }
}
