internal import Diagnostics
internal import Recovery

extension ModelResolver {
  /// The hours and months in which a mode happens more often.
  mutating func season(of mode: FailureModeDraft) -> Season? {
    guard let draft = mode.season else { return nil }
    let when: CalendarHours
    do throws(InvalidRecovery) {
      when = try draft.value.when.resolved()
    } catch {
      let fault = error.faults[0]
      report(
        "season-hours", "a season of \(mode.name.value) has \(fault.message)", at: draft.location,
        help: fault.help)
      return nil
    }
    let season = Season(when, factor: draft.value.factor)
    if season.meanFactor <= 0 || !season.meanFactor.isFinite {
      report(
        "season-never", "\(mode.name.value) happens at no hour of \(season.cycle)", at: draft.location,
        help: "leave the mode out, or state a factor above 0")
      return nil
    }
    refuseUnknownRate(mode, at: draft.location)
    refuseDependence(mode, at: draft.location)
    return season
  }

  /// A season scales a rate that is stated for the other hours; a share of time or a count of incidents is over all.
  private mutating func refuseUnknownRate(_ mode: FailureModeDraft, at location: SourceLocation) {
    switch mode.frequency {
    case .availability, .incidents, .overload:
      report(
        "season-needs-rate",
        "a season multiplies the rate that \(mode.name.value) has outside it, and none is stated",
        at: location,
        help: "state mtbf: or rate: for the hours outside")
    case .meanTimeBetweenFailures, .lifetime, .never: break
    }
  }

  /// How a spare ages depends on whether it works, and there is one clock for both.
  mutating func refuseSeasonsOfSpares(_ component: ComponentDraft) {
    guard component.standby != nil || component.loadSharing != nil else { return }
    for mode in component.modes {
      guard let season = mode.season else { continue }
      report(
        "season-with-standby",
        "\(mode.name.value) has a season, and the replicas of \(component.name.value) stand by or share their load; the "
          + "two together are not supported", at: season.location, help: "leave season: out")
    }
  }

  private mutating func refuseDependence(_ mode: FailureModeDraft, at location: SourceLocation) {
    guard crewName(of: mode) != nil else { return }
    report(
      "season-with-crew",
      "\(mode.name.value) waits for a crew and has a season; the two together are not supported",
      at: location,
      help: "leave crew: or season: out")
  }
}
