/// How many prices of lists were taken, and how many were not for which reason.
struct ImportTally {
  /// Why a price is not taken.
  enum Reason: Hashable {
    /// It is known and not wanted.
    case leftOut(String)
    /// Nothing of ours would ask for it; the text is what the list calls such products.
    case unknown(String)
  }

  /// Prices taken.
  var taken = 0
  private var reasons: [Reason] = []
  private var counts: [Int] = []
  private var codes: [Reason: PriceCollector.Code] = [:]

  /// A number below 0 that stands for a reason.
  mutating func code(of reason: Reason) -> PriceCollector.Code {
    if let code = codes[reason] { return code }
    reasons.append(reason)
    counts.append(0)
    let code = -PriceCollector.Code(reasons.count)
    codes[reason] = code
    return code
  }

  /// Counts prices that are not taken for a reason.
  mutating func add(_ prices: Int, to code: PriceCollector.Code) { counts[Int(-code) - 1] += prices }

  /// The reasons for which prices are not taken and how many, the most first.
  var leftOut: [(reason: String, prices: Int)] {
    pairs { if case .leftOut(let text) = $0 { text } else { nil } }
  }

  /// What the list calls the products that nothing of ours would ask for, and how many prices, the most first.
  var unknown: [(family: String, prices: Int)] {
    pairs { if case .unknown(let text) = $0 { text } else { nil } }.map { ($0.reason, $0.prices) }
  }

  private func pairs(_ text: (Reason) -> String?) -> [(reason: String, prices: Int)] {
    zip(reasons, counts).compactMap { reason, count in
      text(reason).flatMap { count > 0 ? ($0, count) : nil }
    }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}
