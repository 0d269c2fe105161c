/// How far the frontier of cost and downtime is known.
public enum FrontierProof: Sendable, Hashable {
  /// No design beats one of it, in the whole range of costs.
  case whole
  /// None does that costs less than this; what costs more is the best of the designs that were worked out.
  case upTo(cost: Double)
  /// It is that of the designs that were worked out.
  case found
}

/// The designs that no other beats in cost and downtime.
extension MonotoneSearch {
  /// Looks for all of them.
  ///
  /// Designs come in the order of their cost. What is partly decided is left out where a design that is known costs no more
  /// than it costs at least, and is down no more than it is at best: nothing that it leads to can beat that design (branch
  /// and bound for two objectives: Ehrgott and Gandibleux, 2007). So once everything that costs less has come, the
  /// frontier is whole up to that cost.
  ///
  /// - Parameter known: designs that were worked out before.
  mutating func searchFrontier(knowing known: [DesignPoint]) throws(Failure) -> FrontierProof {
    var stairs = CostStairs()
    for point in known + points { enter(point, &stairs) }
    let values = usefulValues
    var queue = LeastFirst<Partial>()
    add(try root(), to: &queue, stairs)
    while let (cost, partial) = queue.popLeast() {
      guard isMonotone else { return .found }
      guard partial.values.count < sequence.count, !isBeaten(partial, at: cost, stairs) else { continue }
      guard evaluator.count < limit else { return .upTo(cost: cost) }
      for value in values[sequence[partial.values.count]] {
        let before = points.count
        let next = try branch(partial, value)
        for point in points[before...] { enter(point, &stairs) }
        add(next, to: &queue, stairs)
      }
    }
    return isMonotone ? .whole : .found
  }

  private func enter(_ point: DesignPoint, _ stairs: inout CostStairs) {
    guard point.keepsBudgets(question) else { return }
    stairs.insert(cost: point.cost(over: question.months), downtime: point.downtime(question.weights))
  }

  private func add(_ partial: Partial, to queue: inout LeastFirst<Partial>, _ stairs: CostStairs) {
    guard let cost = leastCost(partial), !isBeaten(partial, at: cost, stairs) else { return }
    queue.insert(partial, at: cost)
  }

  private func isBeaten(_ partial: Partial, at cost: Double, _ stairs: CostStairs) -> Bool {
    stairs.beat(
      cost: cost,
      downtime: weighted(Array(partial.bounds.prefix(question.targets.count)), question.weights))
  }

  /// By lever, its values without those that cost no less than one that is best in everything.
  private var usefulValues: [[Int]] {
    evaluator.space.levers.enumerated().map { lever, own in
      let all = Array(own.values.indices)
      guard let best = best.first?[lever], self.best.allSatisfy({ $0[lever] == best }) else { return all }
      return all.filter {
        $0 == best || prices[lever][$0] < prices[lever][best] || own.once[$0] < own.once[best]
          || zip(uses[lever][$0], uses[lever][best]).contains { $0 < $1 }
      }
    }
  }
}

/// The least downtime that is known at each cost.
struct CostStairs {
  /// By cost, which rises while downtime falls.
  private var steps: [(cost: Double, downtime: Double)] = []

  /// The last step that costs no more.
  private func last(_ cost: Double) -> Int? {
    let above = steps.partitioningIndex { $0.cost > cost }
    return above > 0 ? above - 1 : nil
  }

  /// Whether a known design costs no more, to a ten-thousandth of a cent, and is down no more.
  func beat(cost: Double, downtime: Double) -> Bool {
    last(cost + 1e-6).map { steps[$0].downtime <= downtime } ?? false
  }

  mutating func insert(cost: Double, downtime: Double) {
    if let last = last(cost), steps[last].downtime <= downtime { return }
    let place = steps.partitioningIndex { $0.cost >= cost }
    let end = steps[place...].partitioningIndex { $0.downtime < downtime }
    steps.replaceSubrange(place..<end, with: CollectionOfOne((cost: cost, downtime: downtime)))
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index from which on a condition holds, where it holds of all after the first.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
