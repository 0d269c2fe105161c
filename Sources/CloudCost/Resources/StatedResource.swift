public import Diagnostics
public import FoundationEssentials
public import Quantities

/// What somebody stated of a resource, or of a part of it, with typed access to its keys.
///
/// Numbers are decimals from the text as written. What the check of the language has accepted can be read, so an
/// accessor is `nil` only for a key that is not there.
public struct StatedResource: Sendable {
  /// What was written.
  public let declaration: Declaration
  /// Where it stands in the model: `components/ledger/costs/servers/aws-rds`.
  public let path: String
  /// What decides how quantities are read.
  public let conventions: CostConventions
  /// Factors on numbers, by path: what a draw of uncertain numbers makes of them. Empty: as stated.
  public let factors: [String: Decimal]

  /// Something stated at a place of a model.
  public init(
    _ declaration: Declaration, path: String, conventions: CostConventions, factors: [String: Decimal] = [:]
  ) {
    self.declaration = declaration
    self.path = path
    self.conventions = conventions
    self.factors = factors
  }

  /// Where it begins.
  public var location: SourceLocation { declaration.location }

  /// Whether a key is stated.
  public func has(_ key: String) -> Bool { declaration[key] != nil }

  /// A text or a word, and where it stands.
  public func text(_ key: String) -> Located<String>? {
    guard let stated = scalar(key), let text = stated.text else { return nil }
    return Located(text, at: stated.location)
  }

  /// Whether `yes` is stated.
  public func flag(_ key: String) -> Bool { text(key)?.value == "yes" }

  /// A whole number, number or amount of money.
  public func number(_ key: String) -> Decimal? {
    scaled(key) { text in
      (try? Money(parsing: text))?.amount ?? NumberText(prefixOf: Substring(text))?.decimal
    }
  }

  /// A share between 0 and 1 of what was written in percent.
  public func share(_ key: String) -> Decimal? {
    scaled(key) { text in
      guard let number = NumberText(prefixOf: Substring(text)), let value = number.decimal else { return nil }
      return number.rest.hasPrefix("%") ? value / 100 : value
    }
  }

  /// An amount of data in gigabytes as the provider bills them.
  public func gigabytes(_ key: String) -> Decimal? {
    scaled(key) { BilledQuantity.gigabytes($0, conventions: conventions) }
  }

  /// Events of a month.
  public func perMonth(_ key: String) -> Decimal? {
    scaled(key) { BilledQuantity.perMonth($0, conventions: conventions) }
  }

  /// Gigabytes of a month.
  public func gigabytesPerMonth(_ key: String) -> Decimal? {
    scaled(key) { BilledQuantity.gigabytesPerMonth($0, conventions: conventions) }
  }

  /// A length of time in hours.
  public func hours(_ key: String) -> Decimal? {
    scaled(key) { text in (try? TimeSpan(parsing: text)).flatMap { Decimal(string: shortest($0.hours)) } }
  }

  /// Money of a month.
  public func moneyPerMonth(_ key: String) -> Money? {
    guard let stated = scalar(key)?.text else { return nil }
    guard let rate = try? MoneyRate(parsing: stated, currency: "USD") else { return nil }
    let amount = scaled(key) { BilledQuantity.moneyPerMonth($0, conventions: conventions) }
    return amount.map { Money($0, currency: rate.amount.currency) }
  }

  /// What is stated under a key that holds a map.
  public func part(_ key: String) -> StatedResource? {
    declaration[key].map {
      StatedResource($0, path: "\(path)/\(key)", conventions: conventions, factors: factors)
    }
  }

  /// The items of a key that holds a list of maps.
  public func parts(_ key: String) -> [StatedResource] {
    (declaration[key]?.items ?? []).enumerated().map { index, item in
      StatedResource(item, path: "\(path)/\(key)/\(index + 1)", conventions: conventions, factors: factors)
    }
  }

  /// The value under a key, or under `value:` in it.
  private func scalar(_ key: String) -> Declaration? {
    declaration[key].map { $0["value"] ?? $0 }
  }

  private func scaled(_ key: String, _ read: (String) -> Decimal?) -> Decimal? {
    guard let text = scalar(key)?.text, let value = read(text) else { return nil }
    return factors["\(path)/\(key)"].map { value * $0 } ?? value
  }
}

/// What decides how quantities of costs are read; printed with every result.
public struct CostConventions: Sendable, Hashable {
  /// Hours in a month; 730 unless stated.
  public var hoursPerMonth: Decimal
  /// Gigabytes in a terabyte; 1,000 unless stated.
  public var gigabytesPerTerabyte: Decimal

  /// Conventions.
  public init(hoursPerMonth: Decimal = 730, gigabytesPerTerabyte: Decimal = 1000) {
    self.hoursPerMonth = hoursPerMonth
    self.gigabytesPerTerabyte = gigabytesPerTerabyte
  }
}
