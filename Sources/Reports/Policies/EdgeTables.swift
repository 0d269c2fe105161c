internal import Quantities
internal import Simulation
internal import Stochastics

/// What policies did in a simulation: what callers saw, and what became of the callers' slots.
struct EdgeTables {
  private let edges: [EdgeEstimate]
  /// Hours in a year, over those of the estimates' year.
  private let scale: Double

  init(_ edges: [EdgeEstimate], hoursPerYear: Double) {
    self.edges = edges
    scale = hoursPerYear / 8760
  }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !edges.isEmpty else { return [] }
    var blocks: [Document.Block] = [.table(outageTable)]
    let endangered = edges.filter { !hasNoCascade($0) }
    if !endangered.isEmpty { blocks.append(.table(cascadeTable(endangered))) }
    let counted = edges.filter { $0.callsPerHour != nil }
    if !counted.isEmpty { blocks.append(.table(callTable(counted))) }
    blocks.append(
      .note(
        "Per year. Masked: of the times from a callee's loss until all is well again, those in which no call failed. Calls "
          + "fail: a share of them counts in proportion. Tail: the time after the callee's return in which some calls still "
          + "fail. Outages under way at the start count from then on."))
    return blocks + limitNotes
  }

  /// Below this share of attempts a rate limit counts as never in the way.
  private static let negligible = 0.001

  /// What rate limits refuse when all is well is in no number of an outage.
  private var limitNotes: [Document.Block] {
    edges.filter { $0.refusedWhenWell > EdgeTables.negligible }.map { edge in
      .note(
        "\(edge.name): its rate limit refuses \(percentage(edge.refusedWhenWell)) of the attempts even when all is well. They "
          + "count neither as failed calls nor as downtime here; relmodel explain works them out.")
    }
  }

  var outageTable: Document.Table {
    Document.Table(
      columns: [
        "Policies", "callee lost", "down", "masked", "calls fail", "fallback", "tail", "breaker opens",
      ],
      cells: edges.map { edge in
        [
          .init(edge.name), count(edge.outages), hours(edge.calleeDownHours), masked(edge),
          hours(edge.failedHours), hours(edge.fallbackHours), hours(edge.tailHours), count(edge.openings),
        ]
      })
  }

  private func hasNoCascade(_ edge: EdgeEstimate) -> Bool {
    [edge.cascadesCaused, edge.cascadesPreventedByBreaker, edge.cascadesPreventedByBulkhead].allSatisfy {
      $0.value == 0
    }
  }

  private func cascadeTable(_ edges: [EdgeEstimate]) -> Document.Table {
    Document.Table(
      columns: ["Slots of the caller", "used up", "caller down", "kept by breaker", "by bulkhead"],
      cells: edges.map { edge in
        [
          .init(edge.name), count(edge.cascadesCaused), hours(edge.callerDownHours),
          count(edge.cascadesPreventedByBreaker), count(edge.cascadesPreventedByBulkhead),
        ]
      })
  }

  private func callTable(_ edges: [EdgeEstimate]) -> Document.Table {
    Document.Table(
      columns: ["Calls a year", "made", "failed", "served by fallback"],
      cells: edges.map { edge in
        let calls = edge.callsPerHour ?? 0
        return [
          .init(edge.name), .init(grouped(calls * 8760 * scale, decimals: 0), number: calls * 8760 * scale),
          count(edge.failedHours.multiplied(by: calls)), count(edge.fallbackHours.multiplied(by: calls)),
        ]
      })
  }

  private func masked(_ edge: EdgeEstimate) -> Document.Cell {
    edge.maskedShare.map { .init($0.shareText, number: $0.value) } ?? "none seen"
  }

  private func count(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0 else { return .init("0", number: 0) }
    let text = own.value >= 1000 ? grouped(own.value, decimals: 0) : significant(own.value, digits: 3)
    let error =
      own.halfWidth >= 1000 ? grouped(own.halfWidth, decimals: 0) : significant(own.halfWidth, digits: 1)
    return .init("\(text) ± \(error)", number: own.value)
  }

  private func hours(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0, let span = TimeSpan(hours: own.value), let error = TimeSpan(hours: own.halfWidth)
    else {
      return .init("0", number: 0)
    }
    return .init("\(span) ± \(error)", number: own.value)
  }

  // MARK: JSON

  var json: JSONValue { .array(edges.map(json)) }

  private func json(_ edge: EdgeEstimate) -> JSONValue {
    func perYear(_ estimate: Estimate) -> JSONValue { estimate.multiplied(by: scale).json(unit: "1/y") }
    func hours(_ estimate: Estimate) -> JSONValue { estimate.multiplied(by: scale).json(unit: "h/y") }
    func calls(_ estimate: Estimate) -> JSONValue {
      edge.callsPerHour.map { perYear(estimate.multiplied(by: $0)) } ?? unknownJSON("no traffic is stated")
    }
    return [
      "dependency": .string(edge.name), "calleeOutagesPerYear": perYear(edge.outages),
      "episodesPerYear": perYear(edge.episodes), "maskedPerYear": perYear(edge.masked),
      "maskedShare": edge.maskedShare.map { .number($0.value) } ?? unknownJSON("no outage was seen"),
      "maskedShareInterval": edge.maskedShare?.json(unit: "1") ?? unknownJSON("no outage was seen"),
      "calleeDownHoursPerYear": hours(edge.calleeDownHours), "failedHoursPerYear": hours(edge.failedHours),
      "fallbackHoursPerYear": hours(edge.fallbackHours), "tailHoursPerYear": hours(edge.tailHours),
      "breakerOpeningsPerYear": perYear(edge.openings), "cascadesCausedPerYear": perYear(edge.cascadesCaused),
      "callerDownHoursPerYear": hours(edge.callerDownHours),
      "cascadesPreventedByBreakerPerYear": perYear(edge.cascadesPreventedByBreaker),
      "cascadesPreventedByBulkheadPerYear": perYear(edge.cascadesPreventedByBulkhead),
      "callsFailedPerYear": calls(edge.failedHours),
      "callsServedByFallbackPerYear": calls(edge.fallbackHours),
      "rateLimitRefusedShare": .number(edge.refusedWhenWell),
    ]
  }
}
