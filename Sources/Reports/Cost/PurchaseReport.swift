public import Planning
public import Quantities

/// How what runs is best bought, as `relmodel plan purchase` prints it.
public struct PurchaseReport: Sendable {
  /// One kind of thing that is bought.
  public struct Subject: Sendable {
    /// What it is: the item of the price book, or a file.
    public let name: String
    /// What it is for: resources, or a column.
    public let remark: String
    /// The mix, and what it would cost otherwise.
    public let plan: PurchasePlan

    /// One kind of thing.
    public init(name: String, remark: String, plan: PurchasePlan) {
      (self.name, self.remark, self.plan) = (name, remark, plan)
    }
  }

  private let title: String
  private let subjects: [Subject]
  private let currency: String
  private let notes: [String]

  /// A report about some kinds of things.
  ///
  /// - Parameter notes: what was left out, and why.
  public init(title: String, subjects: [Subject], currency: String, notes: [String] = []) {
    (self.title, self.subjects, self.currency, self.notes) = (title, subjects, currency, notes)
  }

  // MARK: People

  /// The report for people.
  public var document: Document {
    Document(
      title: "\(title) · how to buy it",
      blocks: subjects.flatMap(blocks) + notes.map { .note($0) } + [.note(note)])
  }

  private func blocks(_ subject: Subject) -> [Document.Block] {
    let offers: [Document.Block] =
      subject.plan.mix.question.commitments.isEmpty ? [] : [.table(offerTable(subject.plan.mix))]
    return [
      .heading("\(subject.name), \(subject.remark)"), .facts(facts(subject.plan)),
      .table(mixTable(subject.plan.mix)),
    ] + offers + [.table(outcomeTable(subject.plan))]
  }

  /// The mean of a month over all years.
  private func month(_ cost: Double, _ mix: PurchaseMix) -> Document.Cell {
    let value = cost / Double(12 * mix.years)
    return Document.Cell(Money.text(value, currency: currency, decimals: 2), number: value)
  }

  private func facts(_ plan: PurchasePlan) -> [Document.Fact] {
    let mix = plan.mix
    let curve = plan.expected.curves[0]
    let saving = mix.onDemandCost > 0 ? 1 - mix.cost / mix.onDemandCost : 0
    let upfront = mix.layers.reduce(0) { sum, layer in
      guard case .commitment(let index) = layer.ways[0] else { return sum }
      return sum + Double(layer.last - layer.first + 1) * mix.question.commitments[index].upfront
    }
    return [
      Document.Fact(
        "Runs", "\(amountText(curve.mean)) on average", ["up to \(grouped(curve.peak)) in the first year"],
        number: Document.Number(curve.mean)),
      Document.Fact("On demand", month(mix.onDemandCost, mix).text, ["a month"]),
      Document.Fact(
        "The cheapest mix", month(mix.cost, mix).text,
        ["\(percentage(saving)) less", "\(Money.text(upfront, currency: currency)) at the start"]),
    ]
  }

  private func mixTable(_ mix: PurchaseMix) -> Document.Table {
    Document.Table(
      columns: ["Units", "bought", "used", "a month", "on demand"],
      cells: mix.layers.map { layer in
        [
          Document.Cell(
            layer.first == layer.last
              ? grouped(layer.first) : "\(grouped(layer.first)) – \(grouped(layer.last))"),
          Document.Cell(ways(layer.ways, mix.question)),
          Document.Cell(use(layer)), month(layer.cost, mix), month(layer.onDemandCost, mix),
        ]
      })
  }

  /// From the share of the last unit to that of the first, over the years.
  private func use(_ layer: PurchaseMix.Layer) -> String {
    let least = percentage(layer.leastUse.min() ?? 0)
    let most = percentage(layer.mostUse.max() ?? 0)
    return least == most ? least : "\(least) – \(most)"
  }

  private func ways(_ ways: [PurchaseMix.Way], _ question: PurchaseQuestion) -> String {
    let names = ways.map { way -> String in
      switch way {
      case .onDemand: "on-demand"
      case .spot: "spot"
      case .commitment(let index): question.commitments[index].name
      }
    }
    guard Set(names).count > 1 else { return names[0] }
    return names.enumerated().map { "\($1) in year \($0 + 1)" }.joined(separator: ", ")
  }

  private func offerTable(_ mix: PurchaseMix) -> Document.Table {
    Document.Table(
      columns: ["Offer", "an hour", "at the start", "worth it when used"],
      cells: mix.question.commitments.map { offer in
        let share = offer.perHour / mix.question.onDemand
        return [
          Document.Cell(offer.name),
          Document.Cell(
            Money.text(offer.perHour, currency: currency, decimals: 4), number: offer.perHour),
          Document.Cell(Money.text(offer.upfront, currency: currency, decimals: 0), number: offer.upfront),
          Document.Cell(share > 1 ? "never" : "\(significant(share * 100, digits: 3)) %", number: share),
        ]
      })
  }

  private func outcomeTable(_ plan: PurchasePlan) -> Document.Table {
    Document.Table(
      columns: ["If it turns out", "a month", "on demand", "too much"],
      cells: plan.outcomes.map { outcome in
        [
          Document.Cell(outcome.name), month(outcome.cost, plan.mix),
          month(outcome.onDemandCost, plan.mix), month(outcome.regret, plan.mix),
        ]
      })
  }

  private var note: String {
    let question = subjects.first?.plan.mix.question
    let ends =
      question.map(\.endsPerYear).flatMap { share in
        share > 0
          ? " Use ends within a year with \(percentage(share)): what is promised is paid on and can not be sold; amounts are expected."
          : nil
      } ?? ""
    let spot =
      question?.spot == nil
      ? ""
      : " Spot counts what is bought in its place and what an interruption costs; its price stays as it is."
    return
      "Each unit is bought as is cheapest for the share of the hours in which it runs: the cheapest mix, exactly. A promise of one "
      + "year is made anew every year, one of three at the start. “Too much” is what the promises of the start cost more than the "
      + "mix that would have been right; what begins later is chosen anew.\(spot)\(ends) Savings plans are taken to cover this kind "
      + "alone. Averages over \(subjects.first?.plan.mix.years == 1 ? "a year" : "three years")."
  }

  // MARK: Programs

  /// The report for programs.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "plan purchase", "currency": .string(currency),
      "results": ["purchases": .array(subjects.map(json)), "leftOut": .array(notes.map { .string($0) })],
    ]
  }

  private func json(_ subject: Subject) -> JSONValue {
    let mix = subject.plan.mix
    return [
      "name": .string(subject.name), "of": .string(subject.remark), "years": .integer(mix.years),
      "cost": .number(mix.cost), "onDemandCost": .number(mix.onDemandCost),
      "onDemandPerHour": .number(mix.question.onDemand),
      "layers": .array(mix.layers.map { json($0, mix.question) }),
      "offers": .array(
        mix.question.commitments.map { offer in
          [
            "name": .string(offer.name), "years": .integer(offer.years), "perHour": .number(offer.perHour),
            "upfront": .number(offer.upfront),
            "breakEvenUse": .number(offer.perHour / mix.question.onDemand),
          ]
        }),
      "otherwise": .array(
        subject.plan.outcomes.map { outcome in
          [
            "name": .string(outcome.name), "cost": .number(outcome.cost),
            "onDemandCost": .number(outcome.onDemandCost), "regret": .number(outcome.regret),
          ]
        }),
    ]
  }

  private func json(_ layer: PurchaseMix.Layer, _ question: PurchaseQuestion) -> JSONValue {
    [
      "first": .integer(layer.first), "last": .integer(layer.last),
      "bought": .array(layer.ways.map { .string(ways([$0], question)) }),
      "use": .array(layer.leastUse.map { .number($0) }), "cost": .number(layer.cost),
      "onDemandCost": .number(layer.onDemandCost),
    ]
  }
}
