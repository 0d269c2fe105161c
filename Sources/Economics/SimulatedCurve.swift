public import Stochastics

/// What a number of the models does to a net present value: the curve that the exact engine has, drawn through what was
/// simulated at some multiples of it.
public struct SimulatedCurve {
  /// By how much the net present value differs from now at a multiple, as simulated.
  public struct Point: Sendable, Hashable {
    /// The multiple of what is stated.
    public let multiple: Double
    /// The difference, with its interval.
    public let change: Estimate

    /// A simulated point.
    public init(at multiple: Double, _ change: Estimate) { (self.multiple, self.change) = (multiple, change) }
  }

  private let now: Double
  private let points: [(multiple: Double, change: Double)]
  private let solved: (Double) -> Double

  /// A curve.
  ///
  /// - Parameters:
  ///   - now: the net present value as stated.
  ///   - points: what was simulated.
  ///   - solved: the net present value at a multiple by the exact engine.
  public init(now: Double, through points: [Point], along solved: @escaping (Double) -> Double) {
    self.now = now
    self.points = (points.map { ($0.multiple, $0.change.value) } + [(multiple: 1, change: 0)])
      .sorted { $0.multiple < $1.multiple }
    self.solved = solved
  }

  /// The net present value at a multiple: between two points the exact engine's curve, stretched so that it goes through
  /// both; beyond the last as between the last two.
  public func value(at multiple: Double) -> Double {
    guard points.count > 1 else { return now + solved(multiple) - solved(1) }
    let after = points.dropFirst().dropLast().firstIndex { multiple < $0.multiple } ?? points.count - 1
    let (from, to) = (points[after - 1], points[after])
    let (start, end) = (solved(from.multiple), solved(to.multiple))
    let share = end == start ? 0 : (solved(multiple) - start) / (end - start)
    return now + from.change + (to.change - from.change) * share
  }
}

extension DecisionInput {
  /// A number of the models of which some multiples were simulated, both ends of its range among them.
  ///
  /// - Parameters:
  ///   - now: the net present value as stated, which is best known.
  ///   - solved: the net present value at a multiple by the exact engine.
  public static func number(
    _ name: String, between range: ClosedRange<Double>, now: Double, replications: Int,
    simulated points: [SimulatedCurve.Point], along solved: @escaping (Double) -> Double
  ) -> DecisionInput {
    func end(_ multiple: Double) -> Estimate? { points.first { $0.multiple == multiple }?.change }
    guard let low = end(range.lowerBound), let high = end(range.upperBound) else {
      return number(name, between: range, method: .exactEngine, solved)
    }
    let curve = SimulatedCurve(now: now, through: points, along: solved)
    return number(
      name, between: range, method: .simulated(replications: replications, low: low, high: high),
      curve.value(at:))
  }
}
