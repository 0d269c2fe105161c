import Reliability
import ServiceGraph
import Testing

/// Importance where roles move, repairs wait for a crew, units stand by or share their load.
@Suite("Importance on chains")
struct ChainImportanceTests {
  static func row(_ table: ImportanceTable, _ name: String, _ kind: ImportanceTable.Kind) throws
    -> ImportanceTable.Row
  {
    try #require(table.rows.first { $0.name == name && $0.kind == kind })
  }

  static func near(_ found: Double?, _ expected: Double, _ tolerance: Double = 1e-11) -> Bool {
    found.map { abs($0 - expected) <= tolerance * abs(expected) } ?? false
  }

  /// Checks a row against its definitions.
  ///
  /// - Parameters:
  ///   - p: P(the row is down).
  ///   - down: P(top given that).
  ///   - repaired: P(top) with its failures repaired at once.
  static func check(
    _ row: ImportanceTable.Row, top: Double, p: Double, down: Double, repaired: Double,
    _ place: Comment? = nil
  ) {
    let up = (top - p * down) / (1 - p)
    #expect(near(row.probability, p), place)
    #expect(near(row.riskAchievementWorth, down / top), place)
    #expect(near(row.birnbaum, down - up, 1e-9), place)
    #expect(near(row.diagnostic, p * down / top), place)
    #expect(abs(row.criticality - (1 - repaired / top)) <= 1e-11, place)
    #expect(near(row.minutesPerYear, (top - repaired) * 525_600, 1e-9), place)
    if let worth = row.riskReductionWorth { #expect(near(worth * repaired, top), place) }
  }

  // MARK: Roles that move

  /// Each of the two units is the holder half the time; with one's failures repaired the other's remain.
  @Test("a writer and a standby against the chain by hand", arguments: FailoverChainTests.pairs)
  func pair(_ pair: FailoverChainTests.Pair) throws {
    let byHand = pair.byHand.map { ", manual: {exponential: \($0) h}" } ?? ""
    let graph = try ModelText.graph(
      """
      components:
        store:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover:
            writer: {from: [standby], takes: {exponential: \(pair.move) h}, works: \(pair.works * 100) %\(byHand)}
          fails: {crash: {mtbf: \(pair.mtbf) h, lasts: {exponential: \(pair.repair) h}}}
      capabilities: {writing: {depends-on: {store/writer: hard}}}
      """)
    let table = try ImportanceTable.tables(of: graph)[0]
    let space = try FailoverChainTests.chain(pair)
    func share(_ isIn: (String) -> Bool) throws -> Double {
      try space.chain.longRunShare(of: space.indicator(isIn)).probability
    }
    let top = try share { $0.hasPrefix("D") }
    let both = try share { $0.hasPrefix("DD") }
    let other = try share { $0.hasPrefix("UD") } + both
    #expect(Self.near(table.probability, top))
    let p = (top + other) / 2
    for name in ["store/writer", "store/standby"] {
      let row = try Self.row(table, name, .unit)
      Self.check(row, top: top, p: p, down: (top + both) / 2 / p, repaired: top / 2)
      #expect(Self.near(row.differentialProportional, 0.5) && Self.near(row.differentialUniform, 0.5))
      #expect(Self.near(row.fussellVesely, try Self.shareOfSets(top: top, p: p, both: both), 1e-9))
    }
    let all = try Self.row(table, "store/crash", .cause)
    #expect(Self.near(all.criticality, 1) && all.riskReductionWorth == nil)
    #expect(Self.near(all.riskAchievementWorth, 1 / top) && Self.near(all.birnbaum, 1))
    #expect(Self.near(all.probability, 2 * p - both) && Self.near(all.diagnostic, 1))
  }

  /// Two sets of one unit that is not replaced yet, and the set of both, whose product is p².
  private static func shareOfSets(top: Double, p: Double, both: Double) throws -> Double {
    let alone = p * ((top - both) / 2) / (p - both)
    return (alone + p * p) / (2 * alone + p * p)
  }

  /// The writer in a zone that others need too: a chain of everything that the two share, written out.
  @Test("a shared zone, against a chain of all states")
  func sharedZone() throws {
    let graph = try ModelText.graph(
      """
      domains:
        a: {kind: zone, fails: {outage: {mtbf: 400 h, lasts: {exponential: 20 h}}}}
        b: {kind: zone}
      components:
        store:
          roles: {writer: {count: 1, in: a}, standby: {count: 1, required: 0, members: [b]}}
          failover: {writer: {from: [standby], takes: {exponential: 2 h}}}
          fails: {crash: {mtbf: 200 h, lasts: {exponential: 15 h}}}
        api:
          replicas: {count: 2, required: 1, members: [a, b]}
          fails: {crash: {mtbf: 90 h, lasts: {exponential: 10 h}}}
      capabilities: {service: {depends-on: {store/writer: hard, api: hard}}}
      """)
    let table = try ImportanceTable.tables(of: graph)[0]
    let whole = try WrittenOut()
    let top = whole.probability { _ in true }
    #expect(Self.near(table.probability, top))
    let zone = try Self.row(table, "a", .domain)
    Self.check(
      zone, top: top, p: 20.0 / 420, down: whole.probability { $0.zone } / (20.0 / 420),
      repaired: whole.probability(zoneRepaired: true) { _ in true })
    let p = 15.0 / 215
    let writer = try Self.row(table, "store/writer", .unit)
    Self.check(
      writer, top: top, p: p, down: whole.probability { $0.crashed[0] } / p,
      repaired: whole.probability(repaired: 0) { _ in true })
    let standby = try Self.row(table, "store/standby", .unit)
    Self.check(
      standby, top: top, p: p, down: whole.probability { $0.crashed[1] } / p,
      repaired: whole.probability(repaired: 1) { _ in true })
    let steady = try SteadyState.results(of: graph)[0]
    for contribution in steady.contributions {
      let row = try Self.row(table, contribution.cause, .cause)
      #expect(abs(row.criticality - contribution.share) <= 1e-12)
    }
  }

  /// Both stores, the zone, who holds the role and how its move stands; the other service by its probability.
  private struct WrittenOut {
    struct State: Hashable {
      var zone = false
      var crashed = [false, false]
      var holder = 0
      /// 0: none, 1: under way, 2: waits for somebody to take the role.
      var move = 0

      func isDown(_ unit: Int) -> Bool { crashed[unit] || zone && unit == 0 }
    }

    private let shares: [(state: State, chance: Double)]
    private let api = 10.0 / 100

    init() throws {
      let space = try StateSpace(from: State()) { state in
        WrittenOut.moves(state).map { .init(to: $0.0, rate: $0.1) }
      }
      shares = zip(space.states, try space.chain.steadyState()).map { ($0, $1) }
    }

    private static func moves(_ state: State) -> [(State, Double)] {
      var moves: [(State, Double)] = []
      func change(_ rate: Double, _ body: (inout State) -> Void) {
        var next = state
        body(&next)
        if !state.isDown(state.holder), next.isDown(state.holder) { next.move = 1 }
        if state.isDown(state.holder), !next.isDown(state.holder) { next.move = 0 }
        // Somebody is there again for a role that waits.
        if next.move == 2, state.isDown(1 - state.holder), !next.isDown(1 - state.holder) { next.move = 1 }
        moves.append((next, rate))
      }
      change(state.zone ? 1.0 / 20 : 1.0 / 400) { $0.zone.toggle() }
      for unit in 0..<2 {
        change(state.crashed[unit] ? 1.0 / 15 : 1.0 / 200) { $0.crashed[unit].toggle() }
      }
      guard state.move == 1 else { return moves }
      var moved = state
      if state.isDown(1 - state.holder) {
        moved.move = 2
      } else {
        moved.holder = 1 - state.holder
        moved.move = 0
      }
      return moves + [(moved, 1.0 / 2)]
    }

    /// P(down and some condition), failures of the zone or of one unit repaired at once if asked for.
    func probability(
      zoneRepaired: Bool = false, repaired: Int? = nil, _ condition: (State) -> Bool
    ) -> Double {
      shares.filter { condition($0.state) }.reduce(0) { total, share in
        var state = share.state
        if zoneRepaired { state.zone = false }
        if let repaired { state.crashed[repaired] = false }
        let first = state.zone ? 1 : api
        return total + share.chance * (state.isDown(state.holder) ? 1 : first * api)
      }
    }
  }

  // MARK: Crews, spares, shared load

  /// Birth and death: the probabilities of 0, 1, 2, … units down.
  static func counts(_ up: [Double], _ down: [Double]) -> [Double] {
    var weights = [1.0]
    for (more, less) in zip(up, down) { weights.append((weights.last ?? 0) * more / less) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Twenty machines and three repairmen, at least fifteen needed (models/published/machine-repair).
  static let machines = counts(
    (0..<20).map { Double(20 - $0) / 100 }, (1...20).map { Double(min($0, 3)) / 10 })

  static func machineShop() throws -> CompiledGraph {
    try ModelText.graph(
      """
      crews: {repairmen: {count: 3}}
      components:
        machine:
          replicas: {count: 20, required: 15}
          fails: {failure: {mtbf: 100 h, lasts: {exponential: 10 h}, crew: repairmen}}
      capabilities: {factory: {depends-on: {machine: hard}}}
      """)
  }

  @Test("machine repair by its birth and death chain")
  func machineRepair() throws {
    let table = try ImportanceTable.tables(of: Self.machineShop())[0]
    let p = Self.machines
    let top = p[6...].reduce(0, +)
    #expect(Self.near(table.probability, top))
    let one = p.indices.reduce(0) { $0 + p[$1] * Double($1) / 20 }
    let both = (6...20).reduce(0) { $0 + p[$1] * Double($1) / 20 }
    let row = try Self.row(table, "machine/7", .unit)
    Self.check(row, top: top, p: one, down: both / one, repaired: top - p[6] * 6 / 20)
    #expect(Self.near(row.fussellVesely, 6.0 / 20))
    #expect(Self.near(row.differentialProportional, 1.0 / 20))
    #expect(Set(table.rows(of: .unit).map(\.criticality)).count == 1)
    let cause = try Self.row(table, "machine/failure", .cause)
    #expect(Self.near(cause.probability, 1 - p[0]) && Self.near(cause.riskAchievementWorth, 1 / top))
    #expect(Self.near(cause.criticality, 1) && Self.near(cause.diagnostic, 1))
  }

  /// Spares and shared load: rates into more and into fewer units down; the service needs `required` of `units`.
  struct Spares: Sendable, CustomTestStringConvertible {
    let options: String
    let units: Int
    let required: Int
    let up: [Double]
    let down: [Double]
    var testDescription: String { options }
  }

  static let spares = [
    Spares(
      options: "standby: {running: 1, dormancy: cold}", units: 2, required: 1, up: [0.01, 0.01],
      down: [0.1, 0.2]),
    Spares(
      options: "standby: {running: 2, dormancy: 20 %}", units: 3, required: 2, up: [0.022, 0.02, 0.01],
      down: [0.1, 0.2, 0.3]),
    Spares(
      options: "load-sharing: {factors: [1, 3]}", units: 2, required: 1, up: [0.02, 0.03], down: [0.1, 0.2]),
  ]

  @Test("spares and shared load by birth and death", arguments: spares)
  func standingBy(_ design: Spares) throws {
    let graph = try ModelText.graph(
      """
      components:
        store:
          replicas: {count: \(design.units), required: \(design.required)}
          \(design.options)
          fails: {failure: {mtbf: 100 h, lasts: {exponential: 10 h}}}
      capabilities: {service: {depends-on: {store: hard}}}
      """)
    let table = try ImportanceTable.tables(of: graph)[0]
    let p = Self.counts(design.up, design.down)
    let least = design.units - design.required + 1
    let n = Double(design.units)
    let top = p[least...].reduce(0, +)
    let one = p.indices.reduce(0) { $0 + p[$1] * Double($1) / n }
    let both = (least...design.units).reduce(0) { $0 + p[$1] * Double($1) / n }
    Self.check(
      try Self.row(table, "store/2", .unit), top: top, p: one, down: both / one,
      repaired: top - p[least] * Double(least) / n)
  }

  /// One engineer for two units in two zones, of which only the first fails: the units are not alike.
  @Test("a crew and a zone: which unit is down matters")
  func crewAndZone() throws {
    let graph = try ModelText.graph(
      """
      domains:
        a: {kind: zone, fails: {outage: {mtbf: 90 h, lasts: 10 h}}}
        b: {kind: zone}
      crews: {engineer: 1}
      components:
        store:
          replicas: {count: 2, required: 1, members: [a, b]}
          fails: {failure: {mtbf: 100 h, lasts: {exponential: 20 h}, crew: engineer}}
      capabilities: {service: {depends-on: {store: hard}}}
      """)
    let table = try ImportanceTable.tables(of: graph)[0]
    let p = Self.counts([0.02, 0.01], [0.05, 0.05])
    let zone = 0.1
    let top = p[2] + p[1] / 2 * zone
    let down = p[1] / 2 + p[2]
    Self.check(
      try Self.row(table, "store/1", .unit), top: top, p: down, down: p[2] / down,
      repaired: (p[1] / 2 + p[2]) * zone, "in the zone that fails")
    Self.check(
      try Self.row(table, "store/2", .unit), top: top, p: down, down: (p[2] + p[1] / 2 * zone) / down,
      repaired: 0, "in the other")
    Self.check(
      try Self.row(table, "a", .domain), top: top, p: zone, down: down, repaired: p[2])
    #expect(
      Self.near(table.rows(of: .cause).reduce(0) { $0 + $1.differentialProportional }, 1))
  }

  // MARK: Sums

  @Test("causes agree with the shares that solve prints", arguments: FailoverChainTests.models.indices)
  func shares(_ index: Int) throws {
    let graph = try ModelText.graph(FailoverChainTests.models[index].text)
    let tables = try ImportanceTable.tables(of: graph)
    for (table, steady) in zip(tables, try SteadyState.results(of: graph)) {
      #expect(Self.near(table.probability, steady.unavailability))
      for contribution in steady.contributions {
        let row = try Self.row(table, contribution.cause, .cause)
        #expect(abs(row.criticality - contribution.share) <= 1e-11, "\(contribution.cause)")
      }
      let causes = table.rows(of: .cause)
      #expect(Self.near(causes.reduce(0) { $0 + $1.differentialProportional }, 1))
      #expect(Self.near(causes.reduce(0) { $0 + $1.differentialUniform }, 1))
      for row in table.rows {
        #expect(row.diagnostic >= 0 && row.diagnostic <= 1 && row.riskAchievementWorth.isFinite)
        #expect((0...1).contains(row.probability) && row.criticality <= 1 + 1e-12)
      }
    }
  }
}
