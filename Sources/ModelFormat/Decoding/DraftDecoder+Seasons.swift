internal import Diagnostics
internal import Quantities
internal import Recovery
internal import ServiceModel

extension DraftDecoder {
  /// The hours in which a failure mode happens more often; every day where none are named.
  func season(_ reading: Reading?) -> Located<SeasonDraft>? {
    guard let reading, let factor = reading["factor"]?.number, let from = clockTime(reading["from"]),
      let to = clockTime(reading["to"])
    else { return nil }
    return Located(
      SeasonDraft(from: from, to: to, days: days(reading["days"]), factor: factor), at: reading.location)
  }

  /// Days of the week by their first three letters.
  func days(_ reading: Reading?) -> Set<OnCallHours.Day> {
    guard let reading else { return Set(OnCallHours.Day.allCases) }
    return Set(
      reading.items.compactMap { item in
        item.text.flatMap { Grammar.days.firstIndex(of: $0) }.flatMap(OnCallHours.Day.init)
      })
  }

  func clockTime(_ reading: Reading?) -> TimeSpan? {
    reading?.text.flatMap { try? TimeSpan(timeOfDay: $0) }
  }
}
