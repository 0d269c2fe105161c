import ArgumentParser
import IncidentHistory
import Quantities
import Reports
import Stochastics

/// What `relmodel fit` answers.
enum FitAnswer: String, EnumerableFlag {
  case laws
  case beliefs
  case trend

  static func help(for value: FitAnswer) -> ArgumentHelp? {
    switch value {
    case .laws:
      "Laws of times between failures and of lengths of outages; what is fitted without another wish."
    case .beliefs: "What a prior and the history say of rates and durations, and what comes next."
    case .trend: "Whether failures become more frequent: Crow-AMSAA and Duane."
    }
  }
}

/// Numbers from a file of one's own.
struct FitDataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A CSV file of times or numbers, in place of the history.", valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp("The column of the times; with --trend since the start.", valueName: "column"))
  var time: String?

  @Option(help: ArgumentHelp("The column that says whether a time is censored.", valueName: "column"))
  var censored: String?

  @Option(help: ArgumentHelp("The column that groups the rows.", valueName: "column"))
  var group: String?

  @Option(
    help: ArgumentHelp(
      "The column of how many events; with --beliefs beside --exposure, with --trend beside --until.",
      valueName: "column"))
  var events: String?

  @Option(help: ArgumentHelp("The column of the time at risk, with --beliefs.", valueName: "column"))
  var exposure: String?

  @Option(help: ArgumentHelp("The column of when each interval ended, with --trend.", valueName: "column"))
  var until: String?

  @Option(
    help: ArgumentHelp(
      "When watching ended, in the unit of the times, with --trend; without it, with the last event.",
      valueName: "time"))
  var end: Double?

  @Option(help: ArgumentHelp("The unit of the times: s, min, h, d. Without it h.", valueName: "unit"))
  var unit: String?

  private var given: [(option: String, isGiven: Bool)] {
    [
      ("--time", time != nil), ("--censored", censored != nil), ("--group", group != nil),
      ("--events", events != nil), ("--exposure", exposure != nil), ("--until", until != nil),
      ("--end", end != nil), ("--unit", unit != nil),
    ]
  }

  /// Refuses what says nothing without a file.
  func validateUnused() throws {
    if let first = given.first(where: \.isGiven) {
      throw ValidationError("\(first.option) belongs to --data")
    }
  }

  /// Refuses what says nothing for an answer, and asks for what it needs.
  func validate(for answer: FitAnswer) throws {
    guard data != nil else { return }
    let allowed: Set<String> =
      switch answer {
      case .laws: ["--time", "--censored", "--group", "--unit"]
      case .beliefs: ["--time", "--group", "--events", "--exposure", "--unit"]
      case .trend: ["--time", "--group", "--events", "--until", "--end", "--unit"]
      }
    if let first = given.first(where: { $0.isGiven && !allowed.contains($0.option) }) {
      throw ValidationError("\(first.option) says nothing with --\(answer.rawValue)")
    }
    let partner = answer == .beliefs ? exposure : until
    let name = answer == .beliefs ? "--exposure" : "--until"
    guard (events == nil) == (partner == nil) else {
      throw ValidationError("--events and \(name) go together, with --\(answer.rawValue)")
    }
    if events != nil, time != nil || end != nil {
      throw ValidationError("--events counts what --time lists; give one")
    }
    if let end, !(end > 0 && end.isFinite) { throw ValidationError("--end: a time above 0") }
  }

  private func unitHours() throws -> Double {
    try unit.map { try positiveSpan("1 \($0)", option: "--unit").hours } ?? 1
  }

  /// The samples of times of the file; `nil` when none is named.
  func samples() throws -> [LifetimeSample]? {
    guard let data else { return nil }
    var columns = LifetimeFile.Columns()
    (columns.time, columns.censored, columns.group) = (time, censored, group)
    columns.unitHours = try unitHours()
    return try LifetimeFile(path: data, columns: columns).samples
  }

  /// The classes of the file; `nil` when none is named. Rows of one class are added up.
  func beliefSamples() throws -> [BeliefSample]? {
    guard let data else { return nil }
    guard let events, let exposure else {
      return try samples()?.map {
        BeliefSample(group: $0.group, events: nil, exposureHours: nil, durations: $0.failures)
      }
    }
    let hours = try unitHours()
    return try rows(
      data, [.init(events, option: "--events", isWhole: true), .init(exposure, option: "--exposure")]
    ).map { name, rows in
      BeliefSample(
        group: name, events: Int(rows.reduce(0) { $0 + $1[0] }),
        exposureHours: rows.reduce(0) { $0 + $1[1] } * hours)
    }
  }

  /// The classes of events of the file; `nil` when none is named.
  func trendSamples() throws -> [TrendReport.Sample]? {
    guard let data else { return nil }
    let hours = try unitHours()
    if let events, let until {
      return try rows(
        data, [.init(events, option: "--events", isWhole: true), .init(until, option: "--until")]
      ).map { name, rows in
        TrendReport.Sample(
          group: name, data: .grouped(counts: rows.map { Int($0[0]) }, ends: rows.map { $0[1] * hours }))
      }
    }
    return try samples()?.map { sample in
      let record =
        try end.map { try EventRecord(times: sample.failures, until: $0 * hours) }
        ?? EventRecord(untilLastOf: sample.failures)
      return TrendReport.Sample(group: sample.group, data: .times(record))
    }
  }

  private func rows(
    _ path: String, _ columns: [NumberFile.Column]
  ) throws -> [(name: String, rows: [[Double]])] {
    try NumberFile(path: path, columns: columns, group: group.map { .init($0, option: "--group") }).groups
  }
}
