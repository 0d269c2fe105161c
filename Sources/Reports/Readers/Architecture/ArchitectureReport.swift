internal import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What a review of a design asks: what hangs on what, what takes the service down alone, what a lost zone does, where downtime
/// comes from, and what changes would do.
public struct ArchitectureReport: Sendable {
  /// The design with a change.
  public struct WhatIf: Sendable {
    /// The change, as it was typed.
    public let name: String
    /// What the exact engine says of the changed design; `nil` where it has no answer.
    public let results: [SteadyStateResult]?

    /// The design with a change.
    public init(name: String, results: [SteadyStateResult]?) {
      self.name = name
      self.results = results
    }
  }

  let header: ResultHeader
  let results: [SteadyStateResult]
  let intervals: [HistoryInterval?]
  let checks: [CrossCheck]
  let losses: DomainLossTable
  let whatIfs: [WhatIf]

  /// A report.
  ///
  /// - Parameters:
  ///   - results: one for each capability, in the order declared.
  ///   - intervals: for each capability, the interval that few incidents deserve, where any are bound.
  ///   - checks: comparisons with a simulation; empty when none was run.
  public init(
    header: ResultHeader, results: [SteadyStateResult], intervals: [HistoryInterval?], checks: [CrossCheck],
    losses: DomainLossTable, whatIfs: [WhatIf]
  ) {
    self.header = header
    self.results = results
    self.intervals = intervals
    self.checks = checks
    self.losses = losses
    self.whatIfs = whatIfs
  }

  var model: Model { header.graph.model }

  /// The report.
  ///
  /// - Parameters:
  ///   - command: what was typed.
  ///   - seed: that of the cross-check.
  ///   - replications: how many the cross-check had at most.
  public func readerReport(command: String, seed: UInt64, replications: Int) -> ReaderReport {
    ReaderReport(
      for: .architecture, title: "Architecture of \(model.title ?? model.name)", headline: headline,
      sections: sections, unknowns: ReportUnknowns(of: [(model.name, header)], notes: leftOut),
      assumptions: ReportAssumptions(of: [model], and: []),
      method: ReportMethod(
        "Exact long-run availability by decision diagram over all failure processes; what comes from the history has the interval "
          + "that its few incidents deserve.", methodNotes, command: command,
        seed: checks.isEmpty ? nil : seed, replications: checks.isEmpty ? nil : replications,
        blocks: header.historyBlocks))
  }

  /// One line for each part, in the order in which it is read.
  private var sections: [any ReportSection] {
    [
      CapabilitySection(self), GraphSection(self), SinglePointSection(self), DomainSection(self),
      ContributionSection(self), WhatIfSection(self), StatedRisksSection(of: model),
    ]
  }

  private var leftOut: [String] {
    let approximated = results.enumerated().flatMap { index, result in
      (result.approximations + header.sampledRestores(ofCapability: index)).map {
        "\(result.capability) is approximated: \($0)."
      }
    }
    let queues =
      header.graph.queues.isEmpty
      ? [] : ["Queues change no availability here; relmodel simulate follows their messages."]
    return approximated + queues
  }

  private var methodNotes: [String] {
    let checked =
      checks.isEmpty
      ? ["No simulation checks these numbers."]
      : checks.map { check in
        let fact = check.fact
        return "Cross-check of \(check.capability): \(fact.value), \(fact.remarks.joined(separator: ", "))."
      }
    return checked + intervals.compactMap { $0?.explanation }
      + header.graph.commonCauseConventions.map { "Common cause \($0)." } + [header.conventionText]
  }

  // MARK: Headline

  private var headline: String {
    guard let result = results.first else { return "\(model.name) has no capability." }
    let text = Availability(unavailability: min(1, result.unavailability))?.text(digits: 4) ?? ""
    let interval = intervals.first.flatMap { $0 }.map { found in
      " (95 % interval \(header.perYear(found.unavailability.low)) to \(header.perYear(found.unavailability.high)))"
    }
    return
      "\(result.capability) is up \(text) of the time, down \(header.perYear(result.unavailability)) a year\(interval ?? "")"
      + "\(promise(result)). \(points(result)) \(zones)"
  }

  private func promise(_ result: SteadyStateResult) -> String {
    guard let objective = model.capabilities.first?.objectives.first else { return "" }
    let isMet = result.unavailability <= objective.availability.unavailability
    return "; \(objective.availability) is promised, and \(isMet ? "met" : "missed") on average"
  }

  private func points(_ result: SteadyStateResult) -> String {
    guard !result.singlePoints.isEmpty else { return "Nothing takes it down alone." }
    let names = result.singlePoints.prefix(4).map(\.entity).joined(separator: ", ")
    let more = result.singlePoints.count > 4 ? " and \(result.singlePoints.count - 4) more" : ""
    return "Alone take it down: \(names)\(more)."
  }

  private var zones: String {
    let rows = losses.rows.filter { $0.domains.count == 1 && $0.domains[0].kind == .zone }
    guard !rows.isEmpty else { return "The model names no zones." }
    let lost = rows.filter { $0.capabilities.first?.atOnce == .down }
    guard !lost.isEmpty else { return "No loss of a single zone takes it down." }
    let lasting = lost.filter { $0.capabilities.first?.afterFailover == .down }
    let passing = lost.filter { $0.capabilities.first?.afterFailover != .down }
    let sentences =
      (lasting.isEmpty ? [] : ["The loss of \(names(lasting)) takes it down."])
      + (passing.isEmpty ? [] : ["The loss of \(names(passing)) takes it down until failover."])
    return sentences.joined(separator: " ")
  }

  private func names(_ losses: [DomainLoss]) -> String { losses.map(\.name).joined(separator: " or ") }
}
