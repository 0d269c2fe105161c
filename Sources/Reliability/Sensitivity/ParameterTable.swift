internal import Diagnostics
internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// One part of an outage or of a move: its laws, and the parameter that is the sum of their means.
struct ScaledPart: Sendable {
  let parameter: Int
  let laws: [any Distribution]
  let mean: Double

  /// The laws with another mean.
  func laws(_ values: [Double]) -> [any Distribution] {
    let factor = values[parameter] / mean
    return factor == 1 || !(factor > 0) || !factor.isFinite ? laws : laws.map { $0.scaled(by: factor) }
  }
}

/// The numbers of one failure mode.
struct ModeParameters: Sendable {
  /// The mean time between failures, or the rate; `nil` when only an availability is known.
  var uptime: Int?
  /// Where `uptime` is a rate: the mean time between failures times it.
  var rateTimesMean: Double?
  var unavailability: Int?
  var beta: Int?
  var outage: [ScaledPart] = []
  /// For each part of the outage as the graph has it: the parameter that its mean is a share of.
  var outageElements: [Int?] = []

  /// The mean time between failures in hours.
  func meanUptime(_ values: [Double]) -> Double? {
    uptime.map { place in rateTimesMean.map { $0 / values[place] } ?? values[place] }
  }

  /// All numbers.
  var parameters: [Int] { [uptime, unavailability, beta].compactMap { $0 } + outage.map(\.parameter) }
}

/// The numbers of one failover.
struct FailoverParameters: Sendable {
  var failure: Int
  var move: [ScaledPart]
  var byHand: [ScaledPart]?
  var detection: Int?
  var takes: Int?
  var manual: Int?

  /// All numbers.
  var parameters: [Int] { [failure] + [detection, takes, manual].compactMap { $0 } }
}

/// The numbers of a component's spares.
struct StandbyParameters: Sendable {
  var dormancy: Int?
  var detection: Int?
  var takes: Int?
  var failure: Int?
  var manual: Int?

  /// All numbers.
  var parameters: [Int] { [dormancy, detection, takes, failure, manual].compactMap { $0 } }
}

/// Every number of a model that its long run depends on, in the order of the model.
struct ParameterTable: Sendable {
  private(set) var parameters: [ModelParameter] = []
  /// The numbers behind each cause of each entity that states one: `component/mode` or, for domains, the domain's name
  /// and the mode's.
  private(set) var modes: [String: ModeParameters] = [:]
  /// The numbers of each moving role; `nil` for a role that only lends units.
  private(set) var failovers: [FailoverParameters?] = []
  /// The numbers of each component with spares.
  private(set) var standbys: [Int: StandbyParameters] = [:]
  /// Where the modes of domains were declared, so that those of a domain that is like another are the same numbers.
  private var declared: [(location: SourceLocation, mode: FailureMode, numbers: ModeParameters)] = []

  init(_ graph: CompiledGraph) {
    for domain in graph.model.domains {
      let isGenerated = domain.causeName != domain.name
      let path = isGenerated ? "domains/\(domain.causeName)/nodes" : "domains/\(domain.name)"
      for mode in domain.modes { addDomainMode(mode, of: domain, path: "\(path)/fails/\(mode.name)") }
    }
    for (index, component) in graph.model.components.enumerated() {
      for mode in component.modes {
        modes["\(component.name)/\(mode.name)"] = add(
          mode, path: "components/\(component.name)/fails/\(mode.name)")
      }
      for (number, failover) in component.failovers.enumerated() {
        addFailover(failover, number: number, of: component)
      }
      if let standby = component.standby { standbys[index] = add(standby, of: component) }
    }
    failovers = graph.movingRoles.map { role in
      guard role.failover != nil else { return nil }
      let component = graph.model.components[role.component]
      return pending["\(component.name)/\(role.role)"]
    }
  }

  private var pending: [String: FailoverParameters] = [:]

  private mutating func add(_ name: String, _ quantity: ModelParameter.Quantity, _ value: Double) -> Int {
    parameters.append(ModelParameter(name: name, quantity: quantity, value: value))
    return parameters.count - 1
  }

  // MARK: Modes

  private mutating func addDomainMode(_ mode: FailureMode, of domain: Domain, path: String) {
    let key = "\(domain.name)/\(mode.name)"
    if let same = declared.first(where: { $0.location == mode.location && $0.mode.isSame(as: mode) }) {
      modes[key] = same.numbers
      return
    }
    let numbers = add(mode, path: path)
    declared.append((mode.location, mode, numbers))
    modes[key] = numbers
  }

  private mutating func add(_ mode: FailureMode, path: String) -> ModeParameters {
    var numbers = ModeParameters()
    switch mode.occurrence {
    case .meanTimeBetweenFailures(let span):
      if let rate = mode.statedRate?.perHour, rate > 0 {
        numbers.uptime = add("\(path)/rate", .perHour, rate)
        numbers.rateTimesMean = span.hours * rate
      } else {
        numbers.uptime = add("\(path)/mtbf", .hours, span.hours)
      }
    case .lifetime(let law): numbers.uptime = add("\(path)/lifetime", .hours, law.mean)
    case .availability(let stated):
      numbers.unavailability = add("\(path)/availability", .unavailability, stated.unavailability)
    case .incidents, .neverSeen, .overload: return numbers
    }
    for (name, laws) in mode.outage.namedParts {
      let part = part("\(path)/\(name)", laws)
      numbers.outageElements += laws.map { _ in part?.parameter }
      if let part { numbers.outage.append(part) }
    }
    if case .beta(let beta) = mode.commonCause {
      numbers.beta = add("\(path)/common-cause/beta", .share, beta.value)
    }
    return numbers
  }

  /// A part with its parameter; `nil` when it takes no time.
  private mutating func part(_ name: String, _ laws: [any Distribution]) -> ScaledPart? {
    let mean = laws.reduce(0) { $0 + $1.mean }
    return mean > 0 ? ScaledPart(parameter: add(name, .hours, mean), laws: laws, mean: mean) : nil
  }

  // MARK: Failover

  private mutating func addFailover(_ failover: Failover, number: Int, of component: Component) {
    let role = component.roles[failover.role].name ?? component.name
    let path = "components/\(component.name)/failover/\(role)"
    let detection = part("\(path)/detect", failover.detection)
    let takes = part("\(path)/takes", [failover.takes])
    let failure = add("\(path)/works", .failureProbability, failover.works.complement)
    let manual = failover.manual.map { part("\(path)/manual", [$0]) }
    pending["\(component.name)/\(failover.role)"] = FailoverParameters(
      failure: failure, move: [detection, takes].compactMap { $0 },
      byHand: manual.map { [detection, $0].compactMap { $0 } }, detection: detection?.parameter,
      takes: takes?.parameter, manual: manual.flatMap { $0?.parameter })
  }

  // MARK: Spares

  private mutating func add(_ standby: Standby, of component: Component) -> StandbyParameters {
    let path = "components/\(component.name)/standby"
    var numbers = StandbyParameters()
    if standby.dormancy.value > 0, standby.dormancy.complement > 0 {
      numbers.dormancy = add("\(path)/dormancy", .share, standby.dormancy.value)
    }
    numbers.detection = part("\(path)/switch/detect", standby.detection)?.parameter
    numbers.takes = standby.takes.flatMap { part("\(path)/switch/takes", [$0])?.parameter }
    if standby.works.complement > 0 {
      numbers.failure = add("\(path)/switch/works", .failureProbability, standby.works.complement)
    }
    numbers.manual = standby.manual.flatMap { part("\(path)/switch/manual", [$0])?.parameter }
    return numbers
  }

  // MARK: Processes

  /// The numbers behind a process of the graph; `nil` where its mode states none.
  func numbers(of process: RenewalProcess, in graph: CompiledGraph) -> ModeParameters? {
    let cause = graph.causes[process.cause]
    let own = cause.hasSuffix("/common-cause") ? String(cause.dropLast("/common-cause".count)) : cause
    let mode = own.split(separator: "/").last.map(String.init) ?? own
    return modes["\(process.entity)/\(mode)"] ?? modes[own]
  }
}

extension Outage {
  /// The parts that have numbers of their own, by their keys in the file.
  fileprivate var namedParts: [(name: String, laws: [any Distribution])] {
    switch self {
    case .unknown, .incidents: []
    case .total(let whole): [("lasts", [whole])]
    case .parts(let detection, let response, let recovery):
      [("detect", detection), ("respond", response), ("recover", recovery)]
    }
  }
}

extension FailureMode {
  /// Whether two modes say the same.
  fileprivate func isSame(as other: FailureMode) -> Bool {
    name == other.name && meanHours == other.meanHours
      && outage.distributions.map(\.mean) == other.outage.distributions.map(\.mean)
  }

  private var meanHours: Double? {
    switch occurrence {
    case .meanTimeBetweenFailures(let span): span.hours
    case .lifetime(let law): law.mean
    case .availability(let stated): stated.unavailability
    case .incidents, .neverSeen, .overload: nil
    }
  }
}
