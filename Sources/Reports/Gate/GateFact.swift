internal import Stochastics

/// Something that a gate may ask of a result.
public struct GateFact: Sendable, Hashable {
  /// What was found.
  public enum Value: Sendable, Hashable {
    /// A number in the unit of the limit, and as people read it.
    case found(GateCondition.Limit, text: String)
    /// Met or not.
    case met(Bool, text: String)
    /// Not known, and why.
    case unknown(String)
  }

  /// What is measured.
  public let metric: GateMetric
  /// The design or option; empty where there is only one.
  public let design: String
  /// The capability; `nil` where it is about the whole.
  public let capability: String?
  /// What was found.
  public let value: Value
  /// Between what and what it lies, in the unit of the value; `nil` where it is exact.
  public let interval: ClosedRange<Double>?
  /// What stands behind the number, such as what it leaves out.
  public let remark: String?

  /// A fact.
  public init(
    _ metric: GateMetric, design: String = "", capability: String? = nil, _ value: Value,
    interval: ClosedRange<Double>? = nil, remark: String? = nil
  ) {
    self.metric = metric
    self.design = design
    self.capability = capability
    self.value = value
    self.interval = interval
    self.remark = remark
  }
}

extension Estimate {
  /// From the low end to the high one.
  var interval: ClosedRange<Double>? { low <= high ? low...high : nil }
}
