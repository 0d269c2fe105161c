internal import Quantities
internal import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// Capabilities: the long run, and what losses leave.
extension ClaimReader {
  func capability(_ index: Int, _ measure: ClaimMeasure) -> ClaimReading {
    switch measure.word {
    case .availability: unavailability(index).complement
    case .downtime: unavailability(index)
    case .outages: outages(index)
    case .mtbf: times(index) { $0.meanUpHours }
    case .mttr: times(index) { $0.meanOutageHours }
    case .served: served(index)
    case .singlePoints: ClaimReading(Double(singlePoints(of: index).count), .exact)
    case .downtimeCost: downtimeCost(index)
    case .left: afterLoss(index, measure.lost) { $0.afterFailover.servedFraction }
    case .recovery: afterLoss(index, measure.lost) { $0.recoveryHours }
    default: .unknown("nothing computes it")
    }
  }

  /// What takes a capability down alone until it is repaired, by the structure of the model: also what was never seen to
  /// fail, or of which nobody says how often it does.
  private func singlePoints(of index: Int) -> [String] {
    let name = model.capabilities[index].name
    return (losses?.singlePoints ?? []).filter { point in
      // A pool is a name for nodes; it fails as a whole where somebody says so.
      (point.kind != .domain(.pool) || !point.causes.isEmpty)
        && point.hits.contains { $0.capability == name && $0.effect == .lasting }
    }
    .map(\.entity)
  }

  /// What a number counts, by name; `nil` where it counts nothing.
  func remark(_ term: ClaimTerm) -> String? {
    guard case .measure(let measure) = term, measure.word == .singlePoints,
      case .capability(let index) = measure.subject
    else { return nil }
    let names = singlePoints(of: index)
    return names.isEmpty ? nil : names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }

  private func exact(_ index: Int) -> SteadyStateResult? { evidence.exact.value?[index] }

  private var unsolved: ClaimReading {
    if case .missing(let reason) = evidence.exact {
      .unknown(reason)
    } else {
      .unknown("it has no exact answer")
    }
  }

  /// The simulation where only that follows the capability event by event, or no exact answer exists.
  private func simulated(_ index: Int) -> CapabilityEstimate? {
    let isSolved = exact(index) != nil && header.graph.simulatedOnly(ofCapability: index, .longRun).isEmpty
    return isSolved ? nil : evidence.simulation.value?.capabilities[index]
  }

  private func unavailability(_ index: Int) -> ClaimReading {
    if let own = simulated(index) { return ClaimReading(own.unavailability, .simulated) }
    guard let result = exact(index) else { return unsolved }
    if evidence.intervals.indices.contains(index), let interval = evidence.intervals[index] {
      return ClaimReading(interval.unavailability, .exact)
    }
    return ClaimReading(result.unavailability, .exact)
  }

  private func outages(_ index: Int) -> ClaimReading {
    if let own = simulated(index) {
      return ClaimReading(own.outagesPerYear, .simulated).scaled(by: 1 / 8760)
    }
    return times(index) { $0.frequency }
  }

  /// A number that follows from how much of the time it is down and how often it goes down, with those at the ends of
  /// the intervals.
  private func times(_ index: Int, _ number: (ServiceTimes) -> Double?) -> ClaimReading {
    if let own = simulated(index) {
      let (unavailability, outages) = (own.unavailability, own.outagesPerYear)
      let corners = [unavailability.low, unavailability.high].flatMap { share in
        [outages.low, outages.high].map { ServiceTimes(share, $0 / 8760) }
      }
      return times(ServiceTimes(unavailability.value, outages.value / 8760), corners, number, .simulated)
    }
    guard let result = exact(index) else { return unsolved }
    let ends =
      evidence.ends.indices.contains(index) ? [evidence.ends[index].few, evidence.ends[index].many] : []
    return times(ServiceTimes(result), ends.map(ServiceTimes.init), number, .exact)
  }

  private func times(
    _ stated: ServiceTimes, _ ends: [ServiceTimes], _ number: (ServiceTimes) -> Double?,
    _ engine: ClaimReading.Engine
  ) -> ClaimReading {
    guard let value = number(stated) else {
      return .unknown(
        stated.unavailability > 0
          ? "how often something that it needs is down is not known" : "it never goes down")
    }
    let all = ends.compactMap(number) + [value]
    return .known(ClaimRange(value, low: all.min() ?? value, high: all.max() ?? value), engine)
  }

  private func served(_ index: Int) -> ClaimReading {
    if simulated(index) == nil, let fraction = exact(index)?.unservedFraction {
      return ClaimReading(1 - fraction, .exact)
    }
    guard let own = evidence.simulation.value?.capabilities[index] else {
      return .unknown(exact(index)?.unservedReason ?? "it was not simulated")
    }
    return ClaimReading(own.unservedFraction, .simulated).complement
  }

  private func downtimeCost(_ index: Int) -> ClaimReading {
    let capability = model.capabilities[index]
    guard capability.downtimeCurrency != nil else {
      return .unknown("\(capability.name) states no price of downtime: downtime: {costs: \"$1,000/h\"}")
    }
    guard let own = evidence.simulation.value?.capabilities[index] else { return unsimulated }
    if let money = own.money { return ClaimReading(money.total, .simulated).scaled(by: 1 / 8760) }
    guard let price = capability.downtimeCost, capability.downtimeTerms == nil else {
      return .unknown("credits are for calendar months, and the horizon holds none")
    }
    return ClaimReading(own.unavailability, .simulated).scaled(by: price.perHour)
  }

  var unsimulated: ClaimReading {
    if case .missing(let reason) = evidence.simulation {
      .unknown(reason)
    } else {
      .unknown("it was not simulated")
    }
  }

  func missed(_ index: Int, objective: String) -> ClaimReading {
    guard let own = evidence.simulation.value?.capabilities[index] else { return unsimulated }
    let found = own.objectives.first { $0.objective.name == objective }
    return found?.missed.map { ClaimReading($0, .simulated) }
      ?? .unknown("the horizon holds none of its windows")
  }

  private func afterLoss(_ index: Int, _ domain: Int?, _ number: (CapabilityLoss) -> Double?) -> ClaimReading
  {
    guard let domain, let row = losses?.rows[domain] else { return .unknown("no domain is lost") }
    return number(row.capabilities[index]).map { ClaimReading($0, .exact) }
      ?? .unknown("how long \(row.name) is lost is not stated")
  }
}

/// How much of the time something is down, and how often it goes down.
private struct ServiceTimes {
  let unavailability: Double
  /// Per hour; `nil` when it is not known.
  let frequency: Double?

  init(_ unavailability: Double, _ frequency: Double?) {
    (self.unavailability, self.frequency) = (unavailability, frequency)
  }

  init(_ result: SteadyStateResult) { self.init(result.unavailability, result.frequencyPerHour) }

  /// The mean time that it is up between two outages, (1 − U) / frequency.
  var meanUpHours: Double? { frequency.flatMap { $0 > 0 ? (1 - unavailability) / $0 : nil } }

  /// The mean length of its outages, U / frequency.
  var meanOutageHours: Double? { frequency.flatMap { $0 > 0 ? unavailability / $0 : nil } }
}
