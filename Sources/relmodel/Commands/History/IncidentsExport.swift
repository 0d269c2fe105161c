public import ArgumentParser
import Diagnostics
import FoundationEssentials
public import IncidentHistory

/// `relmodel incidents export`.
struct IncidentsExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write incidents as CSV or JSON that `incidents import` reads back.",
    discussion: """
      In CSV a text that a spreadsheet would take for a formula begins with an apostrophe, which the import takes \
      away again.
      """)

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var filters: FilterOptions

  @Option(help: "The form of the file.")
  var format = IncidentExport.csv

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
  var output: String?

  func run() throws {
    let filter = try filters.filter()
    let history = try IncidentDatabase(path: database.path, mode: .read)
    guard let output else {
      var failure: (any Error)?
      try written(history, filter) { piece in
        do { if failure == nil { try Terminal.writeOutput(piece) } } catch { failure = error }
      }
      if let failure { throw failure }
      return
    }
    var result = Result<Void, any Error>.success(())
    try OutputFile.replace(output) { write in
      result = Result { try written(history, filter) { piece in Array(piece.utf8).withUnsafeBytes(write) } }
    }
    try result.get()
  }

  /// Writes in pieces of some 64 KiB.
  private func written(_ history: IncidentDatabase, _ filter: IncidentFilter, to sink: (String) -> Void)
    throws
  {
    var waiting = ""
    _ = try format.write(history, matching: filter) { piece in
      waiting += piece
      guard waiting.utf8.count > 65_536 else { return }
      sink(waiting)
      waiting = ""
    }
    sink(waiting)
  }
}

extension IncidentExport: ExpressibleByArgument {}
