internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// One outage of a process in a replication, in ticks.
struct OutageInterval {
  let start: Int64
  /// When it is noticed.
  let noticed: Int64
  let end: Int64
  let process: Int32
}

/// The processes ready to be unrolled over a horizon.
///
/// The laws of one process stand together in `draws` and `laws`: that of its up time, then the parts of its outage.
struct Timelines: Sendable {
  /// A process, and where its laws are.
  struct Process: Sendable {
    let key: ProcessKey
    let unavailability: Double
    let number: Int32
    /// Where its laws begin.
    let uptime: Int
    /// Where its laws end.
    let end: Int
    /// Where the parts of its outage end that come before it is noticed.
    let noticed: Int
    /// Whether it takes so many draws, all of them exponential, that making them in blocks pays.
    let usesBlocks: Bool
    /// What its outages lose.
    let losses: [LossPlan]
    /// The place of its operating clock where it has a season, or −1; its laws are then in hours of that clock.
    let season: Int
  }

  private(set) var processes: [Process] = []
  private var draws: [Draw] = []
  private var seasons: [SeasonClock] = []
  private(set) var laws: [any Distribution] = []
  let plan: SimulationPlan

  /// Prepares the processes whose frequency is known and that depend on nothing.
  init(_ graph: CompiledGraph, losses: LossLayout, plan: SimulationPlan) {
    self.plan = plan
    let dependent = graph.liveProcesses
    for (number, process) in graph.processes.enumerated() where !dependent.contains(number) {
      guard let uptime = process.uptime, !process.outage.isEmpty else { continue }
      let first = laws.count
      laws += [process.season.map { uptime.scaled(by: $0.meanFactor) } ?? uptime] + process.outage
      processes.append(
        Process(
          key: ProcessKey(name: process.name), unavailability: process.unavailabilityOfOutage,
          number: Int32(number),
          uptime: first, end: laws.count, noticed: first + 1 + process.detectionParts,
          usesBlocks: losses.plans[number] == nil
            && Timelines.usesBlocks(process, horizonHours: plan.horizonHours),
          losses: losses.plans[number] ?? [], season: place(of: process.season)))
    }
    draws = laws.map(Draw.init)
  }

  private mutating func place(of season: Season?) -> Int {
    guard let season else { return -1 }
    seasons.append(SeasonClock(season))
    return seasons.count - 1
  }

  /// Half a block or more on average.
  private static func usesBlocks(_ process: RenewalProcess, horizonHours: Double) -> Bool {
    let draws = (process.outage + (process.uptime.map { [$0] } ?? [])).map(Draw.init)
    let cycles = horizonHours * (process.frequencyPerHour ?? 0)
    return draws.allSatisfy(\.fitsBlocks) && cycles * Double(draws.count { $0.isExponential }) >= 6
  }

  /// Appends every outage of a replication that begins before the horizon or is under way at 0.
  func unroll(
    replication: UInt32, into outages: inout [OutageInterval], block: inout DrawBlock,
    losses: inout DataLossAccount
  ) {
    for index in processes.indices {
      let process = processes[index]
      var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
      if process.season >= 0 {
        unrollSeasonal(process, seasons[process.season], &stream, &outages)
        continue
      }
      let isUp = plan.start == .new || stream.uniform() >= process.unavailability
      if isUp, process.usesBlocks {
        unrollInBlocks(process, &stream, &outages, &block)
      } else if !process.losses.isEmpty {
        let first = firstFailure(process, isUp: isUp, &stream, &outages)
        unroll(
          process, losing: process.losses, from: first, replication: replication, &stream, &outages, &losses)
      } else {
        unroll(process, from: firstFailure(process, isUp: isUp, &stream, &outages), &stream, &outages)
      }
    }
  }

  @inline(__always)
  func unroll(
    _ process: Process, from first: Double, _ stream: inout RandomStream, _ outages: inout [OutageInterval]
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

  /// The same, for a process that is up at 0 and whose laws fit blocks.
  private func unrollInBlocks(
    _ process: Process, _ stream: inout RandomStream, _ outages: inout [OutageInterval],
    _ block: inout DrawBlock
  ) {
    let horizon = plan.horizonHours
    let uptime = draws[process.uptime]
    block.begin(&stream, isOdd: plan.start == .steady)
    var now = uptime.sample(&block, &stream)
    while now < horizon {
      var noticed = 0.0
      var whole = 0.0
      for law in process.uptime + 1..<process.end {
        whole += draws[law].sample(&block, &stream)
        if law + 1 == process.noticed { noticed = whole }
      }
      append(process, now, noticed, whole, &outages)
      now += whole + uptime.sample(&block, &stream)
    }
  }

  @inline(__always)
  func sample(_ law: Int, _ stream: inout RandomStream) -> Double {
    draws[law].sample(&stream, law: laws[law])
  }

  @inline(__always)
  func append(
    _ process: Process, _ start: Double, _ noticed: Double, _ whole: Double, _ outages: inout [OutageInterval]
  ) {
    outages.append(
      OutageInterval(
        start: Ticks.from(hours: start), noticed: Ticks.from(hours: start + noticed),
        end: Ticks.from(hours: start + whole), process: process.number))
  }

  // MARK: The long run

  /// The first failure after 0.
  private func firstFailure(
    _ process: Process, isUp: Bool, _ stream: inout RandomStream, _ outages: inout [OutageInterval]
  ) -> Double {
    guard isUp else { return beginDown(process, &stream, &outages) }
    return plan.start == .new || draws[process.uptime].isExponential
      ? sample(process.uptime, &stream) : laws[process.uptime].residualSample(using: &stream)
  }

  /// An outage that covers the instant 0, and the failure after it.
  ///
  /// The covering outage is size-biased: one part, chosen with probability in proportion to its mean, is drawn
  /// from its length-biased law and the others from their own (Arratia, Goldstein and Kochman, *Size bias for one
  /// and all*, 2019, eq. 18). What is left of it is a uniform share.
  func beginDown(
    _ process: Process, _ stream: inout RandomStream, _ outages: inout [OutageInterval]
  ) -> Double {
    let chosen = chosenPart(process, stream.uniform())
    var noticed = 0.0
    var whole = 0.0
    for law in process.uptime + 1..<process.end {
      whole += law == chosen ? laws[law].lengthBiasedSample(using: &stream) : sample(law, &stream)
      if law + 1 == process.noticed { noticed = whole }
    }
    let passed = whole * stream.uniform()
    append(process, 0, max(0, noticed - passed), whole - passed, &outages)
    return whole - passed + sample(process.uptime, &stream)
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
