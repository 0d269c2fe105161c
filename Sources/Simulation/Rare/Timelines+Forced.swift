internal import Stochastics

extension Timelines {
  /// P(an outage touches the horizon) of each process: it is down at 0, or fails before the end.
  var touchProbabilities: [Double] {
    processes.map { process in
      process.unavailability + (1 - process.unavailability) * failureProbability(process)
    }
  }

  /// P(the first failure comes before the horizon) of a process that is up at 0, in the long run: the equilibrium law of
  /// what is left of an up time, ∫₀ʰ S(x) dx / mean (Cox 1962, section 5.1).
  private func failureProbability(_ process: Process) -> Double {
    let law = laws[process.uptime]
    return min(1, integratedSurvival(law, to: plan.horizonHours) / law.mean)
  }

  /// Simpson's rule, halved until nothing changes; a survival function is bounded and falls, so that is soon.
  private func integratedSurvival(_ law: any Distribution, to end: Double) -> Double {
    var pieces = 8
    var last = Double.infinity
    while pieces <= 1 << 20 {
      let width = end / Double(pieces)
      var sum = 0.0
      for piece in 0..<pieces {
        let start = width * Double(piece)
        sum += law.survival(start) + 4 * law.survival(start + width / 2) + law.survival(start + width)
      }
      let next = sum * width / 6
      if abs(next - last) <= 1e-12 * next { return next }
      last = next
      pieces *= 2
    }
    return last
  }

  /// Outages of one replication of which each process touches the horizon with a chance of its own.
  ///
  /// - Parameters:
  ///   - natural: P(touched) of each process as it is.
  ///   - chances: P(touched) by which it is drawn.
  ///   - touched: the processes that touched the horizon, as places among the timelines.
  func unrollForced(
    replication: UInt32, seed: UInt64, natural: [Double], chances: [Double],
    into outages: inout OutageList, touched: inout [Int32]
  ) {
    for (index, process) in processes.enumerated() {
      var stream = RandomStream(seed: seed, process: process.key, replication: replication)
      guard stream.uniform() < chances[index] else { continue }
      touched.append(Int32(index))
      let isDown = stream.uniform() * natural[index] < process.unavailability
      let first =
        isDown ? beginDown(process, &stream, &outages) : firstFailureInside(process, &stream)
      unroll(process, from: first, &stream, &outages)
    }
  }

  /// The first failure of a process that is up at 0 and fails before the horizon: density S(x), by rejection.
  private func firstFailureInside(_ process: Process, _ stream: inout RandomStream) -> Double {
    while true {
      let time = plan.horizonHours * stream.uniform()
      if stream.uniform() <= laws[process.uptime].survival(time) { return time }
    }
  }
}
