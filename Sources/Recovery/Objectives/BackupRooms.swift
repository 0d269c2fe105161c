internal import Quantities

/// How much time there is for backups at an interval, one of several rooms with equal probability.
///
/// The last backup is older than at its youngest by a uniform part of the interval, and by one more for each that can
/// not be restored.
struct BackupRooms {
  /// The probability that a backup can be restored.
  let works: Probability
  /// The rooms in hours; none below 0.
  let hours: [Double]

  /// The probability that a backup which can be restored is in the room.
  func chance(every interval: Double) -> Double {
    hours.reduce(0) { $0 + chance(within: $1, every: interval) } / Double(max(1, hours.count))
  }

  /// With n whole intervals in a room r, P = 1 − qⁿ + qⁿ p (r / interval − n).
  private func chance(within room: Double, every interval: Double) -> Double {
    guard room > 0 else { return 0 }
    let intervals = room / interval
    guard works.complement > 0 else { return min(1, intervals) }
    var (whole, missing) = (0.0, 1.0)
    while whole + 1 <= intervals, missing > Self.nothing {
      missing *= works.complement
      whole += 1
    }
    return 1 - missing + missing * works.value * min(1, intervals - whole)
  }

  /// Below that nothing is left that a sum near 1 could hold.
  private static let nothing = 0x1p-60

  /// The longest interval with which a backup is in the room with a probability; `nil` when none is.
  ///
  /// Between those of the smallest and of the greatest room, by halves. One that is to be certain is that of the smallest.
  ///
  /// - Parameter probability: above 0.
  func longestInterval(_ probability: Probability) -> TimeSpan? {
    guard let smallest = hours.min(), let greatest = hours.max(), greatest > 0,
      let intervals = intervalsNeeded(probability)
    else { return nil }
    guard smallest < greatest, probability != .one else {
      return smallest > 0 ? TimeSpan(hours: smallest / intervals) : nil
    }
    // With an interval of almost nothing a backup is in every room that there is.
    guard Double(hours.count { $0 > 0 }) > probability.value * Double(hours.count) else { return nil }
    var (low, high) = (max(0, smallest) / intervals, greatest / intervals)
    for _ in 0..<Self.halvings {
      let middle = low + (high - low) / 2
      if chance(every: middle) >= probability.value { low = middle } else { high = middle }
    }
    return low > 0 ? TimeSpan(hours: low) : nil
  }

  private static let halvings = 50

  /// How many intervals a room must hold: n whole ones that leave qⁿ ≥ 1 − P, and the part of the next that crosses it.
  private func intervalsNeeded(_ probability: Probability) -> Double? {
    var (whole, missing) = (0.0, 1.0)
    while missing * works.complement > probability.complement {
      missing *= works.complement
      whole += 1
      guard missing > Self.nothing else { return nil }
    }
    return whole + (missing - probability.complement) / (missing * works.value)
  }
}
