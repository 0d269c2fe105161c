import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory

/// `relmodel incidents`.
struct Incidents: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The incident history: what failed, when, and for how long.",
    subcommands: [
      IncidentsImport.self, IncidentsAdd.self, IncidentsEdit.self, IncidentsList.self, IncidentsExport.self,
      IncidentsWindow.self, IncidentsStats.self, IncidentsReport.self, DrillCommand.self,
    ])
}

/// The database of an incident command.
struct DatabaseOptions: ParsableArguments {
  @Option(name: .customLong("db"), help: "The database file.")
  var path = HistoryOptions.defaultDatabase
}

/// The zone of times without one.
struct ZoneOptions: ParsableArguments {
  @Option(help: "The zone of times that carry none, such as Europe/Zurich or +01:00.")
  var timeZone: String?

  /// The zone that was named.
  func zone() throws -> TimeZone? {
    guard let timeZone else { return nil }
    guard let zone = TimeZone(text: timeZone) else {
      throw ValidationError("--time-zone: “\(timeZone)” is not known; for example Europe/Zurich or +01:00")
    }
    return zone
  }

  /// The instant that an option names.
  func date(_ text: String?, option: String) throws -> Date? {
    guard let text else { return nil }
    let zone = try zone()
    do throws(TextFault) {
      return try TimeText.date(text, zone: zone)
    } catch {
      let place = SourceLocation(file: option, line: 1, column: 1)
      throw Findings([error.diagnostic(at: place)], sources: [SourceText(name: option, text: text)])
    }
  }
}
