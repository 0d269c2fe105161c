internal import Quantities
public import Reliability
public import ServiceGraph
public import Simulation
public import Stochastics

/// The two engines side by side on one capability.
///
/// They share the compiled graph and nothing else, so agreement is evidence for both.
public struct CrossCheck: Sendable {
  /// The capability's name.
  public let capability: String
  /// The exact unavailability.
  public let exact: Double
  /// The simulated unavailability, with the interval that the comparison uses.
  public let simulated: Estimate
  /// Whether the exact engine approximated something, so that a difference is expected.
  public let isApproximate: Bool

  /// The confidence of the interval in which the exact value has to lie.
  public static let confidence = 0.999

  /// Compares results for one capability; the interval is restated at `confidence`.
  public init(exact: SteadyStateResult, simulated: CapabilityEstimate) {
    capability = exact.capability
    self.exact = exact.unavailability
    self.simulated = simulated.unavailability.restated(confidence: CrossCheck.confidence)
    isApproximate = !exact.approximations.isEmpty
  }

  /// Compares a run that began new with the exact mean over its horizon.
  public init(exact: IntervalResult, simulated: CapabilityEstimate) {
    capability = exact.capability
    self.exact = exact.unavailability
    self.simulated = simulated.unavailability.restated(confidence: CrossCheck.confidence)
    isApproximate = !exact.approximations.isEmpty || exact.relativeError > 1e-6
  }

  /// Compares what both engines can answer: capabilities that stand on policies or feel planned work are left out, since
  /// only the simulation plays those.
  public static func all(
    of graph: CompiledGraph, exact: [SteadyStateResult], simulated: [CapabilityEstimate]
  ) -> [CrossCheck] {
    zip(exact, simulated).enumerated().compactMap { index, pair in
      isSimulatedOnly(index, graph) ? nil : CrossCheck(exact: pair.0, simulated: pair.1)
    }
  }

  /// The same for runs that began new.
  public static func all(
    of graph: CompiledGraph, exact: [IntervalResult], simulated: [CapabilityEstimate]
  ) -> [CrossCheck] {
    zip(exact, simulated).enumerated().compactMap { index, pair in
      isSimulatedOnly(index, graph) ? nil : CrossCheck(exact: pair.0, simulated: pair.1)
    }
  }

  private static func isSimulatedOnly(_ index: Int, _ graph: CompiledGraph) -> Bool {
    !graph.edgesNeeded(byCapability: index).isEmpty || !graph.plannedWork(feltByCapability: index).isEmpty
  }

  /// Whether the exact value lies inside the simulation's interval.
  public var agrees: Bool { (simulated.low...simulated.high).contains(exact) }

  var fact: Document.Fact {
    let exactText = Availability(unavailability: min(1, exact))?.text(digits: 4) ?? ""
    let verdict =
      agrees
      ? "inside the simulation's 99.9 % interval" : "outside the simulation's 99.9 % interval: \(difference)"
    let reason = isApproximate ? ["the exact engine approximates"] : []
    return Document.Fact("Cross-check", "exact \(exactText)", [verdict] + reason)
  }

  private var difference: String {
    guard exact > 0 else { return "simulated \(significant(simulated.value, digits: 3)), exact 0" }
    let relative = (simulated.value - exact) / exact
    return
      "simulated unavailability is \(relative < 0 ? "" : "+")\(significant(relative * 100, digits: 2)) % off"
  }

  var json: JSONValue {
    [
      "exactUnavailability": .number(exact), "simulatedUnavailability": simulated.json(unit: "1"),
      "agrees": .bool(agrees), "exactIsApproximate": .bool(isApproximate),
    ]
  }
}
