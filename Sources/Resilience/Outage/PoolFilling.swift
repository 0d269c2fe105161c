internal import Quantities

/// How calls that last longer than usual fill a pool, on average: Little's law before anything is exhausted.
///
/// Source: Little, "A proof for the queuing formula L = λ W", Operations Research 9 (1961).
struct PoolFilling {
  let slots: Double
  let capacity: Double

  init(_ pool: Pool) {
    (slots, capacity) = (Double(pool.slots), Double(pool.capacity))
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
