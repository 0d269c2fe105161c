import ArgumentParser
import Quantities
import Reports
import Resilience

/// `relmodel capacity retries`.
struct CapacityRetries: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retries",
    abstract:
      "What retries make of a share of failing attempts: calls that succeed, and attempts that load the callee.",
    discussion: "relmodel capacity retries --failing 10 % --retries 3")

  @Option(parsing: .upToNextOption, help: "The share of attempts that fail, each by itself, such as 10 %.")
  var failing: [String]

  @Option(help: "How often a failed call is tried again.")
  var retries: Int

  @OptionGroup var output: OutputOptions

  func run() throws {
    let text = failing.joined(separator: " ")
    let share = try QuantityArgument.probability("--failing", text)
    guard let probability = Probability(share), (0..<Retry.mostAttempts).contains(retries) else {
      throw ValidationError("--retries \(retries): expected 0 to \(Retry.mostAttempts - 1)")
    }
    let report = RetriesReport(failing: probability, retries: retries)
    try output.print(report.document, json: report.json)
  }
}
