public import Billing
internal import Charts
internal import Foundation
public import Quantities

/// The bills of the coming years.
public struct ProjectionSection: ReportSection {
  /// The key under which programs find it.
  public let key = "years"
  private let projection: BillProjection
  private let text: AmountText
  private let currency: String

  /// A projection in a currency.
  public init(_ projection: BillProjection, currency: String) {
    self.projection = projection
    self.currency = currency
    text = AmountText(currency: currency)
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let years = projection.years
    let amortised = Cents.parts(years.map(\.amortised))
    let cash = Cents.parts(years.map(\.cash))
    let rows = years.indices.map { place -> [Document.Cell] in
      let year = years[place]
      return [
        Document.Cell("\(year.number)", number: Double(year.number)),
        Document.Cell(text.cents(amortised[place]), number: AmountText.number(year.amortised)),
        Document.Cell(text.cents(cash[place]), number: AmountText.number(year.cash)),
        Document.Cell(text.cents(year.lastMonth), number: AmountText.number(year.lastMonth)),
      ]
    }
    return [
      .heading(
        years.count == 1 ? "The first year" : "\(years.count) years, \(text.cents(projection.total)) in all"),
      .illustration(picture),
      .table(Document.Table(columns: ["Year", "Cost", "Cash out", "Its last month"], cells: rows)),
      .note(growthText),
    ]
  }

  /// What each month costs, and what is paid out in it.
  private var picture: Chart {
    func series(_ name: String, _ amount: KeyPath<BillProjection.Month, Decimal>) -> LineChart.Series {
      LineChart.Series(
        name,
        projection.months.map {
          LineChart.Point(Double($0.number), AmountText.number($0[keyPath: amount]))
        }, isStepped: true)
    }
    return LineChart(
      title: "What each month costs", [series("cost", \.amortised), series("cash out", \.cash)],
      x: LineChart.AxisName("months", .months), y: LineChart.AxisName("a month", .money(currency))
    ).chart
  }

  private var growthText: String {
    let growth = projection.growth.perYear
    let use =
      growth == 0
      ? "Use stays as stated"
      : "Data, requests and demand grow by \(significant(growth * 100, digits: 3)) % a year, month by month; numbers of units "
        + "that nothing scales stay"
    return use
      + "; prices stay those of the book. Commitments begin in the first month and are renewed when they end."
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "growthPerYear": .number(projection.growth.perYear), "total": .decimal(projection.total),
      "years": .array(
        projection.years.map {
          [
            "year": .integer($0.number), "cost": .decimal($0.amortised), "cash": .decimal($0.cash),
            "lastMonth": .decimal($0.lastMonth),
          ]
        }),
      "months": .array(
        projection.months.map {
          ["month": .integer($0.number), "cost": .decimal($0.amortised), "cash": .decimal($0.cash)]
        }),
    ]
  }
}
