public import CloudCost
public import FoundationEssentials
public import ServiceModel
internal import Stochastics

/// What commitments would save, and what could make them a loss.
///
/// For each kind of instance that is bought on demand: every commitment that the price book sells, with the share of the
/// time that it must be used to be worth it, and the month in which what was paid at the start has come back.
public struct CommitmentAdvice: Sendable {
  /// One commitment for one kind of instance.
  public struct Offer: Sendable, Hashable {
    /// How it is bought.
    public let purchase: Purchase
    /// A month of one unit that runs all the time, with the share of what is paid at the start.
    public let monthly: Decimal
    /// What one unit costs at the start.
    public let upfront: Decimal
    /// The share of on-demand cost that is saved when it is used all the time; negative when it costs more.
    public let saving: Decimal
    /// The share of the time that it must be used so as not to lose; above 1: never.
    public let breakEvenUse: Decimal
    /// After how many months it has cost less than on demand would have, when used all the time; `nil`: never within its term.
    public let breakEvenMonth: Int?
    /// The expected share of on-demand cost that is saved over the term when use may end; `saving` where it does not.
    public let expectedSaving: Double
    /// The probability that use ends before it has cost less than on demand would have; 1 where it never does.
    public let lossProbability: Double
  }

  /// A kind of instance that runs on demand.
  public struct Subject: Sendable, Hashable {
    /// The resources, as paths.
    public let resources: [String]
    /// What is priced.
    public let key: PriceKey
    /// The region.
    public let region: String
    /// How many units' worth of a month are bought on demand.
    public let units: Decimal
    /// How many of them run at the least, which is safe to commit to.
    public let baseline: Decimal
    /// A month of one unit on demand.
    public let onDemand: Decimal
    /// What the book sells, the best saving first.
    public let offers: [Offer]

    /// The offer that saves most without paying anything at the start, and the one that saves most at all.
    public var best: Offer? { offers.first }
  }

  /// The kinds, by what they cost in a month, the dearest first.
  public let subjects: [Subject]

  /// Advice for the lines of a bill that could be committed to and are bought on demand.
  ///
  /// - Parameters:
  ///   - bill: the bill of `model` at the prices of `book`.
  ///   - endsPerYear: how likely use ends within a year, at any moment alike, 0 or more and less than 1. What is promised is
  ///     paid on then.
  public init(for bill: Bill, of model: Model, at book: PriceBook, endsPerYear: Double = 0) {
    struct Name: Hashable {
      let key: PriceKey
      let region: String
    }
    var order: [Name] = []
    var lines: [Name: [LineItem]] = [:]
    for line in bill.lines where line.isCommittable && line.purchase == .onDemand {
      guard let key = line.key, line.monthly != nil else { continue }
      let name = Name(key: key, region: line.region)
      if lines[name] == nil { order.append(name) }
      lines[name, default: []].append(line)
    }
    let hours = bill.conventions.hoursPerMonth
    subjects = order.compactMap { name in
      Self.subject(
        name.key, in: name.region, lines: lines[name] ?? [], model: model, book: book, hours: hours,
        ends: endsPerYear)
    }
    .sorted { ($0.onDemand * $0.units, $1.key.description) > ($1.onDemand * $1.units, $0.key.description) }
  }

  private static func subject(
    _ key: PriceKey, in region: String, lines: [LineItem], model: Model, book: PriceBook, hours: Decimal,
    ends: Double
  ) -> Subject? {
    guard let price = book.tiers(of: key, in: region, purchase: .onDemand).first, price.unit == "hour",
      price.amount > 0
    else { return nil }
    let onDemand = price.amount * hours
    let offers = Purchase.all.compactMap { purchase -> Offer? in
      guard purchase.commitment != nil,
        let sold = book.tiers(of: key, in: region, purchase: purchase).first
      else { return nil }
      return offer(sold, onDemand: onDemand, hours: hours, ends: ends)
    }
    let units = lines.compactMap(\.quantity).reduce(0, +) / hours
    let resources = lines.map(\.resource).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    return Subject(
      resources: resources, key: key, region: region, units: units,
      baseline: baseline(of: lines, in: model, hours: hours), onDemand: onDemand,
      offers: offers.sorted { ($0.saving, $1.purchase.text) > ($1.saving, $0.purchase.text) })
  }

  /// Units that run at the least: those of a count that autoscaling may lower count as its fewest.
  private static func baseline(of lines: [LineItem], in model: Model, hours: Decimal) -> Decimal {
    lines.map { line -> Decimal in
      let units = (line.quantity ?? 0) / hours
      guard let entry = model.costs.entries.first(where: { $0.path == line.resource }) else { return units }
      let running = RunningCount.behind(entry, in: model)
      return running.likely > 0 ? units * running.fewest / running.likely : units
    }.reduce(0, +)
  }

  /// What is expected when use ends at a constant hazard −ln(1 − p): on demand is paid for the mean share of the term that it
  /// goes on, (1 − (1 − p)ᵀ) / (−ln(1 − p) T), the promise for all of it.
  private static func offer(_ price: Price, onDemand: Decimal, hours: Decimal, ends: Double) -> Offer? {
    guard let years = price.purchase.commitment?.years else { return nil }
    let months = 12 * years
    let recurring = price.amount * hours
    let monthly = recurring + price.upfront / Decimal(months)
    let saving = 1 - monthly / onDemand
    let month = (1...months).first { price.upfront + recurring * Decimal($0) <= onDemand * Decimal($0) }
    return Offer(
      purchase: price.purchase, monthly: monthly, upfront: price.upfront, saving: saving,
      breakEvenUse: monthly / onDemand, breakEvenMonth: month,
      expectedSaving: 1 - (Double("\(monthly / onDemand)") ?? 1) / meanShareInUse(years: years, ends: ends),
      lossProbability: month.map { 1 - portablePower(1 - ends, Double($0) / 12) } ?? 1)
  }

  private static func meanShareInUse(years: Int, ends: Double) -> Double {
    guard ends > 0 else { return 1 }
    return (1 - portablePower(1 - ends, Double(years))) / (-portableLog1p(-ends) * Double(years))
  }
}
