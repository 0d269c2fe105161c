import ArgumentParser
import FoundationEssentials
import IncidentHistory
import Planning
import Quantities
import Reports

/// `relmodel capacity forecast`.
struct CapacityForecast: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "When a measured series reaches a limit, from a CSV file of times and values.",
    discussion: "relmodel capacity forecast disk.csv --limit 500 GB --season 7")

  @Argument(help: "A CSV file: a header, then a date and a value in each row; or values alone.")
  var file: String

  @Option(parsing: .upToNextOption, help: "The limit, in the unit of the values.")
  var limit: [String] = []

  @Option(help: "Measurements in a season: 7 for days of a week; 1: none.")
  var season = 1

  @Flag(help: "Let the trend of Holt–Winters die out.")
  var damped = false

  @Option(help: "The column of the values; the second, or the only one.")
  var value: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let read = try SeriesFile(path: file, value: value) { text in
      guard Double(text) == nil, let date = try? TimeText.date(text, zone: .gmt) else { return nil }
      return date.timeIntervalSince1970 / 86_400
    }
    let limit = try statedLimit(read.unit)
    do {
      let forecast = try LimitForecast(
        read.series, limit: limit?.value, season: season, isDamped: damped)
      let report = ForecastReport(read, name: file, unit: read.unit ?? limit?.unit, forecast: forecast)
      try output.print(report.document, json: report.json)
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }

  /// The limit in the unit of the values; where they carry none, its own unit names theirs.
  private func statedLimit(_ unit: String?) throws -> (value: Double, unit: String?)? {
    guard !limit.isEmpty else { return nil }
    let text = limit.joined(separator: " ")
    guard let number = NumberText(prefixOf: text[...]), number.double.isFinite else {
      throw ValidationError("--limit: “\(text)” is not a number; for example --limit 500")
    }
    let own = String(number.rest)
    if let unit, !own.isEmpty, own != unit {
      throw ValidationError("--limit is in \(own) and the values are in \(unit); write both in one unit")
    }
    return (number.double, own.isEmpty ? nil : own)
  }
}
