internal import ServiceModel

/// What being without the service costs month by month, in every replication of several designs that see the same luck.
///
/// Months are those of the calendar, the first a January; each design's capabilities cost what it says itself.
public struct DowntimeLedger: Sendable {
  /// What a month costs, part by part, in units of the currency.
  public struct Parts: Sendable, Hashable {
    private var amounts = SIMD8<Double>(repeating: 0)

    /// Parts that are nothing.
    public init() {}

    /// One of them.
    public subscript(part: DowntimeCostPart) -> Double {
      get { amounts[part.rawValue] }
      set { amounts[part.rawValue] = newValue }
    }

    /// All of it.
    public var total: Double { DowntimeCostPart.allCases.reduce(0) { $0 + self[$1] } }
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
    private var amounts = [Int128](repeating: 0, count: DowntimeCostPart.allCases.count)

    mutating func add(_ cost: ReplicationCost) {
      for part in DowntimeCostPart.allCases { amounts[part.rawValue] += Int128(cost[part]) }
    }

    mutating func merge(_ other: Sums) {
      for part in amounts.indices { amounts[part] += other.amounts[part] }
    }

    func mean(of count: Int) -> DowntimeLedger.Parts {
      let scale = 1 / DowntimePricing.perUnit / Double(max(1, count))
      var parts = DowntimeLedger.Parts()
      for part in DowntimeCostPart.allCases { parts[part] = Double(amounts[part.rawValue]) * scale }
      return parts
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

  /// Adds what being without one capability costs in each month of the replication that was opened last.
  mutating func add(design: Int, _ costs: [ReplicationCost]) {
    let row = rows.count - size + design * months
    for (month, cost) in costs.prefix(months).enumerated() {
      rows[row + month] += cost.total
      sums[design * months + month].add(cost)
    }
  }
}

extension DowntimeLedger {
  /// A ledger without a replication.
  public static let empty = DowntimeLedger([], designs: 0, months: 0)
}
