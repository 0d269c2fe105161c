internal import Quantities
internal import Stochastics

/// How calls that last longer than usual fill a pool, on average: Little's law before anything is exhausted.
///
/// Source: Little, "A proof for the queuing formula L = λ W", Operations Research 9 (1961).
struct PoolFilling {
  let slots: Double
  let capacity: Double

  /// A pool of which others hold some slots.
  init(_ pool: Pool, held: Double = 0) {
    slots = max(0, Double(pool.slots) - held)
    capacity = slots + Double(pool.queue)
  }

  /// Hours until slots and queue are full; ∞ when they never are because calls × holding time fit into the slots.
  ///
  /// Until the first call leaves, λ u calls are inside, so capacity / λ. If that takes longer than a call lasts, the queue
  /// goes on growing by what arrives beyond slots / hold; that part is on average, whole bursts are smoothed.
  func fullAfterHours(callsPerHour: Double, holdHours: Double) -> Double {
    guard callsPerHour * holdHours > slots else { return .infinity }
    let inside = callsPerHour * holdHours
    if capacity <= inside { return capacity / callsPerHour }
    return holdHours + (capacity - inside) / (callsPerHour - slots / holdHours)
  }

  /// Hours until slots and queue are full of calls to a slow callee, cut at a timeout; ∞ when never.
  ///
  /// With arrivals at random λ E[min(L, u)] calls are inside u hours after they became slow, as in M/G/∞.
  ///
  /// Source: Takács, "Introduction to the theory of queues", 1962, chapter 3.
  func fullAfterHours(callsPerHour: Double, _ attempts: SlowAttempts, timeoutHours: Double) -> Double {
    guard callsPerHour * attempts.meanCut(atHours: timeoutHours) > capacity else { return .infinity }
    var (low, high) = (0.0, capacity / callsPerHour)
    while callsPerHour * attempts.meanCut(atHours: min(high, timeoutHours)) < capacity, high < timeoutHours {
      high *= 2
    }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if callsPerHour * attempts.meanCut(atHours: min(middle, timeoutHours)) < capacity {
        low = middle
      } else {
        high = middle
      }
    }
    return high
  }

  /// Hours until the attempts of retrying calls fill slots and queue: Σ qᶦ⁻¹ λ min(u − sᵢ, d)⁺ = capacity, sᵢ the starts.
  func fullAfterHours(callsPerHour: Double, schedule: AttemptSchedule) -> Double {
    let takes = schedule.meanHours
    guard callsPerHour * schedule.meanAttempts * takes > slots else { return .infinity }
    var (inside, now) = (0.0, 0.0)
    for (start, weight) in zip(schedule.startHours, schedule.weights) {
      let rate = callsPerHour * weight
      let growth = rate * takes
      now = start
      if inside + growth >= capacity { return now + (capacity - inside) / rate }
      inside += growth
    }
    let spare = callsPerHour * schedule.meanAttempts - slots / takes
    return now + takes + (capacity - inside) / spare
  }
}
