import CloudCost
import Diagnostics
import Foundation
import Testing

/// A line of somebody's bill that ours must equal to the cent.
struct ExpectedLine: Sendable, CustomTestStringConvertible {
  let name: String
  let kind: any CostResource.Type
  let stated: Stated
  /// What the labels of the lines begin with that are summed.
  let label: String
  /// What recurs in a month, as printed.
  let monthly: String
  var region = "us-east-1"
  var hours: Decimal?
  var bought = Purchase.onDemand
  var count: Decimal = 1
  /// Prices that the shipped book has not, with their source in the name of the test.
  var own: [Price] = []

  var testDescription: String { "\(name): \(label)" }

  /// The resource with its lines, by the shipped book and the own prices laid over it.
  func priced() throws -> PricedResource {
    let shipped = try LoadedBook.of(region: region)
    let groups = Dictionary(grouping: own) { $0.key.service }
    let laidOver = groups.map { PriceTable(service: $0.key, region: region, prices: $0.value) }
    return PricedResource(
      kind, stated, book: PriceBook(name: "aws 2026-11-22", tables: shipped.loaded + laidOver),
      region: region,
      hours: hours, bought: bought, count: count)
  }

  /// Whether the sum of the lines is what was printed, without findings.
  func holds() throws -> Bool {
    let priced = try priced()
    guard priced.findings.isEmpty, let printed = Decimal(string: monthly) else { return false }
    return equalToTheCent(priced.monthly(label, recurringOnly: true), printed)
  }
}

extension PricedResource {
  /// One resource priced by a book.
  init(
    _ kind: any CostResource.Type, _ stated: Stated, book: PriceBook, region: String = "us-east-1",
    hours: Decimal? = nil, bought: Purchase = .onDemand, count: Decimal = 1
  ) {
    let conventions = CostConventions()
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

  /// The lines whose label begins so.
  func lines(_ label: String) -> [LineItem] { lines.filter { $0.label.hasPrefix(label) } }

  /// The slugs of what is wrong.
  var slugs: [String] { findings.map(\.slug) }
}

/// The tables of the services of these tests, each region read once: that of instances has thousands of rows.
enum LoadedBook {
  static let services = [
    "ec2", "ebs", "eks", "fargate", "elb", "vpc", "transfer", "secretsmanager", "kms", "cloudwatch",
  ]
  private static let usEast1 = Result { try ShippedBook.book(services, region: "us-east-1") }
  private static let euWest1 = Result { try ShippedBook.book(services, region: "eu-west-1") }
  private static let euCentral1 = Result { try ShippedBook.book(services, region: "eu-central-1") }

  static func of(region: String) throws -> PriceBook {
    switch region {
    case "us-east-1": try usEast1.get()
    case "eu-west-1": try euWest1.get()
    case "eu-central-1": try euCentral1.get()
    default: try ShippedBook.book(["transfer"], region: region)
    }
  }
}

/// One resource priced by the book of the repository.
func billed(
  _ kind: any CostResource.Type, _ stated: Stated, region: String = "us-east-1",
  bought: Purchase = .onDemand, count: Decimal = 1
) throws -> PricedResource {
  PricedResource(
    kind, stated, book: try LoadedBook.of(region: region), region: region, bought: bought, count: count)
}

/// A price of a test's own book, with where it was read.
func ownPrice(
  _ service: String, _ item: String, _ amount: String, unit: String, region: String = "us-east-1",
  purchase: Purchase = .onDemand, upfront: String = "0", source: String
) -> Price {
  Price(
    key: PriceKey(service, item), region: region, purchase: purchase, unit: unit,
    amount: Decimal(string: amount) ?? 0, upfront: Decimal(string: upfront) ?? 0,
    origin: PriceOrigin(standing: .published, source: source, date: "2025-06-30"))
}
