public import FoundationEssentials

/// An amount in a currency, exact to the last cent.
public struct Money: Sendable, Hashable {
  /// The amount in whole units of the currency; may be negative.
  public let amount: Decimal
  /// The ISO 4217 code, such as `USD`.
  public let currency: String

  /// An amount in a currency.
  public init(_ amount: Decimal, currency: String = "USD") {
    self.amount = amount
    self.currency = currency
  }

  /// The amount as the nearest double, for statistics.
  public var double: Double { Double("\(amount)") ?? 0 }

  static let symbols: [(symbol: Character, code: String)] = [("$", "USD"), ("€", "EUR"), ("£", "GBP")]

  /// Reads `$18,000`, `18,000 USD`, `€2.50`, `EUR 100`.
  public init(parsing text: String) throws(QuantityError) {
    var rest = Substring(text).drop(while: \.isWhitespace)
    let money = try Money.take(&rest, of: text)
    guard rest.isEmpty else {
      throw QuantityError(
        "“\(text)”: “\(rest)” after an amount of money; expected an amount", help: "$18,000")
    }
    self = money
  }

  /// Takes an amount off the front of `rest`; `currency` is what an amount without one is in.
  static func take(
    _ rest: inout Substring, of text: String, currency: String? = nil
  ) throws(QuantityError) -> Money {
    let isNegative = rest.first == "-" || rest.first == "−"
    if isNegative { rest = rest.dropFirst() }
    var code = takeCode(&rest)
    guard let number = NumberText(prefixOf: rest), let amount = number.decimal,
      !isNegative || !number.digits.hasPrefix("-")
    else {
      throw QuantityError(
        "“\(text)” is no amount of money; expected a currency and a number", help: "$18,000")
    }
    rest = number.rest
    if code == nil { code = takeCode(&rest) }
    guard let code = code ?? currency else {
      throw QuantityError("“\(text)” names no currency", help: "$\(number.digits)")
    }
    rest = rest.drop(while: \.isWhitespace)
    return Money(isNegative ? -amount : amount, currency: code)
  }

  private static func takeCode(_ rest: inout Substring) -> String? {
    if let symbol = symbols.first(where: { $0.symbol == rest.first }) {
      rest = rest.dropFirst()
      return symbol.code
    }
    let code = rest.prefix { $0.isASCII && $0.isUppercase }
    guard code.count == 3 else { return nil }
    rest = rest.dropFirst(3).drop(while: \.isWhitespace)
    return String(code)
  }
}

extension Money: CustomStringConvertible {
  /// The amount as it is written, with its sign and every digit: `$18,000`, `€2.50`, `100 CHF`.
  public var description: String {
    let digits = "\(amount.magnitude)".split(separator: ".", omittingEmptySubsequences: false)
    let whole = grouped(Int(digits[0]) ?? 0)
    var fraction = digits.count > 1 ? String(digits[1]) : ""
    if fraction.count == 1 { fraction += "0" }
    let text = fraction.isEmpty ? whole : "\(whole).\(fraction)"
    let sign = amount < 0 ? "-" : ""
    guard let symbol = Money.symbols.first(where: { $0.code == currency })?.symbol else {
      return "\(sign)\(text) \(currency)"
    }
    return "\(sign)\(symbol)\(text)"
  }

  /// An amount as text in a currency.
  public static func text(_ value: Double, currency: String, decimals: Int = 0) -> String {
    let sign = value < 0 ? "-" : ""
    let digits = grouped(abs(value), decimals: decimals)
    guard let symbol = symbols.first(where: { $0.code == currency })?.symbol else {
      return "\(sign)\(digits) \(currency)"
    }
    return "\(sign)\(symbol)\(digits)"
  }
}

/// Money per time, such as `$18,000/h`.
public struct MoneyRate: Sendable, Hashable, CustomStringConvertible {
  /// The amount for each `per`.
  public let amount: Money
  /// The time the amount is for; longer than 0.
  public let per: TimeSpan

  /// Reads `$18,000/h`, `$73 per month`.
  ///
  /// - Parameter currency: what an amount without a currency is in; without it, such an amount is refused.
  public init(parsing text: String, currency: String? = nil) throws(QuantityError) {
    var rest = Substring(text).drop(while: \.isWhitespace)
    do throws(QuantityError) {
      amount = try Money.take(&rest, of: text, currency: currency)
    } catch {
      throw QuantityError(error.message, help: error.help.map { "\($0)/h" })
    }
    if rest.hasPrefix("/") {
      rest = rest.dropFirst()
    } else if rest.hasPrefix("per ") {
      rest = rest.dropFirst(4)
    } else {
      throw QuantityError("“\(text)” says no time the money is for", help: "\(text)/h")
    }
    let unit = rest.drop(while: \.isWhitespace)
    per = try TimeSpan(parsing: Rate.withCount(unit))
    guard per.hours > 0 else { throw QuantityError("“\(text)” is money for no time at all") }
  }

  /// The amount for an hour, for statistics.
  public var perHour: Double { amount.double / per.hours }

  /// As it is written: `$18,000/h`.
  public var description: String {
    let unit = per.exactText
    return "\(amount)/\(unit.hasPrefix("1 ") ? String(unit.dropFirst(2)) : unit)"
  }
}
