internal import Quantities
public import ServiceGraph
public import ServiceModel
public import Stochastics

/// What is believed of some parameters of a model, as one factor on their stated values.
public struct UncertainFactor: Sendable {
  /// The name, which keys its draws.
  public let name: String
  /// The law of the factor; its mean or its median is near 1.
  public let law: any Distribution
  /// The names of the parameters whose stated value is multiplied. For an availability, and for the probability that a
  /// move works, what is missing from 1 is multiplied.
  public let multiplied: [String]
  /// The names of the parameters whose stated value is divided: the factor is one on their rate.
  public let divided: [String]
  /// Where the law comes from, in words.
  public let basis: String
  /// Whether what the name says is divided by the factor: a mean duration, whose reciprocal is drawn.
  public let dividesNamed: Bool

  /// A factor on some parameters.
  public init(
    name: String, law: any Distribution, multiplied: [String], divided: [String] = [], basis: String,
    dividesNamed: Bool = false
  ) {
    self.dividesNamed = dividesNamed
    self.name = name
    self.law = law
    self.multiplied = multiplied
    self.divided = divided
    self.basis = basis
  }
}

extension UncertainFactor {
  /// The factors that an incident history justifies: for each mode that was seen n times, one on its rate and, where
  /// the model takes the durations from the history too, one on the mean of its durations.
  ///
  /// The rate is gamma with shape n, scaled to the rate observed, which is its mean; a Jeffreys prior adds a half to
  /// the shape and must be asked for. The rate of ending is gamma likewise, with as many durations as the mean length is
  /// worth, so that the mean duration is inverse gamma: the posteriors of both under priors ∝ 1/rate. The ratio of the
  /// two rates, the odds of being down, is then beta prime, and F with 2n and 2m degrees of freedom over what is seen.
  ///
  /// Source: Atwood et al., *Handbook of parameter estimation for probabilistic risk assessment*, NUREG/CR-6823 (2003),
  /// section 6.2.2.
  ///
  /// - Parameters:
  ///   - bindings: what was seen, as the model was bound.
  ///   - graph: the graph of the bound model.
  ///   - jeffreys: whether to add half an event to each count, n seen or not.
  public static func fromHistory(
    _ bindings: [BoundMode], graph: CompiledGraph, jeffreys: Bool = false
  ) -> [UncertainFactor] {
    let table = ParameterTable(graph)
    var references: [ModeReference] = []
    for binding in bindings where binding.observation.count > 0 && !references.contains(binding.reference) {
      references.append(binding.reference)
    }
    return references.flatMap { reference in
      factors(
        bindings.filter { $0.reference == reference }, table: table, domains: graph.model.domains,
        jeffreys: jeffreys)
    }
  }

  /// The factors of one mode of the history.
  private static func factors(
    _ bindings: [BoundMode], table: ParameterTable, domains: [Domain], jeffreys: Bool
  ) -> [UncertainFactor] {
    guard let first = bindings.first else { return [] }
    let count = first.observation.count
    let numbers = bindings.flatMap { binding in
      binding.causeKeys(domains).compactMap { table.modes[$0] }
    }
    let rates = numbers.filter { $0.rateTimesMean != nil }.names(of: table)
    let times = numbers.filter { $0.rateTimesMean == nil }.names(of: table)
    let durations = numbers.flatMap(\.outage).filter { part in
      part.laws.count == 1 && part.laws[0] is Exponential && part.mean == first.meanOutageHours
    }.map { table.parameters[$0.parameter].name }.uniqued()
    let shape = Double(count) + (jeffreys ? 0.5 : 0)
    let seen = "\(count) in \(shortest(first.exposureHours)) h"
    var factors: [UncertainFactor] = []
    if let law = try? Gamma(shape: shape, mean: shape / Double(count)) {
      factors.append(
        UncertainFactor(
          name: "incidents/\(first.reference)/rate", law: law, multiplied: rates, divided: times,
          basis: "\(seen): the rate is gamma with shape \(shortest(shape))"
            + (jeffreys ? ", with Jeffreys' half event" : "")))
    }
    let worth = first.observation.durationWorth
    if !durations.isEmpty, let law = try? Gamma(shape: worth, mean: 1) {
      factors.append(
        UncertainFactor(
          name: "incidents/\(first.reference)/duration", law: law, multiplied: [], divided: durations,
          basis:
            "\(seen): the mean duration is inverse gamma with shape \(significant(worth, digits: 3).trimmingZeros)"
            + durationRemark(first.observation), dividesNamed: true))
    }
    return factors.filter { !$0.divided.isEmpty || !$0.multiplied.isEmpty }
  }

  private static func durationRemark(_ seen: ModeObservation) -> String {
    let ended = Double(seen.endedCount)
    return seen.durationWorth < ended
      ? ", as \(seen.endedCount) outages vary more than exponential ones" : ", as of exponential durations"
  }
}

extension [ModeParameters] {
  /// The names of the parameters that say how often, each once.
  fileprivate func names(of table: ParameterTable) -> [String] {
    compactMap(\.uptime).map { table.parameters[$0].name }.uniqued()
  }
}

extension BoundMode {
  /// The keys of its modes in a parameter table: its cause, or that mode of each domain counted under its name.
  fileprivate func causeKeys(_ domains: [Domain]) -> [String] {
    let parts = cause.split(separator: "/")
    guard parts.count == 2 else { return [cause] }
    return [cause]
      + domains.filter { $0.causeName == parts[0] && $0.name != parts[0] }.map { "\($0.name)/\(parts[1])" }
  }
}

extension [String] {
  /// Each once, in order.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
