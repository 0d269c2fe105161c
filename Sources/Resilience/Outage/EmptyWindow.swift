internal import Quantities
internal import Stochastics

/// The window of a breaker that has closed on a callee that fails in part, while it fills with results.
///
/// They come in the order in which they are known: errors that come at once are ahead of answers to calls before them, and
/// while results are few these are many more than their share.
struct EmptyWindow {
  /// When it tripped, or was full, in hours since the breaker closed.
  private(set) var hours = 0.0
  private var window: ResultWindow
  private let size: Int
  private let windowHours: Double?
  /// How long failures and answers take.
  private let taken: (failed: Double, answered: Double)
  private var results = 0
  /// Results that are known later than others, earliest first.
  private var late: ArraySlice<(hours: Double, failed: Bool, slow: Bool)> = []

  /// - Parameters:
  ///   - size: the results that it holds, of a window of time on average.
  ///   - windowHours: its length; `nil` for a window of so many results.
  init(
    size: Int, windowHours: Double?, _ threshold: CircuitBreaker.Threshold, _ schedule: AttemptSchedule
  ) {
    (self.size, self.windowHours) = (size, windowHours)
    window = ResultWindow(length: windowHours ?? Double(size), threshold)
    taken = (schedule.failureHours, schedule.answerHours)
  }

  /// Whether it has tripped; else it is full, or more has to come.
  var isTripped: Bool { results > 0 && window.isTripped }

  /// An attempt is made, after those before it; whether nothing more has to come.
  mutating func begin(atHours start: Double, _ result: (failed: Bool, slow: Bool)) -> Bool {
    let soonest = start + min(taken.failed, taken.answered)
    while let first = late.first, first.hours <= soonest {
      late.removeFirst()
      if ends(with: (first.failed, first.slow), atHours: first.hours) { return true }
    }
    let known = start + (result.failed ? taken.failed : taken.answered)
    guard known > soonest else { return ends(with: result, atHours: known) }
    late.append((known, result.failed, result.slow))
    return false
  }

  private mutating func ends(with result: (failed: Bool, slow: Bool), atHours known: Double) -> Bool {
    hours = known
    results += 1
    window.add(result, at: windowHours == nil ? Double(results) : known)
    return window.isTripped || windowHours.map { known >= $0 } ?? (results >= size)
  }
}
