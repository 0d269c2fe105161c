public import Quantities

/// The hours of the week in which somebody is on call.
///
/// Time 0 is Monday 1 January, 00:00 UTC; weeks follow each other without end.
public struct OnCallHours: Hashable, Sendable {
  /// A day of the week.
  public enum Day: Int, Hashable, Sendable, CaseIterable, Comparable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Orders from Monday on.
    public static func < (left: Day, right: Day) -> Bool { left.rawValue < right.rawValue }
  }

  /// The hours in a week.
  public static let weekHours = 168.0

  /// The time of day at which a shift begins and ends; one that ends before it begins ends on the next day.
  public let from, to: TimeSpan
  /// The days on which a shift begins, in order.
  public let days: [Day]
  /// From when to when somebody is on call, in hours of the week, ascending and apart.
  package let shifts: [ClosedRange<Double>]

  /// - Throws: when a time lies outside the day, both are the same, or there is no day.
  public init(from: TimeSpan, to: TimeSpan, days: Set<Day>) throws(InvalidRecovery) {
    try InvalidRecovery.check(Self.faults(from: from, to: to, days: days))
    self.from = from
    self.to = to
    self.days = days.sorted()
    let length = to > from ? to.hours - from.hours : to.hours + 24 - from.hours
    shifts = Self.shifts(starts: self.days.map { Double($0.rawValue) * 24 + from.hours }, length: length)
  }

  private static func faults(from: TimeSpan, to: TimeSpan, days: Set<Day>) -> [RecoveryFault] {
    var faults: [RecoveryFault] = []
    if from.hours >= 24 || to.hours > 24 {
      faults.append(
        RecoveryFault("on-call-hours", "on-call", "hours from \(from) to \(to); expected times of one day"))
    }
    if from == to {
      faults.append(
        RecoveryFault(
          "on-call-hours", "on-call", "hours that begin and end at the same time; expected two times",
          help: "from: \"00:00\", to: \"24:00\" for the whole day"))
    }
    if days.isEmpty {
      faults.append(RecoveryFault("on-call-days", "on-call", "hours on no day; expected one"))
    }
    return faults
  }

  /// Shifts within one week, joined where they touch; what runs past Sunday goes on on Monday.
  private static func shifts(starts: [Double], length: Double) -> [ClosedRange<Double>] {
    let cut = starts.flatMap { start -> [ClosedRange<Double>] in
      let end = start + length
      guard end > weekHours else { return [start...end] }
      return [0...(end - weekHours), start...weekHours]
    }
    return cut.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, shift in
      guard let last = joined.last, last.upperBound >= shift.lowerBound else { return joined.append(shift) }
      joined[joined.count - 1] = last.lowerBound...max(last.upperBound, shift.upperBound)
    }
  }

  /// The share of the week in which somebody is on call.
  public var share: Double {
    min(1, shifts.reduce(0) { $0 + $1.upperBound - $1.lowerBound } / Self.weekHours)
  }

  /// Whether somebody is on call at an instant, in hours from time 0.
  public func contains(hour: Double) -> Bool { hoursUntilOpening(hour: hour) == 0 }

  /// How long until somebody is on call, in hours; 0 when somebody is.
  public func hoursUntilOpening(hour: Double) -> Double {
    let remainder = hour.truncatingRemainder(dividingBy: Self.weekHours)
    let hourOfWeek = remainder < 0 ? remainder + Self.weekHours : remainder
    if shifts.contains(where: { $0.lowerBound <= hourOfWeek && hourOfWeek < $0.upperBound }) { return 0 }
    let next = shifts.first { $0.lowerBound > hourOfWeek }?.lowerBound
    return (next ?? (shifts.first?.lowerBound ?? 0) + Self.weekHours) - hourOfWeek
  }

  /// The lengths of the times without anybody, in hours; that over the end of the week is one.
  var gapHours: [Double] {
    let next = shifts.dropFirst().map(\.lowerBound) + [(shifts.first?.lowerBound ?? 0) + Self.weekHours]
    return zip(shifts, next).map { $1 - $0.upperBound }.filter { $0 > 0 }
  }
}
