internal import Quantities
internal import Stochastics

/// Growth models as facts.
struct GrowthFacts {
  let confidence: Double
  let nextHours: [Double]

  private var level: String { HistoryText.confidence(confidence) }

  /// Laplace's test and that of MIL-HDBK-189.
  static func tests(_ trend: TrendAssessment) -> [Document.Fact] {
    guard let laplace = trend.laplace, let handbook = trend.militaryHandbook189 else {
      return [Document.Fact("Trend", "unknown", ["too few events to tell"])]
    }
    return [
      Document.Fact(
        "Laplace", "U = \(significant(laplace.statistic, digits: 3))", [HistoryText.pValue(laplace.pValue)],
        number: Document.Number(laplace.statistic)),
      Document.Fact(
        "MIL-HDBK-189", "χ² = \(significant(handbook.statistic, digits: 3))",
        [HistoryText.pValue(handbook.pValue)], number: Document.Number(handbook.statistic)),
    ]
  }

  /// β, λ, the mean times at the end, the fit, and what comes next.
  func facts(_ growth: CrowAMSAA) -> [Document.Fact] {
    let unbiased = growth.unbiasedShape.map { ["unbiased \(significant($0, digits: 3))"] } ?? []
    var facts = [
      shape(growth.shapeEstimate(confidence: confidence), unbiased), scale(growth.scale),
      time("MTBF at the end", growth.instantaneousMTBFEstimate(confidence: confidence)),
      time("MTBF until then", growth.cumulativeMTBFEstimate(confidence: confidence)),
    ]
    if let test = growth.cramerVonMises {
      facts.append(
        Document.Fact(
          "Cramér–von Mises", "C² = \(significant(test.statistic, digits: 3))",
          [
            "critical \(significant(test.criticalValue, digits: 3)) (10 %)",
            test.rejects ? "a power of time does not describe it" : "a power of time will do",
          ], number: Document.Number(test.statistic)))
    }
    return facts + next(from: growth.record.end) { growth.expectedEvents(by: $0) }
  }

  /// The same of numbers in intervals.
  func facts(_ growth: GroupedCrowAMSAA) -> [Document.Fact] {
    var remarks = growth.pValue.map { [HistoryText.pValue($0)] } ?? ["too few intervals for a test"]
    if growth.expected.contains(where: { $0 < 5 }) { remarks.append("some intervals expect fewer than five") }
    let end = growth.ends.last ?? 0
    return [
      shape(growth.shapeEstimate(confidence: confidence), []), scale(growth.scale),
      time("MTBF at the end", growth.instantaneousMTBFEstimate(confidence: confidence)),
      Document.Fact(
        "Fit", "χ² = \(significant(growth.chiSquare, digits: 3))", remarks,
        number: Document.Number(growth.chiSquare)),
    ] + next(from: end) { growth.expectedEvents(by: $0) }
  }

  /// Duane's line.
  static func fact(_ duane: DuaneFit, at end: Double) -> Document.Fact {
    let now = duane.instantaneousMTBF(at: end).map { "MTBF at the end \(HistoryText.span($0))" }
    return Document.Fact(
      "Duane", "α = \(significant(duane.growth, digits: 3))",
      ["r² = \(significant(duane.line.determination, digits: 3))", now ?? "no MTBF: α is 1 or more"],
      number: Document.Number(duane.growth))
  }

  private func shape(_ estimate: Estimate, _ remarks: [String]) -> Document.Fact {
    Document.Fact(
      "Crow-AMSAA", "β = \(significant(estimate.value, digits: 4))",
      [
        "\(level) CI \(significant(estimate.low, digits: 3)) – \(significant(estimate.high, digits: 3))"
      ] + remarks, number: Document.Number(estimate.value))
  }

  private func scale(_ scale: Double) -> Document.Fact {
    Document.Fact(
      "", "λ = \(significant(scale, digits: 4))", ["events per h^β"], number: Document.Number(scale, "1/h^β"))
  }

  private func time(_ label: String, _ estimate: Estimate) -> Document.Fact {
    Document.Fact(
      label, HistoryText.span(estimate.value), [HistoryText.interval(estimate)],
      number: Document.Number(estimate.value, "h"))
  }

  private func next(from end: Double, _ expected: (Double) -> Double) -> [Document.Fact] {
    nextHours.map { hours in
      let count = expected(end + hours) - expected(end)
      return Document.Fact(
        "Next \(HistoryText.days(hours))", "\(significant(count, digits: 3)) expected", ["if β holds"],
        number: Document.Number(count))
    }
  }
}
