import ModelFormat
import Planning
import Quantities
import ServiceModel
import Testing

@Suite("Where the pods of a model can be")
struct PlacementPlanTests {
  private static let zones = "  a: {kind: zone}\n  b: {kind: zone}\n  c: {kind: zone}\n"

  private func model(_ components: String, pool: String = "capacity: {cpu: 8, memory: 32 GB}", nodes: Int = 6)
    throws
    -> Model
  {
    let text = """
      relmodel: 1
      name: test
      domains:
      \(Self.zones)
        n: {kind: pool, nodes: {count: \(nodes), spread: zones}, \(pool)}
      components:
        \(components)
      capabilities: {s: {depends-on: {x: hard}}}
      """
    return try ModelReader(texts: ["t.yaml": text]).reading(at: "t.yaml", judgingRoom: false).model
  }

  /// Document B §2.5: nine pods, one to a node at most, six nodes in three zones.
  private func backend(_ more: String = "") throws -> Model {
    try model(
      "x: {replicas: {count: 9, required: 4, spread: n}, requests: {cpu: 1, memory: 2 GB}, anti-affinity: {nodes: required, zones: preferred}\(more)}"
    )
  }

  @Test(
    "Three of nine stay pending, now and more after each loss; the drawing breaks the rule on three nodes")
  func seed() throws {
    let plan = PlacementPlan(try backend())
    #expect(plan.best.fits == .no)
    #expect((plan.best.waiting, plan.best.isProved) == (3, true))
    #expect(plan.conflict?.constraints == [.apartOnNodes(app: 0)])
    #expect(plan.breaches.map(\.places) == [3])
    #expect(plan.nodeLosses.map(\.waitingRepacked) == [[4], [4], [4], [4], [4], [4]])
    #expect(plan.zoneLosses.map(\.waitingRepacked) == [[5], [5], [5]])
  }

  @Test("Three nodes more do, eight without any zone; or six pods, or the rule only preferred")
  func fixes() throws {
    let model = try backend()
    let capacity = ComputeResources(cpu: 8, memory: try #require(DataSize(bytes: 34_359_738_368)))
    let offer = NodeOffer(name: "m5.2xlarge", capacity: capacity, microsPerHour: 384_000)
    let fixes = PlacementFixes(PlacementPlan(model), of: model).all(buying: [offer])
    #expect(
      fixes.map(\.change) == [
        .relax(.apartOnNodes(app: 0)), .fewer(app: 0, units: 6), .add(nodes: 3, of: "m5.2xlarge"),
        .add(nodes: 8, of: "m5.2xlarge"),
      ])
    #expect(fixes.map(\.microsPerHour) == [0, 0, 1_152_000, 3_072_000])
    #expect(fixes.map(\.waitingWithoutZone) == [0, 2, 3, 0])
  }

  @Test("What fits without any zone needs nothing")
  func nothing() throws {
    let model = try model("x: {replicas: {count: 3, spread: n}, requests: {cpu: 1, memory: 2 GB}}")
    let capacity = ComputeResources(cpu: 8, memory: try #require(DataSize(bytes: 34_359_738_368)))
    let offer = NodeOffer(name: "m5.2xlarge", capacity: capacity, microsPerHour: 384_000)
    #expect(PlacementFixes(PlacementPlan(model), of: model).all(buying: [offer]).isEmpty)
  }

  /// Kubernetes: required anti-affinity of one pod keeps the other away as well, whichever of the two comes first.
  @Test(arguments: ["x", "y"])
  func `required rules between components hold both ways, stated by either`(owner: String) throws {
    let rule = { (own: String, other: String) in
      own == owner ? ", anti-affinity: {from: {\(other): {nodes: required}}}" : ""
    }
    let model = try model(
      """
      x: {replicas: {count: 4, spread: n}, requests: {cpu: 1, memory: 2 GB}\(rule("x", "y"))}
        y: {replicas: {count: 2, spread: n}\(rule("y", "x"))}
      """, nodes: 5)
    let plan = PlacementPlan(model)
    #expect(plan.placement.problem.separations == [PodSeparation(0, 1, topology: .node)])
    #expect(plan.best.waiting == 0)
    // Four nodes have a pod of x as they are spread, so one is left to both of y.
    #expect(plan.scheduled.waiting.isEmpty)
    #expect(plan.breaches.map(\.places) == [2])
    #expect(plan.placement.unjudged.isEmpty)
  }

  @Test("A preferred rule between components is kept where it can be, and breaks nothing where it can not")
  func preferredBetween() throws {
    let model = try model(
      """
      x: {replicas: {count: 4, spread: n}, requests: {cpu: 1, memory: 2 GB}}
        y: {replicas: {count: 2, spread: n}, requests: {cpu: 1, memory: 2 GB}, anti-affinity: {from: {x: {nodes: preferred}}}}
      """, nodes: 6)
    let plan = PlacementPlan(model)
    #expect(plan.placement.problem.separations.isEmpty)
    let shared = zip(plan.scheduled.packing.counts[0], plan.scheduled.packing.counts[1]).count {
      $0 > 0 && $1 > 0
    }
    #expect(shared == 0)
    #expect(plan.breaches.isEmpty)
  }

  /// 6 of 9 may not be missed: as the scheduler places them none may go.
  @Test("Drains wait for the budget")
  func drains() throws {
    let plan = PlacementPlan(try backend(", disruption-budget: {keep: 6}"))
    #expect(plan.drains.allSatisfy { !$0.isDone && $0.blocked == [1] })
    #expect(plan.placement.problem.apps[0].kept == 6)
  }

  @Test("What is reserved and what daemons take is no room: eight pods of 1 CPU to a node of 8 are seven")
  func reserved() throws {
    let pods = "x: {replicas: {count: 24, spread: n}, requests: {cpu: 1, memory: 1 GB}}"
    let whole = PlacementPlan(try model(pods, nodes: 3))
    #expect(whole.best.fits == .yes)
    let withheld =
      "capacity: {cpu: 8, memory: 32 GB}, reserved: {cpu: 0.1, memory: 1 GB}, daemons: {cpu: 0.2, memory: 1 GB}"
    let less = PlacementPlan(try model(pods, pool: withheld, nodes: 3))
    #expect((less.best.waiting, less.best.isProved) == (3, true))
    #expect(less.conflict?.constraints == [.room(resource: PlacementModel.Resource.cpu.rawValue)])
    let few = PlacementPlan(try model(pods, pool: "capacity: {cpu: 8, memory: 32 GB}, max-pods: 5", nodes: 3))
    #expect(few.best.waiting == 9)
  }

  @Test("A request that is too large is lowered to the most that fits")
  func smaller() throws {
    let model = try model("x: {replicas: {count: 4, spread: n}, requests: {cpu: 5, memory: 1 GB}}", nodes: 3)
    let fixes = PlacementFixes(PlacementPlan(model), of: model).all(buying: [])
    #expect(fixes.map(\.change).contains(.lower(app: 0, .cpu, to: 4000)))
  }

  @Test("Units with a volume of their zone wait when it is lost; others come up elsewhere")
  func volumes() throws {
    let plan = PlacementPlan(
      try model(
        """
        x: {replicas: {count: 3, spread: n}, requests: {cpu: 1, memory: 1 GB}}
          y: {replicas: {count: 3, spread: n}, requests: {cpu: 1, memory: 1 GB}, data: {volumes: {d: {reach: zone}}}}
        """))
    #expect(plan.isAsDrawn)
    #expect(plan.best.fits == .yes)
    #expect(plan.zoneLosses.map { plan.sum($0.waitingRepacked, of: 0) } == [0, 0, 0])
    #expect(plan.zoneLosses.map { plan.sum($0.waitingRepacked, of: 1) } == [1, 1, 1])
    #expect(plan.nodeLosses.map { plan.sum($0.waitingRepacked, of: 1) } == [0, 0, 0, 0, 0, 0])
  }

  @Test("A unit in one node goes nowhere else; a spread with too few zones leaves the others pending")
  func pinned() throws {
    let plan = PlacementPlan(
      try model("x: {replicas: {count: 1, in: n-2}, requests: {cpu: 1, memory: 1 GB}}"))
    #expect(plan.nodeLosses.map { $0.waitingRepacked[0] } == [0, 1, 0, 0, 0, 0])
    let spread = PlacementPlan(
      try model(
        "x: {replicas: {count: 6, spread: n}, topology-spread: {zones: {max-skew: 1, min-domains: 4}}}"))
    #expect(spread.best.waiting == 3)
  }

  @Test("Limits are what is requested when nothing else says so")
  func limits() throws {
    let model = try model("x: {replicas: {count: 2, spread: n}, limits: {cpu: 3, memory: 1 GB}}")
    #expect(model.components[0].requests?.cpu == 3)
    #expect(PlacementModel(model).problem.groups[0].requests[0] == 3000)
  }
}
