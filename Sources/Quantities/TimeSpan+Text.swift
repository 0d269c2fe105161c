extension TimeSpan: CustomStringConvertible {
  /// The span as a person says it: two units at most, such as `6 h 48 min`, `4 min 12 s`, `35 s`, `506 h`, `6 y`.
  public var description: String {
    switch seconds {
    case 0: "0 s"
    case ..<1: "\(significant(seconds * 1000, digits: 2)) ms"
    case ..<59.95: "\(significant(seconds, digits: 2)) s"
    case ..<599.5: pair(Int(seconds.rounded()), per: 60, "min", "s")
    case ..<(60 * 59.5): "\(Int(minutes.rounded())) min"
    case ..<(3600 * 99.99): pair(Int(minutes.rounded()), per: 60, "h", "min")
    case ..<(3600 * 9_999.5): "\(grouped(hours, decimals: 0)) h"
    default: "\(significant(years, digits: 3).trimmingZeros) y"
    }
  }

  /// The span in one unit with every digit, such as `2.5 h`, for reading back.
  public var exactText: String {
    let unit = TimeSpan.units.last { hours >= $0.hours && (hours / $0.hours).isShort } ?? TimeSpan.units[3]
    return "\(shortest(hours / unit.hours)) \(unit.name)"
  }

  private func pair(_ total: Int, per: Int, _ large: String, _ small: String) -> String {
    total % per == 0 ? "\(total / per) \(large)" : "\(total / per) \(large) \(total % per) \(small)"
  }
}

extension Double {
  /// Whether the number prints in few digits.
  fileprivate var isShort: Bool { abs(self * 100 - (self * 100).rounded()) < 1e-9 }
}
