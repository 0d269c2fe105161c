/// The zero of an increasing function between two bounds, by Newton's method kept inside a shrinking bracket.
///
/// - Parameters:
///   - start: where to begin, between the bounds.
///   - tolerance: the step, relative to the point, at which to stop; the last step is made.
///   - function: the value and the slope at a point; a value that is not a number makes the step a bisection.
/// - Complexity: usually below ten evaluations, at most 200.
func increasingZero(
  start: Double, low: Double, high: Double, tolerance: Double = 0x1p-51,
  _ function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var (low, high, point) = (low, high, min(max(start, low), high))
  for _ in 0..<200 {
    let (value, slope) = function(point)
    if value == 0 { return point }
    if value < 0 { low = point } else { high = point }
    let newton = point - value / slope
    let next = newton > low && newton < high ? newton : low + (high - low) / 2
    if abs(next - point) <= tolerance * max(abs(point), 0x1p-10) { return next }
    point = next
  }
  return point
}
