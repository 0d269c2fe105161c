import ModelFormat
import Planning
import ServiceModel
import Testing

@Suite("Capacity of a model")
struct CapacityPlanTests {
  private static let chain = """
    domains:
      zone-a: {kind: zone}
      zone-b: {kind: zone}
      zone-c: {kind: zone}
      nodes: {kind: pool, nodes: {count: 6, spread: zones}, allocatable: {cpu: 8, memory: 32 GB}}
    pools:
      requests: {of: api, kind: threads, size: 20, serves: requests}
      to-pooler: {of: api, kind: connections, size: 50, to: pooler}
      pooler: {of: pooler, kind: connections, size: 2000}
      to-writer: {of: pooler, kind: connections, size: 125, to: database/writer}
      to-reader: {of: pooler, kind: connections, size: 250, to: database/reader}
      database: {of: database, kind: connections, size: 500, memory: 10 MB}
      idle: {of: api, kind: threads, size: 5}
    components:
      api:
        replicas: {count: 9, required: 4, spread: nodes}
        requests: {cpu: 2, memory: 4 GB}
        fails: {crash: {mtbf: 30 d, lasts: 5 min}}
        depends-on:
          pooler:
            traffic: {calls: 100 /s, latency: 90 ms}
      pooler:
        replicas: {count: 1, required: 1, in: nodes-1}
        fails: {crash: {mtbf: 30 d, lasts: 5 min}}
      database:
        roles:
          writer: {count: 1, in: zone-a}
          reader: {count: 2, required: 1, members: [zone-b, zone-c]}
        failover:
          writer: {from: [reader], detect: 10 s, takes: 1 min, works: 95 %}
        fails: {crash: {mtbf: 30 d, lasts: 5 min}}
    capabilities:
      service:
        depends-on: {api: hard, database: hard}
        demand: {api: 3}
        profile: {day: [{from: "00:00", load: 50 %}, {from: "09:00", load: 200 %}], growth: 20 %}
    """

  private func plan() throws -> CapacityPlan {
    let text = "relmodel: 1\nname: test\n" + Self.chain
    let reader = ModelReader(files: .inMemory(["test.relmodel.yaml": text]))
    return CapacityPlan(try reader.reading(at: "test.relmodel.yaml").model)
  }

  private func limit(_ name: String, _ isIt: (CapacityLimit.Kind) -> Bool = { _ in true }) throws
    -> CapacityLimit
  {
    try #require(plan().limits.first { $0.name == name && isIt($0.kind) })
  }

  @Test("Demand at its busiest hour, after each loss, and until when it lasts")
  func work() throws {
    let work = try limit("api")
    #expect(work.now == CapacityLoad(used: 6, capacity: 9))
    // Nine on six nodes: nodes 1 to 3 have two each, so each zone has three and each node one or two.
    #expect(work.zones.map(\.load) == Array(repeating: CapacityLoad(used: 6, capacity: 6), count: 3))
    #expect(work.nodes.map { $0.load.capacity } == [7, 7, 7, 8, 8, 8])
    #expect(CapacityLimit.worst(work.nodes)?.domain == "nodes-1")
    // 6 × 1.2ʸ = 9.
    #expect(isClose(try #require(work.yearsUntilFull), 2.2239010857415440))
  }

  @Test("Little: 100 /s of 90 ms are nine of 180 slots")
  func slots() throws {
    let slots = try limit("requests")
    #expect(isClose(try #require(slots.now.used), 9) && slots.now.capacity == 180)
    #expect(slots.zones.allSatisfy { $0.load.capacity == 120 })
    #expect(try limit("idle").now.fullness == .unknown)
  }

  @Test("The chain from application to database, fleet-wide")
  func chain() throws {
    let into = try limit("pooler") { $0 == .connections(from: ["to-pooler"]) }
    #expect(into.now == CapacityLoad(used: 450, capacity: 2000))
    let through = try limit("pooler") { $0 == .handedOn }
    #expect(through.now == CapacityLoad(used: 450, capacity: 375))
    // The pooler's own zone takes it whole, and 300 connections want in.
    #expect(through.zones[0].load.fullness == .gone)
    #expect(through.zones[1].load == CapacityLoad(used: 300, capacity: 375))
    let writer = try limit("database/writer")
    #expect(writer.now == CapacityLoad(used: 125, capacity: 500))
    #expect(try limit("database/reader").now == CapacityLoad(used: 250, capacity: 1000))
    // The writer moves to a reader when its zone is lost; the pooler goes with the zone.
    #expect(writer.zones[0].load == CapacityLoad(used: 0, capacity: 500))
  }

  @Test("Memory of slots, and room on nodes as sums")
  func memory() throws {
    #expect(try limit("database memory").now == CapacityLoad(used: 5e9, capacity: nil))
    let cpu = try limit("nodes CPU")
    #expect(cpu.now == CapacityLoad(used: 18, capacity: 48))
    #expect(cpu.zones.allSatisfy { $0.load.capacity == 32 })
  }

  @Test("The fullest comes first, the unknown last")
  func order() throws {
    let order = try plan().bottlenecks
    #expect(order.first?.kind == .handedOn)
    #expect(order.last?.now.fullness == .unknown)
    let shares = order.compactMap { limit -> Double? in
      if case .share(let share) = limit.now.fullness { share } else { nil }
    }
    #expect(shares == shares.sorted(by: >))
  }
}
