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
  /// For each of the units: its start after the outage; none where nothing starts after it, or the outage contains the start.
  var starts: [ExponentialStages] = []
  /// Whether it contains the start after it, which then runs whatever else holds the units down.
  var containsStart = false
  /// Whether something else depends on it too.
  let isShared: Bool

  /// The outage, and the start after it.
  var untilStarted: ExponentialStages {
    ExponentialStages(rates: outage.rates + (starts.first?.rates ?? []))
  }
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
      let load = outage.rate * outage.untilStarted.mean
      let down = load / (1 + load)
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
  /// Starts of more failures' length come to their end as good as never.
  private static let mostCutShort = 20.0
  /// Up to this variance, relative to the mean squared, starts of several units are taken as of one length.
  private static let togetherBelow = 1.0 / 12

  /// The outages; `nil` when the frequency of one is not known.
  func outages(_ detail: FailoverDetail) -> [FailoverProcess]? {
    let places = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, $0) })
    var groups: [[Int]] = []
    var groupOfUnits: [Group: Int] = [:]
    for (index, process) in graph.processes.enumerated() where process.takesDown && process.unavailability > 0
    {
      guard process.units.contains(where: { places[$0] != nil }) else { continue }
      guard process.frequencyPerHour != nil else { return nil }
      let key = Group(units: process.units, startsUnits: startsUnits(index))
      // What is shared is one variable for all that hits the same units, so it is one here too.
      if detail.groupsProcesses || isShared[index], let group = groupOfUnits[key] {
        groups[group].append(index)
      } else {
        groupOfUnits[key] = groups.count
        groups.append([index])
      }
    }
    let outages = groups.map { outage($0, places: places, mostStages: detail.outageStages) }
    return startingUnits(after: outages, mostStages: detail.outageStages)
  }

  /// What processes have in common that are one outage.
  private struct Group: Hashable {
    let units: [Int]
    let startsUnits: Bool
  }

  /// Whether the chain follows the starts after a process by themselves: where it hits units of one component at random
  /// and nothing else waits for it. Else an outage contains its start.
  private func startsUnits(_ index: Int) -> Bool {
    let process = graph.processes[index]
    // Several starts that hardly vary end together, which stages of their own do not.
    guard let start = graph.start(after: process),
      process.units.count == 1 || start.variance > Self.togetherBelow * start.mean * start.mean
    else { return false }
    return !isShared[index] && process.uptime is Exponential
      && process.situation.clock == .calendar && process.situation.boundShare == 1
      && process.situation.leaving.isEmpty && process.unavailability <= Self.mostDown
  }

  private func outage(_ group: [Int], places: [Int: Int], mostStages: Int) -> FailoverProcess {
    let first = graph.processes[group[0]]
    let units = first.units.compactMap { places[$0] }
    if startsUnits(group[0]) { return outageWithoutStart(group, units: units, mostStages: mostStages) }
    let event = BasicEvent(kind: .processes(group))
    let unavailability = event.unavailability(in: graph)
    let frequency = event.frequencyPerHour(in: graph) ?? 0
    let isAlone = group.count == 1 && first.startHours == 0
    let exact = isAlone ? ExponentialStages(exactly: first.outage) : nil
    let kept = exact.flatMap { $0.rates.count <= mostStages ? $0 : nil }
    let like = ExponentialStages(like: shapes.partsUntilStarted(shapes.processes[group[0]]), most: mostStages)
    // Units that hardly ever come to start again are as good as always down, at rates that stay finite.
    let isEverUp = unavailability <= Self.mostDown && frequency > 0
    let rate = isEverUp ? frequency / (1 - unavailability) : rateWhileUp(group)
    return FailoverProcess(
      processes: group, units: units, rate: rate,
      outage: kept
        ?? like.scaled(toMean: isEverUp ? unavailability / frequency : 1 / (rate * (1 - Self.mostDown))),
      containsStart: first.startHours > 0, isShared: isShared[group[0]])
  }

  /// Processes that hit the same units at random, without the starts after them.
  private func outageWithoutStart(_ group: [Int], units: [Int], mostStages: Int) -> FailoverProcess {
    let processes = group.map { graph.processes[$0] }
    let exact = group.count == 1 ? ExponentialStages(exactly: processes[0].outage) : nil
    let kept = exact.flatMap { 1...mostStages ~= $0.rates.count ? $0 : nil }
    let shape = shapes.processes[group[0]]
    let like = ExponentialStages(
      like: shape.outage, most: shapes.stages(mostStages, for: shape.outage, of: shape))
    let rate = rateWhileUp(group)
    // Of a time without all of them 1/λ passes, and of all time a share 1/∏ (1 + λ D).
    let load = portableExpm1(
      processes.reduce(0) { sum, process in
        sum + portableLog1p((process.meanOutageHours ?? 0) / (process.uptime?.mean ?? .infinity))
      })
    return FailoverProcess(
      processes: group, units: units, rate: rate,
      outage: kept
        ?? (load > 0 ? like.scaled(toMean: load / rate) : ExponentialStages(rates: [Self.highestRate])),
      isShared: false)
  }

  /// The outages with the starts of their units.
  private func startingUnits(after outages: [FailoverProcess], mostStages: Int) -> [FailoverProcess] {
    var rates = [Double](repeating: 0, count: units.count)
    for outage in outages where !outage.containsStart && startsUnits(outage.processes[0]) {
      for unit in outage.units { rates[unit] += outage.rate }
    }
    return outages.map { outage in
      let process = graph.processes[outage.processes[0]]
      guard startsUnits(outage.processes[0]), let law = graph.start(after: process) else { return outage }
      var starting = outage
      let shape = shapes.processes[outage.processes[0]]
      let like = shapes.start(after: shape) ?? law
      let count = shapes.stages(mostStages, for: [like], of: shape)
      let exact = ExponentialStages(exactly: [law]).flatMap { $0.rates.count <= mostStages ? $0 : nil }
      starting.starts = outage.units.map { unit in
        exact ?? start(law, like: ExponentialStages(like: [like], most: count), rate: rates[unit])
      }
      return starting
    }
  }

  /// As many stages as others for a start that a failure cuts short at a rate; they come to their end as often as it,
  /// E[e^(−ΛS)].
  private func start(
    _ law: any Distribution, like stages: ExponentialStages, rate: Double
  ) -> ExponentialStages {
    guard rate > 0, let next = try? Exponential(mean: 1 / rate) else {
      return stages.scaled(toMean: law.mean)
    }
    // 1 − E[e^(−ΛS)] = Λ E[min(S, a time of rate Λ)], and (r / (r + Λ))ᵏ come to the end of k stages of rate r.
    let missed = rate * MeanMinimum.value([next], [law], streamName: "failover/start-mean")
    let ended = law.variance > 0 ? -portableLog1p(-min(missed, 1 - 1e-12)) : rate * law.mean
    let count = Double(stages.rates.count)
    return stages.scaled(toMean: count * portableExpm1(min(ended, Self.mostCutShort) / count) / rate)
  }

  /// How often processes fail while none of them is down, per hour; 1 where no up time is known.
  private func rateWhileUp(_ group: [Int]) -> Double {
    let rate = group.reduce(0) { $0 + (graph.processes[$1].uptime.map { 1 / $0.mean } ?? 0) }
    return rate > 0 && rate < Self.highestRate ? rate : 1
  }
}

extension CompiledGraph {
  /// The start after a process, where all units that it takes down are of one component.
  func start(after process: RenewalProcess) -> (any Distribution)? {
    guard process.startHours > 0, let unit = process.units.first,
      let own = starts.first(where: { $0.units.contains(unit) }),
      process.units.allSatisfy({ own.units.contains($0) })
    else { return nil }
    return own.takes.flatMap { $0.mean > 0 ? $0 : nil }
  }

  /// How many of some stages a part of an outage and the start after it gets, by its length; at least 1.
  func stages(_ count: Int, for parts: [any Distribution], of process: RenewalProcess) -> Int {
    let whole = partsWithStart(process).reduce(0) { $0 + $1.mean }
    let part = parts.reduce(0) { $0 + $1.mean }
    return whole > 0 ? max(1, Int((Double(count) * min(1, part / whole)).rounded())) : 1
  }

  /// The outage of a process and the start after it, as far as nothing hits its units meanwhile: that of the units by its law,
  /// or, where several components wait for each other, of mean length.
  func partsWithStart(_ process: RenewalProcess) -> [any Distribution] {
    if let start = start(after: process) { return process.outage + [start] }
    guard process.startHours > 0, let start = try? Deterministic(value: process.startHours) else {
      return process.outage
    }
    return process.outage + [start]
  }

  /// Parts as long as all until the units of a process have started: an outage, a start, and what is between the first start
  /// and the one that comes to its end as one exponential part.
  func partsUntilStarted(_ process: RenewalProcess) -> [any Distribution] {
    let parts = partsWithStart(process)
    guard process.startHours > 0, let mean = process.meanHoursUntilStarted,
      let again = try? Exponential(mean: mean - parts.reduce(0) { $0 + $1.mean })
    else { return parts }
    return parts + [again]
  }
}
