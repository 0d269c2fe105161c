import ArgumentParser
import FoundationEssentials
import IncidentHistory

/// Which incidents a command is about.
struct FilterOptions: ParsableArguments {
  /// A state of incidents.
  enum State: String, ExpressibleByArgument, CaseIterable {
    case planned
    case unplanned
    case open
    case ended
  }

  @OptionGroup var which: WhichIncidents

  @Option(help: "Only those whose title holds this text.")
  var title: String?

  @Option(help: ArgumentHelp("Only those that began then or later.", valueName: "time"))
  var from: String?

  @Option(help: ArgumentHelp("Only those that began before then.", valueName: "time"))
  var to: String?

  @Option(help: "Only those in this state.")
  var only: State?

  @Option(help: "At most so many.")
  var limit: Int?

  @OptionGroup var zone: ZoneOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit: at least 1") }
  }

  /// The filter that the options make.
  func filter() throws -> IncidentFilter {
    var filter = IncidentFilter()
    which.apply(to: &filter)
    filter.title = title
    filter.start = try zone.date(from, option: "--from")
    filter.end = try zone.date(to, option: "--to")
    filter.limit = limit
    switch only {
    case .planned: filter.isPlanned = true
    case .unplanned: filter.isPlanned = false
    case .open: filter.isOpen = true
    case .ended: filter.isOpen = false
    case nil: break
    }
    return filter
  }
}
