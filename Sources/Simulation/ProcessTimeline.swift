internal import ServiceGraph
internal import Stochastics

/// One outage of a process in a replication, in ticks.
struct OutageInterval {
  let start: Int64
  /// When it is noticed; equal to `start` when that makes no difference.
  let noticed: Int64
  let end: Int64
  let process: Int32
}

/// A process ready to be unrolled over a horizon.
struct ProcessTimeline {
  let key: ProcessKey
  let uptime: Draw
  let uptimeLaw: any Distribution
  let outage: DrawSum
  let unavailability: Double
  let number: Int32

  init?(_ process: RenewalProcess, number: Int) {
    guard let uptime = process.uptime, !process.outage.isEmpty else { return nil }
    key = ProcessKey(name: process.name)
    self.uptime = Draw(uptime)
    uptimeLaw = uptime
    outage = DrawSum(process.outage, firstParts: process.detectionParts)
    unavailability = process.unavailability
    self.number = Int32(number)
  }

  /// Appends the outages that begin before `horizon`, in hours, or are under way at 0.
  @inline(__always)
  func unroll(
    seed: UInt64, replication: UInt32, start: SimulationPlan.Start, horizon: Double,
    into outages: inout [OutageInterval]
  ) {
    var stream = RandomStream(seed: seed, process: key, replication: replication)
    var now = start == .steady ? begin(&stream, into: &outages) : uptime.sample(&stream)
    while now < horizon {
      let (noticed, whole) = outage.sample(&stream)
      append(now, noticed: noticed, whole: whole, into: &outages)
      now += whole + uptime.sample(&stream)
    }
  }

  /// The first failure after 0 when the process begins in its long-run state.
  @inline(__always)
  private func begin(_ stream: inout RandomStream, into outages: inout [OutageInterval]) -> Double {
    guard stream.uniform() < unavailability else {
      if case .exponential = uptime { return uptime.sample(&stream) }
      return uptimeLaw.residualSample(using: &stream)
    }
    let (noticed, whole) = outage.residual(&stream)
    append(0, noticed: noticed, whole: whole, into: &outages)
    return whole + uptime.sample(&stream)
  }

  @inline(__always)
  private func append(
    _ start: Double, noticed: Double, whole: Double, into outages: inout [OutageInterval]
  ) {
    let first = Ticks.from(hours: start)
    outages.append(
      OutageInterval(
        start: first, noticed: Ticks.from(hours: start + noticed), end: Ticks.from(hours: start + whole),
        process: number))
  }
}
