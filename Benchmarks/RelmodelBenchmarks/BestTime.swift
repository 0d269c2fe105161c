/// The shortest of several times: what the work takes when nothing else gets in its way.
struct BestTime {
  private(set) var seconds = Double.infinity

  /// Runs some work and keeps its time if it is the shortest so far.
  mutating func measure<Value>(_ work: () throws -> Value) rethrows -> Value {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try work()
    seconds = min(seconds, (clock.now - start) / .seconds(1))
    return value
  }
}

/// A number with three significant digits.
func threeDigits(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return "\(value)" }
  var scale = 1.0
  while abs(value) * scale < 100 { scale *= 10 }
  while abs(value) * scale >= 1000 { scale /= 10 }
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
