import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import Quantities

/// Which part of the history is asked about, and what of it counts.
struct QuestionOptions: ParsableArguments {
  /// What counts as downtime.
  enum Impact: String, ExpressibleByArgument, CaseIterable {
    case impact
    case ticket
    case fraction
    case users
  }

  @OptionGroup var which: WhichIncidents

  @Option(help: ArgumentHelp("Only the time from then.", valueName: "time"))
  var from: String?

  @Option(help: ArgumentHelp("Only the time before then.", valueName: "time"))
  var to: String?

  @Option(help: ArgumentHelp("Read the window as this: a length or START/END.", valueName: "window"))
  var window: [String] = []

  @Option(
    help: ArgumentHelp(
      "What counts as downtime: impact times (else ticket times), ticket times, or impact times weighted by the "
        + "fraction or the users that were hit."))
  var impact = Impact.impact

  @Option(help: "How many users there are, for --impact users.")
  var users: Int?

  @OptionGroup var zone: ZoneOptions

  func validate() throws {
    if !window.isEmpty, from != nil || to != nil {
      throw ValidationError("--window and --from or --to both say what was watched; give one")
    }
    if impact == .users, users == nil {
      throw ValidationError("--impact users needs the number of all users; for example --users 5000")
    }
    if impact != .users, users != nil { throw ValidationError("--users belongs to --impact users") }
    if let users, users < 1 { throw ValidationError("--users: at least 1") }
  }

  /// Whether anything was asked for at all.
  var isUsed: Bool { !window.isEmpty || isFiltered }

  /// Whether anything but the window was asked for.
  var isFiltered: Bool {
    impact != .impact || zone.timeZone != nil
      || which.isUsed || from != nil || to != nil
  }

  /// What the incidents are of.
  var scope: String {
    which.scope.nonEmpty ?? "all components"
  }

  /// Says so when the history knows nothing of the component or the mode that was named: the name may be misspelt, and
  /// nothing seen is not never.
  func warnOfUnknownNames(in history: IncidentDatabase) throws {
    let known = try history.knownModes()
    let pairs: [(option: String, name: String?, known: [String])] = [
      ("--component", which.component, known.map(\.component)),
      ("--mode", which.mode, known.compactMap(\.mode)),
    ]
    for case (let option, let name?, let names) in pairs where !names.contains(name) {
      let near = nearestName(to: name, among: names)
      let finding = Diagnostic(
        .warning, slug: "never-seen", "the history has no unplanned incident with \(option) \(name)", at: nil,
        help: near.map { "did you mean \($0)?" })
      Terminal.writeError(FindingsRenderer().text(Findings([finding])) + "\n")
    }
  }

  /// The question for each reading of the window, with its text.
  func questions() throws -> [(name: String, question: HistoryQuestion)] {
    var question = HistoryQuestion()
    which.apply(to: &question.filter)
    question.impact = reading
    question.window = .recorded(
      from: try zone.date(from, option: "--from"), to: try zone.date(to, option: "--to"))
    guard !window.isEmpty else { return [("recorded", question)] }
    return try window.map { text in
      var own = question
      own.window = try windowReading(text)
      return (text, own)
    }
  }

  private var reading: ImpactReading {
    switch impact {
    case .impact: .impact
    case .ticket: .ticket
    case .fraction: .fraction
    case .users: .users(total: users ?? 1)
    }
  }

  private func windowReading(_ text: String) throws -> HistoryQuestion.Window {
    guard text.contains("/") else {
      return .length(hours: try positiveSpan(text, option: "--window").hours)
    }
    let interval = try ObservationWindow(parsing: text, timeZone: try zone.zone())
    return .interval(start: interval.start, end: interval.end)
  }
}

/// A length of time above 0 that an option gives.
func positiveSpan(_ text: String, option: String) throws -> TimeSpan {
  do throws(QuantityError) {
    let span = try TimeSpan(parsing: text)
    guard span.hours > 0 else { throw QuantityError("“\(text)” is no time at all") }
    return span
  } catch {
    throw ValidationError("\(option): \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
  }
}

/// A confidence above 0 and below 1 that an option gives.
func confidenceLevel(_ text: String, option: String) throws -> Double {
  do throws(QuantityError) {
    let level = try Probability(parsing: text).value
    guard level > 0, level < 1 else { throw QuantityError("“\(text)” is no confidence between 0 and 100 %") }
    return level
  } catch {
    throw ValidationError("\(option): \(error.message); for example 95%")
  }
}

extension String {
  /// The text, unless it is empty.
  var nonEmpty: String? { isEmpty ? nil : self }
}
