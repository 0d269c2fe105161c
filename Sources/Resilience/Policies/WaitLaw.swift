internal import Stochastics

/// The law of one wait between two attempts, in hours: uniform, cut at the top.
///
/// A draw that would lie above the cut is the cut itself, so that value may have a probability of its own.
public struct WaitLaw: Hashable, Sendable {
  /// The shortest wait.
  public let lowHours: Double
  /// The longest wait.
  public let highHours: Double
  /// The probability of the longest wait itself; 0 where nothing is cut, 1 where the wait is fixed.
  public let shareAtHigh: Double

  /// Uniform within ± `jitter` of the middle, cut at the longest.
  init(middleHours: Double, jitter: Double, longestHours: Double?) {
    let (low, high) = (middleHours * (1 - jitter), middleHours * (1 + jitter))
    let cut = longestHours ?? .infinity
    if jitter == 0 || low >= cut {
      (lowHours, highHours, shareAtHigh) = (min(middleHours, cut), min(middleHours, cut), 1)
    } else {
      (lowHours, highHours) = (low, min(high, cut))
      shareAtHigh = high > cut ? (high - cut) / (high - low) : 0
    }
  }

  /// Whether the wait is always the same.
  public var isFixed: Bool { shareAtHigh == 1 }

  /// The mean wait.
  public var meanHours: Double {
    shareAtHigh * highHours + (1 - shareAtHigh) * (lowHours + highHours) / 2
  }

  /// A draw; a fixed wait takes no random number.
  func sample(using stream: inout RandomStream) -> Double {
    guard !isFixed else { return highHours }
    let uniform = stream.uniform()
    if uniform <= shareAtHigh { return highHours }
    return highHours - (highHours - lowHours) * (uniform - shareAtHigh) / (1 - shareAtHigh)
  }
}
