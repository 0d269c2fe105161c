/// Finds the design with the least of the bill, what is paid once, and all that downtime costs.
///
/// Hours of downtime alone are a lower bound of what downtime costs, since nothing else is negative. Designs are worked out
/// in the order of that bound until it exceeds a total that is known (best-first branch and bound: Lawler and Wood, 1966).
/// What is due for months and periods is sampled, of those designs alone that could still be the least.
struct LeastTotalSearch<Failure: Error> {
  typealias Sample = ([[Int]]) throws(Failure) -> DesignDues

  private let evaluator: DesignEvaluator<Failure>
  private let question: DesignQuestion
  private let sample: Sample?
  private let limit: Int
  private var order: DesignOrder
  private var points: [DesignPoint] = []
  private var dues: [[Int]: DesignDues.Amount] = [:]

  /// At most so many designs are sampled, so many at a time.
  private static var sampleLimit: Int { 24 }
  private static var batch: Int { 6 }

  /// A search.
  ///
  /// - Parameters:
  ///   - limit: at most so many designs are worked out.
  ///   - sample: what is due of several designs; `nil`: it does not count.
  init(
    _ evaluator: DesignEvaluator<Failure>, _ question: DesignQuestion, _ order: DesignOrder, limit: Int,
    sample: Sample?
  ) {
    (self.evaluator, self.question, self.order) = (evaluator, question, order)
    (self.limit, self.sample) = (limit, sample)
  }

  /// What a month comes to without dues.
  private func total(_ point: DesignPoint) -> Double {
    point.cost(over: question.months) + point.downtime(question.monthOfDowntime) + point.outages
  }

  /// The answer; `nil` when no design keeps the budgets.
  ///
  /// - Parameters:
  ///   - isWhole: whether the order has every design.
  ///   - start: a design that is likely to be good.
  ///   - beside: designs whose dues are of interest too.
  mutating func least(
    isWhole: Bool, from start: [Int]?, beside: [[Int]]
  ) throws(Failure) -> LeastTotal? {
    if let start { try look(start) }
    try lookOn()
    guard let first = points.min(by: isLess) else { return nil }
    guard let sample, points.contains(where: { $0.mostDues > 0 }) else {
      return answer(first, isWhole ? .proved : .found(least: nil), [])
    }
    let (most, isAlone) = (ceiling, points.count { total($0) <= ceiling } == 1)
    if isAlone, most.isFinite, beside.isEmpty {
      return answer(first, isWhole ? .proved : .found(least: nil), [])
    }
    let isOpen = try sampleAll(sample)
    guard let best = sampled.min(by: { known($0) < known($1) }) else { return nil }
    let rivals = try rivals(of: best, sample)
    let missing = beside.filter { dues[$0] == nil }
    if !missing.isEmpty { add(missing, try sample(missing)) }
    let proof: LeastTotal.Proof =
      !isWhole || isOpen || unseen != nil
      ? .found(least: isWhole ? leastLeft : nil) : isAlone ? .proved : .upToSampling
    return answer(best, proof, rivals)
  }

  private func answer(
    _ point: DesignPoint, _ proof: LeastTotal.Proof, _ rivals: [LeastTotal.Rival]
  ) -> LeastTotal {
    var proof = proof
    if let unseen, case .proved = proof { proof = .found(least: min(unseen, total(point))) }
    return LeastTotal(point: point, proof: proof, rivals: rivals, dues: dues, looked: points.count)
  }

  // MARK: Exactly

  /// The bound of the designs that were left out when there were too many to work out.
  private var unseen: Double?

  /// Works designs out until the bound exceeds a total.
  private mutating func lookOn() throws(Failure) {
    while let bound = order.bound, bound <= ceiling {
      guard points.count < limit, let design = order.popNext() else {
        unseen = order.bound
        return
      }
      try look(design)
    }
  }

  private mutating func look(_ design: [Int]) throws(Failure) {
    guard !points.contains(where: { $0.design == design }) else { return }
    let point = try evaluator.point(design)
    if point.keepsBudgets(question) { points.append(point) }
  }

  private func isLess(_ left: DesignPoint, _ right: DesignPoint) -> Bool {
    let (a, b) = (total(left), total(right))
    return a != b ? a < b : left.design.lexicographicallyPrecedes(right.design)
  }

  // MARK: Sampled

  private var sampled: [DesignPoint] { points.filter { dues[$0.design] != nil } }

  private func known(_ point: DesignPoint) -> Double { total(point) + (dues[point.design]?.value ?? 0) }

  /// No total is above this for the best design: its dues at most, or at the upper end of their interval.
  private var ceiling: Double {
    points.map { point in
      total(point) + (sample == nil ? 0 : min(point.mostDues, dues[point.design]?.high ?? .infinity))
    }.min() ?? .infinity
  }

  private var leastLeft: Double? {
    let open = points.filter { dues[$0.design] == nil }.map(total)
    return (open + (unseen.map { [$0] } ?? []) + sampled.map { total($0) + (dues[$0.design]?.low ?? 0) })
      .min()
  }

  /// Samples those that could be the least, the likeliest first; whether some are left that were not.
  private mutating func sampleAll(_ sample: Sample) throws(Failure) -> Bool {
    while true {
      let ceiling = ceiling
      let open = points.filter { dues[$0.design] == nil && total($0) <= ceiling }.sorted(by: isLess)
      guard !open.isEmpty else { return false }
      guard dues.count < Self.sampleLimit else { return true }
      let designs = open.prefix(dues.isEmpty ? 1 : Self.batch).map(\.design)
      add(designs, try sample(designs))
    }
  }

  private mutating func add(_ designs: [[Int]], _ found: DesignDues) {
    for (design, amount) in zip(designs, found.amounts) { dues[design] = amount }
  }

  /// Those whose difference from the best may be nothing or less, sampled with the same luck.
  private func rivals(of best: DesignPoint, _ sample: Sample) throws(Failure) -> [LeastTotal.Rival] {
    let most = total(best) + (dues[best.design]?.high ?? 0)
    let others = sampled.filter { $0.design != best.design && total($0) <= most }.sorted {
      known($0) != known($1) ? known($0) < known($1) : isLess($0, $1)
    }
    guard !others.isEmpty else { return [] }
    let found = try sample([best.design] + others.map(\.design))
    return zip(others, found.differences.dropFirst()).compactMap { point, more in
      let difference = DesignDues.Amount(
        value: total(point) - total(best) + more.value, halfWidth: more.halfWidth)
      return difference.value - difference.halfWidth <= 0
        ? LeastTotal.Rival(point: point, difference: difference) : nil
    }
  }
}
