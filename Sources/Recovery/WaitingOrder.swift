/// Named things that wait for others: the order in which they can go, or the cycle that forbids one.
struct WaitingOrder: Hashable, Sendable {
  /// The places of those that each waits for.
  let predecessors: [[Int]]
  /// The places of those that wait for each.
  let successors: [[Int]]
  /// All places, each after those that it waits for; among equals as written.
  let order: [Int]

  /// The order of these names, or what is wrong with them.
  ///
  /// - Parameters:
  ///   - kind: what the things are, for messages: `step`, `component`.
  ///   - owner: what they belong to, for messages: `procedure`, `start order`.
  init(
    names: [String], waitsFor: [[String]], kind: String, owner: String
  ) throws(InvalidRecovery) {
    let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try InvalidRecovery.check(
      Self.nameFaults(names, waitsFor: waitsFor, places: places, kind: kind, owner: owner))
    predecessors = waitsFor.map { names in Array(Set(names.compactMap { places[$0] })).sorted() }
    successors = Self.inverse(predecessors)
    order = Self.sorted(predecessors, successors)
    guard order.count < names.count else { return }
    let cycle = Self.cycle(among: predecessors, without: Set(order)).map { names[$0] }
    throw InvalidRecovery(faults: [
      RecoveryFault(
        "\(kind)-cycle", cycle[0],
        "a \(owner) that waits for itself: \(cycle.joined(separator: " → ")), each waiting for the next",
        help: "leave one of them out of what \(cycle[0]) waits for")
    ])
  }

  private static func nameFaults(
    _ names: [String], waitsFor: [[String]], places: [String: Int], kind: String, owner: String
  ) -> [RecoveryFault] {
    guard !names.isEmpty else {
      return [RecoveryFault("no-\(kind)", owner, "a \(owner) without a \(kind); expected at least one")]
    }
    let twice = names.enumerated().filter { places[$1] != $0 }.map { _, name in
      RecoveryFault("\(kind)-twice", name, "two of the \(kind)s are called \(name); expected one")
    }
    let unknown = zip(names, waitsFor).flatMap { name, others in
      others.filter { places[$0] == nil }.map { other in
        RecoveryFault(
          "unknown-\(kind)", name, "\(name) waits for \(other), and there is no such \(kind)",
          help: "expected one of \(names.joined(separator: ", "))")
      }
    }
    return twice + unknown
  }

  private static func inverse(_ predecessors: [[Int]]) -> [[Int]] {
    var successors = [[Int]](repeating: [], count: predecessors.count)
    for (place, before) in predecessors.enumerated() {
      for other in before { successors[other].append(place) }
    }
    return successors
  }

  /// Those that wait for nothing left, first as written; what is in or behind a cycle is missing.
  private static func sorted(_ predecessors: [[Int]], _ successors: [[Int]]) -> [Int] {
    var missing = predecessors.map(\.count)
    var order = predecessors.indices.filter { missing[$0] == 0 }
    var next = 0
    while next < order.count {
      for place in successors[order[next]] {
        missing[place] -= 1
        if missing[place] == 0 { order.append(place) }
      }
      next += 1
    }
    return order
  }

  /// A way from a place back to itself, among the places that no order holds.
  private static func cycle(among predecessors: [[Int]], without ordered: Set<Int>) -> [Int] {
    guard var place = predecessors.indices.first(where: { !ordered.contains($0) }) else { return [] }
    var path: [Int] = []
    while !path.contains(place) {
      path.append(place)
      place = predecessors[place].first { !ordered.contains($0) } ?? place
    }
    return Array(path.drop { $0 != place }) + [place]
  }
}
