extension HistorySelection {
  /// Some of the incidents. Those of one component keep the time in which it was watched; those of several keep all.
  func part(_ events: [HistoryEvent], reachingIn: [HistoryEvent] = []) -> HistorySelection {
    let components = Set(events.map(\.component))
    let own = components.count == 1 ? components.first.flatMap { watchedOfComponent[$0] } : nil
    return HistorySelection(
      question: question, events: events, reachingIn: reachingIn, watched: own ?? watched,
      windowHours: own?.hours ?? windowHours, leftOut: leftOut, windowsDiffer: own == nil && windowsDiffer,
      watchedOfComponent: watchedOfComponent, unitsOfComponent: unitsOfComponent)
  }

  /// The incidents by class, by name; one that hit several components is in the class of each.
  public func parts(by grouping: IncidentGrouping) -> [(name: String, part: HistorySelection)] {
    let own = question.filter.component
    func classes(_ events: [HistoryEvent]) -> [String: [HistoryEvent]] {
      let seen = own == nil ? events.flatMap(grouping.expanded) : events
      return Dictionary(grouping: seen, by: grouping.name)
    }
    let (events, reaching) = (classes(events), classes(reachingIn))
    return events.keys.sorted().map { name in
      (name, part(events[name] ?? [], reachingIn: reaching[name] ?? []))
    }
  }

  /// When how much was down.
  var profile: ImpactProfile {
    ImpactProfile((events + reachingIn).sorted { $0.start < $1.start })
  }
}
