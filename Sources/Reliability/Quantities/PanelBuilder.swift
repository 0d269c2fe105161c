/// Tabulates a function of time in pieces that are made smaller until the polynomial agrees with it, or until
/// only rounding is left.
struct PanelBuilder {
  /// Where to stop.
  let end: Double
  /// Where the function is not smooth, ascending.
  let breaks: [Double]
  /// The first width to try.
  let scale: Double
  /// The absolute error allowed between the points.
  var tolerance = 1e-13
  /// The narrowest piece, as a share of `scale`.
  var narrowest = 0x1p-24
  /// About the most pieces; where they run out they are wider than the tolerance asks for.
  var limit = 600

  /// The table.
  func build(_ function: (Double) -> Double) -> PanelFunction {
    var table = PanelFunction()
    var width = scale
    var earlier = Double.infinity
    while table.end < end {
      let low = table.end
      let stop = min(end, breaks.first { $0 > low * (1 + 1e-14) } ?? end)
      if stop - low < 1.5 * width { width = stop - low }
      let high = min(stop, low + width)
      let values = PanelFunction.points(from: low, to: high).map(function)
      let error = error(of: values, from: low, to: high, function)
      let isNoise = error < max(10 * tolerance, 1e-10) && error > earlier / 4
      let isCrowded = table.ends.count > limit / 2 && width <= 2 * (end - low) / Double(limit)
      if error > tolerance, !isNoise, !isCrowded, width > scale * narrowest {
        earlier = error
        width /= 2
      } else {
        table.append(to: high, values)
        earlier = .infinity
        width *= 2
      }
    }
    table.final = function(end)
    return table
  }

  private func error(of values: [Double], from low: Double, to high: Double, _ function: (Double) -> Double)
    -> Double
  {
    let half = (high - low) / 2
    return [-0.995, 0.05, 0.95].reduce(0) { worst, place in
      let basis = GaussRule.basis(at: place)
      let interpolated = zip(basis, values).reduce(0) { $0 + $1.0 * $1.1 }
      return max(worst, abs(interpolated - function(low + half + half * place)))
    }
  }
}
