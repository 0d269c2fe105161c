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

  /// Compares what both engines can answer; what only the simulation plays is left out.
  public static func all(
    of graph: CompiledGraph, exact: [SteadyStateResult], simulated: [CapabilityEstimate]
  ) -> [CrossCheck] {
    zip(exact, simulated).enumerated().compactMap { index, pair in
      graph.onlySimulated(capability: index) == nil ? CrossCheck(exact: pair.0, simulated: pair.1) : nil
    }
  }

  /// The same for runs that began new.
  public static func all(
    of graph: CompiledGraph, exact: [IntervalResult], simulated: [CapabilityEstimate]
  ) -> [CrossCheck] {
    zip(exact, simulated).enumerated().compactMap { index, pair in
      graph.onlySimulated(capability: index) == nil ? CrossCheck(exact: pair.0, simulated: pair.1) : nil
    }
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

extension CompiledGraph {
  /// What only the simulation plays of that which a capability stands on or feels, such as “policies are”; `nil`: both
  /// engines answer the same.
  public func onlySimulated(capability index: Int) -> String? {
    if !edgesNeeded(byCapability: index).isEmpty { return "policies are" }
    if !plannedWork(feltByCapability: index).isEmpty { return "planned work is" }
    return scaledNotes(ofCapability: index).isEmpty ? nil : "units that follow the demand are"
  }

  /// The capabilities without a cross-check, and why.
  var uncheckedNotes: [Document.Block] {
    var reasons: [(text: String, names: [String])] = []
    for index in capabilities.indices {
      guard let text = onlySimulated(capability: index) else { continue }
      let place = reasons.firstIndex { $0.text == text } ?? reasons.endIndex
      if place == reasons.endIndex { reasons.append((text, [])) }
      reasons[place].names.append(capabilities[index].name)
    }
    return reasons.map { reason in
      .note("No cross-check of \(reason.names.joined(separator: ", ")): \(reason.text) only simulated.")
    }
  }
}
