public import Quantities
public import Stochastics

/// Traces of a share of all requests, each kept or not independently of the others.
public struct TraceSampling: Hashable, Sendable {
  /// The probability that a request is traced.
  public let share: Probability

  /// A sampling.
  public init(share: Probability) { self.share = share }

  /// The probability that at least one of so many failed requests is traced: 1 − (1 − p)ⁿ.
  ///
  /// Worked: 10 % of 22 requests, 90.2 %.
  public func probabilitySeen(among requests: Int) -> Double {
    guard share.complement > 0 else { return requests > 0 ? 1 : 0 }
    return -portableExpm1(Double(max(0, requests)) * logOfMissing)
  }

  /// How many requests have failed on average when the first of them is traced: 1 / p; `nil` when none ever is.
  public var meanRequestsUntilSeen: Double? { share.value > 0 ? 1 / share.value : nil }

  /// How many failed requests make it so likely that one is traced; `nil` when none ever is.
  ///
  /// ⌈log(1 − c) / log(1 − p)⌉. Worked: 95 % with 10 % takes 29.
  ///
  /// - Parameter confidence: below 1.
  public func requestsNeeded(confidence: Probability) -> Int? {
    guard share.value > 0 else { return nil }
    guard share.complement > 0 else { return 1 }
    let count = (portableLog(confidence.complement) / logOfMissing).rounded(.up)
    return count < 1e15 ? max(1, Int(count)) : nil
  }

  /// The law of the time until a failed request is traced when they come as a Poisson stream, in hours; `nil` when
  /// none is.
  ///
  /// A thinned Poisson stream is one: exponential with the mean 1 / (p λ).
  public func delay(failures: Rate) -> (any Distribution)? {
    let rate = failures.perHour * share.value
    return rate > 0 ? try? Exponential(mean: 1 / rate) : nil
  }

  /// log(1 − p), accurate at both ends.
  private var logOfMissing: Double {
    share.value < 0.5 ? portableLog1p(-share.value) : portableLog(share.complement)
  }
}
