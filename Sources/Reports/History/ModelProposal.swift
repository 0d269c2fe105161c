public import Diagnostics
public import IncidentHistory
internal import Quantities
public import ServiceModel
public import Stochastics

/// Numbers of a model as the history would have them.
public struct ModelProposal: Sendable {
  /// What is proposed for a failure mode.
  public struct Entry: Sendable {
    /// The component.
    public let component: String
    /// The mode.
    public let mode: String
    /// Where the model declares it.
    public let location: SourceLocation
    /// The mean operating time between failures of one entity, in hours.
    public let meanTime: Estimate
    /// The mean length of an outage in hours, where the model states it in one number; `nil` where it states parts, which
    /// the history does not tell apart.
    public let outage: Estimate?
    /// The mean outage of those that have ended, in hours; `nil` when none has.
    public let seenOutageHours: Double?
    /// Whether the model states detection, response and recovery apart, which the history does not tell apart.
    public let statesParts: Bool
    /// Whether the model states how often there is an occasion, and the probability of a failure at each.
    public let hasOccasions: Bool
    /// How many outages were seen.
    public let count: Int
    /// The exposure in entity hours.
    public let exposureHours: Double
  }

  /// What is proposed, in the model's order.
  public let entries: [Entry]
  /// Modes that take their numbers from the history at run time already.
  public let bound: [String]
  /// Modes of the model without an incident, with the rate that the history excludes with 95 %, per year.
  public let unseen: [(name: String, atMostPerYear: Double)]
  /// Modes of the history that the model states on a domain, whose numbers are not proposed.
  public let ofDomains: [String]
  /// Modes of the history that the model does not have.
  public let unknown: [String]

  /// The proposal for a model.
  ///
  /// The mean operating time is (exposure − downtime) / n with its exact interval, as a binding has it at run time.
  ///
  /// - Parameters:
  ///   - observe: what the history says of a mode.
  ///   - known: the modes that the history holds.
  public init(
    for model: Model, known: [KnownMode], confidence: Double = 0.95,
    observe: (_ component: String, _ mode: String) throws(Findings) -> Observation
  ) throws(Findings) {
    var (entries, bound, unseen): ([Entry], [String], [(String, Double)]) = ([], [], [])
    var names: Set<String> = []
    for component in model.components {
      for mode in component.modes {
        let name = "\(component.name)/\(mode.name)"
        names.insert(name)
        if let reference = Self.reference(of: mode) {
          bound.append(name)
          names.insert(reference.description)
          continue
        }
        let seen = try observe(component.name, mode.name)
        let entities = seen.units ?? model.entities(of: mode, in: component)
        let exposure = seen.unitHours ?? seen.windowHours * Double(entities)
        if let entry = Entry(component.name, mode, seen, exposureHours: exposure, confidence) {
          entries.append(entry)
        } else if exposure > 0 {
          unseen.append((name, poissonUpperLimit(count: 0, confidence: 0.95) / exposure * 8_760))
        }
      }
    }
    (self.entries, self.bound, self.unseen) = (entries, bound, unseen)
    let domains = Set(
      model.domains.flatMap { domain in domain.modes.map { "\(domain.causeName)/\($0.name)" } })
    ofDomains = known.map(\.name).filter { domains.contains($0) && !names.contains($0) }
    names.formUnion(domains)
    unknown = known.filter { $0.mode != nil && !names.contains($0.name) }.map(\.name)
  }

  private static func reference(of mode: FailureMode) -> ModeReference? {
    if case .incidents(let reference, _) = mode.occurrence { return reference }
    if case .incidents(let reference) = mode.outage { return reference }
    return nil
  }
}

extension ModelProposal.Entry {
  fileprivate init?(
    _ component: String, _ mode: FailureMode, _ seen: Observation, exposureHours: Double, _ confidence: Double
  ) {
    let upHours = exposureHours - seen.downtimeHours
    guard seen.count > 0, upHours > 0,
      let estimate = (try? MeanTimeBetweenFailures(failures: seen.count, exposure: upHours))?
        .estimate(confidence: confidence)
    else { return nil }
    (self.component, self.mode, location) = (component, mode.name, mode.location)
    (meanTime, count, self.exposureHours) = (estimate, seen.count, exposureHours)
    let ended = seen.durationsHours.count
    seenOutageHours = ended > 0 ? seen.downtimeHours / Double(ended) : nil
    hasOccasions = Self.isThinned(mode)
    statesParts = if case .parts = mode.outage { true } else { false }
    outage =
      !statesParts ? DurationFigures.gammaInterval(seen.durationsHours, confidence: confidence) : nil
  }

  /// The value of `mtbf:` with where it comes from.
  public var meanTimeText: String {
    let interval = "\(HistoryText.interval(meanTime))"
    return Self.value(
      meanTime.value,
      "\(HistoryText.count(count, "incident")) in \(HistoryText.days(exposureHours)) of exposure; \(interval)"
    )
  }

  /// The value of `lasts:` with where it comes from.
  public var outageText: String? {
    outage.map {
      Self.value($0.value, "mean of \(HistoryText.count(count, "outage")); \(HistoryText.interval($0))")
    }
  }

  /// A length of time to three digits, and its source.
  private static func value(_ hours: Double, _ source: String) -> String {
    let units: [(name: String, hours: Double)] = [("d", 24), ("h", 1), ("min", 1.0 / 60)]
    let unit = units.first { hours >= 2 * $0.hours } ?? ("s", 1.0 / 3_600)
    let text = significant(hours / unit.hours, digits: 3).filter { $0 != "," }.trimmingZeros
    return "{value: \(text) \(unit.name), source: \"incident history: \(source)\"}"
  }

  /// Whether a stated rate is of occasions of which only some are failures.
  private static func isThinned(_ mode: FailureMode) -> Bool {
    guard let stated = mode.statedRate, case .meanTimeBetweenFailures(let span) = mode.occurrence else {
      return false
    }
    return abs(span.hours * stated.perHour - 1) > 1e-9
  }
}
