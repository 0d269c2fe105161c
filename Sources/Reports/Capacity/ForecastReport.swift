public import Planning
public import Quantities
internal import Stochastics

/// When a measured series reaches a limit, as `relmodel capacity forecast` prints it.
public struct ForecastReport: Sendable {
  let file: SeriesFile
  let name: String
  let unit: String?
  let forecast: LimitForecast
  private let days: [Double]

  /// A report about a file.
  ///
  /// - Parameters:
  ///   - name: the file as it was named.
  ///   - unit: the unit of the values; `nil`: nobody said.
  ///   - days: days that are asked about; steps where the file has no dates.
  public init(
    _ file: SeriesFile, name: String, unit: String?, forecast: LimitForecast, days: [Double] = []
  ) {
    (self.file, self.name, self.unit, self.forecast) = (file, name, unit, forecast)
    self.days = days
  }

  var points: [MeasuredSeries.Point] { forecast.series.points }

  func amount(_ value: Double) -> String {
    amountText(value) + (unit.map { " \($0)" } ?? "")
  }

  func day(_ day: Double) -> String { dayText(day, isDated: file.isDated) }

  // MARK: People

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(name) · forecast of \(file.column)")
    document.blocks.append(.facts(seriesFacts + answerFacts))
    if let picture { document.blocks.append(.illustration(picture)) }
    document.blocks.append(.heading("By method"))
    document.blocks.append(.table(methodTable))
    // Without a season nobody asked for the methods that need one.
    let missed = forecast.season > 1 ? forecast.leftOut : []
    document.blocks += missed.map { .note("\(title($0.method)) is left out: \($0.reason).") }
    if let lines = FittedLines(forecast), !days.isEmpty {
      document.blocks.append(.heading("By the lines"))
      document.blocks.append(.table(lines.table(at: days, named: day)))
    }
    document.blocks.append(.note(note))
    return document.folded()
  }

  private var seriesFacts: [Document.Fact] {
    guard let first = points.first, let last = points.last else { return [] }
    return [
      Document.Fact(
        "Measured", "\(grouped(points.count)) times", ["\(day(first.day)) to \(day(last.day))"],
        number: Document.Number(Double(points.count))),
      Document.Fact("Last", amount(last.value), number: Document.Number(last.value, unit ?? "1")),
    ]
  }

  private var answerFacts: [Document.Fact] {
    guard let limit = forecast.limit, let best = forecast.best, let crossing = forecast.crossing(best) else {
      return []
    }
    return [
      Document.Fact("Limit", amount(limit), number: Document.Number(limit, unit ?? "1")),
      Document.Fact("Reached", text(crossing), ["by \(title(best.method))"]),
    ]
  }

  private func text(_ crossing: LimitCrossing) -> String {
    switch crossing {
    case .reachedAlready: "already"
    case .reached(let at, let earliest, let latest):
      "\(day(at)) (\(day(earliest)) – \(latest.map { day($0) } ?? "perhaps never"))"
    case .never(let earliest):
      "never" + (earliest.map { "; not before \(day($0)) whatever the noise hides" } ?? "")
    case .notWithin(let last, let earliest):
      "not by \(day(last))" + (earliest.map { "; \(day($0)) at the earliest" } ?? "")
    }
  }

  private var methodTable: Document.Table {
    Document.Table(
      columns: ["Method"] + (forecast.limit == nil ? [] : ["reaches the limit", "earliest", "latest"])
        + ["next", "95 % interval", "error", "of naive", "covered"],
      cells: ordered.map { item in
        let test = forecast.backtests.first { $0.method == item.method }
        return [Document.Cell(title(item.method))] + crossingCells(item) + nextCells(item) + [
          test.map { Document.Cell(amount($0.meanAbsoluteError), number: $0.meanAbsoluteError) } ?? "",
          test?.relativeError.map { Document.Cell(percentage($0), number: $0) } ?? "",
          test.map { Document.Cell(percentage($0.coveredShare), number: $0.coveredShare) } ?? "",
        ]
      })
  }

  /// The best first, those that could not be tried last.
  private var ordered: [FittedForecast] {
    let tried = forecast.backtests.compactMap { test in forecast.forecasts.first { $0.method == test.method }
    }
    return tried + forecast.forecasts.filter { item in !tried.contains { $0.method == item.method } }
  }

  private func crossingCells(_ item: FittedForecast) -> [Document.Cell] {
    switch forecast.crossing(item) {
    case nil: []
    case .reachedAlready: ["already", "", ""]
    case .reached(let at, let earliest, let latest):
      [
        Document.Cell(day(at)), Document.Cell(day(earliest)),
        Document.Cell(latest.map { day($0) } ?? "never"),
      ]
    case .never(let earliest): ["never", Document.Cell(earliest.map { day($0) } ?? "never"), ""]
    case .notWithin(let last, let earliest):
      [Document.Cell("not by \(day(last))"), Document.Cell(earliest.map { day($0) } ?? ""), ""]
    }
  }

  private func nextCells(_ item: FittedForecast) -> [Document.Cell] {
    guard let next = item.values(steps: 1).first else { return ["", ""] }
    return [
      Document.Cell(amount(next.value), number: next.value),
      Document.Cell("\(amountText(next.low)) – \(amountText(next.high))"),
    ]
  }

  func title(_ method: ForecastMethod) -> String {
    switch method {
    case .linear: "straight line"
    case .theilSen: "Theil–Sen line"
    case .additive: "Holt–Winters, added season"
    case .multiplicative: "Holt–Winters, multiplied season"
    case .smoothing: "smoothed level"
    case .seasonalNaive: forecast.season > 1 ? "as a season ago" : "as the last one"
    }
  }

  private var note: String {
    let best = forecast.backtests.first
    let tried =
      best.map {
        "Each method was tried from \($0.origins == 1 ? "1 moment" : "\($0.origins) moments") in the last third, "
          + "\($0.steps == 1 ? "1 step" : "\($0.steps) steps") ahead; error is the mean absolute one. "
      } ?? "The series is too short to try the methods on its past. "
    let caution =
      best?.method == .seasonalNaive
      ? "No method did better than repeating what was: mistrust the date. " : ""
    return tried + caution
      + "Intervals are of single values, 95 %; they take the method as right and the future as the past."
  }

  // MARK: Programs

  /// The report for programs.
  public var json: JSONValue {
    .object([
      "format": "relmodel/1", "command": "capacity forecast", "column": .string(file.column),
      "dated": .bool(file.isDated),
      "results": .object([
        "measurements": .integer(points.count), "limit": forecast.limit.map { .number($0) } ?? .null,
        "unit": unit.map { .string($0) } ?? .null, "season": .integer(forecast.season),
        "best": forecast.best.map { .string($0.method.rawValue) } ?? .null,
        "methods": .array(ordered.map(json)),
        "at": FittedLines(forecast)?.json(at: days, named: day) ?? .array([]),
        "leftOut": .array(
          forecast.leftOut.map { ["method": .string($0.method.rawValue), "reason": .string($0.reason)] }),
      ]),
    ])
  }

  private func json(_ item: FittedForecast) -> JSONValue {
    var members: [String: JSONValue] = ["method": .string(item.method.rawValue)]
    if let crossing = forecast.crossing(item) { members["limit"] = json(crossing) }
    members["next"] = .array(
      item.values(steps: max(12, forecast.season)).prefix(max(12, forecast.season)).enumerated().map {
        step, value in
        [
          "at": .string(day(item.day(step + 1))), "value": .number(value.value), "low": .number(value.low),
          "high": .number(value.high), "confidence": .number(value.confidence),
        ]
      })
    if let line = item.line {
      members["slopePerDay"] = .number(line.slope)
      members["intercept"] = .number(line.intercept)
    }
    if let squares = item.squaredErrors { members["squaredErrors"] = .number(squares) }
    if let weights = item.smoothing?.weights {
      members["weights"] = [
        "level": .number(weights.level), "trend": .number(weights.trend), "season": .number(weights.season),
        "damping": .number(weights.damping),
      ]
    }
    if let test = forecast.backtests.first(where: { $0.method == item.method }) {
      members["backtest"] = [
        "meanAbsoluteError": .number(test.meanAbsoluteError),
        "naiveMeanAbsoluteError": .number(test.naiveMeanAbsoluteError),
        "coveredShare": .number(test.coveredShare), "origins": .integer(test.origins),
        "steps": .integer(test.steps),
      ]
    }
    return .object(members)
  }

  private func json(_ crossing: LimitCrossing) -> JSONValue {
    switch crossing {
    case .reachedAlready: return ["outcome": "reached"]
    case .reached(let at, let earliest, let latest):
      return [
        "outcome": "reaches", "at": .string(day(at)), "day": .number(at), "earliest": .string(day(earliest)),
        "earliestDay": .number(earliest), "latest": latest.map { .string(day($0)) } ?? .null,
        "latestDay": latest.map { .number($0) } ?? .null,
      ]
    case .never(let earliest):
      return ["outcome": "never", "earliest": earliest.map { .string(day($0)) } ?? .null]
    case .notWithin(let last, let earliest):
      return [
        "outcome": "not-within", "by": .string(day(last)),
        "earliest": earliest.map { .string(day($0)) } ?? .null,
      ]
    }
  }
}
