internal import FoundationEssentials

/// How long and by which payment a list binds the buyer, in the list's words.
struct ListedTerms: Equatable {
  var lease = ""
  var option = ""
  var offeringClass = ""

  /// The commitment; `nil` for terms of the past such as `Heavy Utilization`.
  var commitment: Purchase.Commitment? {
    guard let years = lease.first.flatMap({ $0.wholeNumberValue }), years == 1 || years == 3,
      lease.dropFirst().lowercased().contains("y") || lease.count == 1,
      let upfront = Self.upfronts[option.lowercased().filter(\.isLetter)]
    else { return nil }
    return Purchase.Commitment(
      years: years, upfront: upfront, isConvertible: offeringClass.lowercased() == "convertible")
  }

  private static let upfronts: [String: Purchase.Commitment.Upfront] = [
    "noupfront": .none, "partialupfront": .partial, "allupfront": .all,
  ]
}

/// The commitments of terms that were met, of which a list has about a dozen.
struct KnownTerms {
  private var known: [(terms: ListedTerms, commitment: Purchase.Commitment?)] = []

  /// The commitment of terms.
  mutating func commitment(of terms: ListedTerms) -> Purchase.Commitment? {
    if let found = known.first(where: { $0.terms == terms }) { return found.commitment }
    let commitment = terms.commitment
    if known.count < 32 { known.append((terms, commitment)) }
    return commitment
  }
}

/// One price as a list states it.
struct ListedPrice {
  var amount: Decimal?
  var unit = ""
  var from: Decimal = 0
  /// `nil`: no end.
  var upTo: Decimal?
  /// What is paid at the start, where the list states it with the hour.
  var upfront: Decimal?

  /// A price of any quantity.
  init(amount: Decimal? = nil, unit: String = "") {
    self.amount = amount
    self.unit = unit
  }

  /// What is paid once at the start of a commitment has no range and is counted in pieces.
  var isUpfront: Bool { unit == "Quantity" }
}

/// The day of a text such as `2016-12-01T00:00:00Z` as the number 20161201; 0 for any other text.
func dayNumber(_ text: ByteText) -> Int {
  guard text.count >= 10 else { return 0 }
  var number = 0
  for index in [0, 1, 2, 3, 5, 6, 8, 9] {
    guard (48...57).contains(text[index]) else { return 0 }
    number = number * 10 + Int(text[index] - 48)
  }
  return number
}
