/// The share of time something is up, held as *un*availability so that many nines lose no digits.
public struct Availability: Sendable, Hashable, Comparable {
  /// The share of time it is down, 0…1.
  public let unavailability: Double

  /// An availability from its unavailability; `nil` outside 0…1.
  public init?(unavailability: Double) {
    guard (0...1).contains(unavailability) else { return nil }
    self.unavailability = unavailability
  }

  private init(unchecked unavailability: Double) { self.unavailability = unavailability }

  /// Never down.
  public static let perfect = Availability(unchecked: 0)

  /// Reads `99.95 %` or `0.9995`; 99.999 % is held as exactly 1e-5.
  public init(parsing text: String) throws(QuantityError) {
    do {
      unavailability = try Probability(parsing: text).complement
    } catch {
      throw QuantityError(
        error.message.replacing("a probability", with: "an availability")
          .replacing("no probability", with: "no availability"), help: error.help ?? "99.95 %")
    }
  }

  /// The mean downtime in a year of 8,760 h.
  public var downtimePerYear: TimeSpan { TimeSpan(hours: unavailability * TimeSpan.year.hours) ?? .zero }

  /// The higher availability is the greater.
  public static func < (left: Availability, right: Availability) -> Bool {
    left.unavailability > right.unavailability
  }
}

extension Availability: CustomStringConvertible {
  /// The availability in per cent with enough digits to see the first three of what is missing.
  public var description: String { text(digits: 3) }

  /// The availability in per cent, showing so many significant digits of the *un*availability.
  public func text(digits: Int) -> String {
    guard unavailability > 0 else { return "100 %" }
    guard unavailability > 1e-15 else {
      return "100 % less \(significant(unavailability * 100, digits: digits)) %"
    }
    var decimals = digits - 1
    var scaled = unavailability * 100
    while scaled < 1, decimals < 18 {
      scaled *= 10
      decimals += 1
    }
    return "\(complementOf100(unavailability * 100, decimals: min(decimals, 16))) %"
  }
}

/// 100 − x as text with so many decimals, computed on digits and not on doubles.
private func complementOf100(_ percentage: Double, decimals: Int) -> String {
  let scale = (0..<decimals).reduce(UInt64(1)) { power, _ in power * 10 }
  let missing = UInt64(min((percentage * Double(scale)).rounded(), 100 * Double(scale)))
  let rest = 100 * scale - missing
  let fraction = String(rest % scale)
  let padding = String(repeating: "0", count: decimals - fraction.count)
  return decimals == 0 ? "\(rest / scale)" : "\(rest / scale).\(padding)\(fraction)".trimmingZeros
}
