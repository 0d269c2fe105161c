import ArgumentParser
import Planning
import Reports

/// `relmodel capacity scalability`.
struct CapacityScalability: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scalability",
    abstract:
      "The universal scalability law, fitted to measured throughputs: where they peak, and what they lose.",
    discussion: "relmodel capacity scalability loadtest.csv --at 48")

  @Argument(help: "A CSV file: a header, then a load and a throughput in each row.")
  var file: String

  @Option(help: "The column of the loads; the first.")
  var load: String?

  @Option(help: "The column of the throughputs; the second.")
  var throughput: String?

  @Option(parsing: .upToNextOption, help: "Further loads to tell the throughput at.")
  var at: [Double] = []

  @Option(help: "Confidence of the intervals.")
  var confidence: String = "95 %"

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let odd = at.first(where: { !($0 > 0 && $0.isFinite) }) {
      throw ValidationError("--at \(odd): expected a load greater than 0")
    }
    _ = try QuantityArgument.share("--confidence", confidence)
  }

  func run() throws {
    let read = try ThroughputFile(path: file, load: load, throughput: throughput)
    do {
      let report = try ScalabilityReport(
        read, name: file, confidence: try QuantityArgument.share("--confidence", confidence), loads: at)
      try output.print(report.document, json: report.json)
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }
}
