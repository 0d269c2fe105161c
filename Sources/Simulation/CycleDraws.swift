internal import DrawKernels
internal import Stochastics

/// The outages of a replication that a kernel makes, in the order in which it makes them.
struct CycleDraws: ~Copyable {
  /// Processes whose laws are of the same kinds.
  struct Group: BitwiseCopyable {
    let first: Int
    let count: Int
    let evenKind: Int32
    let oddKind: Int32
    /// Whether most of them do not fail before the horizon.
    let isCalm: Bool
  }

  private let level: Int32
  private let seed: FixedArray<draw_keys>
  private let isSteady: Bool
  private let horizonHours: Double
  private let groups: FixedArray<Group>
  // One entry for each process, and some behind each group.
  private let numbers: FixedArray<UInt64>
  private let keys: FixedArray<UInt64>
  private let evenFirst: FixedArray<Double>
  private let evenSecond: FixedArray<Double>
  private let oddFirst: FixedArray<Double>
  private let oddSecond: FixedArray<Double>
  // How each begins in the long run.
  private let chances: FixedArray<Double>
  private let reciprocals: FixedArray<Double>
  /// The tables of what is left of Weibull up times, one after the other.
  private let tables: FixedArray<Double>
  /// Where interval 0 of its table would stand, as an address, and the lowest number with an interval.
  private let residuals: FixedArray<UInt64>
  private let leasts: FixedArray<Double>
  private let calms: FixedArray<Double>

  // The outages, and the numbers of the processes that the kernel can not do.
  private var starts = FixedArray<Int64>(repeating: 0, count: 256)
  private var ends = FixedArray<Int64>(repeating: 0, count: 256)
  private var processes = FixedArray<Int64>(repeating: 0, count: 256)
  private(set) var count = 0
  private let apart: FixedArray<Int64>

  init(_ plan: CyclePlan, level: Int32, seed: UInt64) {
    self.level = level
    self.seed = FixedArray([draw_keys_of_seed(seed)])
    isSteady = plan.plan.start == .steady
    horizonHours = plan.plan.horizonHours
    var groups: [Group] = []
    var members: [CyclePlan.Member] = []
    for group in plan.groups {
      groups.append(
        Group(
          first: members.count, count: group.count, evenKind: group[0].laws.even.kind,
          oddKind: group[0].laws.odd.kind,
          isCalm: group.reduce(0) { $0 + $1.process.calmBelow } > 0.5 * Double(group.count)))
      members += group + Array(repeating: group[0], count: Int(DRAW_PADDING))
    }
    self.groups = FixedArray(groups)
    numbers = FixedArray(members.map { UInt64($0.process.number) })
    keys = FixedArray(members.map(\.process.key.hash))
    evenFirst = FixedArray(members.map(\.laws.even.first))
    evenSecond = FixedArray(members.map(\.laws.even.second))
    oddFirst = FixedArray(members.map(\.laws.odd.first))
    oddSecond = FixedArray(members.map(\.laws.odd.second))
    chances = FixedArray(members.map(\.process.start.chance))
    reciprocals = FixedArray(members.map(\.process.start.reciprocal))
    tables = FixedArray(plan.tables.flatMap(\.coefficients), alignment: CycleDraws.rowBytes)
    let addresses = CycleDraws.addresses(of: plan.tables, at: UInt(bitPattern: tables.start))
    residuals = FixedArray(members.map { $0.table < 0 ? 0 : addresses[$0.table] })
    leasts = FixedArray(members.map { $0.table < 0 ? 1 : plan.tables[$0.table].least })
    calms = FixedArray(members.map(\.process.calmBelow))
    apart = FixedArray(repeating: 0, count: members.count)
  }

  /// The length of one polynomial: a line of the cache.
  private static let rowBytes = WeibullResidual.rowLength * MemoryLayout<Double>.stride

  /// Where interval 0 of each table would stand; a kernel adds the number of an interval that there is.
  private static func addresses(of tables: [WeibullResidual], at start: UInt) -> [UInt64] {
    var next = start
    return tables.map { table in
      defer { next += UInt(table.coefficients.count * MemoryLayout<Double>.stride) }
      return UInt64(next &- UInt(table.firstInterval * rowBytes))
    }
  }

  var groupCount: Int { groups.count }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  func start(_ place: Int) -> Int64 { starts[place] }

  @inline(__always)
  func end(_ place: Int) -> Int64 { ends[place] }

  @inline(__always)
  func process(_ place: Int) -> Int32 { Int32(truncatingIfNeeded: processes[place]) }

  /// Keeps those for whose place 1 comes back, and not 0, in their order.
  @inline(__always)
  mutating func keep(_ share: (Int) -> Int) {
    var kept = 0
    for place in 0..<count {
      let (process, start, end) = (processes[place], starts[place], ends[place])
      (processes[kept], starts[kept], ends[kept]) = (process, start, end)
      kept &+= share(place)
    }
    count = kept
  }

  @inline(__always)
  subscript(place: Int) -> OutageInterval {
    OutageInterval(
      start: starts[place], noticed: starts[place], end: ends[place],
      process: Int32(truncatingIfNeeded: processes[place]))
  }

  /// Adds the outages of a group in a replication.
  ///
  /// - Returns: how many of its processes it can not do, since they are down at 0.
  mutating func unroll(_ number: Int, replication: UInt32) -> Int {
    while true {
      if let apart = tryToUnroll(groups[number], replication) { return apart }
      grow()
    }
  }

  /// The number of one of the processes that it could not do.
  func processApart(_ index: Int) -> Int { Int(apart[index]) }

  private mutating func tryToUnroll(_ group: Group, _ replication: UInt32) -> Int? {
    let first = group.first
    var cycles = draw_cycles(
      count: Int64(group.count), is_steady: isSteady ? 1 : 0, is_calm: group.isCalm ? 1 : 0,
      even_kind: group.evenKind,
      odd_kind: group.oddKind, horizon_hours: horizonHours, number: numbers.start + first,
      process: keys.start + first, even_first: evenFirst.start + first, even_second: evenSecond.start + first,
      odd_first: oddFirst.start + first, odd_second: oddSecond.start + first,
      chance: chances.start + first, reciprocal: reciprocals.start + first,
      residual: residuals.start + first, least: leasts.start + first, calm: calms.start + first)
    var made = draw_outages(
      starts: starts.start, ends: ends.start, numbers: processes.start, capacity: Int64(starts.count),
      count: Int64(count), apart: apart.start, apart_count: 0)
    guard draw_cycles(level, seed.start, replication, &cycles, &made) != 0 else { return nil }
    count = Int(made.count)
    return Int(made.apart_count)
  }

  private mutating func grow() {
    let capacity = 2 * starts.count
    starts = starts.grown(to: capacity, keeping: count)
    ends = ends.grown(to: capacity, keeping: count)
    processes = processes.grown(to: capacity, keeping: count)
  }
}

extension FixedArray where Element == Int64 {
  /// A longer one with the same beginning.
  fileprivate borrowing func grown(to capacity: Int, keeping count: Int) -> FixedArray {
    let larger = FixedArray(repeating: 0, count: capacity)
    for place in 0..<count { larger[place] = self[place] }
    return larger
  }
}
