/// Errors that a share of the attempts gets.
public struct AttemptErrors: Hashable, Sendable {
  /// A share that gets its error after the same time.
  public struct Part: Hashable, Sendable {
    /// The share of all attempts, from 0 to 1.
    public var share: Double
    /// After how long, in hours.
    public var afterHours: Double

    /// A share and a time.
    public init(share: Double, afterHours: Double) { (self.share, self.afterHours) = (share, afterHours) }
  }

  /// The share, from 0 to 1.
  public var share: Double
  /// After how long on average, in hours.
  public var afterHours: Double
  /// The times one by one, ascending; empty where all errors take the same.
  private var spread: [Part] = []

  /// No more times than this are told apart.
  private static let mostTimes = 16

  /// A share of errors after a time.
  public init(share: Double, afterHours: Double) { (self.share, self.afterHours) = (share, afterHours) }

  /// Errors of which each part takes its own time. Times that lie closest together become one where there are many.
  public init(_ parts: [Part]) {
    let kept = parts.filter { $0.share > 0 }
    let times = AttemptErrors.joined(kept)
    share = kept.reduce(0) { $0 + $1.share }
    guard times.count > 1 else {
      afterHours = times.first?.afterHours ?? 0
      return
    }
    afterHours = times.reduce(0) { $0 + $1.share * $1.afterHours } / share
    spread = times
  }

  /// No attempt gets one.
  public static let none = AttemptErrors(share: 0, afterHours: 0)

  /// The times one by one.
  public var parts: [Part] {
    guard spread.isEmpty else { return spread }
    return share > 0 ? [Part(share: share, afterHours: afterHours)] : []
  }

  /// The same errors of another share of the attempts.
  public func scaled(toShare wanted: Double) -> AttemptErrors {
    var scaled = self
    scaled.share = wanted
    for place in spread.indices { scaled.spread[place].share *= wanted / share }
    return scaled
  }

  private static func joined(_ parts: [Part]) -> [Part] {
    var times: [Part] = []
    for part in parts.sorted(by: { $0.afterHours < $1.afterHours }) {
      if let last = times.last, part.afterHours - last.afterHours <= 1e-12 * part.afterHours {
        times[times.count - 1].share += part.share
      } else {
        times.append(part)
      }
    }
    while times.count > mostTimes {
      let gaps = zip(times, times.dropFirst()).map { $1.afterHours - $0.afterHours }
      let place = gaps.indices.min { gaps[$0] < gaps[$1] } ?? 0
      let (first, second) = (times[place], times.remove(at: place + 1))
      let share = first.share + second.share
      times[place] = Part(
        share: share,
        afterHours: (first.share * first.afterHours + second.share * second.afterHours) / share)
    }
    return times
  }
}
