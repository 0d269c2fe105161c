internal import Quantities
internal import Recovery
internal import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// Components, roles and failure modes.
extension ClaimReader {
  func part(_ target: Target, _ measure: ClaimMeasure) -> ClaimReading {
    switch measure.word {
    case .replicas: ClaimReading(Double(units(of: target).count), .exact)
    case .left: left(target, measure.lost)
    case .rto, .rpo: recovery(measure.word, stores.filter { $0.failure.component == target.component })
    default: failover(target, measure.word)
    }
  }

  private func units(of target: Target) -> [String] {
    let component = model.components[target.component]
    let range = target.role.map { component.roles[$0].units } ?? component.units.indices
    return component.units[range].map(\.name)
  }

  /// The units of a component that are not lost; of a role those that have it once failover is over.
  private func left(_ target: Target, _ domain: Int?) -> ClaimReading {
    guard let domain, let row = losses?.rows[domain] else { return .unknown("no domain is lost") }
    let own = units(of: target)
    if target.role != nil, let role = row.roles.first(where: { $0.name == model.name(of: target) }) {
      return ClaimReading(Double(role.leftAfterFailover), .exact)
    }
    let lost = Set(row.units)
    return ClaimReading(Double(own.count { !lost.contains($0) }), .exact)
  }

  private func failover(_ target: Target, _ word: ClaimWord) -> ClaimReading {
    let component = model.components[target.component]
    guard let own = component.failovers.first(where: { $0.role == target.role }) else {
      return word == .candidates
        ? ClaimReading(0, .exact) : .unknown("the model states no failover of \(model.name(of: target))")
    }
    let parts = own.detection + [own.takes]
    switch word {
    case .candidates:
      return ClaimReading(Double(own.candidates.reduce(0) { $0 + component.roles[$1].units.count }), .exact)
    case .failover: return ClaimReading(parts.reduce(0) { $0 + $1.mean }, .exact)
    case .longest:
      let name = "failover/\(model.name(of: target))"
      return law(OutcomeLaw(sumOf: parts, plan: SamplingPlan(), name: name), word)
    default:
      return component.loss(of: own).map { ClaimReading($0.mean, .exact) }
        ?? .unknown("nothing says what one move loses")
    }
  }

  // MARK: Modes

  func mode(_ cause: String, _ word: ClaimWord) -> ClaimReading {
    if [.rto, .rpo].contains(word) { return recovery(word, stores.filter { $0.failure.cause == cause }) }
    if let entry = header.graph.leftOut.first(where: { $0.cause == cause }) { return .unknown(entry.reason) }
    let graph = header.graph
    let own = graph.processes.filter { graph.causes[$0.cause] == cause }
    guard let first = own.first else { return .unknown("it never happens in this model") }
    switch word {
    case .mtbf:
      return first.uptime.map { scaled($0.mean, of: cause, isRate: false) }
        ?? .unknown("how often is not known")
    case .rate:
      let rates = own.compactMap(\.frequencyPerHour)
      guard rates.count == own.count else { return .unknown("how often is not known") }
      return scaled(rates.reduce(0, +), of: cause, isRate: true)
    case .detection:
      guard first.detectionParts > 0 else { return .unknown("nothing says when it is noticed") }
      return ClaimReading(first.outage.prefix(first.detectionParts).reduce(0) { $0 + $1.mean }, .exact)
    default:
      return first.meanOutageHours.map { ClaimReading($0, .exact) }
        ?? .unknown("how long it lasts is not known")
    }
  }

  /// With the exact Poisson interval of what was seen, where the mode is bound to the history.
  private func scaled(_ value: Double, of cause: String, isRate: Bool) -> ClaimReading {
    guard let binding = header.bindings.first(where: { $0.cause == cause }), binding.observation.count > 0
    else {
      return ClaimReading(value, .exact)
    }
    let count = Double(binding.observation.count)
    let (low, high) = binding.countInterval(confidence: 0.95)
    let ends =
      isRate ? (value * low / count, value * high / count) : (value * count / high, value * count / low)
    return .known(ClaimRange(value, low: ends.0, high: ends.1), .exact)
  }

  /// The worst of several failures that take data.
  private func recovery(_ word: ClaimWord, _ answers: [StoreAnswer]) -> ClaimReading {
    let laws = answers.map { word == .rto ? $0.outcome.recovery : $0.outcome.loss }
    let quantiles = laws.map { $0.quantile(0.99) }
    guard let worst = quantiles.max(by: { $0.value < $1.value }) else {
      return .unknown("the model states no failure that takes its data")
    }
    guard worst.value.isFinite else {
      return .unknown(word == .rto ? "it may never be recovered" : "all of it may be lost")
    }
    return ClaimReading(worst, .exact)
  }
}
