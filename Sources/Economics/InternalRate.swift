#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The rates at which a cash flow is worth nothing, of a period each; all that are more than −1.
public enum InternalRate: Sendable, Hashable {
  /// There is none.
  case none(Reason)
  /// There is one, and it is the only one.
  case one(Double)
  /// There are several, ascending; none of them is *the* rate of return.
  case several([Double])

  /// Why there is no rate.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Nothing is paid.
    case nothingPaid = "nothing has to be paid first"
    /// Nothing comes back.
    case nothingReturned = "nothing comes back"
    /// The amounts change their sign, and their present value does not.
    case neverZero = "the present value has the same sign at every rate"
    /// Nothing is paid and nothing comes back.
    case nothing = "no amount differs from 0"
  }

  /// The rate, when there is only one.
  public var value: Double? { if case .one(let rate) = self { rate } else { nil } }

  /// The same rates for a time of several periods: (1 + r)^n − 1.
  public func compounded(over periods: Int) -> InternalRate {
    let compound = { (rate: Double) in expm1(Double(periods) * log1p(rate)) }
    return switch self {
    case .none: self
    case .one(let rate): .one(compound(rate))
    case .several(let rates): .several(rates.map(compound))
    }
  }
}

extension CashFlow {
  /// All its internal rates of return.
  ///
  /// Roots of Σ aₖ vᵏ in the discount factor v = 1 / (1 + r) > 0, isolated by ``PositiveRoots``.
  ///
  /// - Source: numpy-financial, `irr`: −100, 39, 59, 55, 20 return 28.095 %.
  public var internalRate: InternalRate {
    guard let first = amounts.first(where: { $0 != 0 }) else { return .none(.nothing) }
    guard amounts.contains(where: { $0 * first < 0 }) else {
      return .none(first < 0 ? .nothingReturned : .nothingPaid)
    }
    let rates = PositiveRoots(of: amounts).logarithms.map { expm1(-$0) }.sorted()
    guard let only = rates.first else { return .none(.neverZero) }
    return rates.count == 1 ? .one(only) : .several(rates)
  }

  /// The yearly rates of return of monthly amounts.
  ///
  /// None when it begins with a gain: its rate would be that of a loan, which is the better the lower it is.
  public var yearlyReturn: InternalRate {
    guard let first = amounts.first(where: { $0 != 0 }), first > 0 else {
      return internalRate.compounded(over: 12)
    }
    return .none(.nothingPaid)
  }
}
