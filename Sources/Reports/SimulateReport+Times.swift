internal import Quantities
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// How long outages are, when the first begins, and what months look like.
extension SimulateReport {
  func timeFacts(_ estimate: CapabilityEstimate) -> [Document.Fact] {
    [lengthFact(estimate), firstOutageFact(estimate), monthFact(estimate), worstFact(estimate)].compactMap {
      $0
    }
  }

  private func text(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "" }

  private func lengthFact(_ estimate: CapabilityEstimate) -> Document.Fact? {
    guard let lengths = estimate.outageLengths else { return nil }
    let percentiles = [50, 90, 99].compactMap { lengths.percentiles.text($0, text) }
    return Document.Fact(
      "An outage lasts", percentiles.first ?? "",
      percentiles.dropFirst() + ["longest \(text(lengths.longestHours))"],
      number: .init(lengths.p50Hours, "h"))
  }

  private func firstOutageFact(_ estimate: CapabilityEstimate) -> Document.Fact? {
    let first = estimate.firstOutage
    guard first.shareWithout < 1 else { return nil }
    let without =
      first.shareWithout > 0 ? ["none in \(first.without.shareText)\(replicationsText)"] : []
    let others = [10, 90].compactMap { first.percentiles.text($0, text) }
    let median = first.percentiles.text(50, text)?.replacing("p50 ", with: "p50 after ")
    return Document.Fact(
      "First outage", median ?? "in fewer than half", others + without,
      number: first.p50Hours.map { .init($0, "h") })
  }

  private var replicationsText: String {
    result.plan.years == 1 ? " of years" : " of replications"
  }

  private func monthFact(_ estimate: CapabilityEstimate) -> Document.Fact? {
    guard let months = estimate.months, months.worstHours > 0 else { return nil }
    let percentiles = [50, 90, 99].compactMap { months.percentiles.text($0, text) }
    return Document.Fact(
      "In a month", percentiles.first ?? "",
      percentiles.dropFirst() + [
        "worst \(text(months.worstHours))", "none in \(months.without.shareText)",
      ], number: .init(months.p50Hours, "h"))
  }

  /// Told event by event by `--trace`.
  private func worstFact(_ estimate: CapabilityEstimate) -> Document.Fact? {
    estimate.worst.map { worst in
      Document.Fact(
        result.plan.years == 1 ? "Worst year" : "Worst replication", text(worst.hours),
        ["its story: --trace \(worst.replication)"], number: .init(worst.hours, "h"))
    }
  }

  /// How much of what an objective allows is used.
  func budgetFact(_ outcome: CapabilityEstimate.ObjectiveOutcome) -> [Document.Fact] {
    guard let used = outcome.budgetUsed else { return [] }
    let often =
      outcome.windows > 1
      ? outcome.anyMissed.map {
        ["missed at least once in \($0.shareText)\(replicationsText)"]
      } ?? []
      : []
    let percentiles = [90, 99].compactMap { used.percentiles.text($0, percentage) }
    return [
      Document.Fact(
        "budget used", (["\(used.meanUsed.shareText) on average"] + percentiles).joined(separator: ", "),
        often,
        number: .init(used.mean))
    ]
  }

  // MARK: JSON

  func timeMembers(_ estimate: CapabilityEstimate) -> [String: JSONValue] {
    let first = estimate.firstOutage
    let seldom = unknownJSON("no outage begins in so many replications")
    var members: [String: JSONValue] = [
      "firstOutageHours": [
        "p10": first.p10Hours.map { .number($0) } ?? seldom,
        "p50": first.p50Hours.map { .number($0) } ?? seldom,
        "p90": first.p90Hours.map { .number($0) } ?? seldom, "shareWithout": .number(first.shareWithout),
        "unit": "h", "intervals": first.percentiles.json(unit: "h"), "without": first.without.json(unit: "1"),
      ]
    ]
    if let worst = estimate.worst {
      members["worst"] = ["replication": .integer(worst.replication), "downtimeHours": .number(worst.hours)]
    }
    if !estimate.places.isEmpty {
      members["places"] = .array(
        estimate.places.map {
          [
            "place": .string($0.place), "firstCauseShare": .number($0.share),
            "intervals": ["firstCauseShare": $0.shareOfDowntime.json(unit: "1")],
          ]
        })
    }
    if let lengths = estimate.outageLengths {
      members["outageLengthHours"] = [
        "p50": .number(lengths.p50Hours), "p90": .number(lengths.p90Hours), "p99": .number(lengths.p99Hours),
        "longest": .number(lengths.longestHours), "count": .integer(lengths.count),
        "cutByHorizon": .integer(lengths.cut), "unit": "h", "relativeError": .number(1.0 / 512),
        "intervals": lengths.percentiles.json(unit: "h"),
      ]
    }
    if let months = estimate.months {
      members["monthlyDowntimeHours"] = [
        "p50": .number(months.p50Hours), "p90": .number(months.p90Hours), "p99": .number(months.p99Hours),
        "worst": .number(months.worstHours), "shareWithout": .number(months.shareWithout), "unit": "h",
        "means": .array(months.means.map { $0.json(unit: "h") }), "relativeError": .number(1.0 / 512),
        "intervals": months.percentiles.json(unit: "h"), "without": months.without.json(unit: "1"),
      ]
    }
    return members
  }

  func budgetJSON(_ outcome: CapabilityEstimate.ObjectiveOutcome) -> JSONValue {
    guard let used = outcome.budgetUsed else {
      return unknownJSON("the objective allows no downtime, or the horizon holds no complete window")
    }
    return [
      "mean": .number(used.mean), "p50": .number(used.p50), "p90": .number(used.p90),
      "p99": .number(used.p99), "intervals": used.percentiles.json(unit: "1"),
      "meanInterval": used.meanUsed.json(unit: "1"),
    ]
  }
}
