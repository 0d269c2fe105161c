/// A procedure carried out by the crews there are.
///
/// Whenever a crew is free, the first step in the order of the rule that can start and has its crews starts (list
/// scheduling). That is what people do, and no optimum: with single crews it takes at most 2 − 1/m times the shortest
/// time. More crews, shorter steps or fewer conditions can make it longer. Source: Graham, "Bounds on multiprocessing
/// timing anomalies", SIAM Journal on Applied Mathematics 17 (1969).
public struct CrewSchedule: Hashable, Sendable {
  /// One step's times, in hours from the start of the procedure.
  public struct Step: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// When it starts and ends.
    public let startHours, finishHours: Double
    /// How long it could have started and waited for a crew.
    public let waitHours: Double
    /// Whether the service would be back later if it took longer.
    public let isCritical: Bool
  }

  /// Each step, as written.
  public let steps: [Step]
  /// When the service is back.
  public let serviceHours: Double
  /// When the last step ends.
  public let endHours: Double
  /// No schedule brings the service back sooner than this, by the order of the steps.
  public let pathBoundHours: Double
  /// No schedule brings the service back sooner than this, by the work and the crews; `nil` with crews enough.
  public let workBoundHours: Double?

  /// Whether no schedule could bring the service back sooner.
  public var isProvenShortest: Bool {
    serviceHours <= max(pathBoundHours, workBoundHours ?? 0) * (1 + 0x1p-40)
  }
}

extension Procedure {
  /// The schedule with these lengths of the steps, or with their means.
  ///
  /// - Parameter hours: the length of each step, as many as there are steps.
  /// - Complexity: O(n²) in the number of steps.
  public func schedule(hours: [Double]? = nil) -> CrewSchedule {
    let hours = hours ?? steps.map(\.meanHours)
    var list = ListScheduling(self, hours: hours)
    list.run()
    let critical = criticalSteps(of: list, hours: hours)
    let rows = steps.indices.map { place in
      CrewSchedule.Step(
        name: steps[place].name, startHours: list.starts[place],
        finishHours: list.starts[place] + hours[place],
        waitHours: list.starts[place] - list.readyTimes[place], isCritical: critical.contains(place))
    }
    let service = steps.indices.filter { !steps[$0].isBehind }
    let work = service.reduce(0) { $0 + Double(steps[$1].crewCount) * hours[$1] }
    return CrewSchedule(
      steps: rows, serviceHours: service.map { rows[$0].finishHours }.max() ?? 0,
      endHours: rows.map(\.finishHours).max() ?? 0,
      pathBoundHours: criticalPath(to: .service, hours: hours).hours,
      workBoundHours: crews.map { work / Double($0) })
  }

  /// The steps on a path of waiting, for steps or for crews, that ends when the service is back.
  private func criticalSteps(of list: ListScheduling, hours: [Double]) -> Set<Int> {
    let finishes = steps.indices.map { list.starts[$0] + hours[$0] }
    let service = steps.indices.filter { !steps[$0].isBehind }
    let binding = BindingSteps(
      starts: list.starts, finishes: finishes, length: service.map { finishes[$0] }.max() ?? 0)
    let users = steps.indices.filter { steps[$0].crewCount > 0 }
    return binding.followed(from: service) { place in
      let waited = list.starts[place] > list.readyTimes[place]
      return waited ? users.filter { $0 != place } : waiting.predecessors[place]
    }.all
  }

  static func priorities(of steps: [ProcedureStep], _ waiting: WaitingOrder, _ rule: Rule) -> [Int] {
    let remaining = remainingPathHours(of: steps, waiting)
    return steps.indices.sorted { left, right in
      if steps[left].isBehind != steps[right].isBehind { return steps[right].isBehind }
      if rule == .longestRemainingPath, remaining[left] != remaining[right] {
        return remaining[left] > remaining[right]
      }
      return left < right
    }
  }

  /// The mean length of the longest path from the start of each step on.
  private static func remainingPathHours(of steps: [ProcedureStep], _ waiting: WaitingOrder) -> [Double] {
    var remaining = steps.map(\.meanHours)
    for place in waiting.order.reversed() {
      remaining[place] += waiting.successors[place].map { remaining[$0] }.max() ?? 0
    }
    return remaining
  }
}

/// List scheduling, event by event.
struct ListScheduling {
  private let procedure: Procedure
  private let hours: [Double]
  private var freeCrews: Int
  private var missing: [Int]
  private var running: [Int] = []
  private var started: Set<Int> = []
  /// When each step starts.
  private(set) var starts: [Double]
  /// When each step could start if crews were free.
  private(set) var readyTimes: [Double]

  init(_ procedure: Procedure, hours: [Double]) {
    self.procedure = procedure
    self.hours = hours
    freeCrews = procedure.crews ?? procedure.steps.reduce(0) { $0 + $1.crewCount }
    missing = procedure.waiting.predecessors.map(\.count)
    starts = [Double](repeating: 0, count: procedure.steps.count)
    readyTimes = starts
  }

  mutating func run() {
    startSteps(at: 0)
    while let first = running.map({ starts[$0] + hours[$0] }).min() {
      // What ends at one time but for rounding ends together, or the rule would see only a part of what could start.
      let ended = running.filter { starts[$0] + hours[$0] <= first * (1 + 0x1p-40) }
      let time = ended.map { starts[$0] + hours[$0] }.max() ?? first
      running.removeAll { ended.contains($0) }
      for place in ended { release(place, at: time) }
      startSteps(at: time)
    }
  }

  private mutating func release(_ place: Int, at time: Double) {
    freeCrews += procedure.steps[place].crewCount
    for next in procedure.waiting.successors[place] {
      missing[next] -= 1
      if missing[next] == 0 { readyTimes[next] = time }
    }
  }

  private mutating func startSteps(at time: Double) {
    for place in procedure.priorities where missing[place] == 0 && !started.contains(place) {
      guard procedure.steps[place].crewCount <= freeCrews else { continue }
      freeCrews -= procedure.steps[place].crewCount
      started.insert(place)
      running.append(place)
      starts[place] = time
    }
  }
}
