internal import Quantities
internal import ServiceModel
internal import Stochastics

/// A component whose units change their nodes: they come up on another one after theirs has been down for a time, or come
/// and go by autoscaling, where there is room and no rule keeps them from.
public struct ReschedulingComponent: Sendable {
  /// The component's index.
  public let component: Int
  /// Its units.
  public let units: [Int]
  /// How long a unit waits for its node, in hours; ∞: until that is back.
  public let afterHours: Double
  /// The node of each unit at first, as an index into the model's domains; `nil`: none has room for it.
  public let homes: [Int?]
  /// For each unit: the nodes that it may be on, in the order declared.
  public let nodes: [[Int]]
}

extension CompiledGraph {
  /// The processes of which some units are held for part of the outage only.
  public var processesThatUnitsLeave: [Int] {
    processes.indices.filter { !processes[$0].situation.leaving.isEmpty }
  }

  /// The units that a process hits wherever others are: all but those that leave the place that fails.
  public func unitsThatStay(ofProcess number: Int) -> [Int] {
    let process = processes[number]
    guard process.situation.place != nil, !rescheduling.isEmpty else { return process.units }
    return process.units.filter { unit in !rescheduling.contains { $0.units.contains(unit) } }
  }
}

extension CompiledGraph {
  /// The units that a process may hit: its own, and of a component that changes its nodes all that may come to its place.
  public func unitsEverHit(byProcess number: Int) -> Set<Int> {
    Set(processes[number].units).union(
      rescheduling.flatMap { $0.unitsThatMayCome(to: processes[number].situation.place, of: model) })
  }
}

extension ReschedulingComponent {
  /// Its units that a failure of a place may hit; none where that is of no place, or of the units of another component there.
  fileprivate func unitsThatMayCome(to place: FailurePlace?, of model: Model) -> [Int] {
    guard let place, (place.component ?? component) == component else { return [] }
    return zip(units, nodes).compactMap { unit, own in
      own.contains { model.domains.chain(from: $0).contains(place.domain) } ? unit : nil
    }
  }
}

extension Model {
  /// The domains that have a node that units of a component may come to, ascending; none when they stay where they are.
  func placesReached(byComponent index: Int) -> [Int] {
    guard let rescheduling = components[index].rescheduling else { return [] }
    return Set(rescheduling.nodes.joined().flatMap { domains.chain(from: $0) }).sorted()
  }
}

/// Finds what has to be followed because units change their nodes, or because failures age only while units are up.
struct FollowedCompiler {
  private let model: Model
  private let processes: [RenewalProcess]
  private let origins: [ProcessOrigin]
  /// The components whose units change their nodes.
  let rescheduling: [ReschedulingComponent]
  /// For each of them, the places that its units may come to.
  private let reached: [Set<Int>]

  init(_ compiler: ProcessCompiler) {
    let model = compiler.model
    self.model = model
    processes = compiler.processes
    origins = compiler.origins
    rescheduling = compiler.model.components.indices.compactMap { index in
      ReschedulingComponent(index, of: model, firstUnit: compiler.firstUnit[index])
    }
    reached = rescheduling.map { Set(model.placesReached(byComponent: $0.component)) }
  }

  /// What is followed, without what is anyhow; each process by itself.
  func group(besides known: Set<Int>) -> DependentGroup? {
    let moving = processes.indices.filter { movesUnits(processes[$0]) }
    let own = Set(moving).union(ageing()).subtracting(known).filter { processes[$0].frequencyPerHour != nil }
    guard !own.isEmpty else { return nil }
    return DependentGroup(
      classes: own.sorted().map {
        DependentGroup.FailureClass(processes: [$0], partsBeforeRepair: 0, crew: nil, priority: 1, pool: nil)
      }, pools: [], crews: [])
  }

  /// Whether a process is the failure of a place that units may leave, or come to.
  private func movesUnits(_ process: RenewalProcess) -> Bool {
    guard let place = process.situation.place else { return false }
    return zip(rescheduling, reached).contains { own, places in
      (place.component ?? own.component) == own.component && places.contains(place.domain)
    }
  }

  /// The processes on an operating clock, and those that stop it. What loses data, or has a season, goes by itself: it is
  /// drawn from its long run at time 0.
  private func ageing() -> Set<Int> {
    let operating = processes.indices.filter { processes[$0].situation.clock != .calendar }
    let units = Set(
      operating.flatMap { number in
        processes[number].units
          + rescheduling.flatMap { $0.unitsThatMayCome(to: processes[number].situation.place, of: model) }
      })
    let stopping = processes.indices.filter { number in
      processes[number].takesDown && processes[number].season == nil && origins[number].mode.loses == nil
        && processes[number].units.contains { units.contains($0) }
    }
    return Set(operating).union(units.isEmpty ? [] : stopping)
  }

  // MARK: For answers that know no events

  /// The processes with what such an answer makes of their clocks, and of units that leave them.
  func settled() -> [RenewalProcess] {
    guard processes.contains(where: { $0.situation != ProcessSituation() }) else { return processes }
    let holders = holdersOfUnits()
    let afterHours = afterHoursOfUnits()
    return processes.indices.map { number in
      var process = processes[number]
      if process.situation.clock != .calendar { process.situation.clock = clock(of: number, holders) }
      return process.releasingUnits(afterHours: afterHours)
    }
  }

  /// The processes that take each unit down.
  private func holdersOfUnits() -> [Int: [Int]] {
    var holders: [Int: [Int]] = [:]
    for (number, process) in processes.enumerated() where process.takesDown {
      for unit in process.units { holders[unit, default: []].append(number) }
    }
    return holders
  }

  private func clock(of number: Int, _ holders: [Int: [Int]]) -> AgeingClock {
    let own = processes[number]
    let others = Set(own.units.flatMap { holders[$0] ?? [] }).subtracting([number])
    let component = model.components.first {
      $0.units.contains { $0.name == own.entity } || $0.name == own.entity
    }
    guard component?.start == nil else { return .hindered }
    if others.isEmpty { return .alone }
    let isShared =
      own.takesDown && component?.failovers.isEmpty == true
      && others.union([number]).allSatisfy { other in
        let process = processes[other]
        return process.units == own.units && process.situation.clock != .calendar
          && origins[other].mode.crew == nil && process.frequencyPerHour != nil
      }
    return isShared ? .exclusive : .hindered
  }

  /// How long each unit waits that leaves its node at all.
  private func afterHoursOfUnits() -> [Int: Double] {
    var hours: [Int: Double] = [:]
    for own in rescheduling where own.afterHours.isFinite {
      for unit in own.units { hours[unit] = own.afterHours }
    }
    return hours
  }
}

extension ReschedulingComponent {
  fileprivate init?(_ index: Int, of model: Model, firstUnit: Int) {
    let own = model.components[index]
    guard let stated = own.rescheduling else { return nil }
    component = index
    units = own.units.indices.map { firstUnit + $0 }
    afterHours = stated.after?.hours ?? .infinity
    homes = own.units.map(\.domain)
    nodes = own.units.map { stated.nodes[$0.role] }
  }
}

extension RenewalProcess {
  /// The same, lasting min(outage, wait) for units that leave their place: for all where none stays, by the longest wait, and
  /// for some by their own.
  fileprivate func releasingUnits(afterHours: [Int: Double]) -> RenewalProcess {
    guard takesDown, let place = situation.place, place.component == nil, !units.isEmpty, let uptime,
      let down = meanOutageHours
    else { return self }
    let waits = Set(units.compactMap { afterHours[$0] }).sorted(by: >)
    guard !waits.isEmpty else { return self }
    var cut = situation
    for wait in waits {
      guard let least = meanOutage(atMost: wait) else { return self }
      cut.leaving.append(LeavingUnits(units: units.filter { afterHours[$0] == wait }, meanHours: least))
    }
    if units.allSatisfy({ afterHours[$0] != nil }) {
      cut.boundShare = cut.leaving.removeFirst().meanHours / down
      cut.boundHours = waits[0]
    }
    var process = self
    process.unavailability = down * cut.boundShare / (uptime.mean + down)
    process.situation = cut
    return process
  }

  private func meanOutage(atMost hours: Double) -> Double? {
    guard let wait = try? Deterministic(value: hours) else { return nil }
    return MeanMinimum.value(outage, [wait], streamName: "\(name)/reschedule-mean")
  }

  /// For each of the units that leave sooner than others, those that wait longest first: the share of the time that the others
  /// are held for which they are, given that they are held, too.
  public var sharesOfLeaving: [(units: [Int], share: Double)] {
    guard let down = meanOutageHours else { return [] }
    let starting = meanStartingHours
    var longer = down * situation.boundShare + starting
    return situation.leaving.map { own in
      let held = min(longer, own.meanHours + starting)
      defer { longer = held }
      return (own.units, longer > 0 ? held / longer : 1)
    }
  }
}
