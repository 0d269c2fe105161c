/// Money that adds up month by month, with the month in which it has paid for itself.
public struct CashFlowChart: Sendable, Hashable {
  /// Sums after each month; the first is now.
  public struct Sums: Sendable, Hashable {
    /// What they are of.
    public let name: String
    /// The sums.
    public let amounts: [Double]
    /// After how many months they have paid for themselves; `nil`: not within the horizon.
    public let paybackMonths: Double?

    /// Sums.
    public init(_ name: String, _ amounts: [Double], paybackMonths: Double?) {
      self.name = name
      self.amounts = amounts
      self.paybackMonths = paybackMonths
    }
  }

  private let title: String
  private let sums: [Sums]
  private let currency: String

  /// A picture; the sums each have a line.
  public init(title: String, _ sums: [Sums], currency: String) {
    self.title = title
    self.sums = sums
    self.currency = currency
  }

  /// The picture.
  public var chart: Chart {
    LineChart(
      title: title,
      sums.map { own in
        LineChart.Series(own.name, own.amounts.enumerated().map { LineChart.Point(Double($0), $1) })
      },
      x: LineChart.AxisName("months from the start", .months),
      y: LineChart.AxisName("sum of the cash flow", .money(currency)), marks: paybacks
    ).chart
  }

  private var paybacks: [LineChart.Mark] {
    sums.compactMap { own in
      own.paybackMonths.flatMap { months in
        months <= 0
          ? nil : LineChart.Mark("\(own.name): paid back after \(Measure.months.text(months))", at: months)
      }
    }
  }
}
