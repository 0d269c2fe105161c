internal import Billing
internal import CloudCost
internal import FoundationEssentials
public import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

extension RefundReport {
  /// The report for people.
  public var document: Document {
    let plan = result.plan
    let years = plan.years == 1 ? "1 year" : "\(significant(plan.years, digits: 4)) years"
    let partial = result.isPartial ? " · partial: \(grouped(plan.replications)) asked for" : ""
    var document = Document(
      title: "\(header.graph.model.name) · provider credits, if claimed in time · \(years) · "
        + "\(grouped(result.replications)) replications · seed \(plan.seed)\(partial)")
    if !rows.isEmpty { document.blocks.append(.table(table)) }
    document.blocks.append(.note(headline))
    if !exceptions.isEmpty {
      document.blocks.append(.heading("Not followed"))
      document.blocks.append(.facts(exceptions.map { Document.Fact($0.name, $0.reason) }))
    }
    document.blocks.append(.heading("How it is counted"))
    document.blocks += notes.map { .note($0) }
    document.blocks += header.historyBlocks
    document.blocks.append(.note(header.conventionText))
    return document
  }

  private func money(_ amount: Double) -> String {
    Money.text(amount, currency: resources.currency, decimals: 2)
  }

  private var table: Document.Table {
    Document.Table(
      columns: [
        "resource", "agreement", "promised", "months below", "\(percentage(confidence)) interval",
        "costs a month", "paid back a year", "\(percentage(confidence)) interval",
      ], cells: rows.map(cells))
  }

  private var confidence: Double { result.plan.confidence }

  private func cells(_ row: Row) -> [Document.Cell] {
    let agreement = row.resource.agreement
    let below = row.monthsBelow
    let price = Money(row.resource.monthly, currency: resources.currency).double
    return [
      Document.Cell(row.resource.name), Document.Cell("\(agreement.service), \(agreement.scope)"),
      Document.Cell("\(agreement.commitment)"), Document.Cell(share(below.value), number: below.value),
      Document.Cell("\(share(below.low)) – \(share(below.high))"),
      Document.Cell(price > 0 ? money(price) : "unknown", number: price > 0 ? price : nil),
      row.perYear.map { Document.Cell(money($0.value), number: $0.value) } ?? "unknown",
      Document.Cell(row.perYear.map { "\(money($0.low)) – \(money($0.high))" } ?? ""),
    ]
  }

  private func share(_ value: Double) -> String { "\(significant(value * 100, digits: 3)) %" }

  private var headline: String {
    guard let total else { return "No resource here is known to be paid back anything." }
    return
      "Provider credits, if claimed in time: \(money(total.value)) a year, \(money(total.low)) to \(money(total.high)) at "
      + "least at \(percentage(confidence)). They pay for resources, not for downtime: no cost of downtime has them taken off."
  }

  /// What the figures rest on, and what they leave out.
  var notes: [String] {
    [
      "What is promised is what is paid back below it, and no estimate of availability: how often months are below "
        + "comes from the model alone. Agreements: \(resources.table).",
      "A calendar month counts whose uptime, as the model counts it, is below the promise; the highest step it is "
        + "below gives its share of the month's charges. The provider counts by the minute or by requests, only what it is "
        + "to blame for, and often only when everything is down: take this as at most.",
    ] + memberNotes + attribution + unknownNotes + standingNotes
  }

  /// How those are counted of which each instance is promised by itself, or which are promised by their errors.
  private var memberNotes: [String] {
    let several = rows.filter { $0.resource.isOfEach }
    let byErrors = rows.filter { $0.resource.agreement.priceService == "s3" }
    let each =
      several.isEmpty
      ? []
      : [
        "Of \(list(several.map { "\($0.resource.name) (\($0.resource.members.count))" })) each instance is promised and "
          + "followed by itself: months below are those of all instances, and each pays back its own share. Their intervals "
          + "hold whatever the instances have in common."
      ]
    let errors =
      byErrors.isEmpty
      ? []
      : [
        "\(list(byErrors.map(\.resource.name))): uptime is 100 % less the mean error rate of five minutes; every request is "
          + "taken to fail while it is down, none while it is up, and requests to come at all times."
      ]
    return each + errors
  }

  private var attribution: [String] {
    rows.filter { !$0.unattributed.isEmpty }.map { row in
      "\(row.resource.name): nobody says whose fault \(list(row.unattributed)) is; it counts. State fault-of: provider or us."
    }
  }

  private var unknownNotes: [String] {
    rows.flatMap { row -> [String] in
      var notes: [String] = []
      let name = row.resource.name
      if !row.leftOut.isEmpty {
        notes.append("\(name): leaves out \(list(row.leftOut)), whose rate is not known.")
      }
      if !row.resource.openLines.isEmpty {
        notes.append("\(name): without lines whose amount is not known: \(list(row.resource.openLines)).")
      }
      if row.resource.agreement.steps.isEmpty {
        notes.append("\(name): nobody says what \(row.resource.agreement.service) gives back.")
      }
      return notes
    }
  }

  /// Agreements that were not seen as a whole where they are from.
  private var standingNotes: [String] {
    var seen: [String] = []
    return rows.map(\.resource.agreement).compactMap { agreement in
      guard agreement.origin.standing != .published, !seen.contains(agreement.name) else { return nil }
      seen.append(agreement.name)
      return
        "\(agreement.service), \(agreement.scope): \(agreement.origin.standing.rawValue); \(agreement.note)."
    }
  }

  private func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}

extension RefundReport {
  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    header.json(
      command: "refunds",
      results: [
        "resources": .object(Dictionary(rows.map { ($0.resource.name, json($0)) }) { first, _ in first }),
        "total": totalJSON, "agreements": .string(resources.table),
        "notFollowed": .array(
          exceptions.map { ["resource": .string($0.name), "reason": .string($0.reason)] }),
        "notes": .array(notes.map { .string($0) }), "replications": .integer(result.replications),
        "seed": .string("\(result.plan.seed)"), "years": .number(result.plan.years),
        "partial": .bool(result.isPartial),
      ], run: run)
  }

  private var totalJSON: JSONValue {
    guard let total else { return unknownJSON("no resource is known to be paid back anything") }
    func text(_ amount: Double) -> JSONValue { .string(String(format: amount)) }
    return [
      "value": text(total.value), "low": text(total.low), "high": text(total.high),
      "confidence": .number(confidence), "unit": .string("\(resources.currency)/y"),
    ]
  }

  private func json(_ row: Row) -> JSONValue {
    let agreement = row.resource.agreement
    return [
      "agreement": .string(agreement.name), "service": .string(agreement.service),
      "scope": .string(agreement.scope), "followed": .integer(row.resource.members.count),
      "commitment": .number(1 - agreement.commitment.unavailability),
      "standing": .string(agreement.origin.standing.rawValue), "source": .string(agreement.origin.source),
      "date": .string(agreement.origin.date), "monthsBelow": row.monthsBelow.json(unit: "1"),
      "monthly": [
        "value": .string("\(row.resource.monthly)"), "unit": .string("\(resources.currency)/month"),
      ],
      "paidBackPerYear": row.perYear?.moneyJSON(perYear: resources.currency)
        ?? unknownJSON("what it costs, or what is given back, is not known"),
      "unattributed": .array(row.unattributed.map { .string($0) }),
      "leavesOut": .array(row.leftOut.map { .string($0) }),
      "openLines": .array(row.resource.openLines.map { .string($0) }),
    ]
  }
}
