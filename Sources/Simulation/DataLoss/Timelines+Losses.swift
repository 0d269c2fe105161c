internal import Recovery
internal import Stochastics

extension Timelines {
  /// The same as `unroll`, for a process whose outages lose data: each loss is drawn for the time until its own
  /// outage is noticed, and with the restore where the outage lasts as long as that does.
  ///
  /// An outage that is under way at 0 lost its data before.
  func unroll(
    _ process: Process, losing plans: [LossPlan], from first: Double, replication: UInt32,
    _ stream: inout RandomStream, _ outages: inout OutageList, _ account: inout DataLossAccount
  ) {
    var streams = plans.map { RandomStream(seed: plan.seed, process: $0.key, replication: replication) }
    let drawn = plans.firstIndex { $0.drawsRecovery }
    var now = first
    while now < plan.horizonHours {
      var (noticed, whole) = (0.0, 0.0)
      for law in process.uptime + 1..<(drawn == nil ? process.end : process.end - 1) {
        whole += sample(law, &stream)
        if law + 1 == process.noticed { noticed = whole }
      }
      let response = whole - noticed
      let draws = plans.indices.map { place in
        plans[place].scenario.sample(
          noticedHours: noticed, responseHours: response, using: &streams[place])
      }
      if let drawn { whole = draws[drawn].recoveryHours }
      append(process, now, noticed, whole, &outages)
      for (place, draw) in draws.enumerated() {
        account.add(lossHours: draw.lossHours, recoveryHours: whole, failure: plans[place].failure)
      }
      now += whole + sample(process.uptime, &stream)
    }
  }
}
