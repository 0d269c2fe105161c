public import Quantities

/// Something that is computed and that a claim can be of.
public struct ClaimMeasure: Sendable, Hashable {
  /// What is measured, by its place in the model.
  public enum Subject: Sendable, Hashable {
    /// A capability.
    case capability(Int)
    /// An objective of a capability.
    case objective(capability: Int, name: String)
    /// A component, or one of its roles.
    case part(Target)
    /// A failure mode: `component/mode` or `domain/mode`.
    case cause(String)
    /// A procedure.
    case procedure(Int)
    /// A detector or a response tier.
    case delay(Int)
    /// The bill.
    case bill
    /// The lines of the bill for one entry of `costs:`, or for all entries of one owner.
    case billed(String)
    /// The change from the base of a what-if file, as an investment: by the downtime of one capability, or of all that
    /// state a price.
    case option(capability: Int?)
    /// The incident history, all of it or of one component or mode.
    case history(component: String?, mode: String?)
    /// The drills on record of one procedure.
    case drill(String)
  }

  /// What is measured.
  public let subject: Subject
  /// What of it.
  public let word: ClaimWord
  /// What its numbers are made of.
  public let dimension: Dimension
  /// What its numbers are beyond that.
  public let scale: ClaimVocabulary.Scale
  /// The domain that is lost; `nil`: none is.
  public let lost: Int?
  /// The path as it was written, with what is lost.
  public let text: String

  /// Something that is computed.
  public init(_ subject: Subject, _ entry: ClaimVocabulary, lost: Int? = nil, text: String) {
    (self.subject, self.lost, self.text) = (subject, lost, text)
    (word, dimension, scale) = (entry.word, entry.dimension, entry.scale)
  }
}

/// The words behind the last `/` of a path: what of something is measured.
public enum ClaimWord: String, Sendable, Hashable, CaseIterable {
  case availability, downtime, outages, mtbf, mttr, served, recovery, missed
  case singlePoints = "single-points-of-failure"
  case downtimeCost = "downtime-cost"
  case replicas, left, candidates, failover, loses, rto, rpo
  case rate, duration, detection
  case mean, longest
  case monthly, yearly, upfront, once, increase, growth
  case returns = "return"
  case npv, irr, payback, savings, net
  case incidents, held
}

extension ClaimWord {
  /// Whether more of it is better; `nil` where that depends.
  public var isBetterHigher: Bool? {
    switch self {
    case .availability, .mtbf, .served, .left, .candidates, .replicas, .returns, .npv, .irr, .savings, .net,
      .held:
      true
    case .downtime, .outages, .mttr, .recovery, .missed, .singlePoints, .downtimeCost, .failover, .loses,
      .rto, .rpo,
      .rate, .duration, .detection, .mean, .longest, .monthly, .yearly, .upfront, .once, .increase, .growth,
      .payback, .incidents:
      false
    }
  }
}

/// The kinds of things that a claim can be of.
public enum ClaimSubjectKind: String, Sendable, Hashable, CaseIterable {
  case capability, objective, component, role, mode, procedure, delay, bill, entry, option, history, drill

  /// What it is called in findings.
  public var name: String {
    switch self {
    case .capability: "a capability"
    case .objective: "an objective of a capability"
    case .component: "a component"
    case .role: "a role of a component"
    case .mode: "a failure mode"
    case .procedure: "a procedure"
    case .delay: "a detector or response"
    case .bill: "the bill"
    case .entry: "an entry of the bill"
    case .option: "the change as an investment"
    case .history: "the incident history"
    case .drill: "the drills on record"
    }
  }

  /// How its paths begin.
  public var pattern: String {
    switch self {
    case .capability: "CAPABILITY"
    case .objective: "CAPABILITY/OBJECTIVE"
    case .component: "COMPONENT"
    case .role: "COMPONENT/ROLE"
    case .mode: "COMPONENT/MODE"
    case .procedure: "PROCEDURE"
    case .delay: "DETECTOR"
    case .bill, .entry: "cost"
    case .option: "roi[/CAPABILITY]"
    case .history: "history"
    case .drill: "drills/PROCEDURE"
    }
  }
}
