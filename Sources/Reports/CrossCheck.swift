package import Quantities
public import Reliability
public import ServiceGraph
public import Simulation
public import Stochastics

/// The two engines side by side on one capability.
///
/// They share the compiled graph and nothing else, so agreement is evidence for both.
public struct CrossCheck: Sendable {
  /// What the comparison comes to.
  public enum Verdict: String, Sendable {
    /// The exact value lies in the simulation's interval, which rests on enough outages.
    case inside
    /// It does not, or so many outages as it says are not what was seen.
    case outside
    /// Nothing contradicts it, but too little was seen to say more.
    case tooFew
  }

  /// The capability's name.
  public let capability: String
  /// The exact unavailability.
  public let exact: Double
  /// The simulated unavailability, with the interval that the comparison uses.
  public let simulated: Estimate
  /// How many outages began in the simulation, in how many years of 8,760 h.
  public let outages: Int, years: Double
  /// How many the exact engine expects there; `nil` when a frequency it depends on is not known.
  public let expectedOutages: Double?
  /// How many outages of equal length would tell as much of the downtime.
  public let effectiveOutages: Double
  /// Whether the exact value lies in the interval, or too little was seen to tell.
  public let verdict: Verdict
  /// Whether the exact engine approximated something, so that a difference is expected.
  public let isApproximate: Bool

  /// Whether the number of outages is what contradicts the exact answer.
  private let isCountOutside: Bool
  /// Whether what is missing may be long outages so seldom that none was seen.
  private let lacksLongOnes: Bool
  /// Whether no replication was down for as long as one outage is on average by the exact answer.
  private let isBelowMean: Bool
  /// Whether it is the time up that is rare.
  private let isMostlyDown: Bool
  private let replications: Int

  /// The confidence of the interval in which the exact value has to lie.
  public static let confidence = 0.999

  /// Compares results for one capability; the interval has `confidence`.
  public init(exact: SteadyStateResult, simulated: CapabilityEstimate) {
    self.init(
      capability: exact.capability, exact: exact.unavailability,
      outagesPerReplication: exact.frequencyPerHour.map { $0 * simulated.horizonHours },
      causes: exact.contributions, isApproximate: !exact.approximations.isEmpty, simulated: simulated)
  }

  /// Compares a run that began new with the exact mean over its horizon.
  public init(exact: IntervalResult, simulated: CapabilityEstimate) {
    self.init(
      capability: exact.capability, exact: exact.unavailability,
      outagesPerReplication: exact.expectedFailures, causes: [],
      isApproximate: !exact.approximations.isEmpty || exact.relativeError > 1e-6, simulated: simulated)
  }

  private init(
    capability: String, exact: Double, outagesPerReplication: Double?,
    causes: [SteadyStateResult.Contribution], isApproximate: Bool, simulated: CapabilityEstimate
  ) {
    let spread = simulated.downtimeSpread
    replications = spread.replications
    let count = Double(max(1, replications))
    let isMostlyDown = spread.sum > count / 2
    let downtime = CrossCheckEvidence(spread, isComplement: isMostlyDown)
    let rareShare = isMostlyDown ? max(0, 1 - exact) : exact
    let typical = outagesPerReplication.flatMap { $0 > 0 ? rareShare / $0 : nil } ?? 1
    let limits = downtime.interval(typical: min(1, typical), limit: 1)
    // Times are whole ticks: an outage, and the horizon, may be one longer or shorter.
    let rounding = (simulated.outageSpread.sum / count + 1) * simulated.tickShare
    let low = max(0, limits.low / count - rounding)
    let high = min(1, limits.high / count + rounding)
    let interval = isMostlyDown ? (low: 1 - high, high: 1 - low) : (low: low, high: high)
    self.simulated = Estimate(
      value: simulated.unavailability.value, low: interval.low, high: interval.high,
      confidence: CrossCheck.confidence)
    (self.capability, self.exact, self.isApproximate) = (capability, exact, isApproximate)
    self.isMostlyDown = isMostlyDown
    outages = Int(simulated.outageSpread.sum)
    years = Double(replications) * simulated.horizonHours / 8_760
    let expected = outagesPerReplication.map { $0 * Double(spread.replications) }
    expectedOutages = expected
    effectiveOutages = downtime.effectiveCount
    let unseen = UnseenCauses(causes, downtime: exact * count, horizonHours: simulated.horizonHours)
    let longest = simulated.outageLengths?.longestHours ?? 0
    // While a cause lasts that takes nothing down alone, many short outages may begin.
    let unseenOutages = unseen.share(longerThanHours: CrossCheckEvidence.mostTimesSeen * longest)
    let agreesInCount = expected.map {
      CrossCheckEvidence(simulated.outageSpread).contains(count: $0, unseenShare: unseenOutages)
    }
    isCountOutside = !isMostlyDown && !downtime.isPlenty && agreesInCount == false
    let isNever = rareShare < 1e-13 && downtime.effectiveCount == 0
    let isWithin = (low...high).contains(rareShare)
    // A mean longer than any outage seen is that of some that are seldom and long.
    isBelowMean = typical > spread.most
    let isExplained = rareShare * (1 - unseen.share(longerThanHours: longest)) <= high
    lacksLongOnes =
      !isMostlyDown && rareShare > high && (isBelowMean || isExplained) && agreesInCount == true
    verdict =
      (!isWithin && !lacksLongOnes) || isCountOutside
      ? .outside : !lacksLongOnes && (downtime.isEnough || isNever) ? .inside : .tooFew
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

  /// Whether the exact value lies inside the simulation's interval, and that rests on enough outages.
  public var agrees: Bool { verdict == .inside }

  var fact: Document.Fact {
    let exactText = Availability(unavailability: min(1, exact))?.text(digits: 4) ?? ""
    let reason = isApproximate ? ["the exact engine approximates"] : []
    return Document.Fact("Cross-check", "exact \(exactText)", [verdictText] + reason)
  }

  /// The verdict in words, with why.
  package var verdictText: String {
    switch verdict {
    case .inside: "inside the simulation's 99.9 % interval"
    case .outside: "outside the simulation's 99.9 % interval: \(difference)"
    case .tooFew: tooFewText
    }
  }

  /// What there is too little of: with many outages, of replications, or of outages that are not the longest.
  private var tooFewText: String {
    if isMostlyDown { return "too little time up to check" }
    let seen = "\(grouped(outages)) in \(yearsText)"
    if lacksLongOnes {
      let length = isBelowMean ? "the exact mean" : "some of the exact answer"
      return "too few long outages (\(seen), none as long as \(length)) to check"
    }
    guard Double(outages) >= CrossCheckEvidence.enough else { return "too few outages (\(seen)) to check" }
    guard Double(replications) >= CrossCheckEvidence.enough else {
      return "too few replications (\(grouped(replications))) to check"
    }
    return "too few outages (\(seen), worth \(grouped(Int(effectiveOutages))) of equal length) to check"
  }

  private var yearsText: String {
    if years == 1 { return "1 year" }
    return years >= 10
      ? "\(grouped(Int(years.rounded()))) years" : "\(significant(years, digits: 2).trimmingZeros) years"
  }

  private var difference: String {
    if isCountOutside, let expectedOutages {
      let expected =
        expectedOutages >= 10
        ? grouped(expectedOutages, decimals: 0) : significant(expectedOutages, digits: 2)
      return "\(grouped(outages)) outages in \(yearsText), exact \(expected)"
    }
    guard exact > 0 else { return "simulated \(significant(simulated.value, digits: 3)), exact 0" }
    let relative = (simulated.value - exact) / exact
    return
      "simulated unavailability is \(relative < 0 ? "" : "+")\(significant(relative * 100, digits: 2)) % off"
  }

  /// The comparison for programs.
  package var json: JSONValue {
    [
      "exactUnavailability": .number(exact), "simulatedUnavailability": simulated.json(unit: "1"),
      "agrees": verdict == .tooFew ? unknownJSON(tooFewText) : .bool(agrees),
      "verdict": .string(verdict.rawValue), "exactIsApproximate": .bool(isApproximate),
      "outages": .integer(outages),
      "exactOutages": expectedOutages.map { .number($0) }
        ?? unknownJSON("a part is known only by its availability"),
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
