internal import DrawKernels
internal import Stochastics

/// The outages of a replication that a kernel makes, in the order in which it makes them.
struct CycleDraws: ~Copyable {
  /// Processes whose laws are of the same kinds.
  private struct Group: BitwiseCopyable {
    let first: Int
    let count: Int
    let evenKind: Int32
    let oddKind: Int32
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
  private let unavailabilities: FixedArray<Double>
  /// The place among the timelines of each.
  private let places: FixedArray<Int>

  // The outages, and the places in their group of the processes that are down at 0.
  private var starts = FixedArray<Int64>(repeating: 0, count: 256)
  private var ends = FixedArray<Int64>(repeating: 0, count: 256)
  private var processes = FixedArray<Int64>(repeating: 0, count: 256)
  private(set) var count = 0
  private let down: FixedArray<Int64>

  init(_ plan: CyclePlan, level: Int32, seed: UInt64) {
    self.level = level
    self.seed = FixedArray([draw_keys_of_seed(seed)])
    isSteady = plan.plan.start == .steady
    horizonHours = plan.plan.horizonHours
    var groups: [Group] = []
    var members: [CyclePlan.Member?] = []
    for group in plan.groups {
      groups.append(
        Group(
          first: members.count, count: group.count, evenKind: group[0].laws.even.kind,
          oddKind: group[0].laws.odd.kind))
      members += group.map(Optional.some) + [CyclePlan.Member?](repeating: nil, count: Int(DRAW_PADDING))
    }
    self.groups = FixedArray(groups)
    numbers = FixedArray(members.map { $0.map { UInt64($0.process.number) } ?? 0 })
    keys = FixedArray(members.map { $0?.process.key.hash ?? 0 })
    evenFirst = FixedArray(members.map { $0?.laws.even.first ?? 0 })
    evenSecond = FixedArray(members.map { $0?.laws.even.second ?? 0 })
    oddFirst = FixedArray(members.map { $0?.laws.odd.first ?? 0 })
    oddSecond = FixedArray(members.map { $0?.laws.odd.second ?? 0 })
    unavailabilities = FixedArray(members.map { $0?.process.unavailability ?? 0 })
    places = FixedArray(members.map { $0?.place ?? 0 })
    down = FixedArray(repeating: 0, count: members.count)
  }

  var groupCount: Int { groups.count }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  func start(_ place: Int) -> Int64 { starts[place] }

  @inline(__always)
  subscript(place: Int) -> OutageInterval {
    OutageInterval(
      start: starts[place], noticed: starts[place], end: ends[place],
      process: Int32(truncatingIfNeeded: processes[place]))
  }

  /// Adds the outages of a group in a replication.
  ///
  /// - Returns: how many of its processes are down at 0, of which nothing else is told.
  mutating func unroll(_ number: Int, replication: UInt32) -> Int {
    while true {
      if let down = tryToUnroll(groups[number], replication) { return down }
      grow()
    }
  }

  /// The place among the timelines of one of a group's processes that are down at 0.
  func placeOfDown(_ index: Int, group: Int) -> Int { places[groups[group].first + Int(down[index])] }

  private mutating func tryToUnroll(_ group: Group, _ replication: UInt32) -> Int? {
    let first = group.first
    var cycles = draw_cycles(
      count: Int64(group.count), is_steady: isSteady ? 1 : 0, even_kind: group.evenKind,
      odd_kind: group.oddKind, horizon_hours: horizonHours, number: numbers.start + first,
      process: keys.start + first, even_first: evenFirst.start + first, even_second: evenSecond.start + first,
      odd_first: oddFirst.start + first, odd_second: oddSecond.start + first,
      unavailability: unavailabilities.start + first)
    var made = draw_outages(
      starts: starts.start, ends: ends.start, numbers: processes.start, capacity: Int64(starts.count),
      count: Int64(count), down: down.start, down_count: 0, first: 0)
    guard draw_cycles(level, seed.start, replication, &cycles, &made) != 0 else { return nil }
    count = Int(made.count)
    return Int(made.down_count)
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
