internal import Stochastics

/// Processes whose draws kernels make; the outages are those of single draws, to the bit.
extension Timelines {
  /// A process whose draws all come from kernels, if it is up at 0.
  @inline(__always)
  func unrollInBlocks(
    _ process: Process, batch: Int, laws: Int, _ replication: UInt32, _ outages: inout OutageList,
    _ made: inout StreamDraws
  ) {
    guard plan.start == .steady else {
      made.take(batch: batch, laws: 2 * laws, position: 0)
      return unroll(process, from: draws[process.uptime].sample(made.next()), &outages, &made)
    }
    guard let first = restOfUptime(process, made.uniform(ofBatch: batch)) else {
      return unrollLater(process, laws: laws, replication, &outages, &made)
    }
    made.take(batch: batch, laws: 2 * laws, position: 1)
    unroll(process, from: first, &outages, &made)
  }

  /// A process that begins in a way that kernels can not do, and goes on in one that they can.
  func unrollLater(
    _ process: Process, laws: Int, _ replication: UInt32, _ outages: inout OutageList,
    _ made: inout StreamDraws
  ) {
    var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
    let first = firstFailure(process, &stream, &outages)
    guard first < plan.horizonHours else { return }
    made.take(stream, of: process.key, laws: laws)
    unroll(process, from: first, &outages, &made)
  }

  /// The outages from one that begins at `first` on, with draws that kernels make.
  @inline(__always)
  private func unroll(
    _ process: Process, from first: Double, _ outages: inout OutageList, _ made: inout StreamDraws
  ) {
    let horizon = plan.horizonHours
    let uptime = draws[process.uptime]
    var now = first
    while now < horizon {
      var noticed = 0.0
      var whole = 0.0
      for law in process.uptime + 1..<process.end {
        whole += draws[law].sample(made.next())
        if law + 1 == process.noticed { noticed = whole }
      }
      append(process, now, noticed, whole, &outages)
      now += whole + uptime.sample(made.next())
    }
  }

  /// What is left at 0 of the up time under way, made of the first number of a stream; `nil` where the process is down.
  @inline(__always)
  private func restOfUptime(_ process: Process, _ uniform: Double) -> Double? {
    uniform < process.start.chance ? residuals.rest(of: draws[process.uptime], process.start, uniform) : nil
  }

  // MARK: Uniform numbers

  /// A process whose laws take uniform numbers as they need them, if it is up at 0.
  @inline(__always)
  func unrollInUniforms(
    _ process: Process, batch: Int, laws: Int, _ replication: UInt32, _ outages: inout OutageList,
    _ made: inout StreamDraws
  ) {
    var now = 0.0
    if plan.start == .steady {
      guard let first = restOfUptime(process, made.uniform(ofBatch: batch)) else {
        return unrollAlone(process, replication, &outages)
      }
      made.take(batch: batch, laws: 2 * laws, position: 1)
      now = first
    } else {
      made.take(batch: batch, laws: 2 * laws, position: 0)
      now = draws[process.uptime].sample { made.next() }
    }
    while now < plan.horizonHours {
      var noticed = 0.0
      var whole = 0.0
      for law in process.uptime + 1..<process.end {
        whole += draws[law].sample { made.next() }
        if law + 1 == process.noticed { noticed = whole }
      }
      append(process, now, noticed, whole, &outages)
      now += whole + draws[process.uptime].sample { made.next() }
    }
  }

  // MARK: Pairs

  /// A process with an up time and an outage in turn, if it is up at 0.
  @inline(__always)
  func unrollInPairs(
    _ process: Process, batch: Int, laws: Int, _ replication: UInt32, _ outages: inout OutageList,
    _ made: inout StreamDraws
  ) {
    var first: Double?
    if plan.start == .steady {
      first = restOfUptime(process, made.uniform(ofBatch: batch))
      if first == nil { return unrollPairsLater(process, laws: laws, replication, &outages, &made) }
    }
    made.take(batch: batch, laws: 2 * laws, position: 1)
    unrollPairs(process, from: first ?? made[0], &outages, &made)
  }

  /// The same for one that begins in a way that kernels can not do.
  func unrollPairsLater(
    _ process: Process, laws: Int, _ replication: UInt32, _ outages: inout OutageList,
    _ made: inout StreamDraws
  ) {
    var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
    let first = firstFailure(process, &stream, &outages)
    guard first < plan.horizonHours else { return }
    made.take(stream, of: process.key, laws: laws)
    unrollPairs(process, from: first, &outages, &made)
  }

  /// The outages from one that begins at `first` on; the next draw is that of its length.
  @inline(__always)
  private func unrollPairs(
    _ process: Process, from first: Double, _ outages: inout OutageList, _ made: inout StreamDraws
  ) {
    let horizon = plan.horizonHours
    let areOutagesEven = made.position & 1 == 0
    var place = made.position >> 1
    var now = first
    while now < horizon {
      if areOutagesEven, place == 8 {
        made.refill()
        place = 0
      }
      let whole = made[areOutagesEven ? place : place + 8]
      if !areOutagesEven, place == 7 {
        made.refill()
        place = -1
      }
      let up = made[areOutagesEven ? place + 8 : place + 1]
      place += 1
      let start = Ticks.from(hours: now)
      outages.append(
        OutageInterval(
          start: start, noticed: start, end: Ticks.from(hours: now + whole), process: process.number))
      now += whole + up
    }
  }
}
