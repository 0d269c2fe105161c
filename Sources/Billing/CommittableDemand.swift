public import CloudCost
public import Diagnostics
internal import FoundationEssentials
public import ServiceModel

/// A kind of instance that a model needs and that can be promised: how many run, and what the book sells.
public struct CommittableDemand: Sendable {
  /// The resources, as paths.
  public let resources: [String]
  /// What is priced.
  public let key: PriceKey
  /// The region.
  public let region: String
  /// An hour on demand.
  public let onDemand: Double
  /// What the book sells beside it, each with an hour and what is paid at the start.
  public let offers: [Price]
  /// What is known of spare capacity.
  public let spare: SpareCapacity
  private let entries: [(entry: CostEntry, perUnit: Double)]
  private let running: RunningHours

  /// Every kind that a model pays for and could promise, by what a month on demand costs, the dearest first.
  ///
  /// However the model says it is bought, it is taken as bought on demand. What commitments of the model cover is left out.
  ///
  /// - Throws: a located finding for each name that no price bears.
  public static func all(of model: Model, at book: PriceBook) throws(Findings) -> [CommittableDemand] {
    let bill = try Bill(of: model, at: book, purchase: [PurchaseShare(.onDemand, 1)])
    let lines = bill.lines.filter { $0.isCommittable && $0.purchase == .onDemand && $0.monthly != nil }
    var kinds: [[LineItem]] = []
    for line in lines {
      let place = kinds.firstIndex { $0[0].key == line.key && $0[0].region == line.region }
      if let place { kinds[place].append(line) } else { kinds.append([line]) }
    }
    let hours = bill.conventions.hoursPerMonth
    return kinds.sorted { cost($0) > cost($1) }.compactMap {
      CommittableDemand($0, of: model, at: book, hoursPerMonth: hours)
    }
  }

  private static func cost(_ lines: [LineItem]) -> Decimal { lines.compactMap(\.monthly).reduce(0, +) }

  private init?(_ lines: [LineItem], of model: Model, at book: PriceBook, hoursPerMonth: Decimal) {
    guard let first = lines.first, let key = first.key,
      let price = book.tiers(of: key, in: first.region, purchase: .onDemand).first, price.unit == "hour",
      price.amount > 0
    else { return nil }
    (self.key, region) = (key, first.region)
    onDemand = Double("\(price.amount)") ?? 0
    offers = Purchase.all.compactMap { purchase in
      guard purchase.commitment != nil else { return nil }
      return book.tiers(of: key, in: first.region, purchase: purchase).first
    }
    running = RunningHours(model)
    entries = lines.compactMap { line in
      guard let entry = model.costs.entries.first(where: { $0.path == line.resource }) else { return nil }
      let likely = RunningCount.behind(entry, in: model).likely
      guard likely > 0, let quantity = line.quantity else { return nil }
      return (entry, Double("\(quantity / hoursPerMonth / likely)") ?? 0)
    }
    let spot = book.tiers(of: key, in: first.region, purchase: .spot).first { $0.unit == "hour" }
    spare = CommittableDemand.spare(
      entries.map(\.entry), in: model, perHour: spot.flatMap { Double("\($0.amount)") })
    resources = lines.map(\.resource).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether the demand grows with the years.
  public var grows: Bool {
    running.grows
      && entries.contains { item in
        running.units(behind: item.entry, year: 1) != running.units(behind: item.entry)
      }
  }

  /// The units of all resources together, with the hours of the week for which so many run.
  ///
  /// - Parameters: as those of ``RunningHours/units(behind:year:growthShare:level:)``.
  public func hours(
    year: Int = 0, growthShare: Double = 1, level: Double = 1
  ) -> [(units: Double, weight: Double)] {
    let all = entries.map { item in
      running.units(behind: item.entry, year: year, growthShare: growthShare, level: level).map {
        $0 * item.perUnit
      }
    }
    return running.hours.indices.map { hour in
      (all.reduce(0) { $0 + $1[hour] }, running.hours[hour].lasts)
    }
  }
}
