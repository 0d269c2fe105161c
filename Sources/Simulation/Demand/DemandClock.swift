internal import ServiceModel

/// A profile of demand on simulated time.
struct DemandClock: Sendable {
  private let profile: DemandProfile
  /// Where the level may change, in ticks of the week, and what it is from there on.
  private let changes: [Int64]
  private let levels: [Double]

  private static let week = Ticks.from(hours: 168)
  private static let year = Ticks.from(hours: 8760)
  /// Where the months of a year begin.
  private static let months = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334].map {
    Ticks.from(hours: Double($0) * 24)
  }

  init(_ profile: DemandProfile) {
    self.profile = profile
    changes = profile.changes.map { Ticks.from(hours: $0) }
    levels = profile.changes.map { profile.level(atHourOfWeek: $0) }
  }

  /// The share of the stated demand at a time.
  func level(at time: Int64) -> Double {
    let place = changes.lastIndex { $0 <= time % DemandClock.week } ?? 0
    return levels[place] * profile.growth(afterMonths: DemandClock.month(at: time))
  }

  /// When it may change next.
  func nextChange(after time: Int64) -> Int64 {
    let week = time / DemandClock.week * DemandClock.week
    let ofWeek = changes.first { $0 > time - week } ?? DemandClock.week
    return profile.growthPerYear == 0 ? week + ofWeek : min(week + ofWeek, DemandClock.nextMonth(after: time))
  }

  /// How many whole months have passed.
  private static func month(at time: Int64) -> Int {
    let years = time / year
    return Int(years) * 12 + (months.lastIndex { $0 <= time - years * year } ?? 0)
  }

  private static func nextMonth(after time: Int64) -> Int64 {
    let start = time / year * year
    return start + (months.first { $0 > time - start } ?? year)
  }
}
