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

    /// What incidents are put together by; `nil` for all of them.
    var incidentGrouping: IncidentGrouping? {
      switch self {
      case .cause: .cause
      case .component: .component
      case .mode: .mode
      case .all: nil
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract:
      "Fit laws to histories; what to believe of rates and durations; whether failures become more frequent.",
    discussion: """
      From the history: gaps from start to start (gap), up times from an outage's end to the next start (up-time: the \
      mean of a model's mtbf) and lengths of outages (duration). What was still going on when watching ended is \
      censored. From a CSV file of your own: --data times.csv --time hours --censored running --group system.

      Laws are compared by AICc. “How sure” is Akaike's weight among those compared. weibull-3p begins at a location; its \
      likelihood has no maximum for many samples, which is then the answer.

      --beliefs: what a prior and the history together say of rates (gamma) and durations (lognormal), and so of what comes \
      next: how many incidents in a month and a year, how long the next one. --pool learns the prior from classes taken for \
      similar. From a file: --events failures --exposure hours, or --time hours for durations.

      --trend: Crow-AMSAA, Duane, Laplace's test and that of MIL-HDBK-189, of each class; --every 30d for numbers in \
      intervals. From a file of one's own: times since the start (--time, --end), or --events and --until.
      """)

  @Argument(
    help: ArgumentHelp(
      "A model: what is printed is a diff of it with numbers from the history; -o writes a what-if file. The model is never "
        + "written.", valueName: "model"))
  var model: String?

  @Flag(
    help: ArgumentHelp(
      "With a model: the exact answer with the numbers of the history in place of the model's, which is not written; solve and "
        + "simulate have the option too."))
  var bind = false

  @Flag(exclusivity: .exclusive, help: "What is fitted.")
  var answer = FitAnswer.laws

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

  @Option(
    help:
      "How intervals of fitted laws are got. Without it by the likelihood ratio up to 500 times, by curvature (wald) above."
  )
  var interval: IntervalKind?

  @OptionGroup(title: "BELIEFS AND TREND") var beliefs: BeliefOptions
  @OptionGroup(title: "A FILE OF ONE'S OWN") var data: FitDataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if model != nil { try validateModel() }
    if bind, model == nil { throw ValidationError("--bind: which model? relmodel fit MODEL --bind") }
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
    try validateAnswer()
  }

  /// What an answer has no use for is refused by name.
  private func validateAnswer() throws {
    if answer != .laws, !quantity.isEmpty || !distribution.isEmpty || interval != nil {
      throw ValidationError(
        "--quantity, --distribution and --interval are about laws, not about --\(answer.rawValue)")
    }
    if answer == .trend, zeros != "left-out" {
      throw ValidationError("--zeros is about times between, not about --trend")
    }
    try beliefs.validate(for: answer, ofFile: data.data != nil)
    try data.validate(for: answer)
  }

  private func validateModel() throws {
    let others =
      question.isFiltered || data.data != nil || by != nil || zeros != "left-out" || answer != .laws
    if others || !quantity.isEmpty || !distribution.isEmpty || interval != nil || beliefs.firstGiven != nil {
      throw ValidationError(
        "with a model all its modes are looked up; only --db, --window and --confidence apply")
    }
    if !bind, ![.text, .json].contains(output.format) {
      throw ValidationError("--format: with a model, text (the diff) or json")
    }
  }

  func run() throws {
    if let model { return try proposeNumbers(of: model) }
    switch answer {
    case .laws: try fitLaws()
    case .beliefs: try tellBeliefs()
    case .trend: try tellTrend()
    }
  }

  private func proposeNumbers(of model: String) throws {
    var history = HistoryOptions()
    (history.database, history.window, history.bind) = (database, question.window.first, bind)
    if bind { return try solve(model, history) }
    try FittedModel(
      model, history: try openedHistory(), options: history,
      confidence: try confidenceLevel(confidence, option: "--confidence")
    ).print(output)
  }

  /// The exact answer with the numbers of the history.
  private func solve(_ model: String, _ history: HistoryOptions) throws {
    let reading = try ModelOptions.reading(at: model, assignments: [])
    let report = try Preparation(ModelInput(reading, history, output)).exactReport()
    try output.print(report.document, json: report.json)
  }

  func openedHistory() throws -> IncidentDatabase {
    try IncidentDatabase(path: database ?? HistoryOptions.defaultDatabase, mode: .read)
  }

  private func fitLaws() throws {
    var options = FitReport.Options()
    if !distribution.isEmpty { options.families = distribution }
    options.confidence = try confidenceLevel(confidence, option: "--confidence")
    options.zeros = try zeroRule()
    options.interval = interval?.interval
    let samples = try data.samples() ?? historySamples()
    guard !samples.isEmpty else { throw Self.nothingToFit }
    let report = try fitted(samples, options)
    try output.print(report.document, json: report.json)
  }

  static let nothingToFit = Findings([
    Diagnostic(
      slug: "nothing-to-fit", "no incident fits what was asked", at: nil, help: "relmodel incidents list")
  ])

  private func fitted(_ samples: [LifetimeSample], _ options: FitReport.Options) throws(Findings) -> FitReport
  {
    do throws(InvalidParameter) {
      return try FitReport(samples, options)
    } catch {
      throw Findings([Diagnostic(slug: "bad-sample", error.message, at: nil, help: "--zeros left-out")])
    }
  }

  func zeroRule() throws -> ZeroTimes {
    switch zeros {
    case "left-out": .leftOut
    case "refused": .refused
    default: .half(ofResolution: try positiveSpan(zeros, option: "--zeros").hours)
    }
  }

  private func historySamples() throws -> [LifetimeSample] {
    guard let asked = try question.questions().first?.question else { return [] }
    let history = try openedHistory()
    if !output.quiet { try question.warnOfUnknownNames(in: history) }
    let selection = try history.selection(asked)
    let parts = (by ?? .cause).incidentGrouping.map { selection.parts(by: $0) } ?? [("all", selection)]
    let quantities = quantity.isEmpty ? [.gap, .duration] : quantity
    return parts.flatMap { name, part in quantities.map { part.sample($0, group: name) } }
      .filter { !$0.failures.isEmpty || !$0.censored.isEmpty }
  }
}

/// How intervals of fitted laws are got, as people write it.
enum IntervalKind: String, ExpressibleByArgument, CaseIterable {
  case wald
  case likelihoodRatio = "likelihood-ratio"

  /// The same of the statistics.
  var interval: LikelihoodInterval { self == .wald ? .wald : .likelihoodRatio }
}

extension HistoryQuantity: ExpressibleByArgument {}
extension LifetimeFamily: ExpressibleByArgument {}
