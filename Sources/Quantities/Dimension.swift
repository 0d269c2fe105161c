/// What a quantity is made of: time, money and data, each to a whole power. A share, a count and a ratio have none.
public struct Dimension: Sendable, Hashable {
  /// The power of time: 1 for a duration, −1 for a rate.
  public let time: Int
  /// The power of money.
  public let money: Int
  /// The power of data.
  public let data: Int
  /// The currency of money; `nil` where there is none, or where any will do.
  public let currency: String?

  /// A dimension by its powers.
  public init(time: Int = 0, money: Int = 0, data: Int = 0, currency: String? = nil) {
    self.time = time
    self.money = money
    self.data = data
    self.currency = money == 0 ? nil : currency
  }

  /// A share, a count or a ratio.
  public static let number = Dimension()
  /// A length of time.
  public static let duration = Dimension(time: 1)
  /// Events per time.
  public static let rate = Dimension(time: -1)

  /// The dimension of a product; `nil` where its money would be in two currencies.
  public func times(_ other: Dimension) -> Dimension? {
    if let currency, let own = other.currency, currency != own { return nil }
    return Dimension(
      time: time + other.time, money: money + other.money, data: data + other.data,
      currency: currency ?? other.currency)
  }

  /// The dimension of one over it.
  public var inverted: Dimension { Dimension(time: -time, money: -money, data: -data, currency: currency) }

  /// Whether quantities of both can be compared: the same powers, and not two currencies.
  public func isComparable(to other: Dimension) -> Bool {
    (time, money, data) == (other.time, other.money, other.data)
      && (currency == nil || other.currency == nil || currency == other.currency)
  }
}

extension Dimension: CustomStringConvertible {
  /// In words: `a length of time`, `USD per time`.
  public var description: String {
    switch (time, money, data) {
    case (0, 0, 0): "a share or a number"
    case (1, 0, 0): "a length of time"
    case (-1, 0, 0): "a number per time"
    case (0, 1, 0): currency.map { "an amount of \($0)" } ?? "an amount of money"
    case (-1, 1, 0): "\(currency ?? "money") per time"
    case (0, 0, 1): "an amount of data"
    case (-1, 0, 1): "data per time"
    default: "a quantity in \(unit)"
    }
  }

  /// The unit that its numbers are held in: hours, bytes, whole units of the currency; `1` for a pure number.
  public var unit: String {
    let powers = [(currency ?? "money", money), ("B", data), ("h", time)]
    let above = powers.filter { $0.1 > 0 }.map(Self.power)
    let below = powers.filter { $0.1 < 0 }.map { Self.power(($0.0, -$0.1)) }
    let top = above.isEmpty ? "1" : above.joined(separator: "·")
    return below.isEmpty ? top : "\(top)/\(below.joined(separator: "/"))"
  }

  private static func power(_ part: (name: String, power: Int)) -> String {
    part.power == 1 ? part.name : "\(part.name)^\(part.power)"
  }
}
