internal import Diagnostics
internal import FoundationEssentials
internal import StructuredText

/// A table of somebody's own prices, checked as price books are.
struct OwnPrices {
  let prices: [Price]

  /// Reads a table; `service` and `region` of the selection are those of rows that can not name them, and else choose rows.
  init(path: String, selection: PriceCollector.Selection, date: String?) throws(Findings) {
    var scanner = try CSVScanner(path: path)
    let columns = try scanner.next() ? scanner.texts : []
    let read = try PriceRows(
      of: path, service: columns.contains("service") ? nil : selection.service,
      region: columns.contains("region") ? nil : selection.region, origins: [:])
    guard read.discounts.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "discounts-in-a-book", "\(named(path)) states discounts, which are no prices", at: nil,
          help: "leave them in a table of their own and lay it over: --prices aws-prices,\(path)")
      ])
    }
    prices = read.prices.filter { price in
      (selection.service == nil || price.key.service == selection.service)
        && (selection.region == nil || price.region == selection.region)
    }.map { Self.dated($0, date) }
  }

  private static func dated(_ price: Price, _ date: String?) -> Price {
    guard price.origin.date.isEmpty, let date else { return price }
    return Price(
      key: price.key, region: price.region, purchase: price.purchase, unit: price.unit, tier: price.tier,
      amount: price.amount, upfront: price.upfront,
      origin: PriceOrigin(standing: price.origin.standing, source: price.origin.source, date: date))
  }
}
