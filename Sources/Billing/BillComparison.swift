internal import CloudCost
public import FoundationEssentials

/// Two bills line by line: what stayed, what changed, what is new, and what vanished.
///
/// Lines belong together when they stand at the same resource and are for the same part of it, whatever its class or
/// size; a cheaper plan is often one from which lines have vanished.
public struct BillComparison: Sendable {
  /// One part of one resource in both bills.
  public struct Row: Sendable, Hashable {
    /// What happened to it.
    public enum Change: String, Sendable, Hashable, CaseIterable {
      case same, changed, vanished, added
    }

    /// The resource: `ledger/servers`.
    public let resource: String
    /// The part of it, as the later bill labels it.
    public let label: String
    /// What happened to it.
    public let change: Change
    /// What it was: label, quantity and price in words; `nil` in a new row.
    public let before: Side?
    /// What it is; `nil` in a row that vanished.
    public let after: Side?

    /// After less before; `nil` when one of the two is there and not known.
    public var difference: Decimal? {
      guard before?.isKnown != false, after?.isKnown != false else { return nil }
      return (after?.monthly ?? 0) - (before?.monthly ?? 0)
    }
  }

  /// A row in one of the bills: all tiers and ways of buying together.
  public struct Side: Sendable, Hashable {
    /// The label.
    public let label: String
    /// Units of a month; `nil` when use is not stated.
    public let quantity: Decimal?
    /// What the quantity counts.
    public let unit: String
    /// What is known of its month.
    public let monthly: Decimal
    /// Whether all of it is known.
    public let isKnown: Bool

    init(_ lines: [LineItem]) {
      label = lines[0].label
      unit = lines[0].unit
      quantity = lines.contains { $0.quantity == nil } ? nil : lines.compactMap(\.quantity).reduce(0, +)
      monthly = lines.compactMap(\.monthly).reduce(0, +)
      isKnown = !lines.contains { $0.monthly == nil }
    }
  }

  /// The bill before.
  public let before: Bill
  /// The bill after.
  public let after: Bill
  /// The rows, in the order of the first bill, then those that are new.
  public let rows: [Row]

  /// Compares two bills in the same currency.
  public init(_ before: Bill, _ after: Bill) {
    self.before = before
    self.after = after
    let (oldOrder, old) = Self.parts(of: before)
    let (newOrder, new) = Self.parts(of: after)
    rows = (oldOrder + newOrder.filter { old[$0] == nil }).map { Self.row($0, old[$0], new[$0]) }
  }

  /// The rows of one kind.
  public func rows(_ change: Row.Change) -> [Row] { rows.filter { $0.change == change } }

  /// After less before, of the rows that are known wherever they stand.
  public var difference: Decimal { rows.compactMap(\.difference).reduce(0, +) }

  /// Rows that are known in one bill and not in the other: they are in no difference.
  public var undecided: [Row] {
    rows.filter { $0.difference == nil && ($0.before?.isKnown == true || $0.after?.isKnown == true) }
  }

  private struct Part: Hashable {
    let resource: String
    let stem: String
  }

  /// Lines by resource and by the label before its particulars in brackets.
  private static func parts(of bill: Bill) -> (order: [Part], lines: [Part: Side]) {
    var order: [Part] = []
    var lines: [Part: [LineItem]] = [:]
    for line in bill.lines {
      let stem = line.label.firstRange(of: " (").map { line.label[..<$0.lowerBound] } ?? line.label[...]
      let part = Part(resource: line.resource, stem: String(stem))
      if lines[part] == nil { order.append(part) }
      lines[part, default: []].append(line)
    }
    return (order, lines.mapValues(Side.init))
  }

  private static func row(_ part: Part, _ before: Side?, _ after: Side?) -> Row {
    let change: Row.Change =
      switch (before, after) {
      case (nil, _): .added
      case (_, nil): .vanished
      case (let before?, let after?): before == after ? .same : .changed
      }
    return Row(
      resource: part.resource, label: after?.label ?? before?.label ?? part.stem, change: change,
      before: before, after: after)
  }
}
