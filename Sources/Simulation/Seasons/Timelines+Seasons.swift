internal import Stochastics

extension Timelines {
  /// Every outage of a process with a season.
  ///
  /// Its long run repeats every week, so there is no one law to begin from: it begins whole weeks before time 0 with
  /// the long-run law of its mean rate, and by then has forgotten that: 20 mean outages at least.
  func unrollSeasonal(
    _ process: Process, _ clock: SeasonClock, _ stream: inout RandomStream, _ outages: inout OutageList
  ) {
    let early = plan.start == .new ? 0 : warmUpHours(process)
    let law = laws[process.uptime]
    var now = 0.0
    if plan.start == .steady, stream.uniform() < process.unavailability {
      now = clock.time(
        after: law.sample(using: &stream), from: addOutage(process, at: 0, early, &stream, &outages))
    } else {
      let first = plan.start == .new ? law.sample(using: &stream) : law.residualSample(using: &stream)
      now = clock.time(after: first, from: 0)
    }
    while now < early + plan.horizonHours {
      let end = addOutage(process, at: now, early, &stream, &outages)
      now = clock.time(after: law.sample(using: &stream), from: end)
    }
  }

  private func warmUpHours(_ process: Process) -> Double {
    let outage = (process.uptime + 1..<process.end).reduce(0) { $0 + laws[$1].mean }
    return ((20 * outage / 168).rounded(.up) + 1) * 168
  }

  /// Adds the part of an outage that lies after time 0, which is `early` hours after the process begins.
  ///
  /// - Returns: when it ends.
  private func addOutage(
    _ process: Process, at start: Double, _ early: Double, _ stream: inout RandomStream,
    _ outages: inout OutageList
  ) -> Double {
    var noticed = 0.0
    var whole = 0.0
    for law in process.uptime + 1..<process.end {
      whole += laws[law].sample(using: &stream)
      if law + 1 == process.noticed { noticed = whole }
    }
    if start + whole > early {
      outages.append(
        OutageInterval(
          start: Ticks.from(hours: max(0, start - early)),
          noticed: Ticks.from(hours: max(0, start + noticed - early)),
          end: Ticks.from(hours: start + whole - early), process: process.number))
    }
    return start + whole
  }
}
