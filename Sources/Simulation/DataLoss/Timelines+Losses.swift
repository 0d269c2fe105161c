internal import Recovery
internal import Stochastics

/// An outage, and what it loses by each plan of its process.
struct LosingOutage {
  let noticedHours: Double
  let wholeHours: Double
  let draws: [RecoveryDraw]
}

/// The streams of what the outages of one process lose in one replication.
struct LosingOutages {
  fileprivate let plans: [LossPlan]
  fileprivate var streams: [RandomStream]
  private var starts: StoreStarts
  /// The plan whose restore the outage lasts as long as.
  fileprivate let drawn: Int?

  init(_ plans: [LossPlan], seed: UInt64, replication: UInt32) {
    self.plans = plans
    streams = plans.map { RandomStream(seed: seed, process: $0.key, replication: replication) }
    starts = StoreStarts(plans, seed: seed, replication: replication)
    drawn = plans.firstIndex { $0.drawsRecovery }
  }

  /// Counts what an outage lost; its store serves again once it has started.
  mutating func account(for outage: LosingOutage, in account: inout DataLossAccount) {
    for (place, draw) in outage.draws.enumerated() {
      account.add(
        lossHours: draw.lossHours, recoveryHours: outage.wholeHours + starts.hours(after: place),
        failure: plans[place].failure)
    }
  }
}

extension Timelines {
  /// The same as `unroll`, for a process whose outages lose data.
  ///
  /// An outage that is under way at 0 lost its data before.
  func unroll(
    _ process: Process, from first: Double, replication: UInt32, _ stream: inout RandomStream,
    _ outages: inout OutageList, _ account: inout DataLossAccount
  ) {
    var losing = LosingOutages(losses(of: process), seed: plan.seed, replication: replication)
    var now = first
    while now < plan.horizonHours {
      let outage = sample(process, &losing, &stream)
      append(process, now, outage.noticedHours, outage.wholeHours, &outages)
      losing.account(for: outage, in: &account)
      now += outage.wholeHours + sample(process.uptime, &stream)
    }
  }

  /// One outage: each loss is drawn for the time until it is noticed, and with the restore where the outage lasts as long as
  /// that does.
  func sample(
    _ process: Process, _ losing: inout LosingOutages, _ stream: inout RandomStream
  ) -> LosingOutage {
    var (noticed, whole) = (0.0, 0.0)
    for law in process.uptime + 1..<(losing.drawn == nil ? process.end : process.end - 1) {
      whole += sample(law, &stream)
      if law + 1 == process.noticed { noticed = whole }
    }
    let response = whole - noticed
    let draws = losing.plans.indices.map { place in
      losing.plans[place].scenario.sample(
        noticedHours: noticed, responseHours: response, using: &losing.streams[place])
    }
    if let drawn = losing.drawn { whole = draws[drawn].recoveryHours }
    return LosingOutage(noticedHours: noticed, wholeHours: whole, draws: draws)
  }
}
