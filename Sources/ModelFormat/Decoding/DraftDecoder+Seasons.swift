internal import Diagnostics
internal import Quantities
internal import Recovery
internal import ServiceModel

extension DraftDecoder {
  /// The hours and months in which a failure mode happens more often.
  func season(_ reading: Reading?) -> Located<SeasonDraft>? {
    guard let reading, let factor = reading["factor"]?.number else { return nil }
    return Located(SeasonDraft(calendarHours(reading), factor: factor), at: reading.location)
  }

  /// Hours of the week and months of the year, as far as they are stated.
  func calendarHours(_ reading: Reading) -> CalendarHoursDraft {
    CalendarHoursDraft(
      from: clockTime(reading["from"]), to: clockTime(reading["to"]), days: reading["days"].map { days($0) },
      months: reading["months"].map { months($0) })
  }

  /// Days of the week by their first three letters; every day where none are named.
  func days(_ reading: Reading?) -> Set<OnCallHours.Day> {
    guard let reading else { return Set(OnCallHours.Day.allCases) }
    return Set(
      reading.items.compactMap { item in
        item.text.flatMap { Grammar.days.firstIndex(of: $0) }.flatMap(OnCallHours.Day.init)
      })
  }

  /// Months by their first three letters.
  private func months(_ reading: Reading) -> Set<CalendarMonth> {
    Set(
      reading.items.compactMap { item in
        item.text.flatMap { Grammar.months.firstIndex(of: $0) }.flatMap(CalendarMonth.init)
      })
  }

  func clockTime(_ reading: Reading?) -> TimeSpan? {
    reading?.text.flatMap { try? TimeSpan(timeOfDay: $0) }
  }
}
