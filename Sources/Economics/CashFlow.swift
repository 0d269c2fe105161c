public import FoundationEssentials
internal import Quantities

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Amounts at the ends of periods: the first now, the next after one period.
public struct CashFlow: Sendable, Hashable {
  /// The amounts, in whole units of one currency; money that comes in is positive.
  public let amounts: [Double]

  /// Amounts, the first of them now; those that are not finite make none.
  public init?(_ amounts: [Double]) {
    guard amounts.allSatisfy(\.isFinite) else { return nil }
    self.amounts = amounts
  }

  /// Exact amounts, the first of them now.
  public init(_ amounts: [Decimal]) { self.amounts = amounts.map { Money($0).double } }

  init(finite amounts: [Double]) { self.amounts = amounts }

  /// The sum of all amounts.
  public var total: Double { amounts.reduce(0, +) }

  /// The sums up to each period.
  public var cumulative: [Double] {
    var sum = 0.0
    return amounts.map { amount in
      sum += amount
      return sum
    }
  }

  /// What the amounts are worth now: NPV = Σ aₖ (1 + r)^−k.
  ///
  /// - Parameter rate: the rate of a period, more than −1.
  /// - Source: numpy-financial, `npv`: at 8 %, −40,000, 5,000, 8,000, 12,000, 30,000 are worth 3,065.22.
  public func presentValue(rate: Double) -> Double { discounted(rate: rate).total }

  /// Each amount at its present value.
  public func discounted(rate: Double) -> CashFlow {
    let factor = 1 / (1 + rate)
    var weight = 1.0
    return CashFlow(
      finite: amounts.map { amount in
        defer { weight *= factor }
        return amount * weight
      })
  }

  /// The modified rate of return of a period: what is paid in is financed at one rate, and what comes out is put to
  /// work at another until the end.
  ///
  /// MIRR = (future value of what comes in / −present value of what goes out)^(1/n) − 1 over n periods.
  ///
  /// - Returns: `nil` when nothing is paid in, or nothing comes out.
  /// - Source: Lin (1976); numpy-financial, `mirr`: −100, 50, −60, 70 at 10 % and 12 % return −3.909366 %.
  public func modifiedInternalRate(financedAt finance: Double, reinvestedAt reinvest: Double) -> Double? {
    let periods = amounts.count - 1
    guard periods > 0 else { return nil }
    let paid = -CashFlow(finite: amounts.map { min($0, 0) }).presentValue(rate: finance)
    let received = CashFlow(finite: amounts.map { max($0, 0) }).presentValue(rate: reinvest)
    guard paid > 0, received > 0 else { return nil }
    return expm1(log(received / paid) / Double(periods) + log1p(reinvest))
  }

  /// When the amounts have paid for themselves, in periods: from then on, up to the end, their sum is never below 0.
  ///
  /// Between two periods the sum is taken to grow evenly. For a discounted payback ask `discounted(rate:)`.
  ///
  /// - Returns: 0 when nothing had to be paid back; `nil` when the sum is below 0 at the end.
  public var payback: Double? {
    let sums = cumulative
    guard let last = sums.last, last >= 0 else { return nil }
    guard let below = sums.lastIndex(where: { $0 < 0 }) else { return 0 }
    return Double(below) + -sums[below] / (sums[below + 1] - sums[below])
  }
}
