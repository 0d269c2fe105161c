internal import Economics
internal import Quantities
internal import Stochastics

extension RoiReport {
  /// What chances are shares of.
  var trials: String {
    options.contains { $0.uncertain != nil } ? "draws and replications" : "replications"
  }

  /// How much of the spread is luck and how much is not knowing; none where all numbers are taken as known.
  var spreadBlocks: [Document.Block] {
    let drawn = options.filter { $0.uncertain != nil }
    guard !drawn.isEmpty else { return [] }
    return [.heading("Luck, and what is not known"), .table(spreadTable(drawn)), .table(measureTable(drawn))]
      + drawn.flatMap { remarks($0) }.map { .note($0) }
  }

  private func spreadTable(_ drawn: [Option]) -> Document.Table {
    Document.Table(
      columns: ["option", "NPV with", "P10", "P50", "P90", "above 0", "95 % interval"],
      cells: drawn.flatMap { option in
        let luck = ClusteredSample(option.returns.presentValues, groupSize: 1)
        let both = option.uncertain?.presentValues ?? luck
        return [row(option.name, "luck alone", luck), row(option.name, "both", both)]
      })
  }

  private func row(_ name: String, _ what: String, _ sample: ClusteredSample) -> [Document.Cell] {
    let above = sample.share(above: 0)
    return [Document.Cell(name), Document.Cell(what)]
      + [0.1, 0.5, 0.9].map { cell(sample.quantile($0)?.value) }
      + [
        above.map { Document.Cell(percentage($0.value), number: $0.value) } ?? "–",
        above.map { Document.Cell("\(percentage($0.low)) to \(percentage($0.high))") } ?? "–",
      ]
  }

  private func measureTable(_ drawn: [Option]) -> Document.Table {
    Document.Table(
      columns: ["option", "with both", "P10", "P50", "P90"],
      cells: drawn.flatMap { option in
        UncertainReturn.Measure.allCases.map { measure in
          [Document.Cell(option.name), Document.Cell(measure.label)]
            + [0.1, 0.5, 0.9].map { measured(option.uncertain?.percentile($0, of: measure), measure) }
        } + [rateRow(option)]
      })
  }

  /// Of the replications with one internal rate of return alone.
  private func rateRow(_ option: Option) -> [Document.Cell] {
    [Document.Cell(option.name), "IRR, where there is one"]
      + [0.1, 0.5, 0.9].map { rateCell(option.uncertain?.internalRates.percentile($0)) }
  }

  /// Hardly anything paid first makes rates that nobody can picture.
  private func rateCell(_ rate: Double?) -> Document.Cell {
    guard let rate, rate > 100 else { return share(rate) }
    return Document.Cell("above 10,000 %", number: rate)
  }

  private func rateNote(_ option: Option) -> String? {
    guard let rates = option.uncertain?.internalRates, rates.count > 0 else { return nil }
    let none = rates.none.map {
      "\($0.reason.rawValue) in \(percentage(Double($0.count) / Double(rates.count)))"
    }
    let why = none.isEmpty ? "" : ": \(none.joined(separator: ", "))"
    return
      "\(option.name): of \(trials) \(percentage(rates.shareWithOne)) have one internal rate of return, "
      + "\(percentage(rates.shareWithSeveral)) several, none of which is the return, and "
      + "\(percentage(rates.shareWithNone)) none\(why)."
  }

  private func measured(_ value: Double?, _ measure: UncertainReturn.Measure) -> Document.Cell {
    guard let value else { return measure == .paybackMonths ? "never" : "–" }
    switch measure {
    case .benefitCostRatio: return Document.Cell(significant(value, digits: 3), number: value)
    case .paybackMonths: return Document.Cell("\(significant(value, digits: 3)) months", number: value)
    case .returnOnInvestment, .returnOnPresentValues, .modifiedInternalRate: return share(value)
    }
  }

  private func remarks(_ option: Option) -> [String] {
    let rates = [rateNote(option)].compactMap { $0 }
    guard let found = option.uncertain, let shares = found.presentValues.shares else { return rates }
    let part = shares.between
    var notes =
      rates + [
        "\(option.name): \(percentage(part.value)) of the variance is what is not known, \(percentage(part.low)) to "
          + "\(percentage(part.high)) at \(percentage(part.confidence)), the rest luck; "
          + "\(grouped(found.draws)) draws of \(found.inputs.count) numbers, \(found.perDraw) replications each."
      ]
    if shares.furthestGroup > 0.2 {
      notes.append(
        "One draw alone makes \(percentage(shares.furthestGroup)) of that: some number rests on so few incidents that "
          + "nearly any value is possible. Trust percentiles, not shares of the variance.")
    }
    return notes
  }

  /// What was taken as known, and how the rest was drawn.
  var uncertaintyNotes: [String] {
    let held =
      frame.held.isEmpty
      ? [] : ["Stated as uncertain, and held at its value: \(frame.held.joined(separator: ", "))."]
    guard let found = options.compactMap(\.uncertain).first else {
      return held + [
        "Rates of failure are taken as known: the spread is that of luck over \(years), not of what is believed of them."
      ]
    }
    return held + [
      "NPV, its interval, returns and break-even values are those with every number as stated; percentiles and chances "
        + "draw \(found.inputs.count) numbers anew for every \(found.perDraw) replications: \(list(found.inputs)). Base and "
        + "options see the same draw of a number that both have. All other numbers are taken as known."
    ]
  }

  private func list(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
  }

  // MARK: JSON

  /// What draws of its numbers leave possible for programs.
  func json(_ found: UncertainReturn) -> JSONValue {
    var members: [String: JSONValue] = [
      "draws": .integer(found.draws), "replicationsPerDraw": .integer(found.perDraw),
      "inputs": .array(found.inputs.map { .string($0) }),
      "probabilityPositive": found.probabilityPositive?.json(unit: "1") ?? unknownJSON("no draw"),
      "npv": quantiles { found.presentValues.quantile($0)?.json(unit: frame.currency) },
    ]
    if let shares = found.presentValues.shares {
      members["unknownShareOfVariance"] = shares.between.json(unit: "1")
      members["variance"] = [
        "luck": .number(shares.withinVariance), "unknown": .number(shares.betweenVariance),
        "furthestDraw": .number(shares.furthestGroup),
      ]
    }
    members["internalRate"] = json(found.internalRates)
    for measure in UncertainReturn.Measure.allCases {
      members[measure.rawValue] = quantiles { p in
        found.percentile(p, of: measure).map { exactJSON($0, unit: measure.unit) }
      }
    }
    return .object(members)
  }

  private func json(_ rates: RateSample) -> JSONValue {
    let unknown = unknownJSON("no replication has one rate")
    func quantile(_ p: Double) -> JSONValue {
      rates.percentile(p).map { exactJSON($0, unit: "1/y") } ?? unknown
    }
    return [
      "shareWithOne": .number(rates.shareWithOne), "shareWithSeveral": .number(rates.shareWithSeveral),
      "shareWithNone": .number(rates.shareWithNone), "p10": quantile(0.1), "p50": quantile(0.5),
      "p90": quantile(0.9),
    ]
  }

  private func quantiles(_ value: (Double) -> JSONValue?) -> JSONValue {
    let unknown = unknownJSON("not in so many replications")
    return ["p10": value(0.1) ?? unknown, "p50": value(0.5) ?? unknown, "p90": value(0.9) ?? unknown]
  }
}

extension UncertainReturn.Measure {
  fileprivate var label: String {
    switch self {
    case .returnOnInvestment: "ROI"
    case .returnOnPresentValues: "ROI of PV"
    case .benefitCostRatio: "benefit/cost"
    case .modifiedInternalRate: "MIRR"
    case .paybackMonths: "payback"
    }
  }

  fileprivate var unit: String {
    switch self {
    case .modifiedInternalRate: "1/y"
    case .paybackMonths: "months"
    case .returnOnInvestment, .returnOnPresentValues, .benefitCostRatio: "1"
    }
  }
}
