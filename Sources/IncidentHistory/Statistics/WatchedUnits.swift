/// How many units of a component were watched when.
///
/// Where windows overlap, those of one component count once: as many units as the window that states the most.
struct WatchedUnits {
  private let windows: [ObservationWindow]

  /// - Parameter windows: those that cover the component.
  init(_ windows: [ObservationWindow]) { self.windows = windows }

  /// Units × hours in a watched time; `nil` where for some of it no window states how many units there were.
  ///
  /// Worked: 2 units for 100 h, then 3 for 50 h are 350 unit-hours.
  ///
  /// - Complexity: O(n²) for n windows.
  func unitHours(in watched: TimeStretches) -> Double? {
    let stated = windows.filter { $0.units != nil }
    guard !stated.isEmpty else { return nil }
    let ends = stated.flatMap { [$0.start.milliseconds, $0.end.milliseconds] }
    let cuts = Set(ends + watched.ranges.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    var total = 0.0
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let hours = watched.clamped(to: from..<to).hours
      guard hours > 0 else { continue }
      let units = stated.filter { $0.start.milliseconds <= from && $0.end.milliseconds >= to }
        .compactMap(\.units).max()
      guard let units else { return nil }
      total += Double(units) * hours
    }
    return total > 0 ? total : nil
  }
}
