/// What one kind of planned work came to in one replication.
struct PlannedCounts {
  var occasions: Int64 = 0
  /// Occasions after which something was left to do when the next came.
  var cutShort: Int64 = 0
  /// Waves that began.
  var waves: Int64 = 0
  /// Waves that waited for a disruption budget, and for how long they all did, in ticks.
  var waits: Int64 = 0
  var waited: Int64 = 0
}

/// What planned work adds up to over replications; nothing where none is planned.
struct PlannedTally: Sendable, Hashable {
  /// What is added up for each kind of work.
  enum OfWork: Int, CaseIterable { case occasions, cutShort, waves, waits, waited }
  /// What is added up for each capability, in ticks.
  enum OfCapability: Int, CaseIterable {
    /// Downtime that planned work alone brings, and all other.
    case planned, unplanned
    /// Service not served for planned work alone, downtime included.
    case unserved
  }

  /// For each kind of work, as in `OfWork`.
  var works: [[Moments]]
  /// For each capability, as in `OfCapability`.
  var capabilities: [[Moments]]
  /// Moves of each moving role that planned work did not set off.
  var unplannedMoves: [Moments]

  init(_ layout: PlannedLayout, capabilities count: Int, movingRoles: Int) {
    works = layout.works.map { _ in OfWork.allCases.map { _ in Moments() } }
    capabilities =
      layout.isEmpty ? [] : (0..<count).map { _ in OfCapability.allCases.map { _ in Moments() } }
    unplannedMoves = layout.isEmpty ? [] : (0..<movingRoles).map { _ in Moments() }
  }

  /// Those of each kind of work, then of each capability, then of the moves; nothing where none is planned.
  var numbers: [[Moments]] { works.isEmpty ? [] : works + capabilities + [unplannedMoves] }

  /// Takes over numbers from a file, in the order of `numbers`.
  ///
  /// - Returns: whether they fit.
  mutating func take(_ numbers: [[Moments]]) -> Bool {
    guard numbers.map(\.count) == self.numbers.map(\.count) else { return false }
    works = Array(numbers.prefix(works.count))
    capabilities = Array(numbers.dropFirst(works.count).prefix(capabilities.count))
    unplannedMoves = numbers.last ?? []
    return true
  }

  /// Everything in one order.
  var moments: [Moments] { numbers.flatMap { $0 } }

  /// Adds the moves of each role in a replication that planned work did not set off.
  mutating func addUnplannedMoves(_ moves: [Int64]) {
    for role in unplannedMoves.indices { unplannedMoves[role].add(moves[role]) }
  }

  mutating func add(_ counts: PlannedCounts, ofWork number: Int) {
    works[number][OfWork.occasions.rawValue].add(counts.occasions)
    works[number][OfWork.cutShort.rawValue].add(counts.cutShort)
    works[number][OfWork.waves.rawValue].add(counts.waves)
    works[number][OfWork.waits.rawValue].add(counts.waits)
    works[number][OfWork.waited.rawValue].add(counts.waited)
  }

  mutating func merge(_ other: PlannedTally) {
    for number in works.indices {
      for place in works[number].indices { works[number][place].merge(other.works[number][place]) }
    }
    for number in capabilities.indices {
      for place in capabilities[number].indices {
        capabilities[number][place].merge(other.capabilities[number][place])
      }
    }
    for role in unplannedMoves.indices { unplannedMoves[role].merge(other.unplannedMoves[role]) }
  }
}

/// The downtime of one replication that planned work brings, as it adds up.
struct PlannedAccount {
  private var downtime: [Int64]
  /// Ticks × 2²⁰ths of the service.
  private var unserved: [Int128]

  init(_ layout: PlannedLayout, capabilities count: Int) {
    downtime = [Int64](repeating: 0, count: layout.isEmpty ? 0 : count)
    unserved = [Int128](repeating: 0, count: layout.isEmpty ? 0 : count)
  }

  mutating func open() {
    for index in downtime.indices { (downtime[index], unserved[index]) = (0, 0) }
  }

  /// Adds a stretch of time in a state.
  @inline(__always)
  mutating func charge(_ state: borrowing ServiceState, length: Int64) {
    for index in downtime.indices {
      if state.isPlanned[index] { downtime[index] += length }
      let lost = state.lostToPlanned[index]
      if lost > 0 { unserved[index] += Int128(length) * Int128((lost * 0x1p20).rounded()) }
    }
  }

  /// Adds the replication to the tally.
  func close(_ whole: borrowing FixedArray<Int64>, into tally: inout PlannedTally) {
    for index in downtime.indices {
      tally.capabilities[index][PlannedTally.OfCapability.planned.rawValue].add(downtime[index])
      tally.capabilities[index][PlannedTally.OfCapability.unplanned.rawValue].add(
        whole[index] - downtime[index])
      tally.capabilities[index][PlannedTally.OfCapability.unserved.rawValue].add(Int64(unserved[index] >> 20))
    }
  }
}
