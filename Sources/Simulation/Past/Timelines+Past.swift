internal import ServiceGraph
internal import Stochastics

/// What took units down before time 0: an outage of a process, as it went with what that does from then on, or a wave of
/// planned work.
struct PastOutage {
  enum Cause {
    case process(Int32)
    case work(Int, wave: Int)
  }

  let cause: Cause
  /// In ticks, before 0.
  let start: Int64
  /// Its end; of an outage under way at 0, 0.
  let end: Int64

  /// Whether it is work, of which everybody knows.
  var isWork: Bool {
    switch cause {
    case .process: false
    case .work: true
    }
  }
}

extension PastOutage {
  /// Whether it comes before another at one instant: processes in their order.
  func precedes(_ other: PastOutage) -> Bool {
    guard case (.process(let own), .process(let other)) = (cause, other.cause) else { return false }
    return own < other
  }
}

extension Timelines {
  /// The outages before time 0 of a process that begins in its long run: an alternating renewal process looks the same
  /// backwards (Cox, *Renewal theory*, 1962, chapter 7), and goes on from the up time or outage that covers 0.
  ///
  /// - Parameter onlyLatest: whether the latest is enough.
  func appendPast(
    of process: Process, _ key: ProcessKey, since hours: Double, onlyLatest: Bool, replication: UInt32,
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
      if onlyLatest { return }
      now -= sample(process.uptime, &before)
    }
    while now > -hours {
      var whole = 0.0
      for law in process.uptime + 1..<process.end { whole += sample(law, &before) }
      append(process, from: now - whole, to: now, &outages)
      if onlyLatest { return }
      now -= whole + sample(process.uptime, &before)
    }
  }

  private func append(_ process: Process, from start: Double, to end: Double, _ outages: inout [PastOutage]) {
    let ends = end == 0 ? 0 : Ticks.beforeTime0(hours: end)
    let begins = Ticks.beforeTime0(hours: start)
    outages.append(PastOutage(cause: .process(process.number), start: min(begins, ends), end: ends))
  }

  /// How old the up time is that covers 0: its length is of the law above what is left of it.
  private func age(_ process: Process, _ rest: Double, _ before: inout RandomStream) -> Double {
    guard !draws[process.uptime].isExponential else { return sample(process.uptime, &before) }
    let law = laws[process.uptime]
    let length = law.quantile(1 - before.uniform() * law.survival(rest))
    return length.isFinite ? max(0, length - rest) : 0
  }
}
