public import ServiceModel

/// What is asked of components over time, and what follows it.
public struct CompiledDemand: Sendable {
  /// What one capability asks of a component.
  public struct Term: Sendable, Hashable {
    /// The capability.
    public let capability: Int
    /// How many healthy units' worth at its stated demand.
    public let units: Double
  }

  /// A failure by overload.
  public struct Overload: Sendable {
    /// Its process.
    public let process: Int
    /// The unit it is of; `nil`: the whole component.
    public let unit: Int?
    /// The load that causes it.
    public let trigger: OverloadTrigger
  }

  /// What is asked of a component, or of one of its roles, against what its units can do.
  public struct Load: Sendable {
    /// Its name: `backend` or `postgresql/reader`.
    public let name: String
    /// Its units; in a graph to be simulated with those that autoscaling may add.
    public let units: [Int]
    /// The role that they have at first, among the graph's moving roles, where others may take it; `nil`: its units are its own.
    public let movingRole: Int?
    /// The units that may do its work: its own, or all that may have that role.
    public let holders: [Int]
    /// How many of them run at first.
    public let runningAtFirst: Int
    /// Who asks for how much; one for each capability that does.
    public let terms: [Term]
    /// How many of them run; `nil`: all of them, always.
    public let autoscaling: Autoscaling?
    /// The failures that too much of it causes.
    public let overloads: [Overload]
    /// Those that run only while they are wanted, in the order in which they are.
    public var unitsThatComeAndGo: [Int] { Array(units.dropFirst(autoscaling?.fewest ?? units.count)) }
    /// How a unit that autoscaling adds starts; `nil`: at once.
    public let start: StartRule?
  }

  /// Every component and role that work is asked of and whose units are its own, or come and go; empty where nothing follows the demand.
  public let loads: [Load]
  /// The profile of each capability; `nil`: its demand is the same at all hours.
  public let profiles: [DemandProfile?]
  /// The pools on whose nodes autoscaled units ask for room, in the order declared.
  public let nodePools: [CompiledNodePool]

  /// Whether nothing follows the demand.
  public var isEmpty: Bool { loads.isEmpty && profiles.allSatisfy { $0 == nil } }

  init(_ compiler: ProcessCompiler, movingRoles: [MovingRole]) {
    let model = compiler.model
    profiles = model.capabilities.map(\.profile)
    guard model.followsDemand else {
      (loads, nodePools) = ([], [])
      return
    }
    loads = model.components.indices.flatMap { index in
      model.components[index].roles.indices.compactMap { role in
        Load(role, ofComponent: index, compiler, movingRoles)
      }
    }
    nodePools = CompiledNodePool.all(of: model)
  }
}

extension CompiledDemand.Load {
  /// `nil` where nothing is asked of the role, or it moves among units that are always there.
  fileprivate init?(
    _ role: Int, ofComponent index: Int, _ compiler: ProcessCompiler, _ movingRoles: [MovingRole]
  ) {
    let model = compiler.model
    let component = model.components[index]
    let scaling = component.autoscaling.flatMap { $0.role == role ? $0 : nil }
    let moving = movingRoles.firstIndex { $0.component == index && $0.role == role }
    guard moving == nil || scaling != nil else { return nil }
    let terms = model.capabilities.enumerated().compactMap { number, capability -> CompiledDemand.Term? in
      let asked = capability.demands.first {
        $0.target.component == index && ($0.target.role ?? role) == role && $0.units > 0
      }
      return asked.map { CompiledDemand.Term(capability: number, units: $0.units) }
    }
    guard !terms.isEmpty else { return nil }
    self.terms = terms
    name = model.name(of: Target(component: index, role: role))
    units = component.roles[role].units.map { compiler.firstUnit[index] + $0 }
    movingRole = moving
    holders =
      moving == nil ? units : movingRoles.filter { $0.component == index }.flatMap(\.units).sorted()
    autoscaling = scaling
    runningAtFirst = scaling?.first ?? units.count
    start = component.start
    overloads = compiler.processes.enumerated().compactMap { number, process in
      guard let trigger = process.overload, compiler.causes[process.cause].isMode(of: component.name) else {
        return nil
      }
      return CompiledDemand.Overload(
        process: number, unit: process.entity == component.name ? nil : process.units.first, trigger: trigger)
    }
  }
}

extension String {
  fileprivate func isMode(of component: String) -> Bool { hasPrefix(component + "/") }
}

// MARK: What answers without events leave out

extension CompiledGraph {
  /// What changes with the demand under a capability, and what an answer that knows no events takes in its place.
  func demandNotes(ofCapability index: Int) -> [String] {
    guard model.followsDemand else { return [] }
    let profiled =
      model.capabilities[index].profile == nil
      ? [] : ["profile: the stated demand at all hours; relmodel simulate follows it"]
    return profiled + scaledNotes(ofCapability: index)
  }

  /// The same of units that come and go, or fail by overload: what changes whether a capability is up.
  public func scaledNotes(ofCapability index: Int) -> [String] {
    guard model.followsDemand else { return [] }
    let needed = unitsNeeded(byCapability: index)
    var first = 0
    var notes: [String] = []
    var places: Set<Int> = []
    for (index, component) in model.components.enumerated() {
      let own = Set(first..<first + component.units.count)
      first += component.units.count
      guard !needed.isDisjoint(with: own) else { continue }
      places.formUnion(component.units.compactMap(\.domain))
      if let scaling = component.autoscaling {
        let name = model.name(of: Target(component: index, role: scaling.role))
        notes.append(
          "autoscaling of \(name): \(scaling.first) units at all hours; relmodel simulate follows it"
        )
      }
      for mode in component.modes where mode.overload != nil {
        notes.append(
          "\(component.name)/\(mode.name) is left out: it comes of load, which only simulate follows")
      }
    }
    return notes + model.nodeNotes(onDomains: places)
  }
}
