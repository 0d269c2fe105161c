internal import FoundationEssentials
internal import Recovery
internal import ServiceModel

extension CalendarHours {
  /// How many of these hours lie between two instants of the real calendar, in milliseconds since 1970 UTC.
  ///
  /// 1 January 1970 was a Thursday: the week before began 72 h earlier.
  func hours(from start: Int, to end: Int) -> Double {
    guard start < end else { return 0 }
    return Self.months(from: start, to: end).reduce(0) { sum, part in
      guard months.map({ $0.contains(part.month) }) ?? true else { return sum }
      return sum + hoursOfWeek(from: part.from, to: part.to)
    }
  }

  private func hoursOfWeek(from start: Double, to end: Double) -> Double {
    guard let hours else { return end - start }
    let week = OnCallHours.weekHours
    let monday = -72.0
    let first = ((start - monday) / week).rounded(.down)
    return stride(from: first, through: ((end - monday) / week).rounded(.down), by: 1).reduce(0) {
      sum, number in
      let begin = monday + number * week
      return sum
        + hours.shifts.reduce(0) { own, shift in
          own + max(0, min(end, begin + shift.upperBound) - max(start, begin + shift.lowerBound))
        }
    }
  }

  /// The parts of a time that lie in one calendar month each, in hours since 1970 UTC.
  private static func months(from start: Int, to end: Int) -> [(
    month: CalendarMonth, from: Double, to: Double
  )] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    var parts: [(month: CalendarMonth, from: Double, to: Double)] = []
    var now = Double(start) / 1000
    let last = Double(end) / 1000
    while now < last {
      let date = Date(timeIntervalSince1970: now)
      guard let month = calendar.dateInterval(of: .month, for: date), month.end > date,
        let name = CalendarMonth(rawValue: calendar.component(.month, from: date) - 1)
      else { break }
      let next = min(last, month.end.timeIntervalSince1970)
      parts.append((name, now / 3600, next / 3600))
      now = next
    }
    return parts
  }
}
