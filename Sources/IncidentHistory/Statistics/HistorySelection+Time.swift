extension HistorySelection {
  /// The same incidents in a part of the watched time: what began in it counts, what reaches into it is downtime. `nil`
  /// where it is not known when was watched, or that part was not.
  public func during(_ range: Range<Int>) -> HistorySelection? {
    guard let clamped = watched?.clamped(to: range), !clamped.isEmpty else { return nil }
    let others = events.filter { !range.contains($0.start) && ($0.end ?? .min) > range.lowerBound }
    return HistorySelection(
      question: question, events: events.filter { range.contains($0.start) },
      reachingIn: reachingIn + others.filter { $0.start < range.lowerBound }, watched: clamped,
      windowHours: clamped.hours, leftOut: leftOut, windowsDiffer: windowsDiffer,
      watchedOfComponent: watchedOfComponent.mapValues { $0.clamped(to: range) },
      unitsOfComponent: unitsOfComponent)
  }

  /// The incidents for which something holds, in the same time.
  public func only(_ matches: (HistoryEvent) -> Bool) -> HistorySelection {
    HistorySelection(
      question: question, events: events.filter(matches), reachingIn: reachingIn.filter(matches),
      watched: watched, windowHours: windowHours, leftOut: leftOut, windowsDiffer: windowsDiffer,
      watchedOfComponent: watchedOfComponent, unitsOfComponent: unitsOfComponent)
  }
}
