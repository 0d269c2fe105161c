public import Billing
public import Economics
internal import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
public import Simulation
internal import Stochastics

/// Options against a base as investments, as a document and as JSON.
public struct RoiReport: Sendable {
  /// One of the options.
  public struct Option: Sendable {
    /// What it is called.
    public let name: String
    /// What it is worth.
    public let returns: OptionReturn
    /// The bill of the base, and its own.
    public let bills: BillComparison
    /// What it costs once, in words; `nil` when nothing says.
    public let once: String?
    /// How long it takes, in words; `nil` when nothing says.
    public let takes: String?
    /// Capabilities that it prices otherwise than the base.
    public let repriced: [String]
    /// What it may be worth when its numbers are drawn; `nil` where all are taken as known.
    public let uncertain: UncertainReturn?
    /// What the inputs of the decision do one at a time, the widest swing first; empty where it was not asked.
    public let inputs: [DecisionInput]
    /// The same change by other reckonings; `nil` where they were not asked for.
    public let basis: RoiBasis?
    /// What a cautious reader takes off; `nil` where nothing says.
    public let risk: OptionRisk?

    /// An option.
    public init(
      name: String, returns: OptionReturn, bills: BillComparison, once: String?, takes: String?,
      repriced: [String], uncertain: UncertainReturn? = nil, inputs: [DecisionInput] = [],
      basis: RoiBasis? = nil, risk: OptionRisk? = nil
    ) {
      self.name = name
      self.returns = returns
      self.bills = bills
      self.once = once
      self.takes = takes
      self.repriced = repriced
      self.uncertain = uncertain
      self.inputs = inputs
      self.basis = basis
      self.risk = risk
    }
  }

  /// What every option is held against, and how.
  public struct Frame: Sendable {
    /// The base's name.
    public let base: String
    /// What every result says about the base.
    public let header: ResultHeader
    /// The currency of every amount.
    public let currency: String
    /// The rate of discount.
    public let rate: DiscountRate
    /// The capabilities whose downtime counts.
    public let counted: [String]
    /// The simulation.
    public let comparison: DesignComparison
    /// What years of downtime cost each design, the base first; empty where no downtime has a price.
    public let losses: [DesignLosses]
    /// What was held at its value though it is uncertain.
    public let held: [String]
    /// How was found what inputs do.
    public let inputNote: InputNote
    /// The numbers of the models among the inputs that all designs state alike, by name.
    public let stated: [String: ModelParameter]
    /// What is to be reached; `nil` where nothing was asked for.
    public let goal: Goal?

    /// A frame.
    public init(
      base: String, header: ResultHeader, currency: String, rate: DiscountRate, counted: [String],
      comparison: DesignComparison, losses: [DesignLosses] = [], held: [String] = [],
      inputNote: InputNote = .simulated,
      stated: [String: ModelParameter] = [:], goal: Goal? = nil
    ) {
      self.base = base
      self.header = header
      self.currency = currency
      self.rate = rate
      self.counted = counted
      self.comparison = comparison
      self.losses = losses
      self.held = held
      self.inputNote = inputNote
      self.stated = stated
      self.goal = goal
    }
  }

  let frame: Frame
  let options: [Option]
  /// The limits that it is held against; `nil` when there are none.
  public var gate: GateSection?

  /// A report; the options in the order in which they were asked for.
  public init(_ frame: Frame, options: [Option]) {
    self.frame = frame
    self.options = options
  }

  var plan: SimulationPlan { frame.comparison.designs[0].plan }
  var years: String { plan.years == 1 ? "1 year" : "\(grouped(Int(plan.years))) years" }
  var percentRate: String { "\(significant(frame.rate.perYear * 100, digits: 4).trimmingZeros) %" }

  /// Whether it was stopped before its replications were done.
  public var isPartial: Bool { frame.comparison.isPartial }

  /// The report for people.
  public var document: Document {
    let replications = frame.comparison.replications
    let partial = frame.comparison.isPartial ? " · partial: \(grouped(plan.replications)) asked for" : ""
    var document = Document(
      title:
        "\(options.count == 1 ? "1 option" : "\(options.count) options") against \(frame.base) · \(years) at "
        + "\(percentRate) · \(grouped(replications)) replications · seed \(plan.seed)\(partial)")
    document.blocks.append(.note(decision))
    document.blocks += gate?.blocks ?? []
    document.blocks.append(.table(valueTable))
    document.blocks.append(.table(returnTable))
    document.blocks += riskBlocks + spreadBlocks
    for option in options { document.blocks += OptionBlocks(option, report: self).blocks }
    document.blocks += lossBlocks
    document.blocks.append(.heading("What is left out"))
    document.blocks += leftOut.map { .note($0) }
    document.blocks.append(.heading("How it is counted"))
    document.blocks += conventions.map { .note($0) }
    document.blocks += frame.header.historyBlocks
    document.blocks.append(.note(frame.header.conventionText))
    return document
  }

  /// The option with the largest mean net present value.
  private var best: Option? {
    options.max { ($0.returns.netPresentValue?.value ?? 0) < ($1.returns.netPresentValue?.value ?? 0) }
  }

  /// What to do, in one sentence.
  var decision: String {
    guard let best, let value = best.returns.netPresentValue, let chance = best.chance
    else { return "Too few replications to decide." }
    let interval = "\(money(value.low)) to \(money(value.high)) at \(percentage(value.confidence))"
    let odds = spread(best) + "it is above 0 in \(percentage(chance.value)) of \(trials)"
    if value.low == 0, value.high == 0 {
      return options.count == 1
        ? "No difference: over \(years) \(best.name) costs and saves nothing against \(frame.base) in any replication."
        : "Keep \(frame.base): over \(years) the best option, \(best.name), costs and saves nothing against it in any "
          + "replication."
    }
    if value.low <= 0, value.high >= 0 {
      return
        "Undecided: \(best.name) is worth \(money(value.value)) over \(years) at \(percentRate) a year against "
        + "\(frame.base), \(interval), which holds 0; \(odds). More replications narrow it."
    }
    guard value.value > 0 else {
      let what = options.count == 1 ? best.name : "the best option, \(best.name),"
      return
        "Keep \(frame.base): over \(years) at \(percentRate) a year \(what) is worth \(money(value.value)), "
        + "\(interval); \(odds)."
    }
    return
      "Choose \(best.name): over \(years) at \(percentRate) a year it is worth \(money(value.value)) more than "
      + "\(frame.base), \(interval); \(odds)."
  }

  /// Where eight of ten draws lie, when its numbers are drawn: the interval is that of the mean with all numbers as stated.
  private func spread(_ option: Option) -> String {
    guard option.uncertain != nil, let low = option.percentile(0.1), let high = option.percentile(0.9) else {
      return ""
    }
    return "with what is not known, 8 in 10 lie from \(money(low)) to \(money(high)); "
  }

  /// What an hour of downtime costs, where only one capability counts.
  var hourPrice: Double? {
    guard frame.counted.count == 1 else { return nil }
    let capability = frame.header.graph.model.capabilities.first { $0.name == frame.counted[0] }
    guard capability?.downtimeTerms?.hours.isEmpty ?? true else { return nil }
    return capability?.downtimeCost?.perHour
  }

  /// The parts of what downtime costs that have a column: those that are always there, and the others where any month of an
  /// option has some.
  var columns: [DowntimeCostPart] {
    DowntimeCostPart.allCases.filter { part in
      [.hours, .incidents, .credits].contains(part)
        || options.contains { $0.returns.months.contains { $0.avoided[part] != 0 } }
    }
  }

  func money(_ amount: Double) -> String { Money.text(amount, currency: frame.currency) }

  func cell(_ amount: Double?) -> Document.Cell {
    amount.map { Document.Cell(money($0), number: $0) } ?? "–"
  }

  func share(_ value: Double?) -> Document.Cell {
    value.map { Document.Cell("\(significant($0 * 100, digits: 3)) %", number: $0) } ?? "–"
  }

  // MARK: Tables

  var valueTable: Document.Table {
    Document.Table(
      columns: ["option", "once", "takes", "NPV", "95 % interval", "P10", "P50", "P90", "above 0"],
      cells: options.map { option in
        let found = option.returns
        let interval = found.netPresentValue.map { "\(money($0.low)) to \(money($0.high))" } ?? "–"
        return [
          Document.Cell(option.name), Document.Cell(option.once ?? "not stated"),
          Document.Cell(option.takes ?? "not stated"), cell(found.netPresentValue?.value),
          Document.Cell(interval), cell(option.percentile(0.1)), cell(option.percentile(0.5)),
          cell(option.percentile(0.9)),
          option.chance.map { Document.Cell(percentage($0.value), number: $0.value) } ?? "–",
        ]
      })
  }

  var returnTable: Document.Table {
    Document.Table(
      columns: ["option", "ROI", "ROI of PV", "benefit/cost", "IRR", "MIRR", "payback", "discounted"],
      cells: options.map { option in
        let found = option.returns
        let roi = found.returnOnInvestment
        return [
          Document.Cell(option.name), share(roi.value(.netBenefitOverCost)),
          share(roi.value(.netPresentValueOverCost)),
          roi.benefitCostRatio.map { Document.Cell(significant($0, digits: 3), number: $0) } ?? "–",
          rate(found.internalRate), share(found.modifiedInternalRate), payback(found.cashFlow.payback),
          payback(found.cashFlow.discounted(rate: frame.rate.perMonth).payback),
        ]
      })
  }

  private func rate(_ rate: InternalRate) -> Document.Cell {
    switch rate {
    case .none: "none"
    case .one(let value): share(value)
    case .several(let values): Document.Cell("\(values.count) rates")
    }
  }

  func payback(_ months: Double?) -> Document.Cell {
    guard let months else { return "never" }
    return Document.Cell("\(significant(months, digits: 3)) months", number: months)
  }

  // MARK: Remarks

  /// What the figures do not hold.
  var leftOut: [String] {
    var notes = options.flatMap { option in
      option.openLines.isEmpty
        ? []
        : [
          "The bills of \(frame.base) and \(option.name) differ in lines whose price or use is not known, and which count "
            + "for nothing here: \(option.openLines.joined(separator: ", "))."
        ]
    }
    let silent = options.filter { $0.once == nil }.map(\.name)
    if !silent.isEmpty {
      notes.append("No file says what \(silent.joined(separator: ", ")) costs once; 0 is taken. State once:.")
    }
    let quick = options.filter { $0.takes == nil }.map(\.name)
    if !quick.isEmpty {
      notes.append(
        "No file says how long \(quick.joined(separator: ", ")) takes; no time is taken. State takes:.")
    }
    if frame.counted.isEmpty {
      notes.append(
        "No capability states what its downtime costs, so none of it is money here. State downtime:.")
    }
    let other = frame.header.graph.model.capabilities.map(\.name).filter { !frame.counted.contains($0) }
    if !frame.counted.isEmpty, !other.isEmpty {
      notes.append("Downtime of \(other.joined(separator: ", ")) counts for nothing here.")
    }
    return notes + uncertaintyNotes
  }

  /// How things were counted.
  var conventions: [String] {
    let priced = frame.header.graph.model.capabilities.filter { frame.counted.contains($0.name) }
      .compactMap { capability in capability.downtimeText.map { "\(capability.name) \($0)" } }
    let added =
      priced.count > 1
      ? " They are added: an hour in which several are down counts for each; --capability picks." : ""
    let other = options.filter { !$0.repriced.isEmpty }.map {
      "\($0.name) prices the downtime of \($0.repriced.joined(separator: ", ")) otherwise than \(frame.base)."
    }
    return (priced.isEmpty ? [] : ["Downtime costs: \(priced.joined(separator: "; ")).\(added)"]) + other + [
      "ROI: \(ReturnOnInvestment.Convention.netBenefitOverCost.formula). ROI of PV: "
        + "\(ReturnOnInvestment.Convention.netPresentValueOverCost.formula). Costs are what is paid once and what running "
        + "it costs more; benefits are downtime avoided and what running it costs less.",
      "Discounted at \(frame.rate.convention). MIRR finances and reinvests at the same rate.",
      "Until a change is done its months are those of \(frame.base), in bill and downtime alike; of the month in which it "
        + "is done the rest counts. The horizon begins with a January. Commitments are spread over their months.",
    ]
  }
}

extension RoiReport.Option {
  /// The net present value that a share of all that is drawn stays at or below.
  func percentile(_ probability: Double) -> Double? {
    uncertain?.presentValues.quantile(probability)?.value ?? returns.percentile(probability)
  }

  /// The chance that the net present value is above 0.
  var chance: Estimate? { uncertain?.probabilityPositive ?? returns.probabilityPositive }

  /// Lines of the two bills that differ, and of which one is not known.
  var openLines: [String] {
    bills.rows.filter { $0.change != .same && $0.difference == nil }.map { "\($0.resource) (\($0.label))" }
  }
}
