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
  /// The start of all its units together after it, which is no part of what others share; none where they start otherwise.
  var jointStart: ExponentialStages?
  /// Whether something else depends on it too.
  let isShared: Bool

  /// The outage, and the longest start after it.
  var untilStarted: ExponentialStages {
    let longest = starts.max { $0.mean < $1.mean }
    return ExponentialStages(rates: stageRates + (longest?.rates ?? []))
  }

  /// The rates of its stages: those of the outage, and those of a start of all its units.
  var stageRates: [Double] { outage.rates + (jointStart?.rates ?? []) }
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
    // A fourth outage that hardly ever comes would make the chain twice as large.
    FailoverDetail(1, 1, grouped: true, outages: 3, leftOut: 1e-12),
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
  /// The processes as these units feel them.
  let felt: [RenewalProcess]
  private let shapesFelt: [RenewalProcess]
  /// What of them is an outage of the chain, without the starts that it follows after it: what others share, or where
  /// failures come at random, the outage alone.
  private let outagesAlone: CompiledGraph
  private let shapesAlone: [RenewalProcess]
  /// The largest share of time down that a chain tells from all of it.
  private static let mostDown = 1 - 1e-9
  /// No failures are more frequent, per hour.
  private static let highestRate = 1e9
  /// Starts of more failures' length come to their end as good as never.
  private static let mostCutShort = 20.0
  /// Up to this variance, relative to the mean squared, starts of several units are taken as of one length.
  private static let togetherBelow = 1.0 / 12

  init(graph: CompiledGraph, units: [Int], isShared: [Bool], shapes: CompiledGraph) {
    self.graph = graph
    self.units = units
    self.isShared = isShared
    self.shapes = shapes
    let own = Set(units)
    let felt = graph.processes.map { $0.felt(by: own) }
    let shapesFelt = shapes.processes.map { $0.felt(by: own) }
    (self.felt, self.shapesFelt) = (felt, shapesFelt)
    let alone = graph.processes.indices.map { index in
      isShared[index]
        ? graph.processes[index] : Self.isRandom(felt[index]) ? felt[index].started(after: 0) : felt[index]
    }
    outagesAlone = graph.replacing(
      processes: alone, movingRoles: graph.movingRoles, dependentGroups: graph.dependentGroups)
    shapesAlone = zip(alone, shapes.processes.indices).map { process, index in
      isShared[index] ? shapes.processes[index] : shapesFelt[index].started(after: process.startHours)
    }
  }

  /// Whether failures come at random, whatever starts.
  private static func isRandom(_ process: RenewalProcess) -> Bool {
    process.failsAtRandom && process.situation.boundShare == 1 && process.situation.leaving.isEmpty
      && process.unavailability <= mostDown
  }

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

  /// Whether the chain follows the start of each unit after a process by itself: where it hits them at random, and what
  /// others share of it does not contain a start. Else all of its units start together.
  private func startsUnits(_ index: Int) -> Bool {
    let process = felt[index]
    guard Self.isRandom(process), !isShared[index] || graph.processes[index].startHours == 0 else {
      return false
    }
    let hours = Set(process.units.map { graph.processes[index].startHours(ofUnit: $0) })
    guard hours.count == 1 else { return hours.count > 1 }
    // Several starts that hardly vary end together, which stages of their own do not.
    guard let start = graph.start(after: process) else { return false }
    return process.units.count == 1 || start.variance > Self.togetherBelow * start.mean * start.mean
  }

  private func outage(_ group: [Int], places: [Int: Int], mostStages: Int) -> FailoverProcess {
    let first = outagesAlone.processes[group[0]]
    let units = first.units.compactMap { places[$0] }
    if startsUnits(group[0]) { return outageWithoutStart(group, units: units, mostStages: mostStages) }
    let event = BasicEvent(kind: .processes(group))
    let unavailability = event.unavailability(in: outagesAlone)
    let frequency = event.frequencyPerHour(in: outagesAlone) ?? 0
    let isAlone = group.count == 1 && first.startHours == 0
    let exact = isAlone ? ExponentialStages(exactly: first.outage) : nil
    let kept = exact.flatMap { $0.rates.count <= mostStages ? $0 : nil }
    let like = ExponentialStages(like: shapes.partsUntilStarted(shapesAlone[group[0]]), most: mostStages)
    // Units that hardly ever come to start again are as good as always down, at rates that stay finite.
    let isEverUp = unavailability <= Self.mostDown && frequency > 0
    let rate = isEverUp ? frequency / (1 - unavailability) : rateWhileUp(group)
    return FailoverProcess(
      processes: group, units: units, rate: rate,
      outage: kept
        ?? like.scaled(toMean: isEverUp ? unavailability / frequency : 1 / (rate * (1 - Self.mostDown))),
      containsStart: first.startHours > 0,
      jointStart: jointStart(after: group[0], rate: rate, mostStages: mostStages),
      isShared: isShared[group[0]])
  }

  /// What all units of the component start for after an outage, beyond the start that it contains.
  private func jointStart(after index: Int, rate: Double, mostStages: Int) -> ExponentialStages? {
    let contained = outagesAlone.processes[index].startHours
    let left = felt[index].startHours - contained
    guard left > 0, let fixed = try? Deterministic(value: left) else { return nil }
    let law = contained == 0 ? graph.start(after: felt[index]) ?? fixed : fixed
    let count = shapes.stages(mostStages, for: [law], of: shapesFelt[index])
    return start(law, like: ExponentialStages(like: [law], most: count), rate: rate)
  }

  /// Processes that hit the same units at random, without the starts after them.
  private func outageWithoutStart(_ group: [Int], units: [Int], mostStages: Int) -> FailoverProcess {
    let processes = group.map { graph.processes[$0] }
    let exact = group.count == 1 ? ExponentialStages(exactly: processes[0].outage) : nil
    let kept = exact.flatMap { 1...mostStages ~= $0.rates.count ? $0 : nil }
    let shape = shapesFelt[group[0]]
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
      isShared: isShared[group[0]])
  }

  /// The outages with the starts of their units.
  private func startingUnits(after outages: [FailoverProcess], mostStages: Int) -> [FailoverProcess] {
    var rates = [Double](repeating: 0, count: units.count)
    for outage in outages where outage.jointStart != nil || startsUnits(outage.processes[0]) {
      for unit in outage.units { rates[unit] += outage.rate }
    }
    return outages.map { outage in
      guard startsUnits(outage.processes[0]) else { return outage }
      var starting = outage
      starting.starts = outage.units.map {
        start(of: $0, after: outage.processes[0], rate: rates[$0], mostStages: mostStages)
      }
      return starting
    }
  }

  /// The start of a unit, by its place in the component, after a process; no stages where it takes no time.
  private func start(
    of place: Int, after index: Int, rate: Double, mostStages: Int
  ) -> ExponentialStages {
    let unit: Set = [units[place]]
    let shape = shapes.processes[index].felt(by: unit)
    guard let law = graph.ownStart(after: graph.processes[index].felt(by: unit)) else {
      return ExponentialStages(rates: [])
    }
    if let exact = ExponentialStages(exactly: [law]), exact.rates.count <= mostStages { return exact }
    let like = shapes.ownStart(after: shape) ?? law
    let count = shapes.stages(mostStages, for: [like], of: shape)
    return start(law, like: ExponentialStages(like: [like], most: count), rate: rate)
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
