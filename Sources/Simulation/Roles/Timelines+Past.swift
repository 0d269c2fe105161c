internal import ServiceGraph
internal import Stochastics

/// The outages of a process before time 0, as they went with what it does from then on.
struct PastOutage {
  let process: Int32
  /// In ticks, before 0.
  let start: Int64
  /// Its end; of an outage under way at 0, 0.
  let end: Int64
}

extension Timelines {
  /// The outages before time 0 of a process that begins in its long run: an alternating renewal process looks the same
  /// backwards (Cox, *Renewal theory*, 1962, chapter 7), and goes on from the up time or outage that covers 0.
  func appendPast(
    of process: Process, _ key: ProcessKey, since hours: Double, replication: UInt32,
    to outages: inout [PastOutage]
  ) {
    var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
    var before = RandomStream(seed: plan.seed, process: key, replication: replication)
    var now = 0.0
    if let rest = restOfUptime(process, &stream) {
      now = -age(process, rest, &before)
    } else {
      now = -coveringOutage(process, &stream).passed
      append(process, from: now, to: 0, &outages)
      now -= sample(process.uptime, &before)
    }
    while now > -hours {
      var whole = 0.0
      for law in process.uptime + 1..<process.end { whole += sample(law, &before) }
      append(process, from: now - whole, to: now, &outages)
      now -= whole + sample(process.uptime, &before)
    }
  }

  private func append(_ process: Process, from start: Double, to end: Double, _ outages: inout [PastOutage]) {
    let ends = end == 0 ? 0 : min(-1, -Ticks.from(hours: -end))
    let begins = min(-1, -Ticks.from(hours: -start))
    outages.append(PastOutage(process: process.number, start: min(begins, ends), end: ends))
  }

  /// How old the up time is that covers 0: its length is of the law above what is left of it.
  private func age(_ process: Process, _ rest: Double, _ before: inout RandomStream) -> Double {
    guard !draws[process.uptime].isExponential else { return sample(process.uptime, &before) }
    let law = laws[process.uptime]
    let length = law.quantile(1 - before.uniform() * law.survival(rest))
    return length.isFinite ? max(0, length - rest) : 0
  }
}
