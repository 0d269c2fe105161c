/// The designs that a plan may choose from: a value for each of several levers, where 0 is what the model says.
public struct DesignSpace: Sendable {
  /// A lever.
  public struct Lever: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The names of its values, what the model says first.
    public let values: [String]
    /// What each value costs once; the first is 0.
    public let once: [Double]
    /// The parts of the model that it changes: levers with a part in common are weighed together.
    public let parts: Set<String>

    /// A lever with at least one value.
    public init(name: String, values: [String], once: [Double], parts: Set<String>) {
      (self.name, self.values, self.once, self.parts) = (name, values, once, parts)
    }
  }

  /// The levers.
  public let levers: [Lever]

  /// Designs to choose from.
  public init(levers: [Lever]) { self.levers = levers }

  /// How many designs there are; more than can be counted is `Int.max`.
  public var count: Int {
    levers.reduce(1) { count, lever in
      let (product, overflows) = count.multipliedReportingOverflow(by: lever.values.count)
      return overflows ? .max : product
    }
  }

  /// What the model says.
  public var present: [Int] { levers.map { _ in 0 } }

  /// What a design costs once.
  public func once(_ design: [Int]) -> Double {
    zip(levers, design).reduce(0) { $0 + $1.0.once[$1.1] }
  }

  /// How many levers a design pulls.
  public func changes(_ design: [Int]) -> Int { design.count { $0 != 0 } }

  /// All designs, the last lever turning fastest.
  var all: [[Int]] {
    levers.reduce([[]]) { designs, lever in
      designs.flatMap { design in lever.values.indices.map { design + [$0] } }
    }
  }

  /// Groups of levers that change a part in common, by number.
  var sites: [[Int]] {
    var sites: [(levers: [Int], parts: Set<String>)] = []
    for (number, lever) in levers.enumerated() {
      var joined = (levers: [number], parts: lever.parts)
      sites.removeAll { site in
        guard !site.parts.isDisjoint(with: joined.parts) else { return false }
        joined = (site.levers + joined.levers, joined.parts.union(site.parts))
        return true
      }
      sites.append(joined)
    }
    return sites.map { $0.levers.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// What a design comes to.
public struct DesignMeasures: Sendable, Hashable {
  /// How likely each situation is, such as a zone that is down; they sum to 1.
  public let chances: [Double]
  /// The unavailability by capability, then situation.
  public let conditional: [[Double]]
  /// What a month of it costs.
  public let monthly: Double
  /// What its outages cost in a month by their number, beside their hours.
  public let outages: Double
  /// The most that can be due in a month for periods below a promise.
  public let mostDues: Double
  /// How likely each promise of recovery is kept when it is put to the test.
  public let recoveries: [Double]
  /// What it takes of each limited resource beside money.
  public let uses: [Double]

  /// What a design comes to.
  public init(
    chances: [Double], conditional: [[Double]], monthly: Double, outages: Double = 0, mostDues: Double = 0,
    recoveries: [Double] = [], uses: [Double] = []
  ) {
    (self.chances, self.conditional, self.monthly) = (chances, conditional, monthly)
    (self.outages, self.mostDues, self.recoveries, self.uses) = (outages, mostDues, recoveries, uses)
  }

  /// The unavailability of each capability.
  public var unavailability: [Double] {
    conditional.map { values in zip(chances, values).reduce(0) { $0 + $1.0 * $1.1 } }
  }
}
