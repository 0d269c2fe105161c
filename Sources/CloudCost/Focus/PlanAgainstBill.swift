public import FoundationEssentials

/// What was planned for a month beside what was billed.
///
/// A billed charge is joined to the planned resource that bears its name or the value of its tag, else to the component
/// that the tag names, else to everything planned of its service in its region. Each planned line and each charge counts
/// in exactly one row, so that the rows sum to both totals.
public struct PlanAgainstBill: Sendable {
  /// Which of the two views of money is compared.
  public enum View: String, Sendable, Hashable, CaseIterable {
    /// What is paid in the month.
    case billed
    /// With what is paid at the start of commitments spread over them.
    case effective
  }

  /// By what a row is joined, the most exact first.
  public enum Join: String, Sendable, Hashable, CaseIterable {
    /// By the name of a resource, or a tag that holds it.
    case resource
    /// By a tag that holds the name of a component.
    case component
    /// By service and region.
    case service
  }

  /// What is planned and billed under one name.
  public struct Row: Sendable, Hashable {
    /// By what it is joined.
    public let join: Join
    /// The resource, the component, or the service.
    public let name: String
    /// The region; empty for a row that is not by service, or has none.
    public let region: String
    /// What is planned; `nil`: nothing is.
    public let planned: Decimal?
    /// What is billed; `nil`: nothing is.
    public let billed: Decimal?
    /// Planned lines whose price is not known or whose use is not stated: they are in no sum.
    public let openLines: Int

    /// Billed without planned.
    public var difference: Decimal { (billed ?? 0) - (planned ?? 0) }
  }

  /// The rows: by resource, by component, by service, each in order of name.
  public let rows: [Row]
  /// The month of the bill.
  public let month: BillingMonth
  /// The currency of both.
  public let currency: String

  /// Rows that were billed and not planned.
  public var unplanned: [Row] { rows.filter { $0.planned == nil && $0.openLines == 0 } }

  /// Rows that were planned and not billed.
  public var notBilled: [Row] { rows.filter { $0.billed == nil } }

  /// What is planned in all.
  public var planned: Decimal { rows.compactMap(\.planned).reduce(0, +) }

  /// What is billed in all.
  public var billed: Decimal { rows.compactMap(\.billed).reduce(0, +) }

  /// Joins a plan with a month of a bill.
  ///
  /// - Parameter currency: that of the plan; charges in another are left to the caller, who sees
  ///   ``FocusBill/currencies``.
  public init(
    _ lines: [LineItem], against bill: FocusBill, month: BillingMonth, currency: String,
    view: View = .effective
  ) {
    var joiner = PlanJoiner(lines)
    let charges = bill.charges(of: month, in: currency)
    for charge in charges { joiner.add(charge, view) }
    for line in lines { joiner.add(line, view) }
    rows = joiner.rows
    self.month = month
    self.currency = currency
  }
}

/// Joins charges and lines by the most exact name that both have.
private struct PlanJoiner {
  private struct Key: Hashable {
    let join: PlanAgainstBill.Join
    let name: String
    let region: String
  }

  private struct Sums {
    var planned: Decimal?
    var billed: Decimal?
    var openLines = 0
    var shown: String
  }

  private let resources: Set<String>
  private let owners: Set<String>
  private var sums: [Key: Sums] = [:]

  init(_ lines: [LineItem]) {
    resources = Set(lines.map(\.resource))
    owners = Set(lines.map(\.owner))
  }

  mutating func add(_ charge: FocusCharge, _ view: PlanAgainstBill.View) {
    let amount = view == .billed ? charge.amounts.billed : charge.amounts.effective
    let key = key(of: charge.key)
    let shown = key.join == .service ? charge.key.service : key.name
    let billed = sums[key]?.billed ?? 0
    sums[key, default: Sums(shown: shown)].billed = billed + amount
  }

  /// A line goes where charges of its resource or component went, else to its service.
  ///
  /// Charges come first.
  mutating func add(_ line: LineItem, _ view: PlanAgainstBill.View) {
    let exact = [
      Key(join: .resource, name: line.resource, region: ""),
      Key(join: .component, name: line.owner, region: ""),
    ]
    let key =
      exact.first { sums[$0]?.billed != nil }
      ?? Key(join: .service, name: FocusService.family(of: line.service), region: line.region)
    guard case .known(let amount) = line.amount else {
      sums[key, default: Sums(shown: line.service)].openLines += 1
      return
    }
    let planned = sums[key]?.planned ?? 0
    sums[key, default: Sums(shown: line.service)].planned =
      planned + (view == .billed ? amount.recurring : amount.amortised)
  }

  private func key(of charge: FocusCharge.Key) -> Key {
    for name in [charge.resource, charge.tag] where resources.contains(name) {
      return Key(join: .resource, name: name, region: "")
    }
    if owners.contains(charge.tag) { return Key(join: .component, name: charge.tag, region: "") }
    return Key(join: .service, name: FocusService.family(of: charge.service), region: charge.region)
  }

  var rows: [PlanAgainstBill.Row] {
    let order = PlanAgainstBill.Join.allCases
    return order.flatMap { join in
      sums.filter { $0.key.join == join }.map { key, sums in
        PlanAgainstBill.Row(
          join: join, name: sums.shown, region: key.region, planned: sums.planned, billed: sums.billed,
          openLines: sums.openLines)
      }.sorted { ($0.name, $0.region) < ($1.name, $1.region) }
    }
  }
}
