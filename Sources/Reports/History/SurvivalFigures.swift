internal import Quantities
internal import Stochastics

/// What share of a sample outlasts a time, whatever its law: Kaplan and Meier's curve.
struct SurvivalFigures {
  private let curve: KaplanMeierCurve
  private let confidence: Double

  private static let quantiles = [("median", 0.5), ("p90", 0.9)]
  private static let mostSteps = 200

  init(_ sample: CensoredSample, confidence: Double) {
    curve = KaplanMeierCurve(sample)
    self.confidence = confidence
  }

  /// For example `Without a law (Kaplan–Meier, 95 %): median 12 h (5 h – 31 h), p90 not reached.`
  var sentence: String {
    let parts = Self.quantiles.map { name, p in
      guard let estimate = curve.quantile(p, confidence: confidence) else { return "\(name) not reached" }
      let high = estimate.high.isFinite ? HistoryText.span(estimate.high) : "no limit"
      return "\(name) \(HistoryText.span(estimate.value)) (\(HistoryText.span(estimate.low)) – \(high))"
    }
    return "Without a law (Kaplan–Meier, \(HistoryText.confidence(confidence))): "
      + parts.joined(separator: ", ") + "."
  }

  /// The quantiles, and the curve at no more than 200 of its steps, evenly chosen.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    for (key, p) in [("kaplanMeierMedian", 0.5), ("kaplanMeierP90", 0.9)] {
      members[key] =
        curve.quantile(p, confidence: confidence)?.json(unit: "h")
        ?? unknownJSON("too many times are censored")
    }
    members["kaplanMeier"] = .array(steps)
    return members
  }

  private var steps: [JSONValue] {
    let every = max(1, (curve.steps.count + Self.mostSteps - 1) / Self.mostSteps)
    return stride(from: 0, to: curve.steps.count, by: every).map { index in
      let step = curve.steps[index]
      var members: [String: JSONValue] = [
        "hours": .number(step.time), "survival": .number(step.survival), "atRisk": .integer(step.atRisk),
        "failures": .integer(step.failures), "censored": .integer(step.censored),
      ]
      if let estimate = curve.survival(beyond: step.time, confidence: confidence) {
        (members["low"], members["high"]) = (.number(estimate.low), .number(estimate.high))
      }
      return .object(members)
    }
  }
}
