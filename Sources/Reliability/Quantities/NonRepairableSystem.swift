package import Stochastics

/// The first failure of a coherent system whose parts are never repaired: exact for lifetimes of any law.
package struct NonRepairableSystem {
  private let diagram: NetworkDiagram
  private let root: Int
  private let laws: [any Distribution]
  private let measures: [LawMeasure]
  private let support: [Int]

  /// A root of a network whose variables become true at the end of lifetimes and stay true.
  ///
  /// - Precondition: the root is coherent, so that it stays true as well.
  /// - Parameter lifetimes: the law of each variable of the network.
  package init(_ diagram: NetworkDiagram, root: Int, lifetimes: [any Distribution]) {
    self.diagram = diagram
    self.root = root
    laws = lifetimes
    measures = lifetimes.map(LawMeasure.init)
    support = diagram.support(ofRoot: root)
  }

  /// The probability of a failure by a time.
  package func unreliability(at time: Double) -> Double {
    diagram.probability(ofRoot: root, measures.map { $0.failureProbability(time) })
  }

  /// The mean time to failure, ∫ R(t) dt, and a proven bound on what its tail leaves out; `nil` when the system never
  /// fails.
  ///
  /// The system outlives t only while some part does, so the tail is at most Σ ∫ S over the parts, and each of those
  /// is a mean less an integral.
  package func meanTimeToFailure() -> (mean: Double, errorBound: Double)? {
    let all = [Double](repeating: 1, count: laws.count)
    guard diagram.probability(ofRoot: root, all) > 0.5 else { return nil }
    let end = support.reduce(0) { max($0, laws[$1].quantile(1 - 1e-13)) }
    guard end > 0 else { return (0, 0) }
    let breaks = support.flatMap { measures[$0].shape.breaks }
    let (sums, error) = TimeIntegral(tolerance: 1e-13).integrals(
      upTo: end, breaks: breaks, pace: support.map { measures[$0].scale }.min() ?? end, count: 2
    ) { time in
      let survivals = laws.map { $0.survival(time) }
      return [
        1 - diagram.probability(ofRoot: root, survivals.map { 1 - $0 }),
        support.reduce(0) { $0 + survivals[$1] },
      ]
    }
    let tail = max(0, support.reduce(0) { $0 + laws[$1].mean } - sums[1])
    return (sums[0], tail + error * sums[0])
  }
}

extension SteadyStateResult {
  /// The mean time from the end of an outage to the next in hours; `nil` when no frequency is known, or it never fails.
  public var meanUpHours: Double? {
    frequencyPerHour.flatMap { $0 > 0 ? (1 - unavailability) / $0 : nil }
  }
}
