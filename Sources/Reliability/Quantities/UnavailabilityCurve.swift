public import ServiceGraph
public import Stochastics

/// The probability that an alternating renewal process is down at a time, when it begins up at age 0.
///
/// Exponential up and down times have the closed form λ / (λ + μ) · (1 − exp(−(λ + μ) t)); exponential up times
/// with any outage are solved to about 1e-13 relative; laws of single values by their instants; all others on a
/// lattice, with the error stated. Source: Rausand and Høyland, *System reliability theory*, 2nd edition, 2004,
/// sections 7.3 and 9.4.
public struct UnavailabilityCurve: Sendable {
  /// How the curve is computed.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// A formula.
    case closedForm
    /// The integral equation of exponential up times, marched.
    case integralEquation
    /// Instants, when up times and outages take single values only.
    case instants
    /// The renewal equation on a lattice of times.
    case renewalLattice
    /// A constant: only a share of time is known, so how it begins is not.
    case constant
  }

  /// How it is computed.
  public let method: Method
  /// The share of time down in the long run; 1 without repair.
  public let steadyState: Double
  /// About how far values may be off, relative to the long run.
  public let relativeError: Double
  /// The times up to the horizon at which the curve is not smooth, in hours, ascending.
  package let breaks: [Double]
  /// The shortest time in hours on which it changes.
  package let pace: Double
  /// Instants at which it fails with a probability of their own, in hours, ascending, with that probability.
  package let failureInstants: [(time: Double, probability: Double)]
  private let form: Form
  /// Of its failures but the first: the share that hits units that have started since the last one.
  private var startedShare = 1.0

  private enum Form: Sendable {
    case constant(Double)
    case lifetime(LawMeasure)
    case twoState(failureRate: Double, repairRate: Double)
    /// The time that it holds its units, and its own outages where these go on longer: it fails only between them.
    case exponentialUptime(rate: Double, outage: PanelFunction?, PanelFunction)
    case instants(StepProcess)
    /// The table is what is down after the first failure where the lattice jumps, and all of it otherwise.
    case lattice(LawMeasure, RenewalLattice, PanelFunction)
    case event(EventBehaviour)
  }

  /// Over how long a time values are means, in hours; 0 where each belongs to its instant.
  package var blurHours: Double {
    if case .lattice(_, let later, _) = form, later.hasJumps { later.step } else { 0 }
  }

  /// The curve of a process up to a horizon.
  ///
  /// - Parameters:
  ///   - uptime: the law of up times in hours.
  ///   - outage: the independent parts of an outage in hours; empty when it is never repaired.
  ///   - horizonHours: how far it will be asked, more than 0.
  public init(uptime: any Distribution, outage: [any Distribution], horizonHours: Double) {
    if outage.isEmpty {
      self.init(lifetime: uptime, horizon: horizonHours)
    } else if let up = uptime as? Exponential, outage.count == 1, let down = outage[0] as? Exponential {
      self.init(failureRate: 1 / up.mean, repairRate: 1 / down.mean, horizon: horizonHours)
    } else {
      self.init(uptime: uptime, OutageLaw(outage), holding: nil, horizonHours: horizonHours)
    }
  }

  /// - Parameters:
  ///   - held: for how long after each failure counts as down, where that is not the outage.
  ///   - isSooner: whether that may end before the outage.
  private init(
    uptime: any Distribution, _ outage: OutageLaw, holding held: OutageLaw?, isSooner: Bool = false,
    horizonHours: Double
  ) {
    if let up = uptime as? Exponential {
      self.init(
        failureRate: 1 / up.mean, outage: outage, holding: held, isSooner: isSooner, horizon: horizonHours)
    } else {
      self.init(general: uptime, outage: outage, holding: held, horizon: horizonHours)
    }
  }

  /// The curve of a process of a graph: down is for how long it holds its units, which may leave their node before its end
  /// or have to start after it. A constant when only its availability is known.
  public init(_ process: RenewalProcess, horizonHours: Double) {
    if let uptime = process.uptime, !process.outage.isEmpty {
      guard process.startHours > 0 || process.situation.boundHours < .infinity else {
        self.init(uptime: uptime, outage: process.outage, horizonHours: horizonHours)
        return
      }
      let (bound, start) = (process.situation.boundHours, process.startHours)
      // On an operating clock the next up time begins when its units have started.
      if process.situation.clock != .calendar, bound == .infinity {
        self.init(
          uptime: uptime, OutageLaw(process.outage, then: start), holding: nil, horizonHours: horizonHours)
        return
      }
      self.init(
        uptime: uptime, OutageLaw(process.outage),
        holding: OutageLaw(process.outage, atMost: bound, then: start, unless: uptime),
        isSooner: bound < .infinity, horizonHours: horizonHours)
      if start > 0, bound == .infinity { startedShare = uptime.survival(start) }
    } else {
      self.init(constant: process.unavailability)
    }
  }

  /// A constant, of unknown frequency.
  public init(constant unavailability: Double) {
    method = .constant
    steadyState = unavailability
    relativeError = 0
    breaks = []
    pace = .infinity
    failureInstants = []
    form = .constant(unavailability)
  }

  /// The closed form of exponential up and down times, rates per hour.
  public init(failureRate: Double, repairRate: Double, horizon: Double) {
    method = .closedForm
    steadyState = failureRate / (failureRate + repairRate)
    relativeError = 4e-16
    breaks = []
    pace = 1 / (failureRate + repairRate)
    failureInstants = []
    form = .twoState(failureRate: failureRate, repairRate: repairRate)
  }

  /// The curve of a basic event of a fault tree, by its formula.
  ///
  /// - Parameters:
  ///   - steadyState: its probability in the long run.
  ///   - breaks: where the formula is not smooth, or turns sharply.
  ///   - pace: the shortest time on which it changes.
  init(event: EventBehaviour, steadyState: Double, breaks: [Double], pace: Double) {
    method = .closedForm
    self.steadyState = steadyState
    relativeError = 1e-13
    self.breaks = breaks
    self.pace = pace
    failureInstants = []
    form = .event(event)
  }

  private init(lifetime: any Distribution, horizon: Double) {
    let measure = LawMeasure(lifetime)
    method = .closedForm
    steadyState = 1
    relativeError = 1e-13
    breaks = measure.shape.breaks.filter { $0 > 0 && $0 < horizon }
    pace = measure.scale
    failureInstants = measure.shape.atoms.filter { $0.value <= horizon }.map { ($0.value, $0.probability) }
    form = .lifetime(measure)
  }

  private init(
    failureRate: Double, outage: OutageLaw, holding held: OutageLaw?, isSooner: Bool, horizon: Double
  ) {
    let solution = ExponentialUptime(rate: failureRate, outage: outage, horizon: horizon)
    let table = held.map { solution.unavailability(holding: $0, horizon: horizon) } ?? solution.unavailability
    method = .integralEquation
    steadyState = table.final
    relativeError = max(1e-14, solution.residual)
    let settled = min(horizon, table.end)
    breaks = Set(solution.breaks + (held?.breaks ?? [])).filter { $0 > 0 && $0 < settled }.sorted()
    pace = min(solution.steadyState, steadyState) / failureRate
    failureInstants = []
    form = .exponentialUptime(
      rate: failureRate, outage: isSooner ? solution.unavailability : nil, table)
  }

  private init(general uptime: any Distribution, outage: OutageLaw, holding held: OutageLaw?, horizon: Double)
  {
    let measure = LawMeasure(uptime)
    if held == nil, measure.shape.isAtomic, let down = outage.atoms,
      let steps = StepProcess(uptime: measure.shape.atoms, outage: down, horizon: horizon)
    {
      method = .instants
      steadyState = outage.mean / (uptime.mean + outage.mean)
      relativeError = 1e-13
      breaks = steps.times.filter { $0 > 0 && $0 < horizon }
      pace = .infinity
      failureInstants = steps.failures.map { ($0.time, $0.mass) }
      form = .instants(steps)
      return
    }
    let held = held ?? outage
    steadyState = min(1, held.mean / (uptime.mean + outage.mean))
    let lattice = RenewalLattice(uptime: measure, outage: outage, holding: held, horizon: horizon)
    let failures = FirstAndLaterFailures(uptime: measure, outage: held, later: lattice)
    let table = failures.unavailability(until: horizon, steadyState: steadyState)
    method = .renewalLattice
    // Near the start the lattice is about 1e-6 off, whatever its steps say.
    relativeError = max(2e-6, lattice.error)
    breaks = Set(failures.breaks + lattice.jumps).filter { $0 > 0 && $0 < horizon }.sorted()
    pace = min(measure.scale, held.mean)
    failureInstants = measure.shape.atoms.filter { $0.value <= horizon }.map { ($0.value, $0.probability) }
    form = .lattice(measure, lattice, table)
  }

  /// The probability of being down at a time in hours.
  public func unavailability(atHours time: Double) -> Double {
    guard time >= 0 else { return 0 }
    switch form {
    case .constant(let share): return share
    case .lifetime(let measure): return measure.failureProbability(time)
    case .twoState(let failure, let repair):
      return failure / (failure + repair) * -portableExpm1(-(failure + repair) * time)
    case .exponentialUptime(_, _, let table): return min(1, max(0, table.value(at: time)))
    case .lattice(_, let later, let table):
      guard time <= later.end else { return steadyState }
      return min(1, max(0, table.value(at: time) + later.laterShare(at: time)))
    case .instants(let steps): return steps.value(at: time)
    case .event(let event): return event.probability(at: time) ?? 0
    }
  }

  /// How often it fails at a time, per hour, instants left out; `nil` when not known.
  ///
  /// The unconditional failure intensity of Vesely, *A time-dependent methodology for fault tree evaluation*,
  /// Nuclear Engineering and Design 13 (1970).
  public func failureFrequency(atHours time: Double) -> Double? {
    failureFrequency(atHours: time, unavailability: nil)
  }

  /// The same, with the unavailability then where it is at hand.
  func failureFrequency(atHours time: Double, unavailability known: Double?) -> Double? {
    switch form {
    case .constant(let share): return share == 0 || share == 1 ? 0 : nil
    case .lifetime(let measure): return measure.finiteDensity(time)
    case .twoState(let rate, _), .exponentialUptime(let rate, nil, _):
      return rate * (1 - (known ?? unavailability(atHours: time)))
    case .exponentialUptime(let rate, let outage?, _): return rate * (1 - outage.value(at: time))
    case .instants: return 0
    case .lattice(let measure, let later, _):
      return time > later.end
        ? later.steadyFrequency * startedShare
        : measure.finiteDensity(time) + later.frequency(at: time) * startedShare
    case .event(let event): return event.failureIntensity(at: time).map { $0.isFinite ? $0 : 0 }
    }
  }

  /// Failures per hour in the long run, 1 / (mean up time + mean outage); `nil` when not known.
  var steadyFrequency: Double? {
    switch form {
    case .constant(let share): share == 0 || share == 1 ? 0 : nil
    case .lifetime: 0
    case .twoState(let failure, _), .exponentialUptime(let failure, nil, _): failure * (1 - steadyState)
    case .exponentialUptime(let failure, let outage?, _): failure * (1 - outage.final)
    case .instants(let steps): steps.steadyFrequency
    case .lattice(_, let later, _): later.steadyFrequency * startedShare
    case .event(let event): event.steadyIntensity
    }
  }

  /// How often it is repaired at a time, per hour, instants left out; `nil` when not known.
  public func repairFrequency(atHours time: Double) -> Double? {
    switch form {
    case .lifetime: return 0
    case .twoState(_, let repair): return repair * unavailability(atHours: time)
    case .exponentialUptime(_, _, let table):
      return failureFrequency(atHours: time).map { max(0, $0 - table.slope(at: time)) }
    case .lattice(_, let later, let table):
      let slope = table.slope(at: time) + later.slopeOfLaterShare(at: time)
      return failureFrequency(atHours: time).map { max(0, $0 - slope) }
    case .constant, .instants: return failureFrequency(atHours: time)
    case .event(let event): return event.repairIntensity(at: time)
    }
  }
}

extension LawMeasure {
  /// 1 − S(t), keeping the digits of small probabilities where the law has a formula for it.
  func failureProbability(_ time: Double) -> Double {
    switch law {
    case let law as Exponential: return -portableExpm1(-time / law.mean)
    case let law as Weibull:
      return time <= 0 ? 0 : -portableExpm1(-portablePower(time / law.scale, law.shape))
    default: return 1 - law.survival(time)
    }
  }

  /// The density, where it is finite.
  func finiteDensity(_ time: Double) -> Double {
    let density = law.density(max(time, grain))
    return density.isFinite ? density : 0
  }
}

/// The unavailability from the first failure, by quadrature against its law, and from later ones where the lattice
/// has no jumps: with jumps no table could follow them, and the lattice has shares of its own.
private struct FirstAndLaterFailures {
  let uptime: LawMeasure
  let outage: OutageLaw
  let later: RenewalLattice

  /// Where the unavailability is not smooth.
  var breaks: [Double] {
    let shifted = uptime.shape.breaks.flatMap { first in outage.breaks.map { first + $0 } }
    // An outage after a single value may be far shorter than anything else.
    let pieces = uptime.shape.atoms.isEmpty ? [] : outage.pieces
    let spikes = uptime.shape.atoms.prefix(64).flatMap { first in pieces.map { first.value + $0 } }
    return Set(uptime.shape.breaks + shifted + spikes).sorted()
  }

  func unavailability(until horizon: Double, steadyState: Double) -> PanelFunction {
    let end = min(horizon, later.end)
    let survival = outage.survivalTable(until: end, tolerance: 1e-9)
    let scale = min(uptime.scale, max(outage.mean, end * 1e-6))
    var table = PanelBuilder(
      end: end, breaks: breaks.filter { $0 < end }, scale: scale,
      tolerance: max(2e-7, 0.1 * later.error) * steadyState,
      narrowest: 0x1p-12
    ).build { time in
      uptime.integral(upTo: time, breaks: survival.ends.map { time - $0 }) { survival.value(at: time - $0) }
        + (later.hasJumps ? 0 : laterShare(time, survival))
    }
    table.final = later.hasJumps ? table.final : steadyState
    return table
  }

  private func laterShare(_ time: Double, _ survival: PanelFunction) -> Double {
    let reach = min(time, survival.end)
    let cells = stride(from: 1.0, to: 9, by: 1).map { later.step * $0 }
    let pieces =
      ([0] + survival.ends.dropFirst().filter { $0 < reach } + cells.filter { $0 < reach } + [reach])
      .sorted()
    return GaussRule.integral(over: pieces) { survival.value(at: $0) * later.frequency(at: time - $0) }
  }
}
