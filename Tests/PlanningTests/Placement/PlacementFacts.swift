import Planning

/// Problems that tests share.
enum PlacementFacts {
  /// Nodes with room for everything, by their zones.
  static func nodes(inZones zones: [Int], room: [Int] = [1000, 1000]) -> [PlacementNode] {
    zones.enumerated().map { PlacementNode(name: "node\($0 + 1)", zone: $1, room: room) }
  }

  /// Equal pods of one app with room everywhere.
  static func pods(_ app: PodApp, _ count: Int, inZones zones: [Int], room: [Int] = [1000, 1000])
    -> PlacementProblem
  {
    PlacementProblem(
      apps: [app], groups: [PodGroup(name: app.name, app: 0, count: count, requests: [1, 1])],
      nodes: nodes(inZones: zones, room: room))
  }

  /// Items in so many bins.
  static func bins(_ sizes: [Int], count: Int, capacity: Int) -> PlacementProblem {
    let kinds = Set(sizes).sorted()
    return PlacementProblem(
      apps: kinds.map { PodApp(name: "\($0)") },
      groups: kinds.enumerated().map { app, size in
        PodGroup(name: "\(size)", app: app, count: sizes.count { $0 == size }, requests: [size, 1])
      },
      nodes: (0..<count).map { PlacementNode(name: "\($0)", zone: 0, room: [capacity, 1000]) })
  }
}

/// Numbers that are the same in every run (Knuth's MMIX generator).
struct PlainDraws {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// A number below a limit.
  mutating func draw(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
