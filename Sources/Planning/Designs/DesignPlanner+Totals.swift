/// The least of all costs together.
extension DesignPlanner {
  /// What designs that see the same luck pay for periods below a promise.
  public typealias SampledDues = ([[Int]]) throws(Failure) -> DesignDues

  /// The design with the least total; `nil` where downtime has no price, or no design keeps the budgets.
  func total(
    _ frontier: [DesignPoint], beside: [[Int]], _ sample: SampledDues?
  ) throws(Failure) -> LeastTotal? {
    guard question.pricesDowntime else { return nil }
    guard question.pricesOutages || sample != nil else { return try leastOnFrontier(frontier) }
    let (order, start) =
      switch source {
      case .factored(let factored): (DesignOrder(factored, question), frontier.min(by: isLess)?.design)
      case .catalogue(let catalogue): (DesignOrder(catalogue, question), nil)
      }
    var search = LeastTotalSearch(evaluator, question, order, limit: exhaustiveLimit, sample: sample)
    let isWhole = certainty.isProved || (sample == nil && certainty.proves(.leastTotal))
    return try search.least(isWhole: isWhole, from: start, beside: beside)
  }

  /// Cost and hours of downtime both only fall along the frontier, so the least of their sum is on it.
  private func leastOnFrontier(_ frontier: [DesignPoint]) throws(Failure) -> LeastTotal? {
    let all: [DesignPoint] =
      switch source {
      case .factored: frontier
      case .catalogue(let catalogue): catalogue.points.filter { $0.keepsBudgets(question) }
      }
    guard let least = all.min(by: isLess) else { return nil }
    return LeastTotal(
      point: try evaluator.point(least.design),
      proof: certainty.proves(.leastTotal) ? .proved : .found(least: nil), rivals: [], dues: [:],
      looked: evaluator.count)
  }

  private func isLess(_ left: DesignPoint, _ right: DesignPoint) -> Bool {
    hours(left) != hours(right)
      ? hours(left) < hours(right) : left.design.lexicographicallyPrecedes(right.design)
  }

  /// The bill, what is paid once, and hours of downtime.
  private func hours(_ point: DesignPoint) -> Double {
    point.cost(over: question.months) + point.downtime(question.monthOfDowntime)
  }
}
