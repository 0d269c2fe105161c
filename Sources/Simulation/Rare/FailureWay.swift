/// A way in which a capability was seen to fail: how many processes of each cause were down when it went down.
///
/// Processes of one cause are alike, so that which of them they were makes no other way.
struct FailureWay: Hashable, Sendable {
  /// A cause and a number of its processes, by cause.
  struct Part: Hashable, Sendable {
    let cause: Int
    let count: Int
  }

  let parts: [Part]

  /// The way of some processes' causes.
  init(causes: [Int]) {
    var counts: [Int: Int] = [:]
    for cause in causes { counts[cause, default: 0] += 1 }
    parts = counts.sorted { $0.key < $1.key }.map { Part(cause: $0.key, count: $0.value) }
  }

  /// Whether another way is part of this one, so that this one holds more than it needs.
  func contains(_ other: FailureWay) -> Bool {
    other.parts.allSatisfy { part in
      parts.contains { $0.cause == part.cause && $0.count >= part.count }
    }
  }
}

/// The ways to fail that were seen, with how often.
struct FailureWays: Sendable {
  /// The most ways kept; the most likely ones.
  static let most = 2_000

  private var counts: [FailureWay: Int] = [:]
  /// How many ways are forced.
  var minimalCount = 0

  mutating func note(_ way: FailureWay) { counts[way, default: 0] += 1 }

  /// How many ways were seen.
  var count: Int { counts.count }

  /// The share of failures that go a way not seen so far, by Good and Turing: those seen once, of all (Good 1953).
  var unseenShare: Double {
    let all = counts.values.reduce(0, +)
    return all > 0 ? Double(counts.values.count { $0 == 1 }) / Double(all) : 1
  }

  /// The ways that hold no other, in a fixed order: the most likely first.
  func minimal(likelihood: (FailureWay) -> Double) -> [FailureWay] {
    let sized = counts.keys.map { way in (way, size: way.parts.reduce(0) { $0 + $1.count }) }
    var kept: [FailureWay] = []
    for (way, _) in sized.sorted(by: { ($0.size, FailureWays.key($0.0)) < ($1.size, FailureWays.key($1.0)) })
    where !kept.contains(where: way.contains) { kept.append(way) }
    let likely = kept.map { ($0, likelihood($0)) }.sorted {
      ($0.1, FailureWays.key($1.0)) > ($1.1, FailureWays.key($0.0))
    }
    return likely.prefix(FailureWays.most).map(\.0)
  }

  /// The same text for the same way in every run.
  private static func key(_ way: FailureWay) -> String {
    way.parts.map { "\($0.cause)x\($0.count)" }.joined(separator: " ")
  }
}
