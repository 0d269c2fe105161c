import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
import IncidentHistory
import ModelFormat
import Planning
import Quantities
import Reports
import ServiceModel

/// `relmodel plan purchase`.
struct PlanPurchase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purchase",
    abstract:
      "What to promise, what to run on demand and what on spare capacity, for a model or a measured demand.",
    discussion: """
      relmodel plan purchase models/jivs/autoscaling.relmodel.yaml --ends 20 %
      relmodel plan purchase --demand hourly.csv --item ec2/instance/m5.2xlarge --region us-east-1 --growth 20 %
      relmodel plan purchase --demand hourly.csv --on-demand '$0.40/h' --offer 'reserved-1y=$0.25/h'
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var terms: PurchaseTerms

  @Option(help: "In place of a model: a CSV file of times and units that run, such as one row an hour.")
  var demand: String?

  @Option(help: "Its column of units; the second, or the only one.")
  var value: String?

  @Option(help: "Of what: the price book's name, such as ec2/instance/m5.2xlarge.")
  var item: String?

  @Option(help: "Its region.")
  var region: String?

  @Option(help: "An hour on demand, in place of a price book.")
  var onDemand: String?

  @Option(help: "What can be promised, as a name with 1y or 3y and an hour: reserved-1y=$0.25/h; repeatable.")
  var offer: [String] = []

  @Option(parsing: .upToNextOption, help: "By how much the measured demand grows in a year.")
  var growth: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard demand == nil else { return try checkMeasured() }
    if item != nil || region != nil || onDemand != nil || !offer.isEmpty || !growth.isEmpty || value != nil {
      throw ValidationError(
        "prices and growth of a model are its own; --item and so on go with --demand FILE.csv")
    }
  }

  private func checkMeasured() throws {
    if modelOptions.model != nil { throw ValidationError("expected a model or --demand, not both") }
    guard (item != nil && region != nil) != (onDemand != nil) else {
      throw ValidationError("--demand needs --item with --region, or --on-demand '$0.40/h'")
    }
    if onDemand == nil, !offer.isEmpty { throw ValidationError("--offer goes with --on-demand") }
    _ = try stated()
    _ = try growthPerYear()
  }

  func run() throws {
    let report = try demand.map { try measured($0) } ?? ofModel()
    try output.print(report.document, json: report.json)
  }

  // MARK: A model

  private func ofModel() throws -> PurchaseReport {
    let model = try modelOptions.reading().model
    let book = try prices.book(for: model)
    let hours = model.conventions.hoursPerMonth * 12
    let kinds = try CommittableDemand.all(of: model, at: book)
    guard !kinds.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "nothing-to-buy", "this model pays for nothing that could be promised", at: nil,
          help: "costs: {servers: {aws-ec2: {type: m5.2xlarge}}}")
      ])
    }
    let subjects = try kinds.map { kind in
      let question = try terms.question(
        onDemand: kind.onDemand, kind.offers.compactMap { $0.promised(hoursPerYear: hours) },
        hoursPerYear: hours, spare: kind.spare)
      return PurchaseReport.Subject(
        name: kind.key.item, remark: kind.resources.joined(separator: ", "),
        plan: try plan(question, grows: kind.grows) { year, share, level throws(InvalidQuestion) in
          try DemandCurve(kind.hours(year: year, growthShare: share, level: level))
        })
    }
    return PurchaseReport(
      title: model.name, subjects: subjects, currency: book.currency,
      notes: [
        "Units that do not scale run all the time and do not grow; with less demand fewer of them are needed."
      ] + interruptions(kinds))
  }

  private func interruptions(_ kinds: [CommittableDemand]) -> [String] {
    kinds.filter { terms.takesInterruptions(of: $0.spare) }.map { kind in
      "Spare capacity of \(kind.key.item) is taken back as \(kind.spare.modes.joined(separator: ", ")) of the model says: "
        + "\(significant((kind.spare.interruptionsPerHour ?? 0) * 8760, digits: 3)) times a year of each unit that is bought so."
    }
  }

  private func plan(
    _ question: PurchaseQuestion, grows: Bool, _ demand: PurchasePlan.Demand
  ) throws -> PurchasePlan {
    do throws(InvalidQuestion) {
      let scenarios = try PurchasePlan.scenarios(years: terms.years, grows: grows, demand)
      return PurchasePlan(question, expected: scenarios.expected, others: scenarios.others)
    } catch {
      throw error.asFindings
    }
  }

  // MARK: A measured demand

  private func measured(_ path: String) throws -> PurchaseReport {
    let file = try SeriesFile(path: path, value: value) { text in
      guard Double(text) == nil, let date = try? TimeText.date(text, zone: .gmt) else { return nil }
      return date.timeIntervalSince1970 / 86_400
    }
    let values = file.series.values
    let growth = try growthPerYear()
    let (question, name, currency) = try statedPrices()
    let plan = try plan(question, grows: growth != 0) { year, share, level throws(InvalidQuestion) in
      let factor = (0..<year).reduce(level) { product, _ in product * (1 + share * growth) }
      return try DemandCurve(values.map { ($0 * factor, 1) })
    }
    return PurchaseReport(
      title: path, subjects: [PurchaseReport.Subject(name: name, remark: file.column, plan: plan)],
      currency: currency)
  }

  private func statedPrices() throws -> (PurchaseQuestion, name: String, currency: String) {
    if let onDemand {
      let question = try terms.question(
        onDemand: try PurchaseTerms.hourly("--on-demand", onDemand), try stated())
      return (question, "units", "USD")
    }
    let parts = (item ?? "").split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, let region else {
      throw ValidationError("--item: expected ec2/instance/m5.2xlarge")
    }
    let book = try prices.book(wanted: [PriceBookReader.Wanted(service: parts[0], region: region)])
    let key = PriceKey(parts[0], parts[1])
    guard let price = book.tiers(of: key, in: region, purchase: .onDemand).first, price.unit == "hour" else {
      throw Findings([book.noPrice(of: key.description, region: region)])
    }
    let offers = Purchase.all.compactMap {
      book.tiers(of: key, in: region, purchase: $0).first?.promised(hoursPerYear: 8760)
    }
    return (
      try terms.question(onDemand: Double("\(price.amount)") ?? 0, offers), key.item, book.currency
    )
  }

  /// The offers of options: `reserved-1y=$0.25/h`.
  private func stated() throws -> [PurchaseQuestion.Commitment] {
    try offer.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let years = parts[0].contains("3y") ? 3 : parts[0].contains("1y") ? 1 : nil
      guard parts.count == 2, let years else {
        throw ValidationError(
          "--offer: “\(text)”; expected a name with 1y or 3y and an hour: reserved-1y=$0.25/h")
      }
      return PurchaseQuestion.Commitment(
        name: parts[0], years: years, perHour: try PurchaseTerms.hourly("--offer", parts[1]))
    }
  }

  private func growthPerYear() throws -> Double {
    guard !growth.isEmpty else { return 0 }
    let text = growth.joined(separator: " ")
    guard text.contains("%"), let percent = Double(text.filter { $0 != "%" && $0 != " " }), percent > -100,
      percent < 1000
    else { throw ValidationError("--growth: “\(text)” is no growth; for example 20 %") }
    return percent / 100
  }
}
