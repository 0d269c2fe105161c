import Quantities
import Resilience

/// A breaker as a client library has it: result by result.
struct RequestBreaker {
  enum State { case closed, open, halfOpen }

  private let policy: CircuitBreaker
  private(set) var state = State.closed
  /// When it opened and closed.
  private(set) var openings: [Double] = []
  private(set) var closings: [Double] = []
  /// A result of an attempt that was let through in an earlier state counts for nothing.
  private(set) var epoch = 0
  private var openUntil = 0.0
  private var permitted = 0
  private var run = 0
  private var window: [(time: Double, failed: Bool, slow: Bool)] = []

  init(_ policy: CircuitBreaker) { self.policy = policy }

  mutating func allows(at time: Double) -> Bool {
    if state == .open, time >= openUntil { change(to: .halfOpen) }
    switch state {
    case .closed: return true
    case .open: return false
    case .halfOpen:
      guard permitted < policy.halfOpenCalls else { return false }
      permitted += 1
      return true
    }
  }

  mutating func record(failed: Bool, took: Double, at time: Double, epoch sent: Int) {
    guard sent == epoch else { return }
    let slow = policy.trip.threshold?.slow.map { took > $0.longerThan.seconds } ?? false
    window.append((time, failed, slow))
    run = failed ? run + 1 : 0
    if state == .closed {
      if isTripped(at: time) { open(at: time) }
    } else {
      decide(at: time)
    }
  }

  private mutating func decide(at time: Double) {
    if policy.closing == .all {
      if run > 0 { open(at: time) } else if window.count >= policy.halfOpenCalls { close(at: time) }
    } else if let threshold = policy.trip.threshold,
      window.count >= min(threshold.minimum, policy.halfOpenCalls)
    {
      exceeds(threshold) ? open(at: time) : close(at: time)
    }
  }

  private mutating func isTripped(at time: Double) -> Bool {
    switch policy.trip {
    case .consecutive(let failures): return run >= failures
    case .countWindow(let size, let threshold):
      if window.count > size { window.removeFirst() }
      return window.count >= threshold.minimum && exceeds(threshold)
    case .timeWindow(let length, let threshold):
      window.removeAll { $0.time <= time - length.seconds }
      return window.count >= threshold.minimum && exceeds(threshold)
    }
  }

  private func exceeds(_ threshold: CircuitBreaker.Threshold) -> Bool {
    let total = Double(window.count)
    let failures = Double(window.count { $0.failed })
    if failures >= threshold.failures.value * total - 1e-9 { return true }
    guard let slow = threshold.slow else { return false }
    return Double(window.count { $0.slow }) >= slow.share.value * total - 1e-9
  }

  private mutating func open(at time: Double) {
    openings.append(time)
    openUntil = time + policy.open.seconds
    change(to: .open)
  }

  private mutating func close(at time: Double) {
    closings.append(time)
    change(to: .closed)
  }

  private mutating func change(to next: State) {
    state = next
    epoch += 1
    (permitted, run) = (0, 0)
    window = []
  }
}
