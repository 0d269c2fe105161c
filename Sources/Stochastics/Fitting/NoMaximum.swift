/// Why a likelihood has no largest value, so that there is nothing to fit: an answer, not a fault.
public enum NoMaximum: Error, Hashable, Sendable {
  /// There is no observation.
  case empty

  /// No failure was seen: the likelihood grows with the mean for ever. What the observed time shows is a lower limit
  /// of the mean, ``MeanTimeBetweenFailures``.
  case noFailure

  /// All failures have one time, and no other was observed beyond it: the likelihood grows as the spread shrinks.
  case oneDistinctTime

  /// The times differ by so little that the spread cannot be told from 0.
  case timesTooAlike

  /// The likelihood grows without bound as the location approaches the smallest time, and has no local maximum
  /// before.
  ///
  /// Source: Smith, "Maximum likelihood estimation in a class of nonregular cases", Biometrika 72 (1985).
  case unboundedAtSmallestTime

  /// Mean or variance of the best law are no finite numbers.
  case momentsOverflow
}

extension NoMaximum: CustomStringConvertible {
  /// A sentence, for example `no failure was seen, so only a lower limit of the mean can be given`.
  public var description: String {
    switch self {
    case .empty: "there is no observation"
    case .noFailure: "no failure was seen, so only a lower limit of the mean can be given"
    case .oneDistinctTime:
      "all failures have the same time and nothing was observed for longer, so there is no spread"
    case .timesTooAlike: "the times differ too little to show a spread"
    case .unboundedAtSmallestTime:
      "the likelihood grows without bound as the location approaches the smallest time"
    case .momentsOverflow: "the best law has no finite mean and variance"
    }
  }
}
