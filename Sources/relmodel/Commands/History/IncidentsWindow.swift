import ArgumentParser
import FoundationEssentials
import IncidentHistory

/// `relmodel incidents window`.
struct IncidentsWindow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "window",
    abstract: "The times that were watched, and the times of planned work.",
    discussion: """
      Rates are failures per time watched, so a history without windows has none. Overlapping windows of a component \
      count once. Work is no time watched, and outages that begin in it are no failures.
      """,
    subcommands: [WindowAdd.self, WindowList.self, WindowRemove.self])
}

/// `relmodel incidents window add`.
struct WindowAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Record a time that was watched, or a time of planned work.")

  @Argument(
    help: ArgumentHelp("2025-01-01T00:00Z/2025-07-01T00:00Z, or START/182.5d.", valueName: "start/end"))
  var window: String

  @OptionGroup var database: DatabaseOptions

  @Option(help: "The only component it is about.")
  var component: String?

  @Option(help: "How many units of the component were watched.")
  var units: Int?

  @Flag(help: "It is planned work instead.")
  var maintenance = false

  @Option(help: "What was done; with --maintenance.")
  var title: String?

  @Option(help: "Who recorded it.")
  var source = "manual"

  @OptionGroup var zone: ZoneOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if maintenance, units != nil {
      throw ValidationError("--units is about time watched, not about --maintenance")
    }
    if !maintenance, title != nil { throw ValidationError("--title is about --maintenance") }
  }

  func run() throws {
    let stretch = try ObservationWindow(
      parsing: window, component: component, units: units, timeZone: try zone.zone(), named: "START/END")
    let history = try IncidentDatabase(path: database.path, mode: .create)
    let isNew =
      try maintenance
      ? history.add(
        MaintenanceWindow(start: stretch.start, end: stretch.end, component: component, title: title),
        source: source)
      : history.add(stretch, source: source)
    if !isNew, !output.quiet { Terminal.writeError("note: this window was recorded already\n") }
    try WindowReport(history).print(output)
  }
}

/// `relmodel incidents window list`.
struct WindowList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The windows with their numbers, and the exposure of each.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try WindowReport(IncidentDatabase(path: database.path, mode: .read)).print(output)
  }
}

/// `relmodel incidents window remove`.
struct WindowRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a window by its number.")

  @Argument(help: "The number that `window list` shows.")
  var number: Int

  @OptionGroup var database: DatabaseOptions

  @Flag(help: "It is planned work.")
  var maintenance = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let history = try IncidentDatabase(path: database.path, mode: .readWrite)
    if maintenance { try history.removeMaintenance(number) } else { try history.removeWindow(number) }
    try WindowReport(history).print(output)
  }
}
