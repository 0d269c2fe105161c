internal import ServiceModel

/// What being without the service costs month by month, in every replication of several designs that see the same luck.
///
/// Months are those of the calendar, the first a January; each design's capabilities cost what it says itself.
public struct DowntimeLedger: Sendable {
  /// What a month costs.
  public struct Parts: Sendable, Hashable {
    /// By the hour.
    public let hours: Double
    /// By outages.
    public let incidents: Double
    /// Credits.
    public let credits: Double

    /// Parts, in units of the currency.
    public init(hours: Double, incidents: Double, credits: Double) {
      (self.hours, self.incidents, self.credits) = (hours, incidents, credits)
    }

    /// All of it.
    public var total: Double { hours + incidents + credits }
  }

  /// How many designs there are, the base first.
  public let designs: Int
  /// How many months.
  public let months: Int
  /// How many replications.
  public let replications: Int
  private let means: [Parts]
  /// By replication, then design, then month; ten-thousandths of the currency.
  private let rows: [Int64]

  init(_ recorders: [LedgerRecorder], designs: Int, months: Int) {
    let size = designs * months
    let count = recorders.reduce(0) { $0 + $1.replications.count }
    var rows = [Int64](repeating: 0, count: count * size)
    var sums = [LedgerRecorder.Sums](repeating: LedgerRecorder.Sums(), count: size)
    for recorder in recorders {
      for (place, replication) in recorder.replications.enumerated() where replication < count {
        for cell in 0..<size { rows[replication * size + cell] = recorder.rows[place * size + cell] }
      }
      for cell in 0..<size { sums[cell].merge(recorder.sums[cell]) }
    }
    (self.designs, self.months, self.rows) = (designs, months, rows)
    replications = count
    means = sums.map { $0.mean(of: count) }
  }

  /// What a month of a design costs on average; months from 0.
  public func mean(design: Int, month: Int) -> Parts { means[design * months + month] }

  /// What a month of a design costs in one replication; months from 0.
  public func cost(design: Int, month: Int, replication: Int) -> Double {
    Double(rows[(replication * designs + design) * months + month]) / DowntimePricing.perUnit
  }
}

/// What one thread has seen of a ledger.
struct LedgerRecorder: Sendable {
  /// Sums over replications; whole numbers, so that their order makes no difference.
  struct Sums: Sendable {
    var hours: Int128 = 0
    var incidents: Int128 = 0
    var credits: Int128 = 0

    mutating func merge(_ other: Sums) {
      hours += other.hours
      incidents += other.incidents
      credits += other.credits
    }

    func mean(of count: Int) -> DowntimeLedger.Parts {
      let scale = 1 / DowntimePricing.perUnit / Double(max(1, count))
      return DowntimeLedger.Parts(
        hours: Double(hours) * scale, incidents: Double(incidents) * scale, credits: Double(credits) * scale)
    }
  }

  private let months: Int
  private let size: Int
  private(set) var replications: [Int] = []
  private(set) var rows: [Int64] = []
  private(set) var sums: [Sums]

  init(designs: Int, months: Int) {
    self.months = months
    size = designs * months
    sums = [Sums](repeating: Sums(), count: size)
  }

  /// Makes room for a replication.
  mutating func open(_ replication: Int) {
    replications.append(replication)
    rows.append(contentsOf: repeatElement(0, count: size))
  }

  /// Adds what being without one capability costs in the replication that was opened last.
  ///
  /// - Parameters:
  ///   - lengths: the downtime of each month, in ticks.
  ///   - ends: the ends of the months, in ticks.
  ///   - begun: when outages began, ascending; empty where they have no price.
  mutating func add(
    design: Int, _ price: DowntimePricing, lengths: [Int64], ends: [Int64], begun: [Int64]
  ) {
    let row = rows.count - size + design * months
    var outage = 0
    for month in 0..<min(months, lengths.count) {
      let first = outage
      while outage < begun.count, begun[outage] < ends[month] { outage += 1 }
      let parts = Sums(
        hours: Int128(price.hours(lengths[month])), incidents: Int128(price.outages(Int64(outage - first))),
        credits: Int128(price.credit(lengths[month], inMonth: month)))
      rows[row + month] += Int64(parts.hours + parts.incidents + parts.credits)
      sums[design * months + month].merge(parts)
    }
  }
}

extension DowntimeLedger {
  /// A ledger without a replication.
  public static let empty = DowntimeLedger([], designs: 0, months: 0)
}
