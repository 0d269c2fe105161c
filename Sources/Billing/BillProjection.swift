public import CloudCost
public import Diagnostics
public import FoundationEssentials
public import ServiceModel

/// The bills of the coming years, month by month.
public struct BillProjection: Sendable {
  /// A month of operation.
  public struct Month: Sendable, Hashable {
    /// The month, from 1.
    public let number: Int
    /// What is known of it, with the share of what is paid at the start of commitments.
    public let amortised: Decimal
    /// What leaves the account in it: what recurs, and commitments that begin in it.
    public let cash: Decimal
  }

  /// A year of operation.
  public struct Year: Sendable, Hashable {
    /// The year, from 1.
    public let number: Int
    /// The sum of its months.
    public let amortised: Decimal
    /// What leaves the account in it.
    public let cash: Decimal
    /// The last of its months, as a month costs by then.
    public let lastMonth: Decimal
  }

  /// The months, in order.
  public let months: [Month]
  /// How use grows.
  public let growth: Growth

  /// The bills of so many years of a model.
  ///
  /// Commitments are bought in the first month and again whenever they end.
  ///
  /// - Parameter purchase: how everything that can be committed to is bought, in place of what the model says.
  /// - Throws: a located finding for each name that no price bears.
  public init(
    of model: Model, at book: PriceBook, years: Int, growth: Growth, purchase: [PurchaseShare]? = nil
  ) throws(Findings) {
    var months: [Month] = []
    for number in 1...(12 * years) {
      let bill = try Bill(
        of: model, at: book, month: number, factors: growth.factors(for: model, month: number),
        demand: growth.factor(month: number), purchase: purchase, growth: growth)
      months.append(Month(number: number, amortised: bill.monthly, cash: bill.cash(inMonth: number)))
    }
    self.months = months
    self.growth = growth
  }

  /// The years, in order.
  public var years: [Year] {
    stride(from: 0, to: months.count, by: 12).map { start in
      let year = months[start..<min(start + 12, months.count)]
      return Year(
        number: start / 12 + 1, amortised: year.map(\.amortised).reduce(0, +),
        cash: year.map(\.cash).reduce(0, +), lastMonth: year.last?.amortised ?? 0)
    }
  }

  /// The sum of all months.
  public var total: Decimal { months.map(\.amortised).reduce(0, +) }
}

extension Bill {
  /// What leaves the account in a month of operation, from 1.
  func cash(inMonth number: Int) -> Decimal {
    let begun = lines.compactMap { line -> Decimal? in
      guard case .known(let amount) = line.amount, let commitment = line.purchase.commitment,
        (number - 1) % (12 * commitment.years) == 0
      else { return nil }
      return amount.upfront
    }
    return recurring + begun.reduce(0, +)
  }
}
