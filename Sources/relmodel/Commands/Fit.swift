public import ArgumentParser
import Diagnostics
public import IncidentHistory
import Quantities
import Reports
public import Stochastics

/// `relmodel fit`.
struct Fit: ParsableCommand {
  /// What samples are made of.
  enum Grouping: String, ExpressibleByArgument, CaseIterable {
    case cause
    case component
    case mode
    case all
  }

  static let configuration = CommandConfiguration(
    abstract: "Fit laws to the times between failures and to the lengths of outages.",
    discussion: """
      From the history: gaps from start to start (gap), up times from an outage's end to the next start (up-time: the \
      mean of a model's mtbf) and lengths of outages (duration). What was still going on when watching ended is \
      censored. From a CSV file of your own: --data times.csv --time hours --censored running --group system.

      Laws are compared by AICc. “How sure” is Akaike's weight among those compared. weibull-3p begins at a location; its \
      likelihood has no maximum for many samples, which is then the answer.
      """)

  @Argument(
    help: ArgumentHelp(
      "A model: what is printed is a diff of it with numbers from the history; -o writes a what-if file. The model is never "
        + "written.", valueName: "model"))
  var model: String?

  @Option(name: .customLong("db"), help: "The incident history; relmodel.db here unless named.")
  var database: String?

  @OptionGroup var question: QuestionOptions

  @Option(help: "One sample for each, from the history. Without it for each cause.")
  var by: Grouping?

  @Option(parsing: .upToNextOption, help: "What is fitted, from the history. Without it gap and duration.")
  var quantity: [HistoryQuantity] = []

  @Option(parsing: .upToNextOption, help: "The laws that are compared. Without it all but weibull-3p.")
  var distribution: [LifetimeFamily] = []

  @Option(
    help: ArgumentHelp(
      "Times of 0: left-out, refused, or half of the resolution that times were written with, such as 1min.",
      valueName: "rule"))
  var zeros = "left-out"

  @Option(help: ArgumentHelp("The confidence of intervals.", valueName: "share"))
  var confidence = "95%"

  @OptionGroup var data: FitDataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if model != nil { try validateModel() }
    if data.data != nil, !quantity.isEmpty || by != nil || database != nil || question.isUsed {
      throw ValidationError(
        "--db, --by, --quantity, --window and which incidents are about the history; with --data name columns: --time, "
          + "--censored, --group")
    }
    if question.window.count > 1 { throw ValidationError("--window: one at a time is fitted") }
    if question.impact == .fraction || question.impact == .users {
      throw ValidationError(
        "--impact \(question.impact.rawValue) weighs downtime; times are fitted as they are")
    }
    if data.data == nil { try data.validateUnused() }
  }

  private func validateModel() throws {
    let others = question.isFiltered || data.data != nil || by != nil || zeros != "left-out"
    if others || !quantity.isEmpty || !distribution.isEmpty {
      throw ValidationError(
        "with a model all its modes are looked up; only --db, --window and --confidence apply")
    }
    if output.format == .markdown || output.format == .csv {
      throw ValidationError("--format: with a model, text (the diff) or json")
    }
  }

  func run() throws {
    if let model {
      var history = HistoryOptions()
      (history.database, history.window) = (database, question.window.first)
      let opened = try IncidentDatabase(path: database ?? HistoryOptions.defaultDatabase, mode: .read)
      return try FittedModel(
        model, history: opened, options: history,
        confidence: try confidenceLevel(confidence, option: "--confidence")
      ).print(output)
    }
    var options = FitReport.Options()
    if !distribution.isEmpty { options.families = distribution }
    options.confidence = try confidenceLevel(confidence, option: "--confidence")
    options.zeros = try zeroRule()
    let samples = try data.samples() ?? historySamples()
    guard !samples.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "nothing-to-fit", "no incident fits what was asked", at: nil, help: "relmodel incidents list")
      ])
    }
    let report = try fitted(samples, options)
    try output.print(report.document, json: report.json)
  }

  private func fitted(_ samples: [LifetimeSample], _ options: FitReport.Options) throws(Findings) -> FitReport
  {
    do throws(InvalidParameter) {
      return try FitReport(samples, options)
    } catch {
      throw Findings([Diagnostic(slug: "bad-sample", error.message, at: nil, help: "--zeros left-out")])
    }
  }

  private func zeroRule() throws -> ZeroTimes {
    switch zeros {
    case "left-out": .leftOut
    case "refused": .refused
    default: .half(ofResolution: try positiveSpan(zeros, option: "--zeros").hours)
    }
  }

  private func historySamples() throws -> [LifetimeSample] {
    guard let asked = try question.questions().first?.question else { return [] }
    let history = try IncidentDatabase(path: database ?? HistoryOptions.defaultDatabase, mode: .read)
    if !output.quiet { try question.warnOfUnknownNames(in: history) }
    let selection = try history.selection(asked)
    let grouping: IncidentGrouping? =
      switch by ?? .cause {
      case .cause: .cause
      case .component: .component
      case .mode: .mode
      case .all: nil
      }
    let parts = grouping.map { selection.parts(by: $0) } ?? [("all", selection)]
    let quantities = quantity.isEmpty ? [.gap, .duration] : quantity
    return parts.flatMap { name, part in quantities.map { part.sample($0, group: name) } }
      .filter { !$0.failures.isEmpty || !$0.censored.isEmpty }
  }
}

/// Times from a file of one's own.
struct FitDataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A CSV file of times, in place of the history.", valueName: "file"))
  var data: String?

  @Option(help: ArgumentHelp("The column of the times, with --data.", valueName: "column"))
  var time: String?

  @Option(
    help: ArgumentHelp("The column that says whether a time is censored, with --data.", valueName: "column"))
  var censored: String?

  @Option(help: ArgumentHelp("The column that groups the times, with --data.", valueName: "column"))
  var group: String?

  @Option(
    help: ArgumentHelp("The unit of the times, with --data: s, min, h, d. Without it h.", valueName: "unit"))
  var unit: String?

  /// Refuses what says nothing without a file.
  func validateUnused() throws {
    let given = [("--time", time), ("--censored", censored), ("--group", group), ("--unit", unit)]
    if let first = given.first(where: { $0.1 != nil }) {
      throw ValidationError("\(first.0) belongs to --data")
    }
  }

  /// The samples of the file; `nil` when none is named.
  func samples() throws -> [LifetimeSample]? {
    guard let data else { return nil }
    var columns = LifetimeFile.Columns()
    (columns.time, columns.censored, columns.group) = (time, censored, group)
    if let unit { columns.unitHours = try positiveSpan("1 \(unit)", option: "--unit").hours }
    return try LifetimeFile(path: data, columns: columns).samples
  }
}

extension HistoryQuantity: ExpressibleByArgument {}
extension LifetimeFamily: ExpressibleByArgument {}
