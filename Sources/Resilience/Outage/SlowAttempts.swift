public import Stochastics

/// How long attempts take at a callee that is slow, until something ends them: an answer after a law, or an error.
public struct SlowAttempts: Sendable {
  /// How long an answer takes, in hours.
  public let law: any Distribution
  /// The errors that some get instead.
  public var errors = AttemptErrors.none

  /// `nil` where the callee is not slow.
  init?(_ failure: CalleeFailure) {
    guard case .slow(let law, let errors) = failure else { return nil }
    self.init(law: law, errors: errors)
  }

  /// Attempts that are answered after a law unless they get an error.
  public init(law: any Distribution, errors: AttemptErrors) { (self.law, self.errors) = (law, errors) }

  /// The share that takes longer than a time.
  func survival(_ hours: Double) -> Double {
    guard errors.share > 0 else { return law.survival(hours) }
    let underWay = errors.parts.reduce(0.0) { $0 + ($1.afterHours > hours ? $1.share : 0) }
    return underWay + (1 - errors.share) * law.survival(hours)
  }

  /// The mean of what they take, or of a bound that ends them before, in hours.
  func meanCut(atHours bound: Double) -> Double {
    guard errors.share > 0 else { return law.meanCut(atHours: bound) }
    return errorHours(cutAtHours: bound) + (1 - errors.share) * law.meanCut(atHours: bound)
  }

  /// The share that gets an error, or no answer within a timeout: 1 − (1 − e) P(L ≤ T).
  func failedShare(timeoutHours: Double) -> Double {
    let late = timeoutHours.isFinite ? law.survival(timeoutHours) : 0
    return errors.share > 0 ? 1 - (1 - errors.share) * (1 - late) : late
  }

  /// How long those take on average that fail; 0 where none does.
  func failureHours(timeoutHours: Double) -> Double {
    let lateHours = timeoutHours.isFinite ? timeoutHours : 0
    guard errors.share > 0 else { return lateHours }
    let late = (1 - errors.share) * (timeoutHours.isFinite ? law.survival(timeoutHours) : 0)
    return (errorHours(cutAtHours: timeoutHours) + late * lateHours) / (errors.share + late)
  }

  /// What errors take, or a bound that ends them before, times their share.
  private func errorHours(cutAtHours bound: Double) -> Double {
    errors.parts.reduce(0.0) { $0 + $1.share * min($1.afterHours, bound) }
  }
}

extension Distribution {
  /// The mean of the smaller of this and a bound: the area under the survival curve up to the bound.
  ///
  /// Simpson's rule on 512 pieces; exact without a bound.
  func meanCut(atHours bound: Double) -> Double {
    guard bound.isFinite else { return mean }
    let pieces = 512
    let sum = (0...pieces).reduce(0.0) { sum, index in
      let weight = index == 0 || index == pieces ? 1.0 : index % 2 == 1 ? 4 : 2
      return sum + weight * survival(bound * Double(index) / Double(pieces))
    }
    return sum * bound / Double(3 * pieces)
  }
}
