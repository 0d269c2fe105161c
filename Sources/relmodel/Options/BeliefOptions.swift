import ArgumentParser
import IncidentHistory
import Quantities
import Reports

/// What is believed before the history, and how far ahead is looked.
struct BeliefOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Believed of rates before: jeffreys (without a wish); '2 in 90 d'; '45 d worth 2', one in 45 d on average that counts as "
        + "two incidents; '600 h, 95 % above 250 h', the median MTBF and one exceeded with 95 %. Times are those of one unit.",
      valueName: "prior"))
  var priorRate: String?

  @Option(
    help: ArgumentHelp(
      "Believed of durations before: reference (without a wish); '12 min sigma 1 worth 4' or '12 min p90 45 min worth 4', the "
        + "median, the spread of the logarithm, and how many durations that counts as; with --pool 'sigma 1 worth 4', the medians "
        + "being learnt.", valueName: "prior"))
  var priorDuration: String?

  @Flag(
    help:
      "The classes are similar: each is drawn to what they have in common by as much as it saw little itself."
  )
  var pool = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("How far ahead: 30d 1y. Without it a month (730 h) and a year.", valueName: "time"))
  var next: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --trend: count incidents in intervals of this length, for grouped data.", valueName: "time"))
  var every: String?

  /// The first option that was given.
  var firstGiven: String? {
    let given = [
      ("--prior-rate", priorRate != nil), ("--prior-duration", priorDuration != nil), ("--pool", pool),
      ("--next", !next.isEmpty), ("--every", every != nil),
    ]
    return given.first { $0.1 }?.0
  }

  /// Refuses what an answer has no use for.
  func validate(for answer: FitAnswer, ofFile: Bool) throws {
    if answer == .laws, let firstGiven {
      throw ValidationError("\(firstGiven) says nothing about laws; see --beliefs and --trend")
    }
    let isPrior = priorRate != nil || priorDuration != nil
    if answer == .trend, isPrior || pool {
      throw ValidationError(
        "--prior-rate, --prior-duration and --pool are about --beliefs, not about --trend")
    }
    if answer == .beliefs, every != nil { throw ValidationError("--every is about --trend") }
    if every != nil, ofFile { throw ValidationError("--every is about the history; a file has --until") }
    try checkPooledPriors(try options().durationPrior)
    _ = try everyHours()
  }

  /// Pooling learns rates and medians from the classes; only the spread of durations may be stated beside it.
  private func checkPooledPriors(_ durations: DurationPrior) throws {
    var isSpread = false
    if case .spread = durations { isSpread = true }
    if pool, priorRate != nil || (priorDuration != nil && !isSpread) {
      throw ValidationError(
        "--pool learns the prior from the classes; give it or a stated prior, or with it the spread of durations alone: "
          + "--prior-duration 'sigma 1 worth 4'")
    }
    if isSpread, !pool {
      throw ValidationError(
        "--prior-duration: without a median it needs --pool; for example 12 min sigma 1 worth 4")
    }
  }

  /// The length of the intervals asked for.
  func everyHours() throws -> Double? { try every.map { try positiveSpan($0, option: "--every").hours } }

  /// The times to come, in hours; empty where none were named.
  func nextHours() throws -> [Double] { try next.map { try positiveSpan($0, option: "--next").hours } }

  /// The options of a report.
  func options() throws -> BeliefReport.Options {
    var options = BeliefReport.Options()
    options.isPooling = pool
    if !next.isEmpty { options.nextHours = try nextHours() }
    do throws(QuantityError) {
      if let priorRate { options.ratePrior = try RatePrior(parsing: priorRate) }
    } catch {
      throw Self.refusal("--prior-rate", error)
    }
    do throws(QuantityError) {
      if let priorDuration { options.durationPrior = try DurationPrior(parsing: priorDuration) }
    } catch {
      throw Self.refusal("--prior-duration", error)
    }
    return options
  }

  private static func refusal(_ option: String, _ error: QuantityError) -> ValidationError {
    ValidationError("\(option): \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
  }
}
