internal import ServiceModel

/// The operating clock of a process with a season: how much it shows at a time, and when it shows so much.
///
/// It shows Λ(t) = ∫₀ᵗ s(u) du, with s the season's factor inside it and 1 outside, so a failure that is due after x on
/// the clock comes at Λ⁻¹(Λ(t) + x).
struct SeasonClock: Sendable {
  private static let week = Season.weekHours

  /// The ends of stretches of one factor, in hours of the week, ascending; the last is the end of the week.
  private var ends: [Double] = []
  private var factors: [Double] = []
  /// What the clock shows at each end.
  private var shown: [Double] = []

  init(_ season: Season) {
    for shift in season.shifts {
      add(to: shift.lowerBound, factor: 1)
      add(to: shift.upperBound, factor: season.factor)
    }
    add(to: Self.week, factor: 1)
  }

  private mutating func add(to end: Double, factor: Double) {
    let start = ends.last ?? 0
    guard end > start else { return }
    ends.append(end)
    factors.append(factor)
    shown.append((shown.last ?? 0) + factor * (end - start))
  }

  private var perWeek: Double { shown[shown.count - 1] }

  /// When the clock has gone on by so many hours from a time that is not negative.
  func time(after hours: Double, from time: Double) -> Double {
    let goal = reading(at: time) + hours
    let weeks = (goal / perWeek).rounded(.down)
    let rest = goal - weeks * perWeek
    let place = shown.firstIndex { $0 >= rest && $0 > 0 } ?? shown.count - 1
    let start = place == 0 ? 0 : ends[place - 1]
    let before = place == 0 ? 0 : shown[place - 1]
    let passed = factors[place] > 0 ? (rest - before) / factors[place] : 0
    return max(time, weeks * Self.week + min(ends[place], start + passed))
  }

  /// What the clock shows.
  private func reading(at time: Double) -> Double {
    let weeks = (time / Self.week).rounded(.down)
    let hour = time - weeks * Self.week
    let place = ends.firstIndex { $0 > hour } ?? ends.count - 1
    let start = place == 0 ? 0 : ends[place - 1]
    let before = place == 0 ? 0 : shown[place - 1]
    return weeks * perWeek + before + factors[place] * (hour - start)
  }
}
