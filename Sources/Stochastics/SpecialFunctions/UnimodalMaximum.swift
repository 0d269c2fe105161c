/// The largest value of a function with one peak, and where it is.
///
/// The peak is first bracketed by steps that double, then narrowed by Brent's method: parabolas through the three best
/// points, golden sections where they do not help. The place is known to about the square root of the rounding error,
/// the value to the rounding error itself.
///
/// Source: Brent, "Algorithms for minimization without derivatives", 1973, chapter 5.
///
/// - Parameters:
///   - start: where to begin.
///   - step: the first step, greater than 0, about as large as the distance to the peak.
///   - bounds: the range of the argument; outside it the function is not asked.
///   - function: a value that is not a number counts as −∞.
/// - Returns: nil when the function still rises at a bound.
func unimodalMaximum(
  start: Double, step: Double, bounds: ClosedRange<Double>, _ function: (Double) -> Double
) -> (argument: Double, value: Double)? {
  func loss(_ x: Double) -> Double {
    let value = function(x)
    return value.isNaN ? .infinity : -value
  }
  guard let bracket = bracketMinimum(start: start, step: step, bounds: bounds, loss) else { return nil }
  return brentMinimum(bracket, loss)
}

/// Three points of which the middle one has the smallest value.
private struct Bracket {
  let low: Double
  let middle: Double
  let high: Double
  let middleValue: Double
}

private func bracketMinimum(
  start: Double, step: Double, bounds: ClosedRange<Double>, _ loss: (Double) -> Double
) -> Bracket? {
  var (a, b) = (start, min(start + step, bounds.upperBound))
  if b == a { b = max(start - step, bounds.lowerBound) }
  var (lossA, lossB) = (loss(a), loss(b))
  if lossB > lossA { (a, b, lossA, lossB) = (b, a, lossB, lossA) }
  for _ in 0..<200 {
    let c = min(max(b + 2 * (b - a), bounds.lowerBound), bounds.upperBound)
    if c == b { return nil }
    let lossC = loss(c)
    if lossC >= lossB {
      return Bracket(low: min(a, c), middle: b, high: max(a, c), middleValue: lossB)
    }
    (a, b, lossB) = (b, c, lossC)
  }
  return nil
}

private func brentMinimum(
  _ bracket: Bracket, _ loss: (Double) -> Double
) -> (argument: Double, value: Double) {
  let golden = 0.3819660112501051
  var (low, high) = (bracket.low, bracket.high)
  var (best, second, third) = (bracket.middle, bracket.middle, bracket.middle)
  var (bestLoss, secondLoss, thirdLoss) = (bracket.middleValue, bracket.middleValue, bracket.middleValue)
  var (move, beforeLast) = (0.0, 0.0)
  for _ in 0..<100 {
    let middle = (low + high) / 2
    let tolerance = 1e-8 * abs(best) + 1e-9
    if abs(best - middle) <= 2 * tolerance - (high - low) / 2 { break }
    let parabola = parabolaStep((best, bestLoss), (second, secondLoss), (third, thirdLoss))
    if let step = parabola, abs(step) < abs(beforeLast) / 2, best + step > low, best + step < high {
      (beforeLast, move) = (move, step)
      let isNearEdge = best + step - low < 2 * tolerance || high - best - step < 2 * tolerance
      if isNearEdge { move = best < middle ? tolerance : -tolerance }
    } else {
      beforeLast = best < middle ? high - best : low - best
      move = golden * beforeLast
    }
    let point = best + (abs(move) >= tolerance ? move : move > 0 ? tolerance : -tolerance)
    let pointLoss = loss(point)
    if pointLoss <= bestLoss {
      if point < best { high = best } else { low = best }
      (third, thirdLoss, second, secondLoss) = (second, secondLoss, best, bestLoss)
      (best, bestLoss) = (point, pointLoss)
    } else {
      if point < best { low = point } else { high = point }
      if pointLoss <= secondLoss || second == best {
        (third, thirdLoss, second, secondLoss) = (second, secondLoss, point, pointLoss)
      } else if pointLoss <= thirdLoss || third == best || third == second {
        (third, thirdLoss) = (point, pointLoss)
      }
    }
  }
  return (best, -bestLoss)
}

/// The step from the first point to the vertex of the parabola through three points; nil when there is none.
private func parabolaStep(
  _ x: (at: Double, loss: Double), _ w: (at: Double, loss: Double), _ v: (at: Double, loss: Double)
) -> Double? {
  let r = (x.at - w.at) * (x.loss - v.loss)
  let q = (x.at - v.at) * (x.loss - w.loss)
  let denominator = 2 * (q - r)
  guard denominator != 0 else { return nil }
  let step = -((x.at - v.at) * q - (x.at - w.at) * r) / denominator
  return step.isFinite ? step : nil
}
