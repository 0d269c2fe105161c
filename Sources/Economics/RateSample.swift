/// The internal rates of return of many cash flows, some of which have none and some several.
///
/// Only a rate that is the only one of its flow is *the* rate of return, so percentiles are of those alone, and the shares of
/// the others stand beside them.
public struct RateSample: Sendable {
  /// How many flows there are.
  public let count: Int
  /// How many have several rates.
  public let several: Int
  /// How many have none, by the reason, in the order of the reasons.
  public let none: [(reason: InternalRate.Reason, count: Int)]
  /// The rates of those that have one, ascending.
  private let rates: [Double]

  /// The rates of flows.
  public init(_ found: [InternalRate]) {
    count = found.count
    rates = found.compactMap(\.value).sorted()
    several = found.count { if case .several = $0 { true } else { false } }
    none = InternalRate.Reason.allCases.compactMap { reason in
      let count = found.count { $0 == .none(reason) }
      return count > 0 ? (reason, count) : nil
    }
  }

  /// The share of the flows that have one rate.
  public var shareWithOne: Double { share(rates.count) }
  /// The share that has several.
  public var shareWithSeveral: Double { share(several) }
  /// The share that has none.
  public var shareWithNone: Double { share(count - several - rates.count) }

  private func share(_ number: Int) -> Double { count > 0 ? Double(number) / Double(count) : 0 }

  /// The smallest rate that a share of the flows with one rate stays at or below; `nil` where none has one.
  ///
  /// - Parameter probability: more than 0, at most 1.
  public func percentile(_ probability: Double) -> Double? {
    guard !rates.isEmpty else { return nil }
    let rank = (probability * Double(rates.count) - 1e-12 * Double(rates.count)).rounded(.up)
    return rates[Int(max(1, min(Double(rates.count), rank))) - 1]
  }
}
