/// A zero of a function between a point where it is negative and one where it is not.
///
/// The secant with the weight of a stale end halved (the Illinois method), and halves where a value is not finite. The
/// points may lie in either order.
///
/// Source: Dowell and Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11 (1971).
func signChange(
  from start: (at: Double, value: Double), to end: (at: Double, value: Double), _ function: (Double) -> Double
) -> Double {
  var (negative, other) = (start, end)
  var lastWasNegative: Bool?
  for _ in 0..<100 where abs(other.at - negative.at) > 1e-11 * max(1, abs(other.at)) {
    let secant = negative.at - negative.value * (other.at - negative.at) / (other.value - negative.value)
    let middle = (negative.at + other.at) / 2
    // Also false where an infinite value makes the secant none.
    let isBetween =
      (secant > negative.at) != (secant > other.at) && secant != negative.at && secant != other.at
    let point = isBetween && secant.isFinite ? secant : middle
    let value = function(point)
    if value == 0 { return point }
    if value < 0 {
      negative = (point, value)
      if lastWasNegative == true { other.value /= 2 }
    } else {
      other = (point, value)
      if lastWasNegative == false { negative.value /= 2 }
    }
    lastWasNegative = value < 0
    if abs(value) < 1e-13 { return point }
  }
  return (negative.at + other.at) / 2
}

/// A zero of an increasing function, sought outwards from a point in steps that double.
///
/// - Parameters:
///   - start: where to begin.
///   - step: the first step, greater than 0.
/// - Returns: where it gave up, a million steps away, if there is no zero before.
func increasingZero(near start: Double, step: Double, _ function: (Double) -> Double) -> Double {
  let value = function(start)
  if value == 0 { return start }
  var (near, away) = ((at: start, value: value), value < 0 ? step : -step)
  for _ in 0..<20 {
    let next = near.at + away
    let far = (at: next, value: function(next))
    if (far.value < 0) != (value < 0) {
      return value < 0
        ? signChange(from: near, to: far, function) : signChange(from: far, to: near, function)
    }
    (near, away) = (far, 2 * away)
  }
  return near.at
}
