internal import Quantities
public import Recovery
internal import ServiceModel
public import Stochastics

/// Work on units on purpose, and how many of them it leaves up.
public struct CompiledPlannedWork: Sendable {
  /// One kind of work on one component or domain.
  public struct Work: Sendable {
    /// The full name, under which its downtime is counted and which keys its random stream: `backend/planned/deploy`.
    public let name: String
    /// The name alone: `deploy`.
    public let label: String
    /// From one occasion to the next, in hours.
    public let everyHours: Double
    /// How long a wave holds its units down, in hours.
    public let takes: any Distribution
    /// The hours of the week in which waves begin; `nil`: at any time.
    public let window: OnCallHours?
    /// What an occasion goes through, one after the other.
    public let waves: [Wave]
    /// Whether it is work on the units themselves, and not on where they are.
    public let isOnUnits: Bool
  }

  /// What is worked on at once.
  public struct Wave: Sendable {
    /// The units or nodes, by name.
    public let places: [String]
    /// The units that it holds down, ascending.
    public let units: [Int]
    /// The units that may be there and leave for other nodes, ascending.
    public let leaving: [Int]
    /// The nodes and other places that it is work on, as indices into the model's domains; none for work on units.
    public let domains: [Int]

    /// What it is called: `backend/2`, or `backend/1, backend/2, backend/3 and 2 more`.
    public var name: String { places.brief(naming: 3) ?? "" }
  }

  /// How many units of a component work leaves up.
  public struct Budget: Sendable {
    /// The component's name.
    public let component: String
    /// Its units.
    public let units: Range<Int>
    /// How many of them stay up when all run.
    public var kept: Int { kept(of: units.count) }
    fileprivate let budget: DisruptionBudget

    /// How many stay up when so many run, as autoscaling has it.
    public func kept(of running: Int) -> Int { budget.kept(of: running) }
  }

  /// The work on components, then that on domains, in the order declared.
  public let works: [Work]
  /// The budgets, in the order declared.
  public let budgets: [Budget]

  init(_ model: Model, firstUnit: [Int]) {
    var works: [Work] = []
    for (index, component) in model.components.enumerated() {
      let places = component.units.enumerated().map {
        WorkPlace(name: $1.name, units: [firstUnit[index] + $0])
      }
      works += component.planned.map { Work($0, on: component.name, places, isOnUnits: true) }
    }
    let isOnDomains = model.domains.contains { !$0.planned.isEmpty }
    let inside = isOnDomains ? model.unitsInside(firstUnit) : []
    let reached =
      isOnDomains ? model.components.indices.map { Set(model.placesReached(byComponent: $0)) } : []
    for (index, domain) in model.domains.enumerated() where !domain.planned.isEmpty {
      let places = model.placesOfWork(onDomain: index).map {
        WorkPlace(
          name: model.domains[$0].name, units: inside[$0],
          leaving: model.unitsLeaving($0, firstUnit, reached),
          domain: $0)
      }
      works += domain.planned.map { Work($0, on: domain.name, places, isOnUnits: false) }
    }
    self.works = works
    budgets = model.components.enumerated().compactMap { index, component in
      component.disruptionBudget.map { budget in
        Budget(
          component: component.name, units: firstUnit[index]..<firstUnit[index] + component.units.count,
          budget: budget)
      }
    }
  }

  /// Whether nothing is planned.
  public var isEmpty: Bool { works.isEmpty }
}

extension CompiledPlannedWork.Work {
  fileprivate init(
    _ work: PlannedWork, on owner: String, _ places: [WorkPlace], isOnUnits: Bool
  ) {
    self.isOnUnits = isOnUnits
    name = "\(owner)/planned/\(work.name)"
    label = work.name
    everyHours = work.every.hours
    takes = work.takes
    window = work.window
    let atOnce = work.placesAtOnce(of: places.count)
    waves = stride(from: 0, to: places.count, by: atOnce).map { first in
      let own = places[first..<min(first + atOnce, places.count)]
      return CompiledPlannedWork.Wave(
        places: own.map(\.name), units: own.flatMap(\.units).sorted(),
        leaving: Set(own.flatMap(\.leaving)).sorted(), domains: own.compactMap(\.domain))
    }
  }
}

/// A unit or node that is worked on.
private struct WorkPlace {
  let name: String
  /// The units that stay there.
  let units: [Int]
  /// Those that may be there and leave.
  var leaving: [Int] = []
  var domain: Int?
}

extension Model {
  /// The units that may be on a node in a domain, and leave nodes that are down or worked on.
  ///
  /// - Parameter reached: the places that units of each component may come to.
  fileprivate func unitsLeaving(_ domain: Int, _ firstUnit: [Int], _ reached: [Set<Int>]) -> [Int] {
    components.indices.filter { reached[$0].contains(domain) }.flatMap { index in
      components[index].units.indices.map { firstUnit[index] + $0 }
    }
  }

  /// The units inside each domain that stay there, ascending.
  fileprivate func unitsInside(_ firstUnit: [Int]) -> [[Int]] {
    var inside = [[Int]](repeating: [], count: domains.count)
    for (index, component) in components.enumerated() where component.rescheduling == nil {
      for (number, unit) in component.units.enumerated() {
        guard let domain = unit.domain else { continue }
        for place in domains.chain(from: domain) { inside[place].append(firstUnit[index] + number) }
      }
    }
    return inside
  }
}

extension CompiledGraph {
  /// The planned work that a capability may feel: directly, or since something that it needs waits for its units.
  public func plannedWork(feltByCapability index: Int) -> [CompiledPlannedWork.Work] {
    guard !planned.isEmpty else { return [] }
    let waitedFor =
      starts.flatMap(\.gates) + seeingGates.map(\.gate) + movingRoles.flatMap { $0.failover?.needs ?? [] }
    let felt = unitsNeeded(byCapability: index).union(units(below: waitedFor))
    return planned.works.filter { work in
      work.waves.contains { !felt.isDisjoint(with: $0.units) || !felt.isDisjoint(with: $0.leaving) }
    }
  }

  /// What an answer that knows no events says of planned work.
  func plannedNote(ofCapability index: Int) -> String? {
    guard let named = plannedWork(feltByCapability: index).map(\.name).brief() else { return nil }
    return "planned work is left out, \(named); relmodel simulate plays it"
  }
}
