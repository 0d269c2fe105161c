public import ServiceModel

/// One change after which all pods of a model have nodes.
public struct PlacementFix: Sendable {
  /// What is changed.
  public enum Change: Hashable, Sendable {
    /// So many more nodes of a type, one after the other in the zone with the fewest nodes.
    case add(nodes: Int, of: String)
    /// A rule is preferred in place of required, or a volume reachable from anywhere.
    case relax(PlacementConstraint)
    /// Each unit of an app asks for less.
    case lower(app: Int, PlacementModel.Resource, to: Int)
    /// An app has fewer units.
    case fewer(app: Int, units: Int)
  }

  /// What is changed.
  public let change: Change
  /// What it costs in millionths of the currency per hour; 0 for what is not bought.
  public let microsPerHour: Int
  /// The most pods that wait once any one zone is lost, everything re-packed, but for those whose volumes are in it; `nil`:
  /// there are no zones.
  public let waitingWithoutZone: Int?

  /// Whether all pods have nodes after the loss of any zone, too.
  public var survivesZone: Bool { waitingWithoutZone == 0 }
}

/// Looks for changes after which all pods have nodes, each by itself.
public struct PlacementFixes: Sendable {
  private let plan: PlacementPlan
  private let model: Model
  private let steps: Int
  private var answers: PlacementAnswers

  /// Changes to what a plan says.
  public init(_ plan: PlacementPlan, of model: Model, steps: Int = 20_000) {
    (self.plan, self.model, self.steps) = (plan, model, steps)
    answers = PlacementAnswers(steps: steps)
  }

  /// Changes that were proved to do, those that cost least first; nodes both so that all pods fit and so that they do
  /// without any zone.
  ///
  /// - Parameter offers: nodes that can be bought, those that there are already first.
  public func all(buying offers: [NodeOffer]) -> [PlacementFix] {
    var search = self
    return search.found(buying: offers)
  }

  private mutating func found(buying offers: [NodeOffer]) -> [PlacementFix] {
    let free = plan.best.fits == .no ? relaxations() + smallerRequests() + fewerUnits() : []
    let fitting = plan.best.fits == .yes ? [] : offers.compactMap { purchase($0, survivesZone: false) }
    let survives = plan.best.fits == .yes && waitingWithoutZone(problem) == 0
    let surviving = survives ? [] : offers.compactMap { purchase($0, survivesZone: true) }
    var unique: [PlacementFix] = []
    for fix in free + cheapest(fitting) + cheapest(surviving)
    where !unique.contains(where: { $0.change == fix.change }) {
      unique.append(fix)
    }
    return unique
  }

  /// The first, which is what the pool has already, and the two others that cost least.
  private func cheapest(_ fixes: [PlacementFix]) -> [PlacementFix] {
    let others = fixes.dropFirst().enumerated().sorted {
      ($0.element.microsPerHour, $0.offset) < ($1.element.microsPerHour, $1.offset)
    }.map(\.element)
    return (fixes.prefix(1) + others.prefix(2)).sorted { $0.microsPerHour < $1.microsPerHour }
  }

  // MARK: Without buying

  private var problem: PlacementProblem { plan.placement.problem }

  private mutating func fix(_ change: PlacementFix.Change, _ changed: PlacementProblem, price: Int = 0)
    -> PlacementFix?
  {
    guard BestPlacement.fits(changed, steps: steps) == .yes else { return nil }
    return PlacementFix(
      change: change, microsPerHour: price, waitingWithoutZone: waitingWithoutZone(changed))
  }

  private mutating func waitingWithoutZone(_ problem: PlacementProblem) -> Int? {
    let zones = plan.placement.zones.indices.filter { plan.placement.zones[$0] != nil }
    return zones.map { zone -> Int in
      var left = problem.without { $0.zone == zone }
      left.groups = left.groups.map { $0.zone == zone ? $0.with(count: 0) : $0 }
      return answers.best(left).waiting
    }.max()
  }

  private mutating func relaxations() -> [PlacementFix] {
    (plan.conflict?.constraints ?? []).compactMap { constraint in
      if case .room = constraint { return nil }
      return fix(.relax(constraint), problem.without(constraint))
    }
  }

  private mutating func fewerUnits() -> [PlacementFix] {
    problem.apps.indices.compactMap { app in
      let waiting = plan.best.packing.pending(of: problem)
      let missing = plan.sum(waiting, of: app)
      guard missing > 0, missing == waiting.reduce(0, +) else { return nil }
      var changed = problem
      for group in changed.groups.indices { changed.groups[group].count -= waiting[group] }
      return fix(.fewer(app: app, units: plan.count(of: app) - missing), changed)
    }
  }

  private mutating func smallerRequests() -> [PlacementFix] {
    let short = PlacementModel.Resource.allCases.dropLast().filter { resource in
      plan.conflict?.constraints.contains(.room(resource: resource.rawValue)) ?? false
    }
    return short.flatMap { resource in problem.apps.indices.compactMap { smaller($0, resource) } }
  }

  /// The most that each unit of an app may ask for: whole hundredths of a CPU, whole MiB.
  private mutating func smaller(_ app: Int, _ resource: PlacementModel.Resource) -> PlacementFix? {
    let unit = resource == .cpu ? 10 : 1 << 20
    let own = problem.groups.indices.filter { problem.groups[$0].app == app }
    func asking(_ amount: Int) -> PlacementProblem {
      var changed = problem
      for group in own { changed.groups[group].requests[resource.rawValue] = amount }
      return changed
    }
    func fits(_ units: Int) -> Bool { BestPlacement.fits(asking(units * unit), steps: steps) == .yes }
    guard let asked = own.first.map({ problem.groups[$0].requests[resource.rawValue] }), asked > unit,
      fits(1)
    else { return nil }
    var (low, high) = (1, (asked + unit - 1) / unit)
    while high - low > 1 {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return fix(.lower(app: app, resource, to: low * unit), asking(low * unit))
  }

  // MARK: Nodes

  private static let mostNodes = 64

  private mutating func purchase(_ offer: NodeOffer, survivesZone: Bool) -> PlacementFix? {
    guard !survivesZone || plan.placement.zones.compactMap(\.self).count > 1 else { return nil }
    for count in 1...PlacementFixes.mostNodes {
      let changed = plan.placement.adding(count, offer, to: model, beside: plan.best.packing)
      guard
        let found = fix(
          .add(nodes: count, of: offer.name), changed, price: count * offer.microsPerHour)
      else { continue }
      if !survivesZone || found.survivesZone { return found }
    }
    return nil
  }
}

extension PlacementModel {
  /// The same with more nodes, each in the zone that has the fewest, open to whom all nodes of the first waiting pods are.
  func adding(_ count: Int, _ offer: NodeOffer, to model: Model, beside packing: Packing) -> PlacementProblem
  {
    var changed = problem
    let waiting = packing.pending(of: problem).firstIndex { $0 > 0 } ?? 0
    let like = problem.nodes.indices.filter { problem.allows(waiting, on: $0) }
    let kind = (problem.nodes.map(\.kind).max() ?? 0) + 1
    for group in changed.groups.indices {
      let isOpen = like.allSatisfy { node in
        changed.groups[group].kinds?.contains(problem.nodes[node].kind) ?? true
      }
      if isOpen { changed.groups[group].kinds?.append(kind) }
    }
    let room = model.room(of: offer, like: like.first.map { domains[$0] })
    for number in 0..<count {
      let inZones = zones.indices.map { zone in changed.nodes.count { $0.zone == zone } }
      let fewest = zones.indices.min { inZones[$0] < inZones[$1] } ?? 0
      changed.nodes.append(
        PlacementNode(name: "\(offer.name) \(number + 1)", zone: fewest, room: room, kind: kind))
    }
    return changed
  }
}

extension Model {
  /// What a bought node has for units: without what a node like another withholds.
  func room(of offer: NodeOffer, like node: Int?) -> [Int] {
    let shape = node.map { node in
      domains[node].parents.first { domains[$0].kind == .pool }.map { domains[$0].shape }
        ?? domains[node].shape
    }
    let left = offer.capacity - (shape?.withheld ?? .none)
    return left.amounts.map { max(0, $0) } + [shape?.mostUnits ?? PlacementNode.unlimited]
  }
}
