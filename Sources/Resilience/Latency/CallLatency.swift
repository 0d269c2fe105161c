internal import Quantities
public import Stochastics

/// How long a call takes, with its retries and its timeout.
///
/// Waits for slots of a pool, and for a rate limit, are not part of it.
public struct CallLatency: Sendable {
  /// How calls stand.
  public enum Standing: Sendable {
    /// All is well: an attempt fails by chance alone.
    case usual
    /// The breaker refuses every attempt.
    case refused
    /// The callee is down, and this is what attempts meet.
    case failing(CalleeFailure)
  }

  private let waits: [WaitLaw]
  private let timeoutHours: Double
  private let errors: Double
  /// The law of a whole answer, where one is stated; `nil`: what the callee does for it is asked.
  public let answer: (any Distribution)?

  /// The calls under some policies.
  public init(_ policies: EdgePolicies) {
    waits = policies.retry?.waits ?? []
    timeoutHours = policies.timeout?.hours ?? .infinity
    errors = policies.traffic?.errors.value ?? 0
    answer = policies.traffic.flatMap { $0.latency.mean > 0 ? $0.latency : nil }
  }

  /// A draw, in hours: of attempts one after the other, with their waits, until one succeeds or none is left.
  ///
  /// - Parameter answering: draws how long the callee takes for an answer when all is well.
  public func sample(
    _ standing: Standing, using stream: inout RandomStream, answering: (inout RandomStream) -> Double
  ) -> Double {
    var hours = 0.0
    for attempt in 0...waits.count {
      let (took, failed) = attemptSample(standing, &stream, answering)
      hours += took
      guard failed, attempt < waits.count else { break }
      hours += waits[attempt].sample(using: &stream)
    }
    return hours
  }

  private func attemptSample(
    _ standing: Standing, _ stream: inout RandomStream, _ answering: (inout RandomStream) -> Double
  ) -> (hours: Double, failed: Bool) {
    switch standing {
    case .refused: return (0, true)
    case .failing(.hangs): return (timeoutHours.isFinite ? timeoutHours : 0, true)
    case .failing(.slow(let law, let errors)):
      if errors.share > 0, stream.uniform() < errors.share { return limited(errors.afterHours, failed: true) }
      return limited(law.sample(using: &stream), failed: false)
    case .failing(.failsFast(let share, let after)):
      if stream.uniform() < share.value { return limited(after.hours, failed: true) }
    case .usual: break
    }
    let hours = answering(&stream)
    return limited(hours, failed: errors > 0 && stream.uniform() < errors)
  }

  /// An attempt is given up at the timeout.
  private func limited(_ hours: Double, failed: Bool) -> (hours: Double, failed: Bool) {
    hours > timeoutHours ? (timeoutHours, true) : (hours, failed)
  }
}
