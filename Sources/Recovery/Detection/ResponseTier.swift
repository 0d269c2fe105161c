public import Stochastics

/// How long until somebody works on a failure that has been noticed.
public struct ResponseTier: Sendable {
  /// What happens outside the hours on call.
  public enum Outside: Sendable {
    /// Somebody comes, after so long, in hours.
    case takes(any Distribution)
    /// Nobody does before the next shift begins; then it takes as long as ever.
    case waitsForShift
  }

  /// Its name.
  public let name: String
  /// How long it takes when somebody is on call, in hours.
  public let after: any Distribution
  /// The hours on call; `nil`: always.
  public let onCall: OnCallHours?
  /// What happens outside them.
  public let outside: Outside

  /// A tier.
  public init(
    name: String, after: any Distribution, onCall: OnCallHours? = nil, outside: Outside = .waitsForShift
  ) {
    self.name = name
    self.after = after
    self.onCall = onCall
    self.outside = outside
  }

  /// The mean over the week, in hours, for failures at any time alike.
  ///
  /// While nobody comes, a gap of g hours adds g / 2 with probability g / 168.
  public var meanHours: Double {
    guard let onCall else { return after.mean }
    switch outside {
    case .takes(let law): return onCall.share * after.mean + (1 - onCall.share) * law.mean
    case .waitsForShift:
      return after.mean + onCall.gapHours.reduce(0) { $0 + $1 * $1 } / (2 * OnCallHours.weekHours)
    }
  }

  /// Independent parts of the delay over the week, in hours, for failures at any time alike.
  public var parts: [any Distribution] {
    guard let onCall, onCall.share < 1 else { return [after] }
    switch outside {
    case .takes(let law):
      let choice = try? Mixture(weights: [onCall.share, 1 - onCall.share], components: [after, law])
      return [choice ?? after]
    case .waitsForShift: return [after] + (onCall.wait.map { [$0] } ?? [])
    }
  }

  /// The law over the week, in hours, for failures at any time alike.
  public func law(_ plan: SamplingPlan = SamplingPlan()) -> OutcomeLaw {
    OutcomeLaw(sumOf: parts, plan: plan, name: "response/\(name)")
  }

  /// A draw for a failure noticed at an instant, in hours from Monday 1 January, 00:00 UTC.
  public func sample(atHour hour: Double, using stream: inout RandomStream) -> Double {
    let usual = after.sample(using: &stream)
    guard let onCall, !onCall.contains(hour: hour) else { return usual }
    switch outside {
    case .takes(let law): return law.sample(using: &stream)
    case .waitsForShift: return usual + onCall.hoursUntilOpening(hour: hour)
    }
  }
}

extension OnCallHours {
  /// How long until somebody is on call at a random instant of the week, in hours; `nil` when somebody always is.
  public var wait: (any Distribution)? {
    guard share < 1 else { return nil }
    let gaps = gapHours.compactMap { try? Uniform(minimum: 0, maximum: $0) }
    guard let none = try? Deterministic(value: 0) else { return nil }
    return try? Mixture(weights: [share * Self.weekHours] + gaps.map(\.maximum), components: [none] + gaps)
  }
}
