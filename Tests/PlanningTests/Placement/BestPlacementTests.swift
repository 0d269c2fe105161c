import Planning
import Testing

@Suite("Packing pods on nodes")
struct BestPlacementTests {
  struct Instance: Sendable, CustomTestStringConvertible {
    let name: String
    let sizes: [Int]
    let capacity: Int
    /// The fewest bins.
    let optimum: Int
    var testDescription: String { name }
  }

  /// Falkenauer, *A hybrid grouping genetic algorithm for bin packing* (1996), OR-Library binpack1: 120 items, bins of 150.
  static let published = [
    Instance(
      name: "u120_00",
      sizes: [
        42, 69, 67, 57, 93, 90, 38, 36, 45, 42, 33, 79, 27, 57, 44, 84, 86, 92, 46, 38, 85, 33, 82, 73, 49,
        70, 59, 23,
        57, 72, 74, 69, 33, 42, 28, 46, 30, 64, 29, 74, 41, 49, 55, 98, 80, 32, 25, 38, 82, 30, 35, 39, 57,
        84, 62, 50,
        55, 27, 30, 36, 20, 78, 47, 26, 45, 41, 58, 98, 91, 96, 73, 84, 37, 93, 91, 43, 73, 85, 81, 79, 71,
        80, 76, 83,
        41, 78, 70, 23, 42, 87, 43, 84, 60, 55, 49, 78, 73, 62, 36, 44, 94, 69, 32, 96, 70, 84, 58, 78, 25,
        80, 58, 66,
        83, 24, 98, 60, 42, 43, 43, 39,
      ], capacity: 150, optimum: 48),
    Instance(
      name: "u120_01",
      sizes: [
        97, 57, 81, 62, 75, 81, 23, 43, 50, 38, 60, 58, 70, 88, 36, 90, 37, 45, 45, 39, 44, 53, 70, 24, 82,
        81, 47, 97,
        35, 65, 74, 68, 49, 55, 52, 94, 95, 29, 99, 20, 22, 25, 49, 46, 98, 59, 98, 60, 23, 72, 33, 98, 80,
        95, 78, 57,
        67, 53, 47, 53, 36, 38, 92, 30, 80, 32, 97, 39, 80, 72, 55, 41, 60, 67, 53, 65, 95, 20, 66, 78, 98,
        47, 100, 85,
        53, 53, 67, 27, 22, 61, 43, 52, 76, 64, 61, 29, 30, 46, 79, 66, 27, 79, 98, 90, 22, 75, 57, 67, 36,
        70, 99, 48,
        43, 45, 71, 100, 88, 48, 27, 39,
      ], capacity: 150, optimum: 49),
  ]

  /// Falkenauer's triplets: bins filled to the last unit by three items each, so the optimum is known.
  static let triplets = [4, 8, 12].map { bins in
    var draws = PlainDraws(UInt64(bins))
    let sizes = (0..<bins).flatMap { _ -> [Int] in
      let (first, second) = (380 + draws.draw(90), 250 + draws.draw(120))
      return [first, second, 1000 - first - second]
    }
    return Instance(name: "\(bins) triplets", sizes: sizes, capacity: 1000, optimum: bins)
  }

  @Test(arguments: published + triplets)
  func `bins that do, and one fewer that does not`(instance: Instance) {
    let enough = PlacementFacts.bins(instance.sizes, count: instance.optimum, capacity: instance.capacity)
    let best = BestPlacement(enough)
    #expect(best.fits == .yes)
    for node in enough.nodes.indices {
      let used = enough.groups.indices.reduce(0) {
        $0 + best.packing.counts[$1][node] * enough.groups[$1].requests[0]
      }
      #expect(used <= instance.capacity)
    }
    let tooFew = PlacementFacts.bins(instance.sizes, count: instance.optimum - 1, capacity: instance.capacity)
    #expect(BestPlacement(tooFew, steps: 2_000).fits == .no)
  }

  /// Pods, nodes, resources, anti-affinity, spreads over zones and nodes, minDomains, volumes: every packing is looked at.
  @Test(arguments: 0..<24)
  func `the fewest pods that wait, as by looking at every packing`(seed: Int) {
    var draws = PlainDraws(UInt64(seed) &* 7919 &+ 13)
    for _ in 0..<8 {
      let problem = Self.random(&draws)
      guard problem.podCount <= 7 else { continue }
      let best = BestPlacement(problem)
      #expect(best.isProved)
      #expect(best.waiting == EveryPacking(problem).fewestWaiting(), "\(problem)")
    }
  }

  /// The same with apps that refuse each other, on nodes and in zones.
  @Test(arguments: 0..<16)
  func `the fewest pods that wait where apps refuse each other`(seed: Int) {
    var draws = PlainDraws(UInt64(seed) &* 104_729 &+ 7)
    for _ in 0..<8 {
      var problem = Self.random(&draws)
      guard problem.podCount <= 7, problem.apps.count > 1 else { continue }
      for _ in 0...draws.draw(2) {
        let one = draws.draw(problem.apps.count)
        let other = (one + 1 + draws.draw(problem.apps.count - 1)) % problem.apps.count
        problem.separations.append(PodSeparation(one, other, topology: draws.draw(3) == 0 ? .zone : .node))
      }
      let best = BestPlacement(problem)
      #expect(best.isProved)
      #expect(best.waiting == EveryPacking(problem).fewestWaiting(), "\(problem)")
      #expect(best.packing.keeps(problem))
      #expect(SchedulerOrder(problem).packing.keeps(problem) || problem.apps.contains { !$0.spreads.isEmpty })
    }
  }

  /// Equal pods of apps of which some refuse a zone to each other, and a volume in a zone: which app took the room matters,
  /// and not only how much is left.
  @Test(arguments: 0..<40)
  func `the fewest pods that wait where apps refuse zones, and only names tell pods apart`(seed: Int) {
    var draws = PlainDraws(UInt64(seed) &* 15_485_863 &+ 5)
    for _ in 0..<40 {
      let apps = 3 + draws.draw(3)
      var problem = PlacementProblem(
        apps: (0..<apps).map { PodApp(name: "\($0)") },
        groups: (0..<apps).map { app in
          PodGroup(
            name: "\(app)", app: app, count: 1 + draws.draw(2), requests: [1 + draws.draw(2), 1],
            zone: draws.draw(5) == 0 ? draws.draw(2) : nil)
        },
        nodes: (0...1 + draws.draw(3)).map {
          PlacementNode(name: "\($0)", zone: $0 % 3, room: [1 + draws.draw(3), 9])
        })
      guard problem.podCount <= 7 else { continue }
      for _ in 0...draws.draw(3) {
        let one = draws.draw(apps)
        problem.separations.append(
          PodSeparation(one, (one + 1 + draws.draw(apps - 1)) % apps, topology: .zone))
      }
      let best = BestPlacement(problem)
      #expect(best.isProved)
      #expect(best.waiting == EveryPacking(problem).fewestWaiting(), "\(problem)")
    }
  }

  private static func random(_ draws: inout PlainDraws) -> PlacementProblem {
    var (apps, groups) = ([PodApp](), [PodGroup]())
    for app in 0...draws.draw(3) {
      var own = PodApp(name: "\(app)")
      if draws.draw(3) == 0 { own.mostPerNode = 1 }
      if draws.draw(5) == 0 { own.mostPerZone = 1 + draws.draw(2) }
      if draws.draw(3) == 0 {
        own.spreads.append(
          SpreadRule(topology: .zone, maxSkew: 1 + draws.draw(2), minDomains: 1 + draws.draw(4)))
      }
      if draws.draw(5) == 0 { own.spreads.append(SpreadRule(topology: .node, maxSkew: 1 + draws.draw(2))) }
      apps.append(own)
      for group in 0...draws.draw(2) {
        groups.append(
          PodGroup(
            name: "\(app).\(group)", app: app, count: 1 + draws.draw(3),
            requests: [1 + draws.draw(5), 1 + draws.draw(4), 1],
            zone: draws.draw(6) == 0 ? draws.draw(2) : nil))
      }
    }
    let nodes = (0...1 + draws.draw(3)).map { node in
      PlacementNode(
        name: "\(node)", zone: node % 2, room: [4 + draws.draw(4), 4 + draws.draw(4), 2 + draws.draw(4)])
    }
    return PlacementProblem(apps: apps, groups: groups, nodes: nodes)
  }

  @Test("Nine pods, one to a node, six nodes: three wait whatever is done, for that one reason")
  func antiAffinity() {
    var app = PodApp(name: "backend")
    app.mostPerNode = 1
    let problem = PlacementFacts.pods(app, 9, inZones: [0, 1, 2, 0, 1, 2])
    let best = BestPlacement(problem)
    #expect((best.waiting, best.waitingAtLeast) == (3, 3))
    #expect(PlacementConflict(problem)?.constraints == [.apartOnNodes(app: 0)])
    #expect(SchedulerOrder(problem).waiting.map(\.count) == [3])
  }

  @Test("Room by the sums, and none by the pieces: two nodes of 3 do not hold three pods of 2")
  func pieces() {
    let problem = PlacementFacts.bins([2, 2, 2], count: 2, capacity: 3)
    #expect(BestPlacement(problem).waiting == 1)
    #expect(PlacementConflict(problem)?.constraints == [.room(resource: 0)])
  }

  @Test(
    "Pods of more than half a node wait where there are more of them than nodes, whatever the sums leave room for"
  )
  func halves() {
    // 30 sizes from 51 to 80 of 100, on 24 nodes: 6 wait. They ask for 1,965 of 2,400, and no search is let run.
    let problem = PlacementFacts.bins((51...80).map { $0 }, count: 24, capacity: 100)
    let best = BestPlacement(problem, steps: 1)
    #expect((best.waiting, best.waitingAtLeast) == (6, 6))
  }

  /// Equal nodes, which are told apart by their names only, and some that are not, in any order.
  @Test(arguments: 0..<12)
  func `what re-packing finds after a loss is a packing of what is left`(seed: Int) {
    var draws = PlainDraws(UInt64(seed) &* 6151 &+ 3)
    for _ in 0..<6 {
      var problem = Self.random(&draws)
      for node in problem.nodes.indices where draws.draw(2) == 0 {
        problem.nodes[node].room = problem.nodes[0].room
      }
      let placed = BestPlacement(problem).packing
      for node in problem.nodes.indices {
        let loss = PlacementLoss(of: [node], named: "\(node)", in: problem, placed: placed)
        var left = problem
        left.nodes.remove(at: node)
        #expect(loss.repacked.packing.keeps(left))
        #expect(loss.repacked.packing.pending(of: left) == loss.waitingRepacked)
        #expect(loss.repacked.waiting == BestPlacement(left).waiting)
      }
    }
  }

  @Test("The scheduler leaves pods pending that fit when they are placed together")
  func greedy() {
    // 4 small pods spread over both nodes leave 2 + 2, and the large one needs 4.
    let problem = PlacementProblem(
      apps: [PodApp(name: "small"), PodApp(name: "large")],
      groups: [
        PodGroup(name: "small", app: 0, count: 4, requests: [1, 1]),
        PodGroup(name: "large", app: 1, count: 1, requests: [4, 1]),
      ], nodes: PlacementFacts.nodes(inZones: [0, 0], room: [4, 100]))
    #expect(BestPlacement(problem).fits == .yes)
    let waiting = SchedulerOrder(problem).waiting
    #expect(waiting.map(\.group) == [1])
    #expect(waiting.first?.reasons.map(\.refusal) == [.room(resource: 0)])
    #expect(waiting.first?.reasons.map(\.nodes) == [2])
  }

  @Test("After a loss those that stay are in the way, and re-packing finds room")
  func losses() {
    var app = PodApp(name: "a")
    app.mostPerZone = 1
    let problem = PlacementProblem(
      apps: [app, PodApp(name: "b")],
      groups: [
        PodGroup(name: "a", app: 0, count: 1, requests: [2, 1]),
        PodGroup(name: "b", app: 1, count: 2, requests: [1, 1]),
      ], nodes: PlacementFacts.nodes(inZones: [0, 1, 2], room: [2, 9]))
    let placed = Packing(counts: [[1, 0, 0], [0, 1, 1]])
    let loss = PlacementLoss(of: [0], named: "zone 0", in: problem, placed: placed)
    #expect((loss.lost, loss.waiting, loss.repacked.waiting) == ([1, 0], [1, 0], 0))
  }
}

/// Every way to place pods, one after the other.
private struct EveryPacking {
  let problem: PlacementProblem
  private let pods: [Int]
  private var counts: [[Int]]
  private var fewest: Int

  init(_ problem: PlacementProblem) {
    self.problem = problem
    pods = problem.groups.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element.count) }
    counts = problem.groups.map { _ in [Int](repeating: 0, count: problem.nodes.count) }
    fewest = pods.count
  }

  func fewestWaiting() -> Int {
    var search = self
    search.place(0, waiting: 0)
    return search.fewest
  }

  private mutating func place(_ pod: Int, waiting: Int) {
    guard waiting < fewest else { return }
    guard pod < pods.count else {
      if problem.apps.indices.allSatisfy(isSound), areApart { fewest = waiting }
      return
    }
    for node in problem.nodes.indices where takes(pods[pod], node) {
      counts[pods[pod]][node] += 1
      place(pod + 1, waiting: waiting)
      counts[pods[pod]][node] -= 1
    }
    place(pod + 1, waiting: waiting + 1)
  }

  private func takes(_ group: Int, _ node: Int) -> Bool {
    let (own, place) = (problem.groups[group], problem.nodes[node])
    return own.zone ?? place.zone == place.zone
      && place.room.indices.allSatisfy { resource in
        let used = problem.groups.indices.reduce(0) {
          $0 + counts[$1][node] * problem.groups[$1].requests[resource]
        }
        return used + own.requests[resource] <= place.room[resource]
      }
  }

  /// No two apps that refuse each other are in one place.
  private var areApart: Bool {
    func places(_ app: Int, _ topology: SpreadRule.Topology) -> Set<Int> {
      let own = problem.groups.indices.filter { problem.groups[$0].app == app }
      let nodes = problem.nodes.indices.filter { node in own.contains { counts[$0][node] > 0 } }
      return Set(nodes.map { topology == .node ? $0 : problem.nodes[$0].zone })
    }
    return problem.separations.allSatisfy { rule in
      places(rule.left, rule.topology).isDisjoint(with: places(rule.right, rule.topology))
    }
  }

  private func isSound(_ app: Int) -> Bool {
    let rules = problem.apps[app]
    let groups = problem.groups.indices.filter { problem.groups[$0].app == app }
    let onNodes = problem.nodes.indices.map { node in groups.reduce(0) { $0 + counts[$1][node] } }
    let isOpen = problem.nodes.map { node in
      groups.contains { problem.groups[$0].zone ?? node.zone == node.zone }
    }
    func totals(_ key: (Int) -> Int, all: Bool) -> [Int] {
      let keys = Set(problem.nodes.indices.filter { all || isOpen[$0] }.map(key))
      return keys.map { wanted in
        problem.nodes.indices.reduce(0) { $0 + (key($1) == wanted ? onNodes[$1] : 0) }
      }
    }
    let zone = { (node: Int) in problem.nodes[node].zone }
    guard onNodes.allSatisfy({ $0 <= rules.mostPerNode ?? .max }),
      totals(zone, all: true).allSatisfy({ $0 <= rules.mostPerZone ?? .max })
    else { return false }
    return rules.spreads.allSatisfy { rule in
      let counts = totals(rule.topology == .node ? { $0 } : zone, all: false)
      let least = counts.count < rule.minDomains ? 0 : counts.min() ?? 0
      return (counts.max() ?? 0) - least <= rule.maxSkew
    }
  }
}
