public import CloudCost
public import Diagnostics
public import FoundationEssentials
public import ServiceModel

/// What a month of a model costs, line by line.
///
/// The total is the exact sum of the lines that are known; what is not known or waits for use to be stated stands beside
/// it and is never 0.
public struct Bill: Sendable {
  /// The lines, in the order of the model.
  public let lines: [LineItem]
  /// What became of each promise.
  public let commitments: [CommitmentUse]
  /// The price book.
  public let book: String
  /// The currency of every amount.
  public let currency: String
  /// How quantities are counted.
  public let conventions: CostConventions
  /// How many units were counted where that is not simply what is declared, with the reason.
  public let counts: [RunningCount]

  /// The bill of a model at list prices and those laid over them.
  ///
  /// - Parameters:
  ///   - month: the month of operation that is billed, from 1; `nil`: the long run.
  ///   - factors: what uncertain or growing numbers are multiplied by, by path.
  ///   - counts: how many units and nodes run, by owner; those of ``RunningCount`` where it says nothing.
  ///   - demand: what the stated demand is multiplied by, which autoscaling follows.
  ///   - purchase: how everything that can be committed to is bought, in place of what the model says.
  ///   - growth: how use grew until the month, for what is still there of earlier months.
  /// - Throws: a located finding for each name that no price bears.
  public init(
    of model: Model, at book: PriceBook, month: Int? = nil, factors: [String: Decimal] = [:],
    counts overridden: [CostEntry.Owner: Decimal] = [:], demand: Double = 1,
    purchase: [PurchaseShare]? = nil, growth: Growth = Growth(perYear: 0)
  ) throws(Findings) {
    let conventions = CostConventions(model.conventions)
    var builder = BillBuilder(book: book, conventions: conventions)
    for entry in model.costs.entries {
      let running = RunningCount.behind(entry, in: model, demand: demand)
      builder.note(running)
      let units = entry.scope == .once ? 1 : overridden[entry.owner] ?? running.likely
      builder.add(entry, units: units, month: month, factors: factors, purchase: purchase)
    }
    for flow in DerivedTransfer(of: model).flows { builder.add(flow) }
    self = try builder.bill(commitments: model.costs.commitments)
  }

  /// The bill of resources that belong to no model, such as those of a plan that another tool made.
  ///
  /// - Parameter unknown: what can not be priced, by the place where it stands, with the reason.
  /// - Throws: a located finding for each name that no price bears.
  public init(
    of entries: [CostEntry], unknown: [(path: String, reason: String)], at book: PriceBook,
    conventions: CostConventions
  ) throws(Findings) {
    var builder = BillBuilder(book: book, conventions: conventions)
    for entry in entries { builder.add(entry, units: 1, month: nil, factors: [:], purchase: nil) }
    for one in unknown { builder.add(unknown: one.path, reason: one.reason) }
    self = try builder.bill(commitments: [])
  }

  init(
    lines: [LineItem], commitments: [CommitmentUse], book: PriceBook, conventions: CostConventions,
    counts: [RunningCount]
  ) {
    self.lines = lines
    self.commitments = commitments
    self.book = book.name
    self.currency = book.currency
    self.conventions = conventions
    self.counts = counts
  }

  /// The sum of the lines that are known, with the share of what is paid at the start that falls on a month.
  public var monthly: Decimal { lines.compactMap(\.monthly).reduce(0, +) }

  /// What is paid as time goes, without what is paid at the start.
  public var recurring: Decimal { amounts.map(\.recurring).reduce(0, +) }

  /// What is paid once, at the start of commitments.
  public var upfront: Decimal { amounts.map(\.upfront).reduce(0, +) }

  /// Twelve months.
  public var yearly: Decimal { 12 * monthly }

  /// Lines whose price is not known.
  public var unknown: [LineItem] {
    lines.filter { if case .unknown = $0.amount { true } else { false } }
  }

  /// Lines that wait for use to be stated.
  public var perUse: [LineItem] {
    lines.filter { if case .perUse = $0.amount { true } else { false } }
  }

  /// Lines whose price somebody wrote down from memory.
  public var unverified: [LineItem] { lines.filter { $0.origin?.standing == .unverified } }

  private var amounts: [MonthlyAmount] {
    lines.compactMap { if case .known(let amount) = $0.amount { amount } else { nil } }
  }

  /// What lines that have something in common come to.
  public struct Sum: Sendable, Hashable {
    /// What they have in common.
    public let name: String
    /// The sum of those that are known.
    public var monthly: Decimal = 0
    /// How many are known.
    public var known = 0
    /// How many are not known or wait for use to be stated.
    public var open = 0
  }

  /// The sums of lines that have something in common, in the order in which it first occurs.
  public func sums(by key: (LineItem) -> String) -> [Sum] {
    var places: [String: Int] = [:]
    var sums: [Sum] = []
    for line in lines {
      let name = key(line)
      let place = places[name] ?? sums.count
      if place == sums.count {
        places[name] = place
        sums.append(Sum(name: name))
      }
      sums[place].monthly += line.monthly ?? 0
      if line.monthly == nil { sums[place].open += 1 } else { sums[place].known += 1 }
    }
    return sums
  }
}
