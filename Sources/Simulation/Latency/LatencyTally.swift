/// For how long a capability was up while calls on its way stood other than well.
struct LatencyTally: Sendable {
  /// Ticks of a replication, by how calls stood; none where all was well.
  private(set) var moments: [EdgeStandingCode: Moments] = [:]
  /// The replication under way.
  private var ticks: [EdgeStandingCode: Int64] = [:]

  init() {}

  /// The tally that numbers from a file stand for.
  init(_ entries: [LatencyNumbers]) {
    moments = Dictionary(entries.map { ($0.code, $0.moments) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds a stretch of time.
  mutating func charge(_ code: EdgeStandingCode, ticks added: Int64) { ticks[code, default: 0] += added }

  /// Ends a replication.
  mutating func close() {
    // Whole numbers: the order does not matter.
    for (code, sum) in ticks { moments[code, default: Moments()].add(sum) }
    ticks.removeAll(keepingCapacity: true)
  }

  mutating func merge(_ other: LatencyTally) {
    for (code, own) in other.moments { moments[code, default: Moments()].merge(own) }
  }

  /// Longest first; of equals the smaller code.
  var standings: [LatencyNumbers] {
    moments.map { LatencyNumbers(code: $0.key, moments: $0.value) }
      .sorted {
        $0.moments.sum != $1.moments.sum
          ? $0.moments.sum > $1.moments.sum : $0.code.lexicographicallyPrecedes($1.code)
      }
  }
}

/// One way in which calls stood, and for how long, as a file holds it.
struct LatencyNumbers: Codable, Sendable, Hashable {
  let code: EdgeStandingCode
  let moments: Moments
}

extension LatencyTally {
  /// Whether all that is in both can be added.
  func isAddable(_ other: LatencyTally, _ areAddable: (Moments, Moments) -> Bool) -> Bool {
    other.moments.allSatisfy { code, own in moments[code].map { areAddable($0, own) } ?? true }
  }
}
