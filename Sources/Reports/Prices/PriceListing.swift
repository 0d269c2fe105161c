public import CloudCost
internal import Diagnostics
internal import FoundationEssentials
public import Quantities

/// The prices of a book whose names begin with something, as `relmodel prices show` prints them.
public struct PriceListing: Sendable {
  /// What a name begins with: `rds/instance/db.r5`.
  public let prefix: String
  /// The book's name.
  public let book: String
  /// The code of the amounts.
  public let currency: String
  /// The rows by item, region, way of buying and tier, discounts taken off.
  public let prices: [Price]

  /// The prices of the loaded tables of a book.
  ///
  /// - Parameters:
  ///   - region: the only region; `nil`: all.
  ///   - purchase: the only way of buying; `nil`: all.
  public init(of prefix: String, in book: PriceBook, region: String?, purchase: Purchase? = nil) {
    self.prefix = prefix
    self.book = book.name
    currency = book.currency
    let order = Dictionary(uniqueKeysWithValues: Purchase.all.enumerated().map { ($1, $0) })
    prices =
      book.loaded.filter { region == nil || $0.region == region }
      .flatMap { table in
        table.prices.filter { $0.key.description.hasPrefix(prefix) }
      }
      .filter { purchase == nil || $0.purchase == purchase }
      .map(book.discounted)
      .sorted { left, right in
        (left.key.service, left.key.item, left.region, order[left.purchase] ?? 0, left.tier.from)
          < (right.key.service, right.key.item, right.region, order[right.purchase] ?? 0, right.tier.from)
      }
  }

  /// A table of the prices and what is to be known of them.
  public var document: Document {
    var document = Document(
      title: "\(prices.count == 1 ? "1 price" : "\(grouped(prices.count)) prices") of \(prefix) in \(book)")
    document.blocks.append(.table(Document.Table(columns: columns, cells: prices.map(row))))
    let unverified = prices.count { $0.origin.standing == .unverified }
    if unverified > 0 {
      document.blocks.append(
        .note("\(grouped(unverified)) written down from memory and seen in no list (unverified)."))
    }
    if prices.contains(where: { $0.upfront != 0 }) {
      document.blocks.append(
        .note(
          "What is paid at the start is for a unit that runs all the time of the commitment; the price is what recurs."
        ))
    }
    return document
  }

  private var isTiered: Bool { prices.contains { $0.tier != .all } }
  private var isPaidAtStart: Bool { prices.contains { $0.upfront != 0 } }

  /// Columns of tiers and of what is paid at the start stand there when a price has any.
  private var columns: [String] {
    ["Item", "Region", "Bought"] + (isTiered ? ["From", "Up to"] : []) + ["Price", "Per"]
      + (isPaidAtStart ? ["At the start"] : []) + ["Source", "Date"]
  }

  private func row(_ price: Price) -> [Document.Cell] {
    let name = [price.key.description, price.region, price.purchase.text].map { Document.Cell($0) }
    let tier = isTiered ? [bound(price.tier.from == 0 ? nil : price.tier.from), bound(price.tier.upTo)] : []
    let start = isPaidAtStart ? [price.upfront == 0 ? "" : money(price.upfront)] : []
    let source = "\(price.origin.source) (\(price.origin.standing.rawValue))"
    return name + tier + [money(price.amount), Document.Cell(price.unit)] + start
      + [Document.Cell(source), Document.Cell(price.origin.date)]
  }

  private func bound(_ amount: Decimal?) -> Document.Cell {
    guard let amount else { return "" }
    return Document.Cell("\(amount)", number: Double("\(amount)"))
  }

  private func money(_ amount: Decimal) -> Document.Cell {
    Document.Cell(Money(amount, currency: currency).description, number: Double("\(amount)"))
  }

  /// What programs read: amounts as text, exact to the last digit.
  public var json: JSONValue {
    let rows = prices.map { price -> JSONValue in
      [
        "service": .string(price.key.service), "item": .string(price.key.item),
        "region": .string(price.region), "purchase": .string(price.purchase.text),
        "unit": .string(price.unit), "price": .string("\(price.amount)"),
        "upfront": .string("\(price.upfront)"), "from": .string("\(price.tier.from)"),
        "to": price.tier.upTo.map { .string("\($0)") } ?? .null,
        "source": .string(price.origin.source), "date": .string(price.origin.date),
        "standing": .string(price.origin.standing.rawValue),
      ]
    }
    return [
      "format": "relmodel/1", "command": "prices show",
      "results": ["book": .string(book), "currency": .string(currency), "prices": .array(rows)],
    ]
  }
}
