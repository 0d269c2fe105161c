public import Quantities
public import Stochastics

/// One step of a procedure.
public struct ProcedureStep: Sendable {
  /// Who does a step.
  public enum Doer: Hashable, Sendable {
    /// Nobody: it runs by itself.
    case automatic
    /// By hand, with so many crews, at least one.
    case crews(Int)
  }

  /// Its name, unique within the procedure.
  public let name: String
  /// How long one attempt takes, in hours.
  public let takes: any Distribution
  /// The steps that must have ended before it starts.
  public let after: [String]
  /// Who does it.
  public let doer: Doer
  /// What happens when an attempt does not work; `nil`: it always works.
  public let attempts: StepAttempts?
  /// Whether the service is back before it ends, as with a check or the rebuilding of a replica.
  public let isBehind: Bool

  /// A step.
  public init(
    name: String, takes: any Distribution, after: [String] = [], doer: Doer = .crews(1),
    attempts: StepAttempts? = nil, isBehind: Bool = false
  ) {
    self.name = name
    self.takes = takes
    self.after = after
    self.doer = doer
    self.attempts = attempts
    self.isBehind = isBehind
  }

  /// How many crews it needs.
  public var crewCount: Int {
    if case .crews(let count) = doer { count } else { 0 }
  }
}

/// What happens when a step does not work: further attempts, and then another way.
public struct StepAttempts: Sendable {
  /// The probability that one attempt works.
  public let works: Probability
  /// How many attempts are made, the first one included.
  public let limit: Int
  /// How long it takes from the start of the last attempt when that does not work either, in hours.
  public let otherwise: any Distribution

  /// - Parameter limit: at least 1.
  public init(works: Probability, limit: Int = 1, otherwise: any Distribution) {
    self.works = works
    self.limit = limit
    self.otherwise = otherwise
  }
}

extension ProcedureStep {
  /// The mean time until it has worked, in hours: m (1 + q + … + qⁿ⁻²) + qⁿ⁻¹ (p m + q o).
  public var meanHours: Double {
    guard let attempts else { return takes.mean }
    let repeated = attempts.chances.dropLast().reduce(0, +)
    let last = attempts.chances.last ?? 1
    return takes.mean * (repeated + last * attempts.works.value)
      + last * attempts.works.complement * attempts.otherwise.mean
  }

  /// Whether its length is always the same.
  var isFixed: Bool {
    takes is Deterministic && (attempts == nil || attempts?.works.complement == 0)
  }

  /// The exact law of the time until it has worked; `nil` when a part is no mixture of fixed and uniform times.
  public var law: PiecewiseLaw? { PiecewiseLaw.always(0).adding(self) }

  /// A draw of the time until it has worked, in hours.
  public func sample(using stream: inout RandomStream) -> Double {
    guard let attempts else { return takes.sample(using: &stream) }
    var hours = 0.0
    for _ in 1..<max(1, attempts.limit) {
      let worked = stream.uniform() < attempts.works.value
      hours += takes.sample(using: &stream)
      if worked { return hours }
    }
    let last = stream.uniform() < attempts.works.value ? takes : attempts.otherwise
    return hours + last.sample(using: &stream)
  }
}

extension StepAttempts {
  /// The probability that each attempt is made: 1, q, q², ….
  var chances: [Double] {
    var chance = 1.0
    return (0..<max(1, limit)).map { _ in
      defer { chance *= works.complement }
      return chance
    }
  }
}
