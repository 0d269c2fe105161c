package import Diagnostics
internal import FoundationEssentials
internal import Quantities
package import StructuredText

/// The columns of a price table as text, and how a record of it becomes a price.
///
/// Only `item`, `unit` and `price` are needed in the folder of a region, `service` and `region` too in a file of its own.
/// `discount` in place of `price` states a negotiated discount on what `item` begins with.
package struct PriceColumns {
  /// The columns, in the order of the documentation.
  package enum Column: String, CaseIterable {
    case service, region, item, unit, purchase, from, to, price, upfront, discount
    case source, date, standing
  }

  private var indices: [Column: Int] = [:]
  private let origins: [String: PriceOrigin]
  private let service: String?
  private let region: String?

  /// Reads a header.
  ///
  /// - Parameters:
  ///   - service: the service that all rows are of, when the table has no such column.
  ///   - origins: sources by the name under which `source` cites them.
  package init(
    header: CSVRecord, service: String?, region: String?, origins: [String: PriceOrigin]
  ) throws(Findings) {
    self.service = service
    self.region = region
    self.origins = origins
    var findings: [Diagnostic] = []
    for (index, field) in header.fields.enumerated() {
      guard let column = Column(rawValue: field.text) else {
        findings.append(Self.unknown(field))
        continue
      }
      indices[column] = index
    }
    findings += missing(in: header)
    guard findings.isEmpty else { throw Findings(findings) }
  }

  private func missing(in header: CSVRecord) -> [Diagnostic] {
    var needed: [Column] = [.item]
    if indices[.discount] == nil { needed += [.unit, .price] }
    if service == nil { needed.append(.service) }
    if region == nil { needed.append(.region) }
    return needed.filter { indices[$0] == nil }.map { column in
      Diagnostic(
        slug: "missing-column", "the price table has no column \(column.rawValue)", at: header.location,
        help: "service,region,item,unit,purchase,price,source,date")
    }
  }

  private static func unknown(_ field: CSVRecord.Field) -> Diagnostic {
    let near = nearestName(to: field.text, among: Column.allCases.map(\.rawValue))
    return Diagnostic(
      slug: "unknown-column", "“\(field.text)” is no column of a price table", at: field.location,
      help: near ?? Column.allCases.map(\.rawValue).joined(separator: ","))
  }

  /// What a record says.
  package enum Row {
    case price(Price)
    case discount(PriceDiscount)
  }

  /// A record as a price or discount; adds what is wrong with it.
  package func row(_ record: CSVRecord, findings: inout [Diagnostic]) -> Row? {
    findings += record.problems
    guard record.problems.isEmpty else { return nil }
    var reader = RowReader(record: record, columns: self, findings: [])
    defer { findings += reader.findings }
    let row = reader.row()
    return reader.findings.isEmpty ? row : nil
  }

  fileprivate func field(_ column: Column, of record: CSVRecord) -> CSVRecord.Field? {
    guard let index = indices[column], record.fields.indices.contains(index) else { return nil }
    let field = record.fields[index]
    return field.text.isEmpty ? nil : field
  }

  /// Reads one record.
  private struct RowReader {
    let record: CSVRecord
    let columns: PriceColumns
    var findings: [Diagnostic]

    mutating func row() -> Row? {
      let purchase = purchase()
      let item = columns.field(.item, of: record)?.text
      if let discount = amount(.discount) { return self.discount(discount, item: item, purchase: purchase) }
      let price = amount(.price)
      guard let item, let unit = columns.field(.unit, of: record)?.text,
        let service = columns.service ?? columns.field(.service, of: record)?.text,
        let region = columns.region ?? columns.field(.region, of: record)?.text, let price
      else {
        findings += incomplete
        return nil
      }
      let tier = PriceTier(from: amount(.from) ?? 0, upTo: amount(.to))
      return .price(
        Price(
          key: PriceKey(service, item), region: region, purchase: purchase ?? .onDemand, unit: unit,
          tier: tier,
          amount: price, upfront: amount(.upfront) ?? 0, origin: origin()))
    }

    /// What a row can not do without and this one leaves empty.
    private var incomplete: [Diagnostic] {
      let place: [Column] =
        columns.service == nil ? [.service, .region] : columns.region == nil ? [.region] : []
      return ([.item, .unit, .price] + place).filter { columns.field($0, of: record) == nil }.prefix(1).map {
        Diagnostic(
          slug: "incomplete-price", "the row says no \($0.rawValue)", at: record.location,
          help:
            "every price needs an item, a unit and a price, and in a table of its own a service and a region")
      }
    }

    private func discount(_ share: Decimal, item: String?, purchase: Purchase?) -> Row {
      func named(_ column: Column) -> String? {
        columns.field(column, of: record).flatMap { $0.text == "*" ? nil : $0.text }
      }
      return .discount(
        PriceDiscount(
          service: named(.service), region: named(.region), itemPrefix: item == "*" ? "" : item ?? "",
          purchase: purchase, share: share, source: origin().source))
    }

    private mutating func purchase() -> Purchase? {
      guard let field = columns.field(.purchase, of: record) else { return nil }
      if let purchase = Purchase(text: field.text) { return purchase }
      findings.append(
        Diagnostic(
          slug: "unknown-purchase", "“\(field.text)” is no way to buy", at: field.location,
          help: nearestName(to: field.text, among: Purchase.all.map(\.text)) ?? "on-demand"))
      return nil
    }

    /// A number of 0 or more; a discount may be written in percent.
    private mutating func amount(_ column: Column) -> Decimal? {
      guard let field = columns.field(column, of: record) else { return nil }
      let text = field.text.hasPrefix("$") ? field.text.dropFirst() : field.text[...]
      if let number = NumberText(prefixOf: text), let value = number.decimal, !value.isNaN, value >= 0,
        value <= Price.most
      {
        if number.rest.isEmpty { return value }
        if number.rest == "%", column == .discount { return value / 100 }
      }
      findings.append(
        Diagnostic(
          slug: "bad-price", "\(column.rawValue): \(quoted(field.text)) is no number from 0 to 10¹²",
          at: field.location, help: "0.0125"))
      return nil
    }

    private func origin() -> PriceOrigin {
      let source = columns.field(.source, of: record)?.text ?? ""
      if let cited = columns.origins[source] { return cited }
      let standing = columns.field(.standing, of: record).flatMap { PriceOrigin.Standing(rawValue: $0.text) }
      return PriceOrigin(
        standing: standing ?? .own, source: source.isEmpty ? record.location.file : source,
        date: columns.field(.date, of: record)?.text ?? "")
    }
  }
}
