public import Diagnostics
public import Quantities

/// The conditions of a gate, each with what was found.
public struct GateSection: ReportSection {
  /// One condition held against one fact.
  public struct Outcome: Sendable, Hashable {
    /// The condition.
    public let condition: GateCondition
    /// What was found.
    public let fact: GateFact
    /// Whether the condition is met; what is not known is not.
    public let isMet: Bool
  }

  /// The key under which programs find it.
  public let key = "gate"
  /// The outcomes, condition by condition.
  public let outcomes: [Outcome]

  /// Whether anything is not met.
  public var isFailed: Bool { outcomes.contains { !$0.isMet } }

  /// Holds conditions against facts; each against all that it is about.
  ///
  /// - Throws: a finding for each condition that is about nothing here.
  public init(_ conditions: [GateCondition], facts: [GateFact]) throws(Findings) {
    var outcomes: [Outcome] = []
    var findings: [Diagnostic] = []
    for condition in conditions {
      let own = facts.filter { fact in
        fact.metric == condition.metric && condition.asks(about: fact)
      }
      if own.isEmpty { findings.append(Self.nothing(condition, facts)) }
      outcomes += own.map { Outcome(condition: condition, fact: $0, isMet: condition.isMet(by: $0)) }
    }
    guard findings.isEmpty else {
      throw Findings(findings, sources: [GateCondition.source(conditions.map(\.text))])
    }
    self.outcomes = outcomes
  }

  private static func nothing(_ condition: GateCondition, _ facts: [GateFact]) -> Diagnostic {
    let names = facts.filter { $0.metric == condition.metric }.compactMap(\.capability)
    if let capability = condition.capability, !names.isEmpty {
      return Diagnostic(
        slug: "unknown-name", "there is no capability \(capability) here", at: condition.location,
        help: nearestName(to: capability, among: names) ?? names.first)
    }
    var seen: Set<GateMetric> = []
    let known = facts.map(\.metric).filter { seen.insert($0).inserted }.map(\.rawValue)
    return Diagnostic(
      slug: "gate-not-here", "this result has no \(condition.metric.rawValue) to hold against a limit",
      at: condition.location, help: "one of \(known.joined(separator: ", "))")
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let failed = outcomes.count { !$0.isMet }
    let verdict = failed == 0 ? "passed" : "failed: \(failed) of \(outcomes.count)"
    return [.heading("Gate \(verdict)"), .facts(outcomes.map(fact))]
  }

  private func fact(_ outcome: Outcome) -> Document.Fact {
    let fact = outcome.fact
    let subject = [fact.design, fact.capability ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    let remarks = [subject, found(fact), fact.remark ?? "", outcome.doubt ?? ""].filter { !$0.isEmpty }
    return Document.Fact(outcome.condition.text, outcome.isMet ? "passed" : "failed", remarks)
  }

  private func found(_ fact: GateFact) -> String {
    switch fact.value {
    case .found(_, let text), .met(_, let text): text
    case .unknown(let reason): "unknown: \(reason)"
    }
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "passed": .bool(!isFailed),
      "conditions": .array(
        outcomes.map { outcome in
          [
            "condition": .string(outcome.condition.text), "passed": .bool(outcome.isMet),
            "metric": .string(outcome.condition.metric.rawValue), "design": .string(outcome.fact.design),
            "capability": outcome.fact.capability.map { .string($0) } ?? .null,
            "found": .string(found(outcome.fact)),
            "value": number(outcome), "remark": outcome.fact.remark.map { .string($0) } ?? .null,
            "limitInsideInterval": .bool(outcome.doubt != nil),
          ]
        }),
    ]
  }

  private func number(_ outcome: Outcome) -> JSONValue {
    switch outcome.fact.value {
    case .found(let limit, _):
      .number(outcome.condition.metric.isComplement ? 1 - limit.number : limit.number)
    case .met(let isMet, _): .bool(isMet)
    case .unknown(let reason): unknownJSON(reason)
    }
  }
}

extension GateSection.Outcome {
  /// Said where the limit lies inside the interval of what was found.
  var doubt: String? {
    guard let limit = condition.bound?.limit.number, let interval = fact.interval, interval.contains(limit)
    else {
      return nil
    }
    return "the limit lies inside the interval; more replications decide"
  }
}

extension GateCondition {
  /// Whether a fact of the same metric is one of those that it is about.
  func asks(about fact: GateFact) -> Bool {
    guard capability == nil || capability == fact.capability else { return false }
    guard case .found(let value, _) = fact.value, let limit = bound?.limit else { return true }
    return value.isAmount == limit.isAmount
  }

  func isMet(by fact: GateFact) -> Bool {
    switch fact.value {
    case .unknown: return false
    case .met(let isMet, _): return isMet
    case .found(let value, _):
      guard let bound, bound.limit.isComparable(with: value) else { return false }
      let relation = metric.isComplement ? bound.relation.mirrored : bound.relation
      return relation.holds(value.number, bound.limit.number)
    }
  }
}

extension GateCondition.Limit {
  var number: Double {
    switch self {
    case .share(let value), .hours(let value), .count(let value), .money(let value, _): value
    }
  }

  var isAmount: Bool { if case .money = self { true } else { false } }

  /// Amounts only in one currency.
  func isComparable(with other: Self) -> Bool {
    guard case .money(_, let own?) = self, case .money(_, let found?) = other else {
      return isAmount == other.isAmount
    }
    return own == found
  }
}
