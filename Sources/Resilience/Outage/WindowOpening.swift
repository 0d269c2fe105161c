internal import Quantities
internal import Stochastics

/// How chance fills a breaker's window in an outage of a callee that answers some calls, or is sometimes slow.
///
/// Results are independent of one another, and the window begins full of usual ones. Where trips are frequent, a draw plays
/// result by result; where they are rare, the results until the first are as good as exponential, with the mean of
/// ``WindowTrips``. That mean begins without failures, and usual errors matter little: 8 of 20 at 30 % take 46.6 results
/// after none, 45.0 after 10 %.
///
/// After the breaker has closed in the same outage its window is empty, and while it holds little more than its minimum it
/// trips by chance much sooner: half of 100 at 40 % take 815 results once the window is full, but if 10 are enough, one window
/// in two trips before. So it is played until it is full, whatever comes then.
///
/// Approximations: of two thresholds, the mean is that of the sooner one. A window of time, in the mean and where trips are
/// rare, is a count window of as many results as it holds on average: 8 of 20 at 30 % take 47 results, the window of time 53,
/// or 75 where its minimum is 20. Slow results come in as soon as all do on average. Errors that come sooner than answers are
/// ahead of them in an ``EmptyWindow`` only, not on average nor where trips are frequent.
struct WindowOpening: Sendable {
  /// What becomes of results: the shares that fail and that are slow.
  struct Shares: Sendable {
    let failed: Double
    let slow: Double
    /// Whether all failures are slow, or all slow results failures; else none is both as long as that is possible.
    let areNested: Bool

    /// One result from a uniform number.
    func result(_ uniform: Double) -> (failed: Bool, slow: Bool) {
      (uniform < failed, areNested ? uniform < slow : uniform > 1 - slow)
    }

    /// Whether nothing is left to chance.
    var areCertain: Bool { (failed == 0 || failed == 1) && (slow == 0 || slow == 1) }
  }

  /// The results that the window holds; of a window of time, on average.
  let size: Int
  /// Results of the outage until the breaker opens, on average.
  let meanResults: Double
  /// Results that are still to come, on average, where those that fill the window have not tripped it and trips are rare.
  private let meanResultsOnceFull: Double
  private let trip: CircuitBreaker.Trip
  private let threshold: CircuitBreaker.Threshold
  private let outage: Shares
  private let usual: Shares

  /// In windows that hold more results chance is left out.
  private static let mostResults = 10_000.0
  /// No draw plays more results than this, whatever the mean.
  private static let mostPlayed = 200_000

  /// `nil` where results are certain, or chance is left out: in windows of more than 10,000 results, and in those of time
  /// that hold fewer than the minimum on average.
  ///
  /// - Parameters:
  ///   - resultsPerHour: of the outage, that a window of time is filled with.
  ///   - reached: results after which shares on average reach the threshold in a window of so many; ∞ when never.
  init?(
    _ trip: CircuitBreaker.Trip, outage: Shares, usual: Shares, resultsPerHour: Double,
    reached: (Int, CircuitBreaker.Threshold) -> Double
  ) {
    guard let threshold = trip.threshold, !outage.areCertain else { return nil }
    let results =
      switch trip {
      case .consecutive: 0.0
      case .countWindow(let size, _): Double(size)
      case .timeWindow(let length, _): (resultsPerHour * length.hours).rounded()
      }
    guard results >= Double(max(1, threshold.minimum)), results <= WindowOpening.mostResults else {
      return nil
    }
    let size = Int(results)
    let onAverage = reached(size, threshold)
    let rare =
      onAverage < .infinity ? [] : WindowOpening.fillings(size, threshold, outage).map(\.trips)
    meanResults = rare.map(\.meanTrials).min() ?? onAverage
    meanResultsOnceFull = rare.map(\.meanTrialsOnceFull).min() ?? onAverage
    (self.size, self.trip, self.threshold, self.outage, self.usual) = (
      size, trip, threshold, outage, usual
    )
  }

  /// The same as ``meanResults`` from an empty window, which does not count below its minimum.
  ///
  /// - Complexity: quadratic in the size.
  var meanResultsWhenEmpty: Double {
    WindowOpening.fillings(size, threshold, outage).map(\.meanResults).min() ?? .infinity
  }

  /// By failures, and by slow results where these count.
  private static func fillings(
    _ size: Int, _ threshold: CircuitBreaker.Threshold, _ outage: Shares
  ) -> [WindowFilling] {
    let slow = threshold.slow.map { WindowFilling(size, threshold.minimum, $0.share, outage.slow) }
    return [WindowFilling(size, threshold.minimum, threshold.failures, outage.failed)]
      + (slow.map { [$0] } ?? [])
  }

  /// Whether trips are so frequent that results are drawn one by one. Five windows forget how the first one began.
  private var isPlayed: Bool { meanResults <= min(20_000, max(500, 5 * Double(size))) }

  /// Whether a window that has to fill trips sooner than a full one, and is played until it is.
  private func fills(_ isEmpty: Bool) -> Bool { isEmpty && threshold.minimum < size }

  /// One draw of the results of the outage until it opens, whose mean is about ``meanResults``, or ``meanResultsWhenEmpty``.
  ///
  /// - Parameter isEmpty: whether the window begins empty rather than full.
  func drawnResults(isEmpty: Bool = false, using stream: inout RandomStream) -> Double {
    guard isPlayed else {
      let failures = leastCount(of: size, share: threshold.failures.value)
      let least = Double(isEmpty ? max(failures, threshold.minimum) : failures)
      return least + max(0, meanResults - least) * stream.standardExponential()
    }
    var window = ResultWindow(length: Double(size), threshold)
    for place in 0..<size where !isEmpty {
      window.add(usual.result(stream.uniform()), at: Double(place + 1 - size))
    }
    for place in 1...WindowOpening.mostPlayed {
      window.add(outage.result(stream.uniform()), at: Double(place))
      if window.isTripped { return Double(place) }
    }
    return Double(WindowOpening.mostPlayed)
  }

  /// One draw of when a window of time opens, or an empty one whose minimum is smaller, results played one by one; `nil` for
  /// other windows of so many results, and for full ones whose trips are rare.
  ///
  /// Retries come as independent results, as many as there are on average.
  ///
  /// - Parameter isEmpty: whether the window begins empty rather than full.
  func drawnHours(
    _ schedule: AttemptSchedule, callsPerHour: Double, isEmpty: Bool = false,
    using stream: inout RandomStream
  ) -> Double? {
    guard isPlayed || !fills(isEmpty) else {
      return filledHours(schedule, callsPerHour: callsPerHour, using: &stream)
    }
    guard isPlayed, case .timeWindow(let length, _) = trip else { return nil }
    var draws = stream
    var window = ResultWindow(length: length.hours, threshold)
    var usualHours = draws.standardExponential() / callsPerHour - length.hours
    while usualHours < 0, !isEmpty {
      window.add(usual.result(draws.uniform()), at: usualHours)
      usualHours += draws.standardExponential() / callsPerHour
    }
    var arrivals = RandomArrivals(callsPerHour: callsPerHour)
    var (played, lastWeight) = (0, 0.0)
    let hours = schedule.resultHours(
      latest: .infinity, arrivals: { arrivals.hours(ofCall: $0, using: &draws) }
    ) { weight, hours in
      defer { lastWeight = weight }
      played += 1
      guard weight - lastWeight > 1 - 1e-9 || draws.uniform() < weight - lastWeight else { return false }
      window.add(outage.result(draws.uniform()), at: hours)
      return window.isTripped || played >= WindowOpening.mostPlayed
    }
    stream = draws
    return hours
  }

  /// One draw of when an empty window opens whose trips are rare once it is full.
  private func filledHours(
    _ schedule: AttemptSchedule, callsPerHour: Double, using stream: inout RandomStream
  ) -> Double {
    var draws = stream
    var windowHours: Double?
    if case .timeWindow(let length, _) = trip { windowHours = length.hours }
    var window = EmptyWindow(size: size, windowHours: windowHours, threshold, schedule)
    var arrivals = RandomArrivals(callsPerHour: callsPerHour)
    var lastWeight = 0.0
    _ = schedule.resultHours(
      latest: .infinity, arrivals: { arrivals.hours(ofCall: $0, using: &draws) }
    ) { weight, hours in
      defer { lastWeight = weight }
      guard weight - lastWeight > 1 - 1e-9 || draws.uniform() < weight - lastWeight else { return false }
      return window.begin(atHours: hours - schedule.meanHours, outage.result(draws.uniform()))
    }
    stream = draws
    guard !window.isTripped else { return window.hours }
    let results = meanResultsOnceFull * stream.standardExponential()
    return window.hours + results / (callsPerHour * schedule.meanAttempts)
  }
}

/// The results that a closed breaker remembers, oldest first.
struct ResultWindow {
  private let length: Double
  private let threshold: CircuitBreaker.Threshold
  private var results: [(at: Double, failed: Bool, slow: Bool)] = []
  private var first = 0
  private var (failures, slow) = (0, 0)

  /// - Parameter length: results, or hours, as the places of results are.
  init(length: Double, _ threshold: CircuitBreaker.Threshold) {
    (self.length, self.threshold) = (length, threshold)
  }

  mutating func add(_ result: (failed: Bool, slow: Bool), at place: Double) {
    results.append((place, result.failed, result.slow))
    failures += result.failed ? 1 : 0
    slow += result.slow ? 1 : 0
    while results[first].at <= place - length {
      failures -= results[first].failed ? 1 : 0
      slow -= results[first].slow ? 1 : 0
      first += 1
    }
    if first > 1024, 2 * first > results.count {
      results.removeFirst(first)
      first = 0
    }
  }

  /// Whether it holds enough results, and enough failures or slow calls among them.
  var isTripped: Bool {
    let total = Double(results.count - first)
    guard total >= Double(threshold.minimum) else { return false }
    if Double(failures) >= threshold.failures.value * total - 1e-9 { return true }
    guard let slowCalls = threshold.slow else { return false }
    return Double(slow) >= slowCalls.share.value * total - 1e-9
  }
}

/// When calls arrive that come at random, drawn as they are asked for.
struct RandomArrivals {
  private let callsPerHour: Double
  private var arrivalHours: [Double] = []

  init(callsPerHour: Double) { self.callsPerHour = callsPerHour }

  /// When the j-th call arrives, j = 1, 2, …
  mutating func hours(ofCall call: Int, using stream: inout RandomStream) -> Double {
    while arrivalHours.count < call {
      arrivalHours.append((arrivalHours.last ?? 0) + stream.standardExponential() / callsPerHour)
    }
    return arrivalHours[call - 1]
  }
}
