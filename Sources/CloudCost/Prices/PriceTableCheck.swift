internal import Diagnostics
internal import FoundationEssentials

/// What is wrong with the rows of a table together: prices stated twice, tiers that overlap or leave gaps.
struct PriceTableCheck {
  /// Something wrong with a row beside others.
  struct Problem {
    let row: Int
    let slug: String
    let message: String
    let help: String

    func diagnostic(at location: SourceLocation) -> Diagnostic {
      Diagnostic(slug: slug, message, at: location, help: help)
    }
  }

  /// In the order of the rows.
  private(set) var problems: [Problem] = []

  private struct Name: Hashable {
    let key: PriceKey
    let region: String
    let purchase: Purchase
  }

  /// Checks rows; complexity O(n log n).
  init(_ prices: [Price]) {
    var single: [Name: Int] = [:]
    var several: [Name: [Int]] = [:]
    single.reserveCapacity(prices.count)
    for (row, price) in prices.enumerated() {
      let name = Name(key: price.key, region: price.region, purchase: price.purchase)
      guard let first = single.updateValue(row, forKey: name) else { continue }
      several[name, default: [first]].append(row)
    }
    for (name, row) in single where several[name] == nil { check([row], prices) }
    for rows in several.values {
      check(rows.sorted { (prices[$0].tier.from, $0) < (prices[$1].tier.from, $1) }, prices)
    }
    problems.sort { ($0.row, $0.slug) < ($1.row, $1.slug) }
  }

  private mutating func check(_ rows: [Int], _ prices: [Price]) {
    for row in rows {
      checkAlone(prices[row], row)
      checkTogether(prices[row], row, with: prices[rows[0]])
    }
    if prices[rows[0]].tier.from != 0 {
      note(rows[0], "tier-gap", "no tier begins at 0", "the first tier has from 0, or nothing")
    }
    for (row, next) in zip(rows, rows.dropFirst()) { checkBorder(prices[row].tier, prices[next].tier, next) }
    if let last = rows.last, let end = prices[last].tier.upTo {
      note(
        last, "tier-gap", "nothing is priced above \(end)",
        "leave to empty in the last tier, or state one from \(end)")
    }
  }

  private mutating func checkAlone(_ price: Price, _ row: Int) {
    if let end = price.tier.upTo, end <= price.tier.from {
      note(row, "empty-tier", "the tier ends at \(end), where it begins or before", "to is above from")
    }
    if price.upfront != 0, price.purchase.commitment == nil {
      note(
        row, "upfront-without-commitment", "\(price.purchase.text) has nothing that is paid at the start",
        "leave upfront empty, or state the commitment: reserved-1y-partial-upfront")
    }
  }

  private mutating func checkTogether(_ price: Price, _ row: Int, with first: Price) {
    if price.unit != first.unit {
      note(
        row, "different-units",
        "\(price.key.item) is priced per \(price.unit) here and per \(first.unit) above",
        "state all tiers per \(first.unit)")
    }
  }

  private mutating func checkBorder(_ tier: PriceTier, _ next: PriceTier, _ row: Int) {
    if tier.from == next.from {
      note(
        row, "price-twice", "the item is priced twice for the same purchase and tier",
        "leave one of the rows out, or say how they differ in purchase, from or item")
    } else if let end = tier.upTo, end < next.from {
      note(row, "tier-gap", "nothing is priced between \(end) and \(next.from)", "begin the tier at \(end)")
    } else if tier.upTo.map({ $0 > next.from }) ?? true {
      let end = tier.upTo.map { "\($0)" } ?? "no end"
      note(
        row, "tier-overlap", "the tier begins at \(next.from), and the one before goes to \(end)",
        "end the tier before at \(next.from)")
    }
  }

  private mutating func note(_ row: Int, _ slug: String, _ message: String, _ help: String) {
    problems.append(Problem(row: row, slug: slug, message: message, help: help))
  }
}
