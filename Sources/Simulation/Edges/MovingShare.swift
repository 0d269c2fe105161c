/// The mean of a share over the time just past, where the share is constant between changes.
///
/// The mean m(t) = (1/W) ∫ s over t − W … t is piecewise linear: its slope is (s(t) − s(t − W)) / W, which changes when the
/// share does, and again W later.
struct MovingShare: Sendable {
  /// W; 0: the share of the moment.
  private let windowHours: Double
  /// The share before the first change, and the changes since, as far back as the window reaches.
  private var before: Double
  private var changes: [(atHours: Double, share: Double)] = []

  /// A share that has always been so much.
  init(windowHours: Double, share: Double) {
    self.windowHours = windowHours
    before = share
  }

  /// The share of the moment.
  var share: Double { changes.last?.share ?? before }

  /// Whether nothing of what the share was is left in the window.
  var isSettled: Bool { changes.isEmpty }

  /// When the last change leaves the window; ∞ when nothing does.
  var settledHours: Double { changes.last.map { $0.atHours + windowHours } ?? .infinity }

  /// Sets the share from now on, and forgets what has left the window.
  mutating func set(_ share: Double, atHours now: Double) {
    forget(atHours: now)
    guard share != self.share else { return }
    if windowHours > 0 { changes.append((now, share)) } else { before = share }
  }

  private mutating func forget(atHours now: Double) {
    while let first = changes.first, first.atHours + windowHours <= now {
      before = first.share
      changes.removeFirst()
    }
  }

  /// The mean at a time not before the last change.
  func mean(atHours now: Double) -> Double {
    guard windowHours > 0 else { return share }
    var (sum, from, level) = (0.0, now - windowHours, before)
    for change in changes {
      if change.atHours > from {
        sum += level * (change.atHours - from)
        from = change.atHours
      }
      level = change.share
    }
    return (sum + level * (now - from)) / windowHours
  }

  /// When the mean next rises above a threshold, or falls below it, from a time not before the last change on, if the
  /// share stays as it is; ∞ for never.
  func crossingHours(_ threshold: Double, rising: Bool, fromHours now: Double) -> Double {
    guard windowHours > 0 else { return (share > threshold) == rising ? now : .infinity }
    var (from, mean) = (now, self.mean(atHours: now))
    var level = before
    for change in changes {
      let leaves = change.atHours + windowHours
      if leaves > from {
        let slope = (share - level) / windowHours
        if let hours = crossing(threshold, rising, mean, slope, from, leaves) { return hours }
        mean += slope * (leaves - from)
        from = leaves
      }
      level = change.share
    }
    return .infinity
  }

  private func crossing(
    _ threshold: Double, _ rising: Bool, _ mean: Double, _ slope: Double, _ from: Double, _ to: Double
  ) -> Double? {
    guard rising ? slope > 0 : slope < 0 else { return nil }
    let end = mean + slope * (to - from)
    guard rising ? end > threshold : end < threshold else { return nil }
    return from + max(0, (threshold - mean) / slope)
  }
}
