extension MeanCumulativeFunction {
  /// A power of time that runs through the function, (t / scale)^shape: shapes above 1 mean that events become more
  /// frequent.
  public struct PowerLaw: Hashable, Sendable {
    /// The time at which the mean cumulative amount is 1.
    public let scale: Double
    /// The exponent.
    public let shape: Double
  }

  /// The power of time nearest to the function's points by least squares, each event a point even where several
  /// coincide.
  ///
  /// A description rather than an estimate, as the points depend on each other. Worked: ReliaWiki's five systems have the
  /// scale 11.98 and the shape 1.674.
  ///
  /// - Returns: nil for fewer than two different times after 0.
  public var powerLaw: PowerLaw? {
    let points = eventPoints
    guard let first = points.first, let last = points.last, last.time > first.time else { return nil }
    let found = unimodalMaximum(start: 0, step: 0.25, bounds: -5...5) { logShape in
      -Self.misfit(points, portableExp(logShape), last.time).squares
    }
    guard let found else { return nil }
    let shape = portableExp(found.argument)
    let factor = Self.misfit(points, shape, last.time).factor
    return PowerLaw(scale: last.time * portableExp(-portableLog(factor) / shape), shape: shape)
  }

  private var eventPoints: [(time: Double, value: Double)] {
    steps.filter { $0.time > 0 && $0.value > 0 }.flatMap { step in
      (1...step.events).map { event in
        (step.time, step.before + (step.value - step.before) * Double(event) / Double(step.events))
      }
    }
  }

  /// The factor that brings factor · (t / end)^shape nearest to the points, and the squared distances left.
  private static func misfit(
    _ points: [(time: Double, value: Double)], _ shape: Double, _ end: Double
  ) -> (factor: Double, squares: Double) {
    let powers = points.map { portablePower($0.time / end, shape) }
    let products = zip(points, powers).reduce(0) { $0 + $1.0.value * $1.1 }
    let factor = products / powers.reduce(0) { $0 + $1 * $1 }
    let squares = zip(points, powers).reduce(0) { sum, pair in
      let away = pair.0.value - factor * pair.1
      return sum + away * away
    }
    return (factor, squares)
  }
}
