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

  @Option(
    parsing: .upToNextOption,
    help: "Weights of the newest, 0 to 1: of level, trend and season; of the level alone without a season.")
  var weights: [Double] = []

  @Option(parsing: .upToNextOption, help: "Days, or steps, to tell the lines at.")
  var at: [String] = []

  @Option(help: "The column of the values; the second, or the only one.")
  var value: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    let expected = season > 1 ? 3 : 1
    guard weights.isEmpty || weights.count == expected else {
      throw ValidationError(
        "--weights: found \(weights.count), expected \(expected == 1 ? "one, of the level, without --season" : "three, of level, trend and season")"
      )
    }
    if !weights.isEmpty, damped { throw ValidationError("--damped seeks weights; leave --weights out") }
  }

  private static func day(_ text: String) -> Double? {
    guard Double(text) == nil, let date = try? TimeText.date(text, zone: .gmt) else { return nil }
    return date.timeIntervalSince1970 / 86_400
  }

  private var statedWeights: HoltWinters.Weights? {
    guard let level = weights.first else { return nil }
    return HoltWinters.Weights(
      level: level, trend: weights.count > 1 ? weights[1] : 0, season: weights.count > 2 ? weights[2] : 0)
  }

  private func days(isDated: Bool) throws -> [Double] {
    try at.map { text in
      let day = isDated ? CapacityForecast.day(text) : Double(text)
      guard let day, day.isFinite else {
        throw ValidationError("--at: “\(text)” is no \(isDated ? "date; for example 2026-12-31" : "number")")
      }
      return day
    }
  }

  func run() throws {
    let read = try SeriesFile(path: file, value: value, day: CapacityForecast.day)
    let limit = try statedLimit(read.unit)
    do {
      let forecast = try LimitForecast(
        read.series, limit: limit?.value, season: season, isDamped: damped,
        weights: statedWeights)
      let report = ForecastReport(
        read, name: file, unit: read.unit ?? limit?.unit, forecast: forecast,
        days: try days(isDated: read.isDated))
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
