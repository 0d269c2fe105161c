import ArgumentParser
import Economics
import ModelFormat
import Reports
import ServiceModel
import Simulation

/// `relmodel claims`.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract:
      "Statements held against what is computed: which hold, which fail, by how much, and which contradict others.",
    discussion: """
      A model states under claims: what a document says of the service, with its section: claims: {uptime: {of: \
      service/availability, equals: 99.7 %, source: §8.1}}. Only the engines run that a claim needs: exact where that \
      answers, simulated where only that does, the bill, the return against the file that the model extends, the incident \
      history and the drills of --db.
      """)

  @OptionGroup var modelOptions: ModelOptions

  @Flag(help: "List everything that a claim can be of, and do nothing else.")
  var measures = false

  @Option(
    help: ArgumentHelp(
      "What the change is held against by roi/… and cost/increase; the file that the model extends in the end. --set changes "
        + "it too for roi/…, and its conventions alone for cost/increase.",
      valueName: "model"))
  var base: String?

  @Option(help: "The effective rate of discount of a year, for roi/….")
  var rate = "8 %"

  @Flag(help: "Exit with 1 when a claim fails.")
  var gate = false

  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  func validate() throws {
    _ = try DiscountRate(option: rate)
    let years = simulation.givenYears ?? 1
    guard years <= 30 else {
      throw ValidationError("--years: at most 30, as the return is worked out by months")
    }
  }

  func run() throws {
    if measures {
      let list = ClaimMeasureReport()
      return try output.print(list.document, json: list.json)
    }
    Interruption.listen()
    let reading = try modelOptions.reading()
    guard !reading.model.claims.all.isEmpty else {
      throw ValidationError(
        "\(reading.model.name) claims nothing; for example claims: {uptime: {of: "
          + "\(reading.model.capabilities[0].name)/availability, at-least: 99.9 %}}")
    }
    let clock = ContinuousClock()
    let began = clock.now
    var study = try ClaimStudy(self, reading)
    try study.run()
    let seconds = (clock.now - began) / .seconds(1)
    let sheet = ClaimSheet(study.prepared.header, study.evidence)
    let report = ClaimReport(study.prepared.header, sheet, study.evidence)
    let run = simulation.run(
      replications: simulation.replications, threads: try simulation.plan().threads, seconds: seconds)
    try output.print(report.document, json: report.json(run: run))
    if study.isPartial { throw Exit.Code(value: Exit.interrupted) }
    if gate, sheet.hasFailures { throw Exit.Code(value: Exit.gateMissed) }
  }
}
