extension Procedure {
  /// How much longer each step may take, all others at their means, before the service is back later; `nil` where it
  /// never is.
  ///
  /// With as many crews as it takes this is the total float of ``criticalPath(to:hours:)``. With fewer, a longer step
  /// also keeps its crew from others, and the schedule is followed as it would be played. A step that takes longer
  /// still may by chance bring the service back sooner again (Graham's anomalies): the first delay counts.
  ///
  /// - Complexity: O(n² × changes of order) for each of the n steps where crews are limited.
  public func slackHours() -> [Double?] {
    guard crews != nil else {
      let path = criticalPath().steps
      return steps.map { step in path.first { $0.name == step.name }?.slackHours }
    }
    return steps.indices.map { DelaySearch(self, place: $0).firstDelayHours() }
  }
}

/// The search for how much longer one step may take in a schedule of limited crews.
///
/// Between two changes of the order in which steps end, each end stays or moves along with the step. So it is enough to
/// look on after each change, where what moves meets what stays.
private struct DelaySearch {
  private let procedure: Procedure
  private let place: Int
  private let hours: [Double]
  private let service: [Int]
  private let baseHours: Double
  /// Far above what rounding leaves, far below what anyone plans.
  private let stride: Double

  init(_ procedure: Procedure, place: Int) {
    self.procedure = procedure
    self.place = place
    hours = procedure.steps.map(\.meanHours)
    service = procedure.steps.indices.filter { !procedure.steps[$0].isBehind }
    let planned = procedure.schedule()
    baseHours = planned.serviceHours
    stride = max(planned.endHours, .leastNormalMagnitude) * 0x1p-30
  }

  func firstDelayHours() -> Double? {
    guard stride.isFinite else { return nil }
    var extra = 0.0
    while true {
      let first = finishes(extra + stride)
      let second = finishes(extra + 2 * stride)
      if isLate(first) { return extra }
      let moves = first.indices.map { second[$0] - first[$0] > stride / 2 }
      let change = nextChange(first, moves).map { extra + stride + $0 }
      if serviceHours(second) - serviceHours(first) > stride / 2 {
        let delay = extra + stride + baseHours - serviceHours(first)
        // Where both come together, rounding apart, what happens next says whether the service is later.
        guard let change, change < delay + 2 * stride else { return delay }
      }
      guard let change else { return nil }
      extra = max(change, extra + stride)
    }
  }

  private func finishes(_ extra: Double) -> [Double] {
    var longer = hours
    longer[place] += extra
    var list = ListScheduling(procedure, hours: longer)
    list.run()
    return longer.indices.map { list.starts[$0] + longer[$0] }
  }

  private func serviceHours(_ finishes: [Double]) -> Double { service.map { finishes[$0] }.max() ?? 0 }

  private func isLate(_ finishes: [Double]) -> Bool { serviceHours(finishes) > baseHours * (1 + 0x1p-40) }

  /// How much later the first of the ends that move meets one that stays.
  private func nextChange(_ finishes: [Double], _ moves: [Bool]) -> Double? {
    let staying = finishes.indices.filter { !moves[$0] }
    let gaps = finishes.indices.filter { moves[$0] }.flatMap { moving in
      staying.map { finishes[$0] - finishes[moving] }.filter { $0 > 0 }
    }
    return gaps.min()
  }
}
