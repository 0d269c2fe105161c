internal import ServiceModel

/// The operating clock of a process with a season: how much it shows at a time, and when it shows so much.
///
/// It shows Λ(t) = ∫₀ᵗ s(u) du, with s the season's factor inside it and 1 outside, so a failure that is due after x on
/// the clock comes at Λ⁻¹(Λ(t) + x).
struct SeasonClock: Sendable {
  /// After how many hours the season begins anew.
  let periodHours: Double
  /// The ends of stretches of one factor, in hours of the period, ascending; the last is its end.
  private var ends: [Double] = []
  private var factors: [Double] = []
  /// What the clock shows at each end.
  private var shown: [Double] = []

  init(_ season: Season) {
    periodHours = season.when.periodHours
    for shift in season.when.shifts {
      add(to: shift.lowerBound, factor: 1)
      add(to: shift.upperBound, factor: season.factor)
    }
    add(to: periodHours, factor: 1)
  }

  private mutating func add(to end: Double, factor: Double) {
    let start = ends.last ?? 0
    guard end > start else { return }
    ends.append(end)
    factors.append(factor)
    shown.append((shown.last ?? 0) + factor * (end - start))
  }

  private var perPeriod: Double { shown[shown.count - 1] }

  /// When the clock has gone on by so many hours from a time that is not negative.
  func time(after hours: Double, from time: Double) -> Double {
    let goal = reading(at: time) + hours
    let periods = (goal / perPeriod).rounded(.down)
    let rest = goal - periods * perPeriod
    let place = min(shown.count - 1, shown.firstPlace { $0 >= rest && $0 > 0 })
    let start = place == 0 ? 0 : ends[place - 1]
    let before = place == 0 ? 0 : shown[place - 1]
    let passed = factors[place] > 0 ? (rest - before) / factors[place] : 0
    return max(time, periods * periodHours + min(ends[place], start + passed))
  }

  /// What the clock shows.
  private func reading(at time: Double) -> Double {
    let periods = (time / periodHours).rounded(.down)
    let hour = time - periods * periodHours
    let place = min(ends.count - 1, ends.firstPlace { $0 > hour })
    let start = place == 0 ? 0 : ends[place - 1]
    let before = place == 0 ? 0 : shown[place - 1]
    return periods * perPeriod + before + factors[place] * (hour - start)
  }
}

extension [Double] {
  /// The first place of an ascending list where a condition holds that holds from there on; the count where it never does.
  fileprivate func firstPlace(where condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
