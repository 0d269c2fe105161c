internal import ServiceGraph
internal import Stochastics

/// What fails among the units of a component whose roles move: outages as the chain of its roles sees them.
struct FailoverProcess: Sendable {
  /// The processes of the graph that are one here, since they hit the same units.
  let processes: [Int]
  /// The units of the component that it holds down, as places in the component.
  let units: [Int]
  /// How often it begins while it is not under way, per hour.
  let rate: Double
  /// How long it lasts.
  let outage: ExponentialStages
  /// Whether something else depends on it too.
  let isShared: Bool
}

/// How closely the chain of a component follows its laws; from exact to coarse.
struct FailoverDetail: Sendable {
  /// The most stages of an outage that is not exponential.
  let outageStages: Int
  /// The most stages of a move that is not exponential.
  let moveStages: Int
  /// Whether processes that hit the same units are one.
  let groupsProcesses: Bool
  /// The most outages under way at once.
  let mostOutages: Int

  /// The largest long-run probability of more outages than that.
  let mostLeftOut: Double

  private init(
    _ outageStages: Int, _ moveStages: Int, grouped: Bool = false, outages: Int = .max, leftOut: Double = 1
  ) {
    self.outageStages = outageStages
    self.moveStages = moveStages
    groupsProcesses = grouped
    mostOutages = outages
    mostLeftOut = leftOut
  }

  /// From exact to coarse; the first whose chain is small enough is taken.
  static let all = [
    FailoverDetail(12, 6), FailoverDetail(4, 3), FailoverDetail(4, 3, outages: 3, leftOut: 1e-5),
    FailoverDetail(2, 2, outages: 3, leftOut: 1e-5), FailoverDetail(1, 1),
    FailoverDetail(3, 3, grouped: true, outages: 3, leftOut: 1e-5),
    FailoverDetail(1, 1, grouped: true, outages: 4),
    FailoverDetail(1, 1, grouped: true, outages: 3), FailoverDetail(1, 1, grouped: true, outages: 2),
  ]

  /// Whether it leaves out no more than it may.
  func suits(_ outages: [FailoverProcess]) -> Bool {
    guard outages.count > mostOutages, mostLeftOut < 1 else { return true }
    var counts = [1.0]
    for outage in outages {
      let down = outage.rate * outage.outage.mean / (1 + outage.rate * outage.outage.mean)
      var next = counts.map { $0 * (1 - down) } + [0]
      for (number, chance) in counts.enumerated() { next[number + 1] += chance * down }
      counts = next
    }
    return counts.dropFirst(mostOutages + 1).reduce(0, +) <= mostLeftOut
  }
}

/// Finds what fails among the units of a component.
struct FailoverProcesses: Sendable {
  let graph: CompiledGraph
  /// The component's units whose roles move, by their numbers in the graph.
  let units: [Int]
  /// For each process of the graph: whether something outside the component's moving roles depends on it.
  let isShared: [Bool]
  /// The graph whose laws say how many stages stand for them.
  let shapes: CompiledGraph
  /// The largest share of time down that a chain tells from all of it.
  private static let mostDown = 1 - 1e-9
  /// No failures are more frequent, per hour.
  private static let highestRate = 1e9

  /// The outages; `nil` when the frequency of one is not known.
  func outages(_ detail: FailoverDetail) -> [FailoverProcess]? {
    let places = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, $0) })
    var groups: [[Int]] = []
    var groupOfUnits: [[Int]: Int] = [:]
    for (index, process) in graph.processes.enumerated() where process.takesDown && process.unavailability > 0
    {
      guard process.units.contains(where: { places[$0] != nil }) else { continue }
      guard process.frequencyPerHour != nil else { return nil }
      // What is shared is one variable for all that hits the same units, so it is one here too.
      if detail.groupsProcesses || isShared[index], let group = groupOfUnits[process.units] {
        groups[group].append(index)
      } else {
        groupOfUnits[process.units] = groups.count
        groups.append([index])
      }
    }
    return groups.map { outage($0, places: places, mostStages: detail.outageStages) }
  }

  private func outage(_ group: [Int], places: [Int: Int], mostStages: Int) -> FailoverProcess {
    let event = BasicEvent(kind: .processes(group))
    let unavailability = event.unavailability(in: graph)
    let frequency = event.frequencyPerHour(in: graph) ?? 0
    let first = graph.processes[group[0]]
    let isAlone = group.count == 1 && first.startHours == 0
    let exact = isAlone ? ExponentialStages(exactly: first.outage) : nil
    let kept = exact.flatMap { $0.rates.count <= mostStages ? $0 : nil }
    let like = ExponentialStages(like: shapes.processes[group[0]].partsUntilStarted, most: mostStages)
    // Units that hardly ever come to start again are as good as always down, at rates that stay finite.
    let isEverUp = unavailability <= Self.mostDown && frequency > 0
    let rate = isEverUp ? frequency / (1 - unavailability) : rateWhileUp(group)
    return FailoverProcess(
      processes: group, units: first.units.compactMap { places[$0] }, rate: rate,
      outage: kept
        ?? like.scaled(toMean: isEverUp ? unavailability / frequency : 1 / (rate * (1 - Self.mostDown))),
      isShared: isShared[group[0]])
  }

  /// How often processes fail while none of them is down, per hour; 1 where no up time is known.
  private func rateWhileUp(_ group: [Int]) -> Double {
    let rate = group.reduce(0) { $0 + (graph.processes[$1].uptime.map { 1 / $0.mean } ?? 0) }
    return rate > 0 && rate < Self.highestRate ? rate : 1
  }
}

extension RenewalProcess {
  /// The outage and the start after it, as far as nothing hits its units meanwhile.
  var partsWithStart: [any Distribution] {
    guard startHours > 0, let start = try? Deterministic(value: startHours) else { return outage }
    return outage + [start]
  }

  /// Parts as long as all until its units have started: an outage, a start, and what is between the first start and the
  /// one that comes to its end as one exponential part.
  var partsUntilStarted: [any Distribution] {
    guard startHours > 0, let mean = meanHoursUntilStarted, let down = meanOutageHours,
      let again = try? Exponential(mean: mean - down - startHours)
    else { return partsWithStart }
    return partsWithStart + [again]
  }
}
