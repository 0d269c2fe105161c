import Reliability
import ServiceGraph
import Testing

@Suite("Importance")
struct ImportanceTests {
  static func table(
    _ probabilities: [Double], groups: [(name: String, variables: [Int])] = [],
    _ top: (inout BooleanNetwork, [BooleanNetwork.Literal]) -> BooleanNetwork.Literal
  ) throws -> ImportanceTable {
    var network = BooleanNetwork()
    let events = probabilities.indices.map { network.variable($0) }
    let root = top(&network, events)
    let diagram = try NetworkDiagram(network, roots: [root])
    return ImportanceTable(
      name: "top", diagram: diagram, root: 0, probabilities: probabilities,
      eventNames: probabilities.indices.map { "e\($0 + 1)" }, groups: groups,
      cutSets: try MinimalCutSets(ofRoot: 0, in: diagram))
  }

  static func row(_ table: ImportanceTable, _ name: String) throws -> ImportanceTable.Row {
    try #require(table.rows.first { $0.name == name })
  }

  /// Rausand and Høyland, *System reliability theory*, 2nd edition, 2004, examples 5.2 and 5.3: reliabilities 0.98 and
  /// 0.96 in series and in parallel, and with 0.94 two-out-of-three; Birnbaum's measure.
  @Test("Birnbaum's measure of Rausand and Høyland's examples")
  func birnbaum() throws {
    let series = try Self.table([0.02, 0.04]) { $0.or($1) }
    #expect(abs(try Self.row(series, "e1").birnbaum - 0.96) < 1e-15)
    #expect(abs(try Self.row(series, "e2").birnbaum - 0.98) < 1e-15)
    let parallel = try Self.table([0.02, 0.04]) { $0.and($1) }
    #expect(abs(try Self.row(parallel, "e1").birnbaum - 0.04) < 1e-15)
    #expect(abs(try Self.row(parallel, "e2").birnbaum - 0.02) < 1e-15)
    let voting = try Self.table([0.02, 0.04, 0.06]) { $0.atLeast(2, of: $1) }
    for (name, expected) in [("e1", 0.0952), ("e2", 0.0776), ("e3", 0.0584)] {
      #expect(abs(try Self.row(voting, name).birnbaum - expected) < 1e-15)
    }
  }

  /// By hand, top = a or (b and c) with 0.01, 0.1, 0.2: P = 0.0298; without a 0.02, without b 0.01.
  @Test("every measure of a small tree by hand")
  func byHand() throws {
    let table = try Self.table([0.01, 0.1, 0.2], groups: [("b and c", [1, 2]), ("all", [0, 1, 2])]) {
      network, e in network.or([e[0], network.and([e[1], e[2]])])
    }
    func near(_ found: Double?, _ expected: Double) throws -> Bool {
      abs(try #require(found) - expected) <= 1e-13 * abs(expected)
    }
    let p = 0.0298
    #expect(try near(table.probability, p))
    let b = try Self.row(table, "e2")
    #expect(try near(b.birnbaum, 0.2 * 0.99))
    #expect(try near(b.criticality, 1 - 0.01 / p))
    #expect(try near(b.fussellVesely, 0.02 / 0.03))
    #expect(try near(b.riskAchievementWorth, 0.208 / p))
    #expect(try near(b.riskReductionWorth, p / 0.01))
    #expect(try near(b.diagnostic, 0.1 * 0.208 / p))
    #expect(try near(b.minutesPerYear, 0.0198 * 525_600))
    let birnbaums = [0.98, 0.2 * 0.99, 0.1 * 0.99]
    #expect(try near(b.differentialUniform, birnbaums[1] / birnbaums.reduce(0, +)))
    #expect(try near(b.differentialProportional, 0.0198 / (0.0098 + 0.0198 + 0.0198)))
    let group = try Self.row(table, "b and c")
    #expect(try near(group.riskAchievementWorth, 1 / p))
    #expect(try near(group.riskReductionWorth, p / 0.01))
    #expect(try near(group.birnbaum, 0.99))
    #expect(try near(group.fussellVesely, 0.02 / 0.03))
    #expect(try near(group.probability, 1 - 0.9 * 0.8))
    #expect(try near(group.diagnostic, 1 - 0.72 * 0.01 / p))
    let all = try Self.row(table, "all")
    #expect(all.riskReductionWorth == nil)
    #expect(try near(all.criticality, 1))
    #expect(try near(all.differentialUniform, 1))
    #expect(try near(all.differentialProportional, 1))
  }

  /// Every measure from its definition, by adding up all 64 states.
  @Test("random coherent functions agree with their definitions")
  func definitions() throws {
    let p = [0.3, 0.02, 0.11, 0.47, 0.008, 0.19]
    for seed in 1...40 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
      func pick(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
      }
      var tables = (0..<6).map { TruthTable.variable($0) }
      var steps: [(count: Int, members: [Int])] = []
      for place in 0..<8 {
        let members = (0..<3).map { _ in pick(6 + place) }
        steps.append((1 + pick(3), members))
        tables.append(.atLeast(steps[place].count, of: members.map { tables[$0] }))
      }
      let top = tables[13]
      let table = try Self.table(p, groups: [("group", [1, 3])]) { network, events in
        var literals = events
        for step in steps {
          literals.append(network.atLeast(step.count, of: step.members.map { literals[$0] }))
        }
        return literals[13]
      }
      Self.check(table, top, p, seed: seed)
    }
  }

  private static func check(_ table: ImportanceTable, _ top: TruthTable, _ p: [Double], seed: Int) {
    let whole = top.probability(p)
    for row in table.rows {
      let members = row.name == "group" ? [1, 3] : (0..<6).filter { row.name == "e\($0 + 1)" }
      var (with, without) = (p, p)
      for member in members {
        with[member] = 1
        without[member] = 0
      }
      let (p1, p0) = (top.probability(with), top.probability(without))
      let any = TruthTable { state in members.contains { state >> $0 & 1 == 1 } }
      let both = TruthTable { top[$0] && any[$0] }.probability(p)
      let place = Comment(rawValue: "seed \(seed), \(row.name)")
      #expect(abs(row.birnbaum - (p1 - p0)) < 1e-13, place)
      #expect(abs(row.criticality - (1 - p0 / whole)) < 1e-12, place)
      #expect(abs(row.riskAchievementWorth - p1 / whole) < 1e-12 * p1 / whole, place)
      #expect(abs(row.diagnostic - both / whole) < 1e-12, place)
      if let worth = row.riskReductionWorth { #expect(abs(worth * p0 - whole) < 1e-12, place) }
    }
    let events = table.rows(of: .event)
    #expect(abs(events.reduce(0) { $0 + $1.differentialUniform } - 1) < 1e-12)
    #expect(abs(events.reduce(0) { $0 + $1.differentialProportional } - 1) < 1e-12)
  }

  /// A part of 1e-15 of the top: 1 − P₀ / P would be noise.
  @Test("an event that hardly matters keeps its digits, and extreme probabilities leave no NaN")
  func extremes() throws {
    let small = try Self.table([0.5, 1e-8, 1e-7], groups: [("pair", [1, 2])]) { network, e in
      network.or([e[0], network.and([e[1], e[2]])])
    }
    let expected = 1e-15 * 0.5 / (0.5 + 0.5e-15)
    #expect(abs(try Self.row(small, "e2").criticality - expected) < 1e-12 * expected)
    #expect(abs(try Self.row(small, "pair").criticality - expected) < 1e-12 * expected)
    for probabilities in [[0.0, 0, 0], [1, 1, 1], [0, 1, 0.5], [1, 0, 0]] {
      let table = try Self.table(probabilities, groups: [("pair", [0, 2])]) { $0.atLeast(2, of: $1) }
      for row in table.rows {
        let numbers = [
          row.birnbaum, row.criticality, row.riskAchievementWorth, row.diagnostic, row.differentialUniform,
          row.differentialProportional, row.minutesPerYear, row.riskReductionWorth ?? 0,
          row.fussellVesely ?? 0,
        ]
        #expect(numbers.allSatisfy { $0.isFinite }, "\(probabilities) \(row)")
      }
    }
  }

  /// The minutes of a cause are the share that solve prints, times the downtime a year (sentence 18).
  @Test("in a service graph: causes agree with the shares, and units, components and domains are there")
  func graph() throws {
    let graph = try ModelText.graph(
      """
      domains:
        za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: 12 h}}}
        zb: {kind: zone, like: za}
      components:
        api: {replicas: {count: 4, required: 3, spread: zones}, fails: {crash: {mtbf: 150 h, lasts: 5 h}}}
        store:
          replicas: {count: 2, required: 1, spread: zones}
          fails: {disk: {mtbf: 100 h, lasts: {exponential: 9 h}, common-cause: {beta: 20 %}}}
      capabilities: {service: {depends-on: {api: hard, store: hard}}}
      """)
    let table = try #require(try ImportanceTable.tables(of: graph).first)
    let steady = try #require(try SteadyState.results(of: graph).first)
    #expect(table.rows(of: .cause).count == 5)
    for contribution in steady.contributions {
      let row = try #require(table.rows(of: .cause).first { $0.name == contribution.cause })
      #expect(abs(row.criticality - contribution.share) < 1e-12)
      #expect(abs(row.minutesPerYear - contribution.share * steady.unavailability * 525_600) < 1e-7)
    }
    #expect(table.rows(of: .unit).count == 6)
    #expect(Set(table.rows(of: .component).map(\.name)) == ["api", "store"])
    #expect(Set(table.rows(of: .domain).map(\.name)) == ["za", "zb"])
    let zone = try #require(table.rows(of: .domain).first)
    #expect(abs(zone.riskAchievementWorth - 1 / table.probability) < 1e-9)
    for kind in [ImportanceTable.Kind.unit, .domain] {
      #expect(table.rows(of: kind).allSatisfy { $0.minutesPerYear > 0 && $0.fussellVesely != nil })
    }
  }
}
