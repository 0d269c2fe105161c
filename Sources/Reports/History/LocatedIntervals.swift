internal import Quantities
internal import Stochastics

/// The intervals of a Weibull law with a location in a sentence.
struct LocatedIntervals {
  /// Which laws the intervals are about.
  static let laws = "location, shape and scale are free together, among shapes of at least 1"
  /// What the confidence of the intervals is worth.
  static let nominal =
    "Where the shape is 2 or less their confidence is nominal, the location's above all (Smith 1985)"

  /// Why there is no interval.
  static let flat = "the likelihood is too flat to have a curvature"

  private let fit: LifetimeFit
  private let location: Estimate
  private let confidence: Double
  private let kind: LikelihoodInterval

  /// Nil for a law without a location.
  init?(_ fit: LifetimeFit, confidence: Double, kind: LikelihoodInterval) {
    guard let location = fit.locationEstimate(confidence: confidence) else { return nil }
    (self.fit, self.location, self.confidence, self.kind) = (fit, location, confidence, kind)
  }

  /// For example `weibull-3p, 95 %: location 0 s – 17.9 h, shape 1.05 – 2.61, scale 45.1 h – 96.3 h.`
  var sentence: String {
    let level = "weibull-3p, \(HistoryText.confidence(confidence))"
    let place = "location \(HistoryText.span(location.low)) – \(HistoryText.span(location.high))"
    guard let shape = estimate(.shape), let scale = estimate(.scale) else {
      return "\(level): \(place); shape and scale: \(Self.flat)."
    }
    let shapes = "shape \(significant(shape.low, digits: 3)) – \(significant(shape.high, digits: 3))"
    let scales = "scale \(HistoryText.span(scale.low)) – \(HistoryText.span(scale.high))"
    return "\(level): \(place), \(shapes), \(scales)."
  }

  private func estimate(_ quantity: FittedQuantity) -> Estimate? {
    fit.estimate(quantity, confidence: confidence, interval: kind)
  }
}
