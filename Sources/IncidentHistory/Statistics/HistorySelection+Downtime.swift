extension HistorySelection {
  /// The downtime up to each of some instants, in hours: overlapping outages count once, by their largest weight.
  ///
  /// The last of them, at the end of what was watched, is the downtime of the statistics.
  ///
  /// - Parameter instants: milliseconds since 1970 UTC, ascending.
  public func downtimeHours(upTo instants: [Int]) -> [Double] {
    let profile = profile
    return instants.map { instant in
      guard let watched else { return profile.hours(in: TimeStretches([Int.min..<instant])) }
      guard let first = watched.ranges.first, first.lowerBound < instant else { return 0 }
      return profile.hours(in: watched.clamped(to: first.lowerBound..<instant))
    }
  }
}
