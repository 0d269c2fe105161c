internal import ServiceGraph

/// An operation of Open-PSA's expressions: its name, how many parts it takes and what it means.
struct OpenPSAForm: Sendable {
  /// What the parts make.
  private enum Meaning: Sendable {
    case expression(@Sendable ([Int]) -> ExpressionTable.Expression)
    case deviate(@Sendable ([Int]) -> ExpressionTable.Deviate)
  }

  private let name: String
  private let counts: [ClosedRange<Int>]
  /// What the parts are, in order.
  private let roles: String
  private let meaning: Meaning

  /// Whether it takes so many parts.
  func accepts(_ count: Int) -> Bool {
    counts.contains { $0.contains(count) } && (name != "histogram" || count % 2 == 1)
  }

  /// How many parts it takes, in words.
  var arity: String {
    counts.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) or more" }.joined(separator: " or ")
  }

  /// What the parts are.
  var help: String? { roles.isEmpty ? nil : "\(name): \(roles)" }

  /// The expression that the parts make, unless it is a deviate.
  func expression(_ parts: [Int]) -> ExpressionTable.Expression? {
    if case .expression(let make) = meaning { make(parts) } else { nil }
  }

  /// The deviate that the parts make, if it is one.
  func deviate(_ parts: [Int]) -> ExpressionTable.Deviate? {
    if case .deviate(let make) = meaning { make(parts) } else { nil }
  }

  private init(
    _ name: String, _ counts: [ClosedRange<Int>], _ roles: String = "",
    _ make: @escaping @Sendable ([Int]) -> ExpressionTable.Expression
  ) {
    (self.name, self.counts, self.roles, meaning) = (name, counts, roles, .expression(make))
  }

  private init(
    deviate name: String, _ counts: [ClosedRange<Int>], _ roles: String,
    _ make: @escaping @Sendable ([Int]) -> ExpressionTable.Deviate
  ) {
    (self.name, self.counts, self.roles, meaning) = (name, counts, roles, .deviate(make))
  }

  /// The operations by their element's name.
  static let all: [String: OpenPSAForm] = {
    let forms = arithmetic + truth + lifetimes + deviates
    return Dictionary(forms.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }()

  /// The names of all expressions, for suggestions.
  static let names =
    (arithmetic + truth + lifetimes + deviates).map(\.name)
    + ["float", "int", "bool", "pi", "parameter", "system-mission-time", "switch"]

  private static let any = [1...Int.max]

  private static let arithmetic: [OpenPSAForm] =
    [
      OpenPSAForm("neg", [1...1]) { .difference($0) },
      OpenPSAForm("add", any) { .sum($0) },
      OpenPSAForm("sub", [2...Int.max]) { .difference($0) },
      OpenPSAForm("mul", any) { .product($0) },
      OpenPSAForm("div", [2...Int.max]) { .quotient($0) },
      OpenPSAForm("min", any) { .minimum($0) },
      OpenPSAForm("max", any) { .maximum($0) },
      OpenPSAForm("mean", any) { .mean($0) },
      OpenPSAForm("pow", [2...2], "base, exponent") { .power($0[0], $0[1]) },
      OpenPSAForm("mod", [2...2], "number, divisor") { .remainder($0[0], $0[1]) },
    ]
    + ExpressionTable.Function.allCases.map { function in
      OpenPSAForm(function.rawValue, [1...1]) { .function(function, $0[0]) }
    }

  private static let truth: [OpenPSAForm] =
    [
      OpenPSAForm("and", any) { .all($0) },
      OpenPSAForm("or", any) { .any($0) },
      OpenPSAForm("ite", [3...3], "condition, then, otherwise") {
        .choice(condition: $0[0], then: $0[1], otherwise: $0[2])
      },
    ]
    + ExpressionTable.Comparison.allCases.map { comparison in
      OpenPSAForm(comparison.rawValue, [2...2]) { .comparison(comparison, $0[0], $0[1]) }
    }

  private static let lifetimes: [OpenPSAForm] = [
    OpenPSAForm("exponential", [2...2], "failure rate, time") { .exponential(rate: $0[0], time: $0[1]) },
    OpenPSAForm("GLM", [4...4], "failure on demand, failure rate, repair rate, time") {
      .glm(demand: $0[0], failureRate: $0[1], repairRate: $0[2], time: $0[3])
    },
    OpenPSAForm("Weibull", [4...4], "scale, shape, time shift, time") {
      .weibull(scale: $0[0], shape: $0[1], location: $0[2], time: $0[3])
    },
    OpenPSAForm(
      "periodic-test", [4...4, 5...5, 11...11],
      "failure rate, [repair rate,] test interval, first test, time; see Open-PSA MEF 2.0d for the form with 11"
    ) { .periodicTest(periodicTest($0)) },
  ]

  private static func periodicTest(_ parts: [Int]) -> ExpressionTable.PeriodicTest<Int> {
    switch parts.count {
    case 4:
      ExpressionTable.PeriodicTest(
        failureRate: parts[0], interval: parts[1], firstTest: parts[2], time: parts[3], repair: .instant)
    case 5:
      ExpressionTable.PeriodicTest(
        failureRate: parts[0], interval: parts[2], firstTest: parts[3], time: parts[4],
        repair: .rate(parts[1]))
    default:
      ExpressionTable.PeriodicTest(
        failureRate: parts[0], interval: parts[3], firstTest: parts[4], time: parts[10],
        repair: .full(
          ExpressionTable.PeriodicTest<Int>.FullTest(
            testFailureRate: parts[1], repairRate: parts[2], breakage: parts[5], duration: parts[6],
            isAvailable: parts[7], detection: parts[8], restartFailure: parts[9])))
    }
  }

  private static let deviates: [OpenPSAForm] = [
    OpenPSAForm(deviate: "uniform-deviate", [2...2], "lower bound, upper bound") { parts in
      .uniform(lower: parts[0], upper: parts[1])
    },
    OpenPSAForm(deviate: "normal-deviate", [2...2], "mean, standard deviation") { parts in
      .normal(mean: parts[0], deviation: parts[1])
    },
    OpenPSAForm(
      deviate: "lognormal-deviate", [2...2, 3...3],
      "mean, error factor, level; or mean and standard deviation of the logarithm"
    ) { parts in
      parts.count == 2
        ? .lognormal(location: parts[0], spread: parts[1])
        : .lognormalFactor(mean: parts[0], errorFactor: parts[1], level: parts[2])
    },
    OpenPSAForm(deviate: "gamma-deviate", [2...2], "shape, scale") { parts in
      .gamma(shape: parts[0], scale: parts[1])
    },
    OpenPSAForm(deviate: "beta-deviate", [2...2], "alpha, beta") { parts in
      .beta(alpha: parts[0], beta: parts[1])
    },
    OpenPSAForm(deviate: "histogram", [3...Int.max], "lower bound, then bins of upper bound and weight") {
      parts in
      .histogram(
        lower: parts[0],
        bins: stride(from: 1, to: parts.count - 1, by: 2).map {
          ExpressionTable.Deviate.Bin(upper: parts[$0], weight: parts[$0 + 1])
        })
    },
  ]
}
