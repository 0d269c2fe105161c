public import Diagnostics

/// A kind of thing that somebody pays for.
///
/// A conformer is a file in `AWS/` and a line in ``ResourceCatalog``. It says which keys a model may state, and turns
/// them into charges: how much of which priced item a month takes. It knows no price.
public protocol CostResource: Sendable {
  /// The key in a model: `aws-rds`.
  static var kind: String { get }
  /// What people call it: `Amazon RDS`.
  static var title: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// The services of the price book that it needs tables of.
  static var services: [String] { get }
  /// The keys that may be stated.
  static var fields: [ResourceField] { get }

  /// Reads what was stated, which has passed the check against ``fields``.
  ///
  /// Adds a finding for everything that contradicts itself, such as IOPS of a type that has none to choose.
  init(_ stated: StatedResource, findings: inout [Diagnostic])

  /// The service level agreement that it falls under, by its name in a table of agreements; `nil`: none that is about months.
  var agreement: String? { get }

  /// What a month of one such resource takes.
  func charges(in context: ChargeContext) -> [Charge]

  /// What month 1, 2, … takes, of a resource that changes as time goes, such as data under a lifecycle.
  func charges(in context: ChargeContext, month: Int) -> [Charge]
}

extension CostResource {
  /// None.
  public var agreement: String? { nil }

  /// The same every month.
  public func charges(in context: ChargeContext, month: Int) -> [Charge] { charges(in: context) }
}
