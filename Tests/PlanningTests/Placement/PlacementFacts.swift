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

  /// Five types of node in three zones, and pods of some kinds, sixty in all; some kinds share no node, some are even
  /// over zones. Instances are drawn from a seed.
  static let types = [
    ("m5.large", 2, 8, 96), ("m5.xlarge", 4, 16, 192), ("m5.2xlarge", 8, 32, 384), ("r5.xlarge", 4, 32, 252),
    ("c5.2xlarge", 8, 16, 340),
  ].map { NodeType(name: $0.0, room: [$0.1 * 1000 - 100, $0.2 * 1024 - 600, 58], price: $0.3) }

  static func sixtyPods(seed: Int) -> PlacementProblem {
    var draws = PlainDraws(UInt64(seed))
    for _ in 0..<3 { _ = draws.draw(9) }
    let kinds = [4, 6, 10, 12, 20, 60][seed % 6]
    let pods = (0..<kinds).map { kind -> (PodApp, PodGroup) in
      var app = PodApp(name: "\(kind)")
      if draws.draw(3) == 0 { app.mostPerNode = 1 }
      if seed % 3 > 0, draws.draw(2) == 0, kinds < 60 {
        app.spreads = [SpreadRule(topology: .zone, maxSkew: 1)]
      }
      let requests = [100 * (1 + draws.draw(kinds == 4 ? 20 : 24)), 256 * (1 + draws.draw(24)), 1]
      return (app, PodGroup(name: "\(kind)", app: kind, count: 60 / kinds, requests: requests))
    }
    return PlacementProblem(apps: pods.map(\.0), groups: pods.map(\.1), nodes: [])
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
