/// The numbers of a fault tree, as expressions over the mission time and uncertain quantities.
///
/// Expressions are numbered so that what one needs has a smaller number; evaluation is one pass, and a parameter is
/// the number of what defines it. A truth value is a number too: 0 is false, anything else is true.
public struct ExpressionTable: Sendable {
  /// One expression; its parts are numbers of earlier ones.
  public enum Expression: Sendable, Hashable {
    /// A number.
    case constant(Double)
    /// The mission time.
    case missionTime
    /// The sum.
    case sum([Int])
    /// The product.
    case product([Int])
    /// The first less the others; the opposite of a single one.
    case difference([Int])
    /// The first divided by the others.
    case quotient([Int])
    /// The first to the power of the second.
    case power(Int, Int)
    /// The smallest.
    case minimum([Int])
    /// The largest.
    case maximum([Int])
    /// The arithmetic mean.
    case mean([Int])
    /// The first modulo the second, both cut to whole numbers.
    case remainder(Int, Int)
    /// A function of one number.
    case function(Function, Int)
    /// Whether two numbers compare so.
    case comparison(Comparison, Int, Int)
    /// Whether all are true.
    case all([Int])
    /// Whether any is true.
    case any([Int])
    /// The second when the first is true, else the third.
    case choice(condition: Int, then: Int, otherwise: Int)
    /// 1 − exp(−rate × time).
    case exponential(rate: Int, time: Int)
    /// A repairable component that may fail on demand: γ on demand, then failure rate λ and repair rate μ.
    case glm(demand: Int, failureRate: Int, repairRate: Int, time: Int)
    /// 1 − exp(−((time − location) / scale)^shape).
    case weibull(scale: Int, shape: Int, location: Int, time: Int)
    /// Φ((ln time − location) / spread): the lifetime's logarithm is normal.
    case lognormalLifetime(location: Int, spread: Int, time: Int)
    /// A component whose failures show only when it is tested.
    case periodicTest(PeriodicTest<Int>)
    /// An uncertain number: its mean, unless it is sampled.
    case deviate(Deviate)

    /// The numbers of its parts, in the order written.
    public var parts: [Int] {
      switch self {
      case .constant, .missionTime: []
      case .sum(let parts), .product(let parts), .difference(let parts), .quotient(let parts),
        .minimum(let parts), .maximum(let parts), .mean(let parts), .all(let parts), .any(let parts):
        parts
      case .power(let a, let b), .remainder(let a, let b), .comparison(_, let a, let b): [a, b]
      case .function(_, let part): [part]
      case .choice(let condition, let then, let otherwise): [condition, then, otherwise]
      case .exponential(let rate, let time): [rate, time]
      case .glm(let demand, let failureRate, let repairRate, let time):
        [demand, failureRate, repairRate, time]
      case .weibull(let scale, let shape, let location, let time): [scale, shape, location, time]
      case .lognormalLifetime(let location, let spread, let time): [location, spread, time]
      case .periodicTest(let test): test.parts
      case .deviate(let deviate): deviate.parts
      }
    }
  }

  /// A function of one number.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    case absolute = "abs"
    case arcCosine = "acos"
    case arcSine = "asin"
    case arcTangent = "atan"
    case ceiling = "ceil"
    case cosine = "cos"
    case hyperbolicCosine = "cosh"
    case exponential = "exp"
    case floor
    case naturalLogarithm = "log"
    case decimalLogarithm = "log10"
    /// 1 for 0, else 0.
    case negation = "not"
    case sine = "sin"
    case hyperbolicSine = "sinh"
    case squareRoot = "sqrt"
    case tangent = "tan"
    case hyperbolicTangent = "tanh"
  }

  /// How two numbers compare.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "eq"
    case different = "df"
    case less = "lt"
    case greater = "gt"
    case lessOrEqual = "leq"
    case greaterOrEqual = "geq"
  }

  /// A number that somebody is not sure about.
  public struct Uncertainty: Sendable, Hashable {
    /// The parameter or event in whose definition it stands; keys its random stream, unique in a table.
    public let name: String
    /// The number of its expression, a deviate.
    public let expression: Int
  }

  /// A number that has a name.
  public struct Parameter: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The number of the expression that defines it.
    public let expression: Int
    /// The unit, as written.
    public let unit: String?

    /// Names an expression.
    public init(name: String, expression: Int, unit: String? = nil) {
      self.name = name
      self.expression = expression
      self.unit = unit
    }
  }

  /// The expressions.
  public private(set) var expressions: [Expression]
  /// The uncertain numbers, in the order added.
  public private(set) var uncertainties: [Uncertainty] = []
  /// The named numbers, in the order added.
  public private(set) var parameters: [Parameter] = []
  private var uncertaintyCounts: [String: Int] = [:]

  /// A table, empty or given.
  public init(_ expressions: [Expression] = []) { self.expressions = expressions }

  /// Adds an expression.
  ///
  /// - Returns: its number.
  public mutating func add(_ expression: Expression) -> Int {
    expressions.append(expression)
    return expressions.count - 1
  }

  /// Adds an uncertain number.
  ///
  /// - Parameter name: the parameter or event in whose definition it stands; a second one there becomes `name#2`.
  /// - Returns: its number.
  public mutating func add(_ deviate: Deviate, name: String) -> Int {
    let number = add(.deviate(deviate))
    var count = (uncertaintyCounts[name] ?? 0) + 1
    var unique = count == 1 ? name : "\(name)#\(count)"
    while count > 1, uncertaintyCounts[unique] != nil {
      count += 1
      unique = "\(name)#\(count)"
    }
    uncertaintyCounts[name] = count
    if count > 1 { uncertaintyCounts[unique] = 1 }
    uncertainties.append(Uncertainty(name: unique, expression: number))
    return number
  }

  /// Gives an expression a name, for sensitivity analysis.
  public mutating func add(_ parameter: Parameter) { parameters.append(parameter) }
}
