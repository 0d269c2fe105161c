import CloudCost
import Diagnostics
import Foundation
import Testing

/// What a test states of a resource, as a model would: text, a map, or a list of maps.
indirect enum Stated: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  case text(String)
  case map([(String, Stated)])
  case list([Stated])

  init(stringLiteral value: String) { self = .text(value) }
  init(dictionaryLiteral elements: (String, Stated)...) { self = .map(elements) }
  init(arrayLiteral elements: Stated...) { self = .list(elements) }

  static let place = SourceLocation(file: "test", line: 1, column: 1)

  var declaration: Declaration {
    switch self {
    case .text(let text): Declaration(.scalar(text, isQuoted: false), at: Self.place)
    case .list(let items): Declaration(.list(items.map(\.declaration)), at: Self.place)
    case .map(let entries):
      Declaration(
        .map(entries.map { Declaration.Entry(key: Located($0.0, at: Self.place), value: $0.1.declaration) }),
        at: Self.place)
    }
  }
}

/// The price book of the repository.
enum ShippedBook {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "datasets/aws-prices/2026-11-22").path

  /// The tables of some services in a region.
  static func book(_ services: [String], region: String) throws -> PriceBook {
    try PriceBookReader().book(
      at: [folder], name: "aws 2026-11-22",
      wanted: Set(services.map { PriceBookReader.Wanted(service: $0, region: region) }))
  }
}

/// One resource priced by the book of the repository.
struct PricedResource {
  let lines: [LineItem]
  let findings: [Diagnostic]

  init(
    _ kind: any CostResource.Type, _ stated: Stated, region: String = "us-east-1", hours: Decimal? = nil,
    bought: Purchase = .onDemand, count: Decimal = 1, book: PriceBook? = nil
  ) throws {
    let conventions = CostConventions()
    let book = try book ?? ShippedBook.book(kind.services, region: region)
    var findings: [Diagnostic] = []
    let resource = kind.init(
      StatedResource(stated.declaration, path: kind.kind, conventions: conventions), findings: &findings)
    var pricer = LinePricer(book: book, conventions: conventions)
    let context = ChargeContext(region: region, hours: hours, conventions: conventions, book: book)
    let place = LinePlace(resource: "a/\(kind.kind)", owner: "a", service: kind.title, region: region)
    lines = resource.charges(in: context).flatMap {
      pricer.lines(of: $0, times: count, mix: [(bought, 1)], for: place)
    }
    self.findings = findings + pricer.findings
  }

  /// What the lines whose label begins so come to in a month; `nil` when there is none or one is not known.
  func monthly(_ label: String, recurringOnly: Bool = false) -> Decimal? {
    let amounts = lines.filter { $0.label.hasPrefix(label) }.map { line -> Decimal? in
      guard case .known(let amount) = line.amount else { return nil }
      return recurringOnly ? amount.recurring : amount.amortised
    }
    guard !amounts.isEmpty, !amounts.contains(nil) else { return nil }
    return amounts.compactMap { $0 }.reduce(0, +)
  }
}

/// Whether an amount equals one that somebody printed to the cent.
func equalToTheCent(_ amount: Decimal?, _ printed: Decimal) -> Bool {
  guard let amount else { return false }
  return abs(amount - printed) * 200 <= 1
}
