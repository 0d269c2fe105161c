internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// What the policies of one dependency do, worked out without a simulation: per outage on average, and when all is well.
struct PolicyFacts {
  /// One way in which the callee fails, or a part of it, and its mean outage.
  struct Way {
    let name: String
    let outageHours: Double
    /// Whether it is a member of a group that fails, and others answer all calls.
    let othersAnswer: Bool
    private let timings: EdgeTimings
    private let outcome: EdgeOutcome

    init(_ name: String, outageHours: Double, othersAnswer: Bool, _ timings: EdgeTimings) {
      self.name = othersAnswer ? "\(name), others answer" : name
      (self.outageHours, self.othersAnswer, self.timings) = (outageHours, othersAnswer, timings)
      outcome = timings.outcome(outageHours: outageHours)
    }

    /// How long an outage may be that fails no call. Where the callee answers all of them, though late, breaker and slots
    /// have to refuse them.
    var masksUpToHours: Double {
      guard !othersAnswer else { return .infinity }
      guard timings.callFailedShare == 0 else { return timings.schedule.spanHours }
      let refused = min(opensAfterHours, callerFullAfterHours)
      return refused.isFinite || outcome.failedHours == 0 ? refused : timings.schedule.spanHours
    }

    /// How long a call waits for its failure that breaker and slots let through; `nil` where all of them are answered.
    var failsAfterHours: Double? {
      !othersAnswer && timings.callFailedShare > 0 ? timings.failedCallHours : nil
    }

    var amplification: Double { othersAnswer ? 1 : timings.amplification }
    var opensAfterHours: Double { othersAnswer ? .infinity : timings.opensAfterHours }
    var callerFullAfterHours: Double { othersAnswer ? .infinity : timings.callerFullAfterHours }
    var failedHours: Double { othersAnswer ? 0 : outcome.failedHours }
    var tailHours: Double { othersAnswer ? 0 : outcome.tailHours }
  }

  let edge: CompiledEdge
  let ways: [Way]

  init(_ edge: CompiledEdge, in graph: CompiledGraph) {
    self.edge = edge
    let units = graph.units(below: [edge.callee])
    let below = graph.processes.filter { $0.takesDown && !units.isDisjoint(with: $0.units) }
    var known: [[Int]: Bool] = [:]
    let spared = below.map { process in
      let hit = graph.components(hitBy: process)
      let isSpared = known[hit] ?? graph.othersAnswer(at: edge.callee, without: hit)
      known[hit] = isSpared
      return isSpared
    }
    ways = graph.failures.ways.indices.flatMap { way in
      [false, true].compactMap { othersAnswer in
        let own = zip(below, spared).filter {
          graph.failures.wayOfCause[$0.cause] == way && $1 == othersAnswer
        }.map(\.0)
        let frequency = own.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) }
        let down = own.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) * ($1.meanOutageHours ?? 0) }
        guard frequency > 0 else { return nil }
        return Way(
          graph.failures.ways[way].name, outageHours: down / frequency, othersAnswer: othersAnswer,
          edge.timings[way])
      }
    }
  }

  private var policies: EdgePolicies { edge.policies }

  // MARK: Document

  var blocks: [Document.Block] {
    [.heading("Policies of \(edge.name)")] + (ways.isEmpty ? [] : [.table(table)])
      + (steady.isEmpty ? [] : [.facts(steady)])
  }

  /// What the table of one outage takes for granted.
  static let note = Document.Block.note(
    "Masked up to: a longer outage fails calls. A call fails in: what one waits for its failure that breaker and slots let "
      + "through; they refuse others. Calls fail: a share of them counts in proportion. Tail: the time after the callee's "
      + "return in which some calls still fail. For one outage of the mean length, with calls evenly apart: simulate draws "
      + "lengths and calls, so that a breaker opens sooner or later, and at times once more or less.")

  /// What a table says of members of groups; `nil` where it says nothing of such.
  var groupNote: Document.Block? {
    guard ways.contains(where: \.othersAnswer) else { return nil }
    return .note(
      "Others answer: what fails is one of several that can be called, and the rest is enough while nothing else fails."
    )
  }

  private var table: Document.Table {
    Document.Table(
      columns: [
        "While it", "masked up to", "a call fails in", "attempts", "breaker opens", "slots used up",
        "mean outage",
        "calls fail", "tail",
      ],
      cells: ways.map { way in
        [
          .init(way.name), span(way.masksUpToHours, never: "any length"), failing(way),
          times(way.amplification), after(way.opensAfterHours), after(way.callerFullAfterHours),
          span(way.outageHours), span(way.failedHours), span(way.tailHours),
        ]
      })
  }

  private func failing(_ way: Way) -> Document.Cell { way.failsAfterHours.map { span($0) } ?? "–" }

  private func span(_ hours: Double, never: String = "never") -> Document.Cell {
    .init(TimeSpan(hours: hours)?.description ?? never, number: hours.isFinite ? hours : nil)
  }

  private func after(_ hours: Double) -> Document.Cell {
    hours == 0 ? .init("at once", number: 0) : span(hours)
  }

  private func times(_ number: Double) -> Document.Cell {
    .init("× \(significant(number, digits: 3).trimmingZeros)", number: number)
  }

  // MARK: When all is well

  private var steady: [Document.Fact] { attemptFact + tripFact + poolFacts + limitFact }

  private var attemptFact: [Document.Fact] {
    guard let traffic = policies.traffic, let attempts = policies.attemptsPerHour else { return [] }
    return [
      Document.Fact(
        "When all is well",
        "\(significant(attempts / traffic.calls.perHour, digits: 4).trimmingZeros) attempts a call",
        ["\(percentage(traffic.errors.value)) of attempts fail"],
        number: .init(attempts / traffic.calls.perHour))
    ]
  }

  private var tripFact: [Document.Fact] {
    guard let trips = policies.falseTrips, let perHour = trips.perHour else { return [] }
    let perYear = perHour * 8760
    let text =
      perYear < 1e-6
      ? "practically never" : "\(trips.isBound ? "at most " : "")\(significant(perYear, digits: 3)) a year"
    var refused = 0.0
    if let pool = policies.bulkhead, let load = loads?.attempt {
      refused = pool.longRun(offered: load).refusedShare
    }
    return [
      Document.Fact(
        "Opens by chance", text,
        refused > PolicyFacts.toldRefusals
          ? ["by errors; refusals of the bulkhead come in runs and add to it"] : [],
        number: .init(perYear, "1/y"))
    ]
  }

  /// The share of attempts that a bulkhead refuses when all is well from which on its breaker feels them.
  private static var toldRefusals: Double { 0.001 }

  private var poolFacts: [Document.Fact] {
    var facts: [Document.Fact] = []
    if let pool = policies.bulkhead, let load = loads?.attempt { facts.append(fact("Bulkhead", pool, load)) }
    if let pool = policies.callerPool, let load = loads?.call {
      facts.append(fact("Slots of the caller", pool, load + policies.slotsHeldByOthers))
    }
    return facts
  }

  /// Calls in slots of one unit on average, Little's law: those of attempts, and those of whole calls.
  private var loads: (attempt: Double, call: Double)? {
    guard let traffic = policies.traffic, let attempts = policies.attemptsPerHour else { return nil }
    let perUnit = 1 / Double(policies.callers)
    let waits = policies.retry.map { retry in
      zip(retry.waits, 1...).reduce(0.0) { sum, next in
        sum + next.0.meanHours * (0..<next.1).reduce(1.0) { share, _ in share * traffic.errors.value }
      }
    }
    let busy = attempts * traffic.latency.mean
    return (busy * perUnit, (busy + traffic.calls.perHour * (waits ?? 0)) * perUnit)
  }

  private func fact(_ label: String, _ pool: Pool, _ load: Double) -> Document.Fact {
    let run = pool.longRun(offered: load)
    return Document.Fact(
      label, "\(significant(load, digits: 3).trimmingZeros) of \(pool.slots) slots busy",
      [
        "\(share(run.refusedShare)) refused",
        pool.queue > 0 ? "exponential holding times assumed" : "Erlang B",
      ], number: .init(run.refusedShare))
  }

  private var limitFact: [Document.Fact] {
    guard let limit = policies.rateLimit, let attempts = policies.attemptsPerHour else { return [] }
    let refused = limit.refusedShare(attemptsPerHour: attempts)
    return [Document.Fact("Rate limit refuses", share(refused), number: .init(refused))]
  }

  private func share(_ value: Double) -> String { value < 1e-12 ? "practically none" : percentage(value) }

  // MARK: JSON

  /// What programs call the facts of the long run.
  private static let keys = [
    "When all is well": "attemptsPerCall", "Opens by chance": "falseTripsPerYear",
    "Bulkhead": "bulkheadRefusedShare",
    "Slots of the caller": "callerSlotsRefusedShare", "Rate limit refuses": "rateLimitRefusedShare",
  ]

  var json: JSONValue {
    func hours(_ value: Double) -> JSONValue {
      value.isFinite ? exactJSON(value, unit: "h") : unknownJSON("never")
    }
    let table = ways.map { way -> JSONValue in
      [
        "while": .string(way.name), "masksUpTo": hours(way.masksUpToHours),
        "callFailsIn": way.failsAfterHours.map { hours($0) } ?? unknownJSON("all are answered"),
        "amplification": .number(way.amplification), "breakerOpensAfter": hours(way.opensAfterHours),
        "callerSlotsUsedUpAfter": hours(way.callerFullAfterHours), "meanOutage": hours(way.outageHours),
        "callsFailFor": hours(way.failedHours), "tail": hours(way.tailHours),
        "othersAnswer": .bool(way.othersAnswer),
      ]
    }
    return [
      "dependency": .string(edge.name), "outages": .array(table),
      "steady": .object(
        Dictionary(
          uniqueKeysWithValues: steady.compactMap { fact in
            fact.number.map { (PolicyFacts.keys[fact.label] ?? fact.label, .number($0.value)) }
          })),
    ]
  }
}

extension CalleeFailure {
  /// What the callee does, after "while it".
  fileprivate var name: String {
    switch self {
    case .failsFast(let share, _): share.complement > 0 ? "fails \(percentage(share.value))" : "refuses"
    case .hangs: "hangs"
    case .slow(_, let errors): errors.share > 0 ? "is slow or fails \(percentage(errors.share))" : "is slow"
    }
  }
}
