internal import Resilience
internal import Stochastics

/// How late answers are: one of the graph's ways to fail, or what a dependency lets pass of such.
struct SlowLaw: Sendable {
  /// As so many values a law is added to others.
  static let parts = 64

  let meanHours: Double
  /// The middles of as many equal parts of the probability, ascending.
  let hours: [Double]
  /// The law itself; `nil` where there is none.
  let exact: (any Distribution)?

  /// The laws of some ways to fail; of those that are not slow one without values.
  static func all(_ ways: [CalleeFailure]) -> [SlowLaw] {
    ways.map { way in
      guard case .slow(let law, _) = way else { return SlowLaw(meanHours: 0, hours: [], exact: nil) }
      return SlowLaw(meanHours: law.mean, hours: middles(parts).map { law.quantile($0) }, exact: law)
    }
  }

  init(_ law: Empirical) {
    self.init(
      meanHours: law.mean, hours: SlowLaw.middles(SlowLaw.parts).map { law.quantile($0) }, exact: law)
  }

  private init(meanHours: Double, hours: [Double], exact: (any Distribution)?) {
    (self.meanHours, self.hours, self.exact) = (meanHours, hours, exact)
  }

  /// The middles of equal parts of the probability.
  static func middles(_ count: Int) -> [Double] {
    (0..<count).map { (Double($0) + 0.5) / Double(count) }
  }
}
