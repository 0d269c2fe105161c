#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The shortest of several times: what the work takes when nothing else gets in its way.
struct BestTime {
  /// CPU time, of all threads: other work on the machine counts little.
  private(set) var seconds = Double.infinity
  /// Time on the clock.
  private(set) var elapsedSeconds = Double.infinity

  /// Runs some work and keeps its times if they are the shortest so far.
  mutating func measure<Value>(_ work: () throws -> Value) rethrows -> Value {
    let watch = ContinuousClock()
    let (start, begun) = (watch.now, clock())
    let value = try work()
    seconds = min(seconds, Double(clock() - begun) / Double(CLOCKS_PER_SEC))
    elapsedSeconds = min(elapsedSeconds, (watch.now - start) / .seconds(1))
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
