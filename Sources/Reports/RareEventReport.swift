public import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
public import Simulation
internal import Stochastics

/// Rare failures by importance sampling, as a document and as JSON.
public struct RareEventReport: Sendable {
  private let header: ResultHeader
  private let result: RareEventResult
  private let plan: SimulationPlan
  private let exact: [SteadyStateResult]?

  /// A report; `exact` is what the exact engine says, where it has an answer.
  public init(
    header: ResultHeader, result: RareEventResult, plan: SimulationPlan, exact: [SteadyStateResult]?
  ) {
    self.header = header
    self.result = result
    self.plan = plan
    self.exact = exact
  }

  /// An interval that rests on fewer equal weights is not to be trusted.
  private static let fewHits = 100.0

  // MARK: Document

  /// The report for people.
  public var document: Document {
    let windows = result.capabilities.reduce(0) { $0 + $1.replications }
    var document = Document(
      title:
        "\(header.graph.model.name) · rare failures forced · \(grouped(windows)) windows · seed \(plan.seed)"
        + (result.isPartial ? " · partial" : ""))
    for estimate in result.capabilities {
      if result.capabilities.count > 1 { document.blocks.append(.heading(estimate.name)) }
      document.blocks.append(.facts(facts(estimate)))
      if estimate.effectiveHits < RareEventReport.fewHits, estimate.hits > 0 {
        document.blocks.append(
          .note(
            "Too few failures were seen for this interval to be trusted; let more windows run: --replications."
          ))
      }
    }
    document.blocks += untilNote
    document.blocks.append(.note(methodText))
    document.blocks += header.footnotes()
    return document
  }

  private func facts(_ estimate: RareEstimate) -> [Document.Fact] {
    guard let down = estimate.unavailability else {
      return [
        Document.Fact("Unavailability", "no failure seen", ["in \(grouped(estimate.replications)) windows"])
      ]
    }
    let interval =
      "\(percentage(down.confidence)) CI \(significant(down.low, digits: 4)) – \(significant(down.high, digits: 4))"
    var facts = [
      Document.Fact(
        "Unavailability", significant(down.value, digits: 4),
        ["± \(percentage(estimate.relativeError))", interval],
        number: .init(down.value)),
      Document.Fact(
        "Downtime a year", header.perYear(down.value).description, ["± \(header.perYear(down.halfWidth))"],
        number: .init(down.value * header.conventions.hoursPerYear, "h")),
    ]
    if let outages = estimate.outagesPerYear {
      facts.append(
        Document.Fact(
          "Outages a year", significant(outages.value, digits: 3),
          [
            "± \(significant(outages.halfWidth, digits: 1))",
            "one every \(TimeSpan(hours: header.conventions.hoursPerYear / outages.value)?.description ?? "")",
          ], number: .init(outages.value)))
    }
    facts.append(
      Document.Fact(
        "Seen", "\(grouped(estimate.hits)) of \(grouped(estimate.replications)) windows",
        ["worth \(grouped(Int(estimate.effectiveHits))) of equal weight"]))
    facts.append(
      Document.Fact(
        "Ways to fail", "\(grouped(estimate.ways)) found and forced",
        ["about \(percentage(estimate.unseenShare)) of the pilots' failures go another way"]))
    return facts + exactFact(estimate, down)
  }

  private func exactFact(_ estimate: RareEstimate, _ down: Estimate) -> [Document.Fact] {
    guard let own = exact?.first(where: { $0.capability == estimate.name }) else { return [] }
    let wide = down.restated(confidence: CrossCheck.confidence)
    let isFew = estimate.effectiveHits < RareEventReport.fewHits
    let verdict =
      // What few hits did not show may weigh more than all they did.
      if isFew, own.unavailability >= wide.low {
        "too few failures (worth \(grouped(Int(estimate.effectiveHits))) of equal weight) to check"
      } else if wide.low <= own.unavailability, own.unavailability <= wide.high {
        "inside the simulation's 99.9 % interval"
      } else {
        "outside the simulation's 99.9 % interval"
      }
    return [
      Document.Fact(
        "Cross-check", "exact \(significant(own.unavailability, digits: 4))",
        [verdict]
          + (own.approximations.isEmpty ? [] : ["the exact engine approximates"]))
    ]
  }

  private var methodText: String {
    let burnIn =
      result.burnInHours > 0
      ? ", of which the first \(TimeSpan(hours: result.burnInHours)?.description ?? "") let roles settle" : ""
    return
      "Importance sampling: windows of \(TimeSpan(hours: result.windowHours)?.description ?? "") of the long run"
      + "\(burnIn), failures forced as often as pilot runs saw them take part in an outage, each window weighted by "
      + "natural over forced probability."
  }

  /// Whether the windows were enough for the error asked for, or for 1 % where none was.
  private var untilNote: [Document.Block] {
    let asked = "± \(percentage(plan.relativeError ?? 0.01)) of the unavailability"
    if result.reaches(relativeError: plan.relativeError ?? 0.01) {
      return plan.relativeError == nil ? [] : [.note("Stopped once every interval was at most \(asked).")]
    }
    guard let widest = result.capabilities.max(by: { $0.relativeError < $1.relativeError }) else { return [] }
    let reached =
      widest.relativeError.isFinite
      ? "± \(significant(widest.relativeError * 100, digits: 2)) %" : "no failure seen"
    return [
      .note(
        "Not reached: \(asked) was \(plan.relativeError == nil ? "the aim" : "asked for"). After "
          + "\(grouped(widest.replications)) windows the widest interval: \(reached). More: --replications.")
    ]
  }

  // MARK: JSON

  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    var capabilities: [String: JSONValue] = [:]
    let unseen = unknownJSON("no failure was seen, even forced")
    for estimate in result.capabilities {
      let hours = header.conventions.hoursPerYear
      var members: [String: JSONValue] = [
        "unavailability": estimate.unavailability?.json(unit: "1") ?? unseen,
        "downtimeHoursPerYear": estimate.unavailability?.multiplied(by: hours).json(unit: "h/y") ?? unseen,
        "outagesPerYear": estimate.outagesPerYear?.json(unit: "1/y") ?? unseen,
        "windows": .integer(estimate.replications), "hits": .integer(estimate.hits),
        "effectiveHits": .number(estimate.effectiveHits), "ways": .integer(estimate.ways),
        "unseenShare": .number(estimate.unseenShare),
      ]
      if let own = exact?.first(where: { $0.capability == estimate.name }) {
        members["exactUnavailability"] = .number(own.unavailability)
      }
      capabilities[estimate.name] = .object(members)
    }
    var results: [String: JSONValue] = [
      "capabilities": .object(capabilities), "method": "importance sampling",
      "seed": .string("\(plan.seed)"),
      "windowHours": .number(result.windowHours), "burnInHours": .number(result.burnInHours),
      "partial": .bool(result.isPartial),
    ]
    if let error = plan.relativeError {
      results["until"] = [
        "relativeError": .number(error), "reached": .bool(result.reaches(relativeError: error)),
      ]
    }
    return header.json(command: "simulate", results: results, run: run)
  }
}
