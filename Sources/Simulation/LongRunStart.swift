internal import DrawKernels
internal import Stochastics

/// How a process stands at 0, and how long the up time under way still lasts: in the long run, both of one uniform number
/// where that can be.
///
/// A number below the chance to be up tells that the process is up, and its share of that chance is the probability that
/// what is left of the up time is longer. So a larger number is worse luck throughout: it fails sooner, or is down already.
struct LongRunStart: Sendable, BitwiseCopyable {
  /// How what is left of an up time is made.
  enum Rest: Sendable, BitwiseCopyable {
    case exponential
    /// By the table at a place.
    case weibull(Int)
    /// Of further numbers.
    case drawn
  }

  /// The chance to be up.
  let chance: Double
  /// 1 divided by it.
  let reciprocal: Double
  let rest: Rest

  /// The uniform numbers below it make the first failure of a process with this law come after the horizon; 0 where one
  /// number does not tell that. A margin keeps rounding out.
  func calmBelow(of uptime: any Distribution, _ plan: SimulationPlan) -> Double {
    let horizon = plan.horizonHours
    let share: Double
    switch (plan.start, rest) {
    case (.new, _): share = Draw(uptime).isInverted ? uptime.survival(horizon) : 0
    case (.steady, .exponential): share = chance * uptime.survival(horizon)
    case (.steady, .weibull):
      guard let law = uptime as? Weibull else { return 0 }
      share =
        chance
        * regularizedGammaQ(shape: 1 / law.shape, x: portablePower(horizon / law.scale, law.shape))
    case (.steady, .drawn): share = 0
    }
    return share * (1 - 1e-6)
  }

  /// Whether one number makes it all.
  var isOfOneNumber: Bool {
    if case .drawn = rest { false } else { true }
  }
}

/// The tables of what is left of up times; laws of one shape share one.
struct ResidualTables: Sendable {
  private(set) var tables: [WeibullResidual] = []
  private var places: [Double: Int] = [:]

  /// How a process with this law begins.
  mutating func start(of uptime: any Distribution, unavailability: Double) -> LongRunStart {
    let chance = 1 - unavailability
    return LongRunStart(chance: chance, reciprocal: 1 / chance, rest: rest(of: uptime))
  }

  private mutating func rest(of uptime: any Distribution) -> LongRunStart.Rest {
    if uptime is Exponential { return .exponential }
    guard let shape = (uptime as? Weibull)?.shape else { return .drawn }
    if let place = places[shape] { return .weibull(place) }
    guard let table = WeibullResidual(shape: shape) else { return .drawn }
    tables.append(table)
    places[shape] = tables.count - 1
    return .weibull(tables.count - 1)
  }

  /// What is left of an up time, in hours, made of a uniform number below the chance to be up; `nil` where it is made of
  /// further numbers.
  @inline(__always)
  func rest(of uptime: Draw, _ start: LongRunStart, _ uniform: Double) -> Double? {
    let exponential = -portableLog(uniform * start.reciprocal)
    return switch start.rest {
    case .exponential: uptime.times(exponential)
    case .weibull(let place): uptime.times(tables[place].value(exponential))
    case .drawn: nil
    }
  }
}
