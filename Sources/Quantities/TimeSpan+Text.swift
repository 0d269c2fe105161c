extension TimeSpan: CustomStringConvertible {
  /// The span as a person says it: two units at most, such as `6 h 48 min`, `4 min 12 s`, `35 s`, `506 h`, `6 y`.
  public var description: String {
    switch seconds {
    case 0: "0 s"
    case ..<0.9995: "\(significant(seconds * 1000, digits: 2).trimmingZeros) ms"
    case ..<59.5: "\(significant(seconds, digits: 2).trimmingZeros) s"
    case ..<599.5: pair(Int(seconds.rounded()), per: 60, "min", "s")
    case ..<(60 * 59.5): "\(Int(minutes.rounded())) min"
    case ..<(3600 * 99.99): pair(Int(minutes.rounded()), per: 60, "h", "min")
    case ..<(3600 * 9_999.5): "\(grouped(hours, decimals: 0)) h"
    default: "\(significant(years, digits: 3).trimmingZeros) y"
    }
  }

  /// The span in one unit, or in hours with every digit, such as `2.5 h`; it reads back as the same span.
  public var exactText: String {
    let texts = TimeSpan.units.reversed().map { unit in
      "\(significant(hours / unit.hours, digits: 6).filter { $0 != "," }.trimmingZeros) \(unit.name)"
    }
    let short = texts.first { text in
      !text.hasPrefix("0.") && (try? TimeSpan(parsing: text)) == self
    }
    return hours == 0 ? "0 s" : short ?? "\(shortest(hours)) h"
  }

  private func pair(_ total: Int, per: Int, _ large: String, _ small: String) -> String {
    total % per == 0 ? "\(total / per) \(large)" : "\(total / per) \(large) \(total % per) \(small)"
  }
}
