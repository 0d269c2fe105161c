import Reliability
import ServiceGraph
import ServiceModel
import Testing

@Suite("Domain loss")
struct DomainLossTests {
  /// A shop in three zones, worked out by hand.
  static let shop = """
    domains:
      region: {kind: region}
      a: {kind: zone, in: region, fails: {outage: {mtbf: 6 y, lasts: 2 h}}}
      b: {kind: zone, in: region, like: a}
      c: {kind: zone, in: region, like: a}
    components:
      edge: {fails: {outage: {mtbf: 1 y, lasts: 30 min}}}
      api:
        replicas: {count: 9, required: 4, members: [a, a, a, b, b, b, c, c, c]}
        depends-on: {cache: {soft: 20 %}}
        fails: {crash: {mtbf: 720 h, lasts: 1 min}}
      cache: {in: b, fails: {crash: {mtbf: 90 d, lasts: 2 min}}}
      ledger:
        roles: {writer: {count: 1, in: a}, reader: {count: 2, required: 1, members: [b, c]}}
        failover:
          writer: {from: [reader], detect: 30 s, takes: {uniform: {min: 2 min, max: 5 min}}, works: 95 %,
            manual: 25 min, loses: 10 s, needs: [quorum]}
        fails: {instance: {mtbf: 2000 h, lasts: 20 min}}
      quorum: {replicas: {count: 3, required: 2, members: [a, b, c]}}
    capabilities:
      checkout: {depends-on: {edge: hard, api: hard, ledger/writer: hard}, demand: {api: 7.5}}
      history: {depends-on: {edge: hard, api: hard, ledger/reader: hard}}
    """

  static func loss(_ name: String, in table: DomainLossTable) throws -> DomainLoss {
    try #require(table.rows.first { $0.name == name })
  }

  static func describe(_ points: [SinglePointOfFailure]) -> [String] {
    points.map { point in
      let hits = point.hits.map { $0.effect == .lasting ? $0.capability : "\($0.capability) until failover" }
      return "\(point.entity): \(hits.joined(separator: ", "))"
    }
  }

  // MARK: By hand

  @Test("a zone with the writer: six of nine left, four minutes to move, degraded after")
  func zoneOfTheWriter() throws {
    let table = DomainLossTable(try ModelText.graph(Self.shop))
    #expect(table.rows.map(\.name) == ["region", "a", "b", "c"])
    let loss = try Self.loss("a", in: table)
    #expect(loss.units == ["api/1", "api/2", "api/3", "ledger/writer", "quorum/1"])
    #expect(loss.domains[0].meanOutageHours == 2)
    let api = try #require(loss.roles.first { $0.name == "api" })
    #expect(api.left == 6 && api.units == 9 && api.required == 4 && !api.isShort)
    #expect(abs(api.leftFraction - 2.0 / 3) < 1e-15)
    #expect(api.demands.map(\.utilization) == [1.25])
    let move = try #require(loss.moves.first)
    #expect(move.outcome == .automatic(to: "ledger/reader/1"))
    // 30 s + 3.5 min; with 5 % of 25.5 min by hand: 3.8 + 1.275 = 5.075 min.
    #expect(abs(move.automaticHours * 60 - 4) < 1e-12)
    #expect(abs((move.byHandHours ?? 0) * 60 - 25.5) < 1e-12)
    #expect(abs((move.meanRoleOutageHours ?? 0) * 60 - 5.075) < 1e-7)
    let checkout = loss.capabilities[0]
    #expect(checkout.atOnce == .down && checkout.afterFailover == .degraded(0.8))
    #expect(checkout.missing == ["ledger/writer"] && checkout.missingAfterFailover.isEmpty)
    #expect(checkout.recovery == .failover(roles: ["ledger/writer"], probability: 0.95))
    #expect(abs((checkout.recoveryHours ?? 0) * 60 - 4) < 1e-12)
    #expect(abs((checkout.meanDowntimeHours ?? 0) * 60 - 5.075) < 1e-7)
    #expect(loss.capabilities[1].recovery == .notNeeded)
  }

  @Test("a zone with the cache: a soft loss and two thirds of the capacity")
  func zoneOfTheCache() throws {
    let loss = try Self.loss("b", in: DomainLossTable(try ModelText.graph(Self.shop)))
    // 6 of 7.5 asked for, less 20 %.
    #expect(loss.capabilities[0].atOnce == .degraded(0.8 * 0.8))
    #expect(loss.capabilities[0].softLosses.map(\.names) == [["cache"]])
    #expect(loss.capabilities[0].softLosses.map(\.loss) == [0.2])
    #expect(loss.capabilities[1].atOnce == .degraded(0.8))
    #expect(loss.moves.isEmpty)
  }

  @Test("single points with everything up and after the loss of a zone")
  func singlePoints() throws {
    let table = DomainLossTable(try ModelText.graph(Self.shop))
    #expect(
      Self.describe(table.singlePoints) == [
        "region: checkout, history", "a: checkout until failover", "edge: checkout, history",
        "ledger/writer: checkout until failover",
      ])
    let loss = try Self.loss("a", in: table)
    // The reader of b is the writer now and that of c the only reader; with one more zone gone, three of nine api
    // units are left where four are needed.
    #expect(
      Self.describe(table.singlePoints(remainingAfter: loss)) == [
        "region: checkout, history", "edge: checkout, history", "b: checkout, history",
        "c: checkout, history",
        "ledger/reader/1: checkout until failover, history", "ledger/reader/2: history",
      ])
    #expect(!table.singlePoints.contains { $0.entity == "quorum/1" })
  }

  @Test("two zones: no quorum, so the role moves by hand, and too few units")
  func pairOfZones() throws {
    let model = try ModelText.model(Self.shop)
    let pairs = DomainLossTable.pairs(of: model, kinds: [.zone])
    #expect(pairs == [[1, 2], [1, 3], [2, 3]])
    let table = DomainLossTable(try CompiledGraph(model), combinations: pairs)
    let loss = try Self.loss("a + b", in: table)
    #expect(loss.moves.first?.outcome == .byHand(to: "ledger/reader/2", lacking: ["quorum"]))
    #expect(loss.capabilities[0].missingAfterFailover == ["api", "ledger/writer"])
    #expect(loss.capabilities[0].recovery == .domainReturns)
    #expect(loss.capabilities[0].recoveryHours == 2)
    // Both zones without the writer: the api stays short, and nothing moves.
    let others = try Self.loss("b + c", in: table)
    #expect(others.moves.isEmpty)
    #expect(others.capabilities[1].missing == ["api", "ledger/reader"])
  }

  @Test("the whole region: nobody is left to take the role, and how long is not known")
  func region() throws {
    let loss = try Self.loss("region", in: DomainLossTable(try ModelText.graph(Self.shop)))
    #expect(loss.moves.first?.outcome == .noCandidate)
    #expect(loss.domains[0].meanOutageHours == nil)
    #expect(loss.capabilities.allSatisfy { $0.recovery == .domainReturns && $0.recoveryHours == nil })
  }

  @Test("a move that needs what is lost with the holder is done by hand, or not at all")
  func needsLostWithHolder() throws {
    func loss(manual: String) throws -> DomainLoss {
      try Self.loss(
        "n",
        in: DomainLossTable(
          try ModelText.graph(
            """
            domains: {n: {kind: node, fails: {loss: {mtbf: 1 y, lasts: {exponential: 1 h}}}}}
            components:
              watch: {in: n}
              store:
                roles: {primary: {count: 1, in: n}, standby: {count: 1, required: 0}}
                failover: {primary: {from: [standby], takes: {exponential: 2 min}, needs: [watch]\(manual)}}
              front: {depends-on: {store/primary: hard}}
            capabilities: {all: {depends-on: {front: hard}}}
            """)))
    }
    let blocked = try loss(manual: "")
    #expect(blocked.moves.map(\.outcome) == [.blocked(lacking: ["watch"])])
    #expect(blocked.moves.first?.meanRoleOutageHours == 1)
    #expect(blocked.capabilities.first?.recovery == .domainReturns)
    #expect(blocked.stoppedComponents == ["front"])
    let byHand = try loss(manual: ", manual: {exponential: 1 h}")
    #expect(byHand.moves.map(\.outcome) == [.byHand(to: "store/standby", lacking: ["watch"])])
    #expect(byHand.capabilities.first?.recovery == .byHand(roles: ["store/primary"]))
    // The smaller of two exponentials of 1 h each: 30 min.
    let mean = try #require(byHand.capabilities.first?.meanDowntimeHours)
    #expect(abs(mean - 0.5) < 1e-9)
  }

  @Test("a quorum without slack makes the next loss of a holder a lasting one")
  func quorumWithoutSlack() throws {
    let graph = try ModelText.graph(
      """
      domains: {a: {kind: zone}, b: {kind: zone}, c: {kind: zone}, d: {kind: zone}}
      components:
        watch: {replicas: {count: 3, required: 2, members: [a, b, c]}}
        store:
          roles: {primary: {count: 1, in: a}, standby: {count: 1, required: 0, in: d}}
          failover: {primary: {from: [standby], takes: 2 min, needs: [watch]}}
      capabilities: {all: {depends-on: {store/primary: hard}}}
      """)
    let table = DomainLossTable(graph)
    #expect(
      Self.describe(table.singlePoints) == ["a: all until failover", "store/primary: all until failover"])
    let loss = try Self.loss("b", in: table)
    #expect(
      Self.describe(table.singlePoints(remainingAfter: loss)) == [
        "store/primary: all until failover", "a: all",
      ])
  }

  // MARK: Against other ways

  @Test("single points with a cause are those of the decision diagram, on 300 random models")
  func agreesWithDiagram() throws {
    var compared = 0
    for number in 0..<300 {
      let graph = try ModelText.graph(RandomModel.text(number: number, style: .any))
      let table = DomainLossTable(graph)
      for result in try SteadyState.results(of: graph) {
        let expected = Dictionary(
          uniqueKeysWithValues: result.singlePoints.map { ($0.entity, Set($0.causes)) })
        let points = table.singlePoints.filter { point in
          !point.causes.isEmpty && point.hits.contains { $0.capability == result.capability }
        }
        let found = Dictionary(points.map { ($0.entity, Set($0.causes)) }) { $0.union($1) }
        #expect(found == expected, "random model \(number), \(result.capability)")
        compared += expected.count
      }
    }
    #expect(compared > 300)
  }

  @Test("what a second domain takes down next is what both take down together, on 300 random models")
  func agreesWithPairs() throws {
    var compared = 0
    for number in 0..<300 {
      let graph = try ModelText.graph(RandomModel.text(number: number, style: .any))
      let domains = graph.model.domains
      let pairs = domains.indices.flatMap { first in
        domains.indices.filter { $0 != first }.map { [first, $0] }
      }
      let table = DomainLossTable(graph, combinations: pairs)
      for (pair, row) in zip(pairs, table.rows.dropFirst(domains.count)) {
        let first = table.rows[pair[0]]
        let next = table.singlePoints(remainingAfter: first).first { $0.entity == domains[pair[1]].name }
        let expected = row.capabilities.indices.filter {
          row.capabilities[$0].atOnce == .down && first.capabilities[$0].atOnce != .down
        }.map { row.capabilities[$0].capability }
        #expect((next?.hits.map(\.capability) ?? []) == expected, "random model \(number), \(row.name)")
        compared += expected.count
      }
    }
    #expect(compared > 30)
  }

  @Test("a loss is what the service is without its units: 300 random models against their enumeration")
  func levelsAgreeWithEnumeration() throws {
    var degraded = 0
    for number in 0..<300 {
      let graph = try ModelText.graph(RandomModel.text(number: number, style: .any))
      let enumeration = Enumeration(graph.model)
      for row in DomainLossTable(graph).rows {
        let lost = Set(row.units)
        let down = graph.unitNames.indices.filter { lost.contains(graph.unitNames[$0]) }.reduce(0) {
          $0 | 1 << $1
        }
        for (capability, loss) in zip(graph.model.capabilities, row.capabilities) {
          let expected = enumeration.isUp(capability, downUnits: down)
          #expect((loss.atOnce != .down) == expected, "random model \(number), \(row.name)")
          if case .degraded = loss.atOnce { degraded += 1 }
        }
      }
    }
    #expect(degraded > 10)
  }
}
