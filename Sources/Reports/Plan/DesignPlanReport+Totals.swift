internal import Planning
internal import Quantities

/// What plans come to with downtime, and what they promise of recovery.
extension DesignPlanReport {
  /// Whether being down costs anything.
  var isPriced: Bool { frame.question.pricesDowntime }

  /// A month with what is paid once spread over the months, with what downtime costs and what is due as far as it was
  /// simulated.
  func total(_ point: DesignPoint) -> Double {
    point.cost(over: frame.question.months) + point.downtime(frame.question.monthOfDowntime) + point.outages
      + (dues(point)?.value ?? 0)
  }

  /// What is due a month; `nil` where it was not simulated.
  func dues(_ point: DesignPoint) -> DesignDues.Amount? { plan.total?.dues[point.design] }

  func totalText(_ point: DesignPoint) -> String {
    let half = dues(point)?.halfWidth ?? 0
    return half > 0.005 ? "\(money(total(point))) ± \(money(half))" : money(total(point))
  }

  /// What the chosen plan comes to with downtime, part by part.
  func totalFacts(_ chosen: DesignPoint) -> [Document.Fact] {
    guard isPriced, aim == .leastTotal else { return [] }
    var parts = [
      "the bill", "\(money(chosen.once / frame.question.months)) of what is paid once",
      "\(money(chosen.downtime(frame.question.monthOfDowntime))) of downtime",
    ]
    if frame.question.pricesOutages { parts.append("\(money(chosen.outages)) of outages by their number") }
    if let dues = dues(chosen) {
      parts.append("\(money(dues.value)) ± \(money(dues.halfWidth)) of credits and penalties")
    }
    return [
      Document.Fact(
        "A month with downtime", totalText(chosen),
        ["now \(totalText(plan.present))", parts.joined(separator: ", ")],
        number: .init(total(chosen), "\(frame.currency)/month"))
    ]
  }

  // MARK: Promises of recovery

  /// How many promises of recovery a design keeps.
  func keptCells(_ point: DesignPoint) -> [Document.Cell] {
    guard !frame.promises.isEmpty else { return [] }
    let kept = point.recoveries.count { $0 >= frame.question.leastRecovery - 1e-12 }
    return [Document.Cell("\(kept) of \(frame.promises.count)", number: Double(kept))]
  }

  /// The promises of recovery that a step comes to keep.
  func newlyKept(_ before: DesignPoint, _ after: DesignPoint) -> [String] {
    func keeps(_ point: DesignPoint, _ promise: Int) -> Bool {
      point.recoveries[safe: promise].map { $0 >= frame.question.leastRecovery - 1e-12 } ?? true
    }
    return frame.promises.indices.filter { keeps(after, $0) && !keeps(before, $0) }
      .map { frame.promises[$0].name }
  }

  /// What is promised of recovery, now and by the plan.
  var promiseBlocks: [Document.Block] {
    guard !frame.promises.isEmpty, let chosen else { return [] }
    return [
      .heading("Promises of recovery, to be kept in \(percentage(frame.question.leastRecovery)) of cases"),
      .table(
        Document.Table(
          columns: ["promise", "asks", "kept now", "kept by the plan"],
          cells: zip(frame.promises, chosen.recoveries).map { promise, kept in
            [
              Document.Cell(promise.name), Document.Cell(promise.asks),
              Document.Cell(percentage(promise.kept), number: promise.kept),
              Document.Cell(percentage(kept), number: kept),
            ]
          })),
    ]
  }
}
