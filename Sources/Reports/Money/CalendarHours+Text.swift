internal import Quantities
internal import Recovery
internal import ServiceModel

extension CalendarHours {
  /// In words: `09:00 to 17:00 on Mon to Fri in Nov, Dec`.
  var text: String {
    [hours?.text, months.map { "in \(Self.names($0.map { "\($0)" }))" }].compactMap { $0 }
      .joined(separator: " ")
  }

  private static func names(_ names: [String]) -> String { names.map(\.abbreviated).joined(separator: ", ") }
}

extension OnCallHours {
  /// In words: `09:00 to 17:00 on Mon to Fri`.
  var text: String { days.count == 7 ? "\(clockText) every day" : "\(clockText) on \(dayText)" }

  private var clockText: String {
    from == .zero && to.hours == 24 ? "all hours" : "\(from.clockText) to \(to.clockText)"
  }

  private var dayText: String {
    let names = days.map { "\($0)".abbreviated }
    guard let first = days.first, let last = days.last, days.count > 2,
      last.rawValue - first.rawValue == days.count - 1
    else { return names.joined(separator: ", ") }
    return "\(names[0]) to \(names[names.count - 1])"
  }
}

extension TimeSpan {
  /// As a time of day: `09:00`.
  var clockText: String {
    let minutes = Int((hours * 60).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }
}

extension String {
  /// The first three letters, the first of them large.
  fileprivate var abbreviated: String { prefix(1).uppercased() + dropFirst().prefix(2) }
}
