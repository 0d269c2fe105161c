internal import Recovery
internal import Stochastics

extension Timelines {
  /// Every outage of a process with a season.
  ///
  /// Its long run repeats with the season, so there is no one law to begin from: it begins before time 0 with the
  /// long-run law of its mean rate, and by then has forgotten that: 20 mean outages at least.
  func unrollSeasonal(
    _ process: Process, _ clock: SeasonClock, _ replication: UInt32, _ stream: inout RandomStream,
    _ outages: inout OutageList, _ account: inout DataLossAccount
  ) {
    let early = plan.start == .new ? 0 : warmUpHours(process)
    // Where time 0 of the horizon lies on a clock that begins with a whole season.
    let zero = (early / clock.periodHours).rounded(.up) * clock.periodHours
    var losing = LosingOutages(losses(of: process), seed: plan.seed, replication: replication)
    let law = laws[process.uptime]
    var now = zero - early
    let first = plan.start == .new ? law.sample(using: &stream) : restOfUptime(process, &stream)
    if let first {
      now = clock.time(after: first, from: now)
    } else {
      let end = addOutage(process, &losing, at: now, zero, &stream, &outages, &account)
      now = clock.time(after: law.sample(using: &stream), from: end)
    }
    while now < zero + plan.horizonHours {
      let end = addOutage(process, &losing, at: now, zero, &stream, &outages, &account)
      now = clock.time(after: law.sample(using: &stream), from: end)
    }
  }

  private func warmUpHours(_ process: Process) -> Double {
    let outage = (process.uptime + 1..<process.end).reduce(0) { $0 + laws[$1].mean }
    return ((20 * outage / 168).rounded(.up) + 1) * 168
  }

  /// Adds the part of an outage that lies after time 0, which is `zero` hours after the clock begins, and what it loses
  /// when it begins after time 0.
  ///
  /// - Returns: when it ends.
  private func addOutage(
    _ process: Process, _ losing: inout LosingOutages, at start: Double, _ zero: Double,
    _ stream: inout RandomStream, _ outages: inout OutageList, _ account: inout DataLossAccount
  ) -> Double {
    let outage = sample(process, &losing, &stream)
    if start >= zero { losing.account(for: outage, in: &account) }
    if start + outage.wholeHours > zero {
      outages.append(
        OutageInterval(
          start: Ticks.from(hours: max(0, start - zero)),
          noticed: Ticks.from(hours: max(0, start + outage.noticedHours - zero)),
          end: Ticks.from(hours: start + outage.wholeHours - zero), process: process.number))
    }
    return start + outage.wholeHours
  }
}
