internal import Diagnostics
internal import Quantities
internal import ServiceModel
internal import Stochastics

/// Expands failure modes into one renewal process for each entity of their scope.
struct ProcessCompiler {
  let model: Model
  /// The index of each component's first unit.
  let firstUnit: [Int]
  var causes: [String] = []
  var processes: [RenewalProcess] = []
  /// What each process is a failure of.
  var origins: [ProcessOrigin] = []
  var leftOut: [CompiledGraph.LeftOut] = []
  private var causeIndex: [String: Int] = [:]
  /// The domains that units may come to.
  private let reached: Set<Int>
  /// Whether failures by overload are among the processes; without a demand that is followed they never come.
  private let withOverload: Bool

  init(model: Model, withOverload: Bool) {
    self.model = model
    reached = Set(model.components.indices.flatMap { model.placesReached(byComponent: $0) })
    self.withOverload = withOverload
    var next = 0
    firstUnit = model.components.map { component in
      defer { next += component.units.count }
      return next
    }
  }

  /// The units that some mode degrades without taking them down.
  var degradableUnits: Set<Int> {
    Set(processes.filter { !$0.takesDown }.flatMap(\.units))
  }

  mutating func compile() throws(Findings) {
    let residents = residents()
    for (index, domain) in model.domains.enumerated() {
      for mode in domain.modes {
        try add(
          mode, cause: "\(domain.causeName)/\(mode.name)", entity: domain.name, units: residents[index],
          place: FailurePlace(domain: index, component: nil))
      }
    }
    for (index, component) in model.components.enumerated() {
      for mode in component.modes { try add(mode, of: component, index: index) }
    }
    try checkNames()
  }

  /// The units in each domain, directly or further in.
  private func residents() -> [[Int]] {
    var residents = [[Int]](repeating: [], count: model.domains.count)
    for (index, component) in model.components.enumerated() {
      for (offset, unit) in component.units.enumerated() {
        guard let domain = unit.domain else { continue }
        for place in model.domains.chain(from: domain) { residents[place].append(firstUnit[index] + offset) }
      }
    }
    return residents
  }

  private mutating func add(_ mode: FailureMode, of component: Component, index: Int) throws(Findings) {
    let cause = "\(component.name)/\(mode.name)"
    let all = Array(firstUnit[index]..<firstUnit[index] + component.units.count)
    switch mode.scope {
    case .component: try add(mode, cause: cause, entity: component.name, units: all)
    case .unit: try addUnits(mode, cause: cause, component: component, units: all)
    case .zone: try addPlaces(mode, cause: cause, component: index, units: all, kind: .zone)
    case .node: try addPlaces(mode, cause: cause, component: index, units: all, kind: .node)
    }
  }

  /// A process for each unit, and one for the shocks to each set of units that can fail together.
  private mutating func addUnits(
    _ mode: FailureMode, cause: String, component: Component, units: [Int]
  ) throws(Findings) {
    let shares = mode.commonCause?.shares(units: units.count) ?? [1]
    try checkShocks(mode, shares: shares, units: units.count)
    for (offset, unit) in units.enumerated() where shares[0] > 0 {
      try add(
        mode, cause: cause, entity: component.units[offset].name, units: [unit], share: shares[0],
        isOfUnit: true)
    }
    for (index, share) in shares.enumerated().dropFirst() where share > 0 {
      for set in Combinations(of: index + 1, from: units.count) {
        try add(
          mode, cause: "\(cause)/common-cause", entity: name(ofSet: set, in: component),
          units: set.map { units[$0] }, share: share)
      }
    }
  }

  /// `api` for all units of a component, `api/1+3` for some.
  private func name(ofSet set: [Int], in component: Component) -> String {
    guard set.count < component.units.count else { return component.name }
    let own = set.map { component.units[$0].name.dropFirst(component.name.count + 1) }
    return "\(component.name)/\(own.joined(separator: "+"))"
  }

  /// The sets that can fail together double with every unit.
  private func checkShocks(_ mode: FailureMode, shares: [Double], units: Int) throws(Findings) {
    var total = processes.count
    for (index, share) in shares.enumerated().dropFirst() where share > 0 {
      total +=
        Combinations.count(of: index + 1, from: units, limit: CompiledGraph.processLimit)
        ?? CompiledGraph.processLimit
    }
    guard total > CompiledGraph.processLimit else { return }
    throw Findings([
      Diagnostic(
        slug: "too-large",
        "\(units) units can fail together in more than \(grouped(CompiledGraph.processLimit)) ways",
        at: mode.location, help: "common-cause: {beta: 10 %}")
    ])
  }

  private mutating func addPlaces(
    _ mode: FailureMode, cause: String, component index: Int, units: [Int], kind: Domain.Kind
  ) throws(Findings) {
    let component = model.components[index]
    var residents: [Int: [Int]] = [:]
    for place in model.placesReached(byComponent: index) where model.domains[place].kind == kind {
      residents[place] = []
    }
    for (unit, described) in zip(units, component.units) {
      guard let domain = described.domain else { continue }
      for place in model.domains.chain(from: domain) where model.domains[place].kind == kind {
        residents[place, default: []].append(unit)
      }
    }
    for (place, hit) in residents.sorted(by: { $0.key < $1.key }) {
      try add(
        mode, cause: cause, entity: "\(component.name)@\(model.domains[place].name)", units: hit,
        place: FailurePlace(domain: place, component: index))
    }
  }

  /// Adds one process that has `share` of the mode's rate.
  private mutating func add(
    _ mode: FailureMode, cause: String, entity: String, units: [Int], share: Double = 1,
    isOfUnit: Bool = false, place: FailurePlace? = nil
  ) throws(Findings) {
    guard !units.isEmpty || isReached(place),
      let numbers = try numbers(of: mode, cause: cause, share: share, units: units)
    else {
      return
    }
    guard processes.count < CompiledGraph.processLimit else {
      throw Findings([
        Diagnostic(
          slug: "too-large",
          "the model has more than \(grouped(CompiledGraph.processLimit)) failure processes",
          at: mode.location)
      ])
    }
    origins.append(ProcessOrigin(mode: mode, isOfUnit: isOfUnit))
    var remaining = 0.0
    if case .degraded(let fraction) = mode.effect { remaining = fraction.value }
    processes.append(
      RenewalProcess(
        name: "\(entity)/\(cause.drop { $0 != "/" }.dropFirst())", cause: index(ofCause: cause),
        entity: entity,
        uptime: meanUptime(numbers, mode.season), outage: mode.outage.distributions,
        detectionParts: mode.outage.detection.count, unavailability: unavailability(numbers, mode),
        statesUnavailability: mode.occurrence.isAvailability, units: units,
        remainingFraction: remaining, season: mode.season, overload: mode.overload,
        restartsUnits: mode.restarts,
        situation: ProcessSituation(place: place, agesInOperation: mode.clock == .operating)))
  }

  /// Whether units of others may come to a place that has none of its own.
  private func isReached(_ place: FailurePlace?) -> Bool {
    place.map { reached.contains($0.domain) } ?? false
  }

  /// The law of up times at the mean rate of a week or year.
  private func meanUptime(_ numbers: Numbers, _ season: Season?) -> (any Distribution)? {
    guard let season, let law = numbers.uptime else { return numbers.uptime }
    return law.scaled(by: 1 / season.meanFactor)
  }

  private func unavailability(_ numbers: Numbers, _ mode: FailureMode) -> Double {
    guard let season = mode.season, let law = numbers.uptime else { return numbers.unavailability }
    let down = mode.outage.distributions.reduce(0) { $0 + $1.mean }
    return down / (law.mean / season.meanFactor + down)
  }

  private mutating func index(ofCause cause: String) -> Int {
    if let index = causeIndex[cause] { return index }
    causeIndex[cause] = causes.count
    causes.append(cause)
    return causes.count - 1
  }

  /// Notes a cause that can not be put into numbers, once, with all the units it would hit.
  private mutating func leaveOut(_ cause: String, reason: String, bound: Rate?, units: [Int]) {
    let earlier = leftOut.firstIndex { $0.cause == cause }
    let all = Set(units).union(earlier.map { leftOut[$0].units } ?? [])
    let entry = CompiledGraph.LeftOut(cause: cause, reason: reason, upperBound: bound, units: all)
    if let earlier { leftOut[earlier] = entry } else { leftOut.append(entry) }
  }

  private typealias Numbers = (uptime: (any Distribution)?, unavailability: Double)

  /// The law of up times and the unavailability; `nil` when the mode is left out.
  private mutating func numbers(
    of mode: FailureMode, cause: String, share: Double, units: [Int]
  ) throws(Findings) -> Numbers? {
    let down = mode.outage.distributions.reduce(0) { $0 + $1.mean }
    switch mode.occurrence {
    case .meanTimeBetweenFailures(let span):
      guard let numbers = exponential(mean: span.hours / share, down: down) else {
        throw Findings([
          Diagnostic(
            slug: "out-of-range", "the time between failures of \(cause) is too long to compute with",
            at: mode.location, help: "leave the mode out, or state a time that can be seen")
        ])
      }
      return numbers
    case .lifetime(let law):
      let scaled = share == 1 ? law : law.scaled(by: 1 / share)
      return (scaled, down / (scaled.mean + down))
    case .availability(let availability):
      return numbers(unavailability: availability.unavailability * share, down: down)
    case .overload: return withOverload ? (nil, 0) : nil
    case .neverSeen(_, let bound):
      leaveOut(cause, reason: "never seen in the incident history", bound: bound, units: units)
      return nil
    case .incidents(let reference, _):
      throw Findings([
        Diagnostic(
          slug: "history-needed", "\(reference) comes from the incident history, and none is bound",
          at: mode.location, help: "--db relmodel.db")
      ])
    }
  }

  private func exponential(mean: Double, down: Double) -> Numbers? {
    guard let law = try? Exponential(mean: mean) else { return nil }
    return (law, down / (mean + down))
  }

  /// With a length, the frequency follows: mean up time = D (1 − U) / U.
  private func numbers(unavailability: Double, down: Double) -> Numbers? {
    guard unavailability > 0 else { return nil }
    guard down > 0, unavailability < 1 else { return (nil, unavailability) }
    let law = try? Exponential(mean: down * (1 - unavailability) / unavailability)
    return (law, unavailability)
  }

  /// Two processes with one key would see the same luck.
  private func checkNames() throws(Findings) {
    var owners: [ProcessKey: String] = [:]
    for process in processes {
      if let other = owners.updateValue(process.name, forKey: ProcessKey(name: process.name)) {
        throw Findings([
          Diagnostic(
            slug: "stream-collision",
            "\(process.name) and \(other) would share a random stream; rename one of them", at: nil)
        ])
      }
    }
  }
}

extension Occurrence {
  fileprivate var isAvailability: Bool {
    if case .availability = self { true } else { false }
  }
}
