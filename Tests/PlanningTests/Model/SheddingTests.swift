import ModelFormat
import Planning
import ServiceModel
import Testing

@Suite("Room, data and who goes first")
struct SheddingTests {
  private static let base = """
    domains:
      zone-a: {kind: zone}
      zone-b: {kind: zone}
      nodes: {kind: pool, nodes: {count: 2, spread: zones}, allocatable: {cpu: 10, memory: 40 GB}}
    components:
      core: {replicas: {count: 2, required: 1, spread: nodes}, limits: {cpu: 3, memory: 4 GB, priority: critical}, requests: {cpu: 0.1, memory: 0.1 GB}}
      web:
        replicas: {count: 2, required: 1, spread: nodes}
        limits: {cpu: 2, memory: 2 GB, priority: important}
        requests: {cpu: 0.1, memory: 0.1 GB}
        depends-on: {core: hard}
      feed: {replicas: {count: 1, spread: nodes}, limits: {cpu: 2, memory: 8 GB, priority: important}, requests: {cpu: 0.1, memory: 0.1 GB}, depends-on: {core: hard}}
      tools: {replicas: {count: 3, required: 1, spread: nodes}, limits: {cpu: 1, memory: 1 GB, priority: standard}, requests: {cpu: 0.1, memory: 0.1 GB}}
      agent: {replicas: {count: 2, spread: nodes}, requests: {cpu: 0.5, memory: 0.1 GB}}
    pools:
      cache: {of: core, kind: memory, size: 4 GB, used: 3 GB, overflow: evict, growth: 20 %, alert: {at: 90 %}}
      shards: {of: tools, kind: storage, size: 100 GB, used: 60 GB, holds: parts}
    capabilities:
      site: {depends-on: {web: hard}}
      feeding: {depends-on: {feed: hard}}
      tooling: {depends-on: {tools: hard}}
      hints: {depends-on: {core: hard, tools: {soft: 20 %}}}
    """

  private func plan(_ set: [String] = []) throws -> CapacityPlan {
    let text = "relmodel: 1\nname: test\n" + Self.base
    let reader = ModelReader(files: .inMemory(["test.relmodel.yaml": text]))
    return CapacityPlan(try reader.reading(at: "test.relmodel.yaml", assignments: set).model)
  }

  @Test("Limits add up, what states none counts by its requests, and 16 of 20 CPU need nobody to go")
  func fits() throws {
    let plan = try plan()
    let cpu = try #require(plan.limits.first { $0.kind == .cpuLimits })
    // 2 × 3 + 2 × 2 + 2 + 3 × 1 + 2 × 0.5
    #expect(cpu.now == CapacityLoad(used: 16, capacity: 20))
    #expect(try #require(plan.limits.first { $0.kind == .cpu }).now == CapacityLoad(used: 1.8, capacity: 20))
    let now = try #require(plan.sheddings.first)
    #expect(now.lost == nil && now.steps.isEmpty && now.suffices && now.lostCapabilities.isEmpty)
    #expect(now.rungs.map { $0.upToHere.cpu } == [1, 7, 13, 16])
    #expect(now.rungs.map(\.priority) == [nil, .critical, .important, .standard])
  }

  @Test("On one node of 10 CPU tools go, then what loses no capability: one web and not the feed")
  func oneNodeLost() throws {
    let shedding = try #require(plan().sheddings.first { $0.lost == "nodes-1" })
    // 16 − 3 tools = 13; of 3 more, two webs (4, the site is lost), a web and the feed (4) or both and … : one web is 2, so two
    // steps are needed: a web and the feed lose feeding, two webs lose the site; one capability each, 4 CPU each.
    #expect(shedding.suffices && shedding.isProved)
    #expect(shedding.steps.map(\.priority) == [.standard, .important] || shedding.steps.count == 3)
    let freed = shedding.steps.reduce(0) { $0 + $1.freed.cpu }
    #expect(freed == 7)
    #expect(shedding.lostCapabilities.count == 2 && shedding.lostCapabilities.contains("tooling"))
  }

  @Test("A spare goes before what somebody needs")
  func spareFirst() throws {
    let shedding = try #require(
      plan(["domains/nodes/allocatable/cpu=12"]).sheddings.first { $0.lost == "nodes-2" })
    #expect(shedding.steps.map(\.component) == ["tools", "web"])
    #expect(shedding.steps.map(\.units) == [3, 1])
    #expect(shedding.lostCapabilities == ["tooling"])
  }

  @Test(
    "Brute force: nobody finds a smaller choice within the last priority",
    arguments: [8.0, 9, 10, 11, 12, 13, 14])
  func bruteForce(_ cpu: Double) throws {
    let plan = try plan(["domains/nodes/allocatable/cpu=\(cpu)"])
    guard let shedding = plan.sheddings.first(where: { $0.lost == "nodes-1" }) else {
      #expect(cpu >= 16)
      return
    }
    let gone = Dictionary(uniqueKeysWithValues: shedding.steps.map { ($0.component, $0.units) })
    // Within important: webs 0…2 of 2 CPU and the feed 0…1 of 2 CPU, once all tools are gone.
    let over = 16 - 3 - cpu
    guard over > 0, over <= 6 else { return }
    let ways = (0...2).flatMap { web in (0...1).map { (web, $0) } }.filter {
      Double(2 * ($0.0 + $0.1)) >= over
    }
    let best = ways.map { (lost: ($0.0 == 2 ? 1 : 0) + $0.1, units: $0.0 + $0.1) }.min { $0 < $1 }
    let own = (web: gone["web"] ?? 0, feed: gone["feed"] ?? 0)
    #expect((own.web == 2 ? 1 : 0) + own.feed == best?.lost && own.web + own.feed == best?.units)
  }

  @Test("What states no priority stays, and then it does not suffice")
  func notEnough() throws {
    let shedding = try #require(
      plan(["domains/nodes/allocatable/memory=1 GB"]).sheddings.first { $0.lost == nil })
    #expect(shedding.steps.count == 4 && shedding.suffices)
    let less = try #require(
      plan(["domains/nodes/allocatable/memory=1 GB", "components/agent/limits={cpu: 0.5, memory: 9 GB}"])
        .sheddings.first { $0.lost == nil })
    #expect(!less.suffices && less.steps.count == 4)
  }

  @Test("Copies stay as full after a loss, parts are taken over")
  func data() throws {
    let plan = try plan()
    let cache = try #require(plan.limits.first { $0.name == "cache" })
    #expect(cache.kind == .data(.memory, .evict) && cache.now == CapacityLoad(used: 3e9, capacity: 4e9))
    #expect(cache.unit == cache.now && cache.zones.allSatisfy { $0.load == cache.now })
    let shards = try #require(plan.limits.first { $0.name == "shards" })
    #expect(shards.now == CapacityLoad(used: 180e9, capacity: 300e9))
    #expect(shards.unit == CapacityLoad(used: 180e9, capacity: 200e9))
    // Of three tools two are on the first node.
    #expect(shards.nodes.map { $0.load.capacity } == [100e9, 200e9])
  }

  @Test("3 of 4 GB at 20 % a year: told at 90 % after a year, full after 1.58; a range from the growth")
  func filling() throws {
    let cache = try #require(plan().limits.first { $0.name == "cache" })
    #expect(isClose(try #require(cache.yearsUntilFull), 1.5778829312, relative: 1e-6))
    #expect(isClose(try #require(cache.years(until: 0.9, growthPerYear: 0.2)), 1, relative: 1e-12))
    var outlook = CapacityOutlook()
    (outlook.growthPerYear, outlook.range) = (0.2, 0...0.44)
    let filling = try #require(outlook.filling(of: cache, until: 0.9))
    let earliest = try #require(filling.earliest)
    #expect(isClose(filling.years, 1) && isClose(earliest, 0.5, relative: 1e-12))
    #expect(filling.latest == nil)
  }

  @Test("A unit less: 2.55 pods' worth on two of three are 127.5 %")
  func unitLost() throws {
    let text = """
      relmodel: 1
      name: test
      components: {pods: {replicas: {count: 3, required: 2}}}
      capabilities: {service: {depends-on: {pods: hard}, demand: {pods: 2.55}}}
      """
    let reader = ModelReader(files: .inMemory(["test.relmodel.yaml": text]))
    let plan = CapacityPlan(try reader.reading(at: "test.relmodel.yaml").model)
    #expect(plan.limits.first?.unit == CapacityLoad(used: 2.55, capacity: 2))
  }
}
