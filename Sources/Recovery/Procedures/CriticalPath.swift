/// When each step can and must run with as many crews as it takes.
public struct CriticalPath: Hashable, Sendable {
  /// One step's times, in hours from the start of the procedure.
  public struct Step: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// When it can start, and the earliest it ends.
    public let earliestStartHours, earliestFinishHours: Double
    /// When it must start, and the latest it may end, so that the goal is not later.
    public let latestStartHours, latestFinishHours: Double
    /// How much later it may end without moving the goal: the total float.
    public let slackHours: Double
    /// How much later it may end without moving any other step: the free float.
    public let freeSlackHours: Double
    /// Whether it has no slack.
    public let isCritical: Bool
  }

  /// Each step that leads to the goal, as written.
  public let steps: [Step]
  /// The time to the goal.
  public let hours: Double
  /// Steps one after another that make up the whole time; where several such paths are equal, one of them.
  public let path: [String]
}

extension Procedure {
  /// The critical path with these lengths of the steps, or with their means.
  ///
  /// Forward and backward pass. Source: Kelley and Walker, "Critical-path planning and scheduling", Proceedings of the
  /// Eastern Joint Computer Conference, 1959. With random lengths the mean of the longest path is longer than the
  /// longest path of the means: ask ``study(_:)`` for that.
  ///
  /// - Parameter hours: the length of each step, as many as there are steps; those of steps outside the goal are not
  ///   read.
  public func criticalPath(to goal: Goal = .service, hours: [Double]? = nil) -> CriticalPath {
    let hours = hours ?? steps.map(\.meanHours)
    let places = waiting.order.filter { isPart($0, of: goal) }
    let starts = earliestStarts(of: places, hours: hours)
    let finishes = steps.indices.map { starts[$0] + hours[$0] }
    let length = places.map { finishes[$0] }.max() ?? 0
    let latest = latestFinishes(of: places, length: length, hours: hours)
    let binding = BindingSteps(starts: starts, finishes: finishes, length: length)
    let critical = binding.followed(from: places) { waiting.predecessors[$0] }
    let rows = places.sorted().map { place in
      let start = latest[place] - hours[place]
      let slack = critical.all.contains(place) ? 0 : binding.slack(from: starts[place], to: start)
      let next = waiting.successors[place].filter { isPart($0, of: goal) }.map { starts[$0] }.min()
      return CriticalPath.Step(
        name: steps[place].name, earliestStartHours: starts[place], earliestFinishHours: finishes[place],
        latestStartHours: start, latestFinishHours: latest[place], slackHours: slack,
        freeSlackHours: binding.slack(from: finishes[place], to: next ?? length), isCritical: slack == 0)
    }
    return CriticalPath(steps: rows, hours: length, path: critical.path.map { steps[$0].name })
  }

  private func earliestStarts(of places: [Int], hours: [Double]) -> [Double] {
    var starts = [Double](repeating: 0, count: steps.count)
    for place in places {
      starts[place] = waiting.predecessors[place].map { starts[$0] + hours[$0] }.max() ?? 0
    }
    return starts
  }

  private func latestFinishes(of places: [Int], length: Double, hours: [Double]) -> [Double] {
    var latest = [Double](repeating: length, count: steps.count)
    for place in places.reversed() {
      for other in waiting.predecessors[place] {
        latest[other] = min(latest[other], latest[place] - hours[place])
      }
    }
    return latest
  }
}

/// The steps that decide when a schedule ends, followed back from its end.
struct BindingSteps {
  let starts: [Double]
  let finishes: [Double]
  let length: Double

  /// Times that differ by less than rounding does are equal: 2⁻⁴⁰ of the whole.
  private func isEqual(_ left: Double, _ right: Double) -> Bool { abs(left - right) <= length * 0x1p-40 }

  /// How much later than one time another is: nothing where rounding alone keeps them apart.
  func slack(from time: Double, to later: Double) -> Double {
    isEqual(time, later) ? 0 : max(0, later - time)
  }

  /// Every step that a delay of the end can be followed back to, and one path of them from the start.
  func followed(from places: [Int], _ before: (Int) -> [Int]) -> (all: Set<Int>, path: [Int]) {
    var open = places.filter { isEqual(finishes[$0], length) }
    var (all, path, next) = (Set(open), [Int](), open.first)
    while let place = open.popLast() {
      for other in binding(place, before) where all.insert(other).inserted { open.append(other) }
    }
    while let place = next, !path.contains(place) {
      path.append(place)
      next = binding(place, before).first
    }
    return (all, path.reversed())
  }

  private func binding(_ place: Int, _ before: (Int) -> [Int]) -> [Int] {
    before(place).filter { isEqual(finishes[$0], starts[place]) }
  }
}
