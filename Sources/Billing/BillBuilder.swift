internal import CloudCost
internal import Diagnostics
internal import FoundationEssentials
internal import ServiceModel

/// Collects the lines of a bill in the order in which they are added, since tiers fill in that order.
struct BillBuilder {
  private var pricer: LinePricer
  private var lines: [LineItem] = []
  private var counts: [RunningCount] = []

  init(book: PriceBook, conventions: CostConventions) {
    pricer = LinePricer(book: book, conventions: conventions)
  }

  /// Remembers how a number of units was found, where that is not simply what is declared.
  mutating func note(_ running: RunningCount) {
    if running.isNotable, !counts.contains(running) { counts.append(running) }
  }

  /// The lines of an entry for each of so many units.
  mutating func add(
    _ entry: CostEntry, units: Decimal, month: Int?, factors: [String: Decimal], purchase: [PurchaseShare]?
  ) {
    let context = ChargeContext(
      region: entry.region, hours: entry.hours, conventions: pricer.conventions, book: pricer.book)
    let place = LinePlace(
      resource: entry.path, owner: entry.ownerName, service: entry.kind.title, region: entry.region,
      hours: entry.hours, source: entry.source)
    let mix = (purchase ?? entry.mix).map { (purchase: $0.purchase, share: $0.share) }
    let resource = entry.resource(factors: factors)
    let charges = month.map { resource.charges(in: context, month: $0) } ?? resource.charges(in: context)
    for charge in charges {
      lines += pricer.lines(of: charge, times: entry.count * units, mix: mix, for: place)
    }
  }

  /// The lines of data that a dependency moves.
  mutating func add(_ flow: DerivedTransfer.Flow) {
    let place = LinePlace(
      resource: "\(flow.owner)/transfer", owner: flow.owner, service: "AWS data transfer", region: "")
    if let reason = flow.unknown {
      lines.append(pricer.unknownLine("Transfer (\(flow.name))", why: reason, for: place))
    }
    for charge in flow.charges(at: pricer.book) {
      lines += pricer.lines(of: charge, times: 1, mix: [], for: place)
    }
  }

  /// A line for something that can not be priced.
  mutating func add(unknown path: String, reason: String) {
    let place = LinePlace(resource: path, owner: path, service: "not priced", region: "")
    lines.append(pricer.unknownLine("Resource", why: reason, for: place))
  }

  /// The bill, with promises applied to what is bought on demand.
  ///
  /// - Throws: a located finding for each name that no price bears.
  func bill(commitments: [CommitmentPlan]) throws(Findings) -> Bill {
    guard pricer.findings.isEmpty else { throw Findings(pricer.findings) }
    var application = CommitmentApplication(lines, book: pricer.book, conventions: pricer.conventions)
    for plan in commitments { application.apply(plan) }
    return Bill(
      lines: application.lines, commitments: application.uses, book: pricer.book,
      conventions: pricer.conventions, counts: counts)
  }
}
