import Reliability
import ServiceGraph
import Testing

/// Minimal cut sets and path sets of models, where failures depend on each other and where they do not.
@Suite("Minimal sets of models")
struct ChainCutSetTests {
  static func table(
    _ graph: CompiledGraph, _ sets: FaultTreeQuestions.Sets = .cutSets, listed: Int = 10
  ) throws -> CutSetTable {
    var questions = FaultTreeQuestions()
    questions.sets = sets
    questions.listed = listed
    guard case .table(let table) = try CutSetTable.tables(of: graph, questions)[0] else {
      throw Missing()
    }
    return table
  }

  struct Missing: Error {}

  static func near(_ found: Double?, _ expected: Double, _ tolerance: Double = 1e-11) -> Bool {
    ChainImportanceTests.near(found, expected, tolerance)
  }

  /// Six given machines of twenty are down in C(14, k − 6) of the C(20, k) ways in which k are.
  @Test("twenty machines and three repairmen: joint probabilities, not products")
  func machineRepair() throws {
    let p = ChainImportanceTests.machines
    let table = try Self.table(try ChainImportanceTests.machineShop())
    func choose(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    let one = (6...20).reduce(0) { $0 + p[$1] * choose(14, $1 - 6) / choose(20, $1) }
    let all = (6...20).reduce(0) { $0 + p[$1] * choose($1, 6) }
    #expect(table.count == "38760" && table.countsByOrder.count == 7)
    #expect(Self.near(table.rows.first?.probability, one) && Self.near(table.probabilitySum, all))
    #expect(table.minCutUpperBound == nil && table.rows.count == 10 && !table.remarks.isEmpty)
    let paths = try Self.table(try ChainImportanceTests.machineShop(), .pathSets)
    let up = (0...5).reduce(0) { $0 + p[$1] * choose(5, $1) / choose(20, $1) }
    #expect(paths.count == "15504" && paths.rows.first?.literals.count == 15)
    #expect(Self.near(paths.rows.first?.probability, up))
    #expect(paths.rows.allSatisfy { $0.literals.allSatisfy(\.isNegated) })
  }

  /// A unit alone down, and its share of that time in which the role has not moved.
  @Test(
    "a role that moves: the sets of one failure add up to the chain's", arguments: FailoverChainTests.pairs)
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
    let space = try FailoverChainTests.chain(pair)
    func share(_ prefix: String) throws -> Double {
      try space.chain.longRunShare(of: space.indicator { $0.hasPrefix(prefix) }).probability
    }
    let (moving, alone) = (try share("DU"), try share("UD") + share("DU"))
    let p = pair.repair / (pair.mtbf + pair.repair)
    let table = try Self.table(graph)
    #expect(table.count == "3")
    let single = p * moving / alone
    let found = table.rows.map { $0.probability ?? 0 }.sorted()
    for (own, expected) in zip(found, [single, single, p * p].sorted()) { #expect(Self.near(own, expected)) }
    // Each of two singles has the probability p (1 − p) in the chain and p here, and both down count once.
    let top = try share("D")
    #expect(abs((table.probabilitySum ?? 0) - top) <= 2 * p * top)
  }

  @Test("path sets say what must work, roles that move in words")
  func paths() throws {
    let graph = try ModelText.graph(
      """
      components:
        store:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], takes: {exponential: 1 h}}}
          fails: {crash: {mtbf: 100 h, lasts: {exponential: 10 h}}}
      capabilities: {writing: {depends-on: {store/writer: hard}}}
      """)
    let table = try Self.table(graph, .pathSets)
    let sets = Set(table.rows.map { $0.literals.map { ($0.isNegated ? "not " : "") + $0.name }.sorted() })
    let (first, second) = ("store/writer/crash", "store/standby/crash")
    #expect(
      sets == [
        ["not \(second)", "not \(first)"],
        ["not \(first)", "store/writer moves after \(second)"],
        ["not \(second)", "store/writer moves after \(first)"],
      ])
  }

  /// A spare that does not switch: the share of the time with one unit down in which nobody is in its place.
  @Test("a spare that may not take over")
  func spare() throws {
    let graph = try ModelText.graph(
      """
      components:
        store:
          replicas: {count: 2, required: 1}
          standby: {running: 1, dormancy: 30 %, switch: {works: 95 %}}
          fails: {failure: {mtbf: 1000 h, lasts: {exponential: 20 h}}}
      capabilities: {service: {depends-on: {store: hard}}}
      """)
    let table = try Self.table(graph)
    let top = try SteadyState.unavailabilities(of: graph)[0]
    #expect(table.count == "3" && table.countsByOrder == ["0", "0", "3"])
    #expect((table.probabilitySum ?? 0) >= top && (table.probabilitySum ?? 1) < 1.02 * top)
    let paths = try Self.table(graph, .pathSets)
    let words = paths.rows.flatMap { $0.literals.map(\.name) }
    #expect(words.contains("a spare of store in place after store/1/failure"))
  }

  /// Two of three, and one in series: path sets by hand; as many as the prime implicants of the dual.
  @Test("independent parts: cut sets, prime implicants and path sets of a small model")
  func independent() throws {
    let graph = try ModelText.graph(
      """
      components:
        api: {replicas: {count: 3, required: 2}, fails: {crash: {mtbf: 99 h, lasts: 1 h}}}
        store: {fails: {crash: {mtbf: 9 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {api: hard, store: hard}}}
      """)
    let cuts = try Self.table(graph)
    #expect(cuts.count == "4" && cuts.countsByOrder == ["0", "1", "3"] && cuts.remarks.isEmpty)
    #expect(try Self.table(graph, .primeImplicants).rows == cuts.rows)
    let paths = try Self.table(graph, .pathSets)
    #expect(paths.count == "3" && paths.kind == "minimal path sets")
    #expect(paths.rows.allSatisfy { $0.literals.count == 3 && Self.near($0.probability, 0.9 * 0.99 * 0.99) })
  }

  /// Two classes of failures at one crew, and an independent part beside them.
  @Test("sums over sets of several classes are those of the sets listed")
  func classes() throws {
    let graph = try ModelText.graph(
      """
      crews: {engineers: {count: 2}}
      components:
        api:
          replicas: {count: 5, required: 3}
          fails: {crash: {mtbf: 100 h, lasts: {exponential: 10 h}, crew: engineers}}
        store:
          replicas: {count: 3, required: 2}
          fails:
            disk: {mtbf: 200 h, lasts: {exponential: 30 h}, crew: engineers}
            bug: {mtbf: 300 h, lasts: 5 h}
        cache: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 50 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {any: {any-of: [api, cache]}, store: hard}}}
      """)
    let table = try Self.table(graph, listed: 1000)
    let listed = table.rows.reduce(0) { $0 + ($1.probability ?? 0) }
    #expect(table.rows.count == Int(table.count) && Self.near(table.probabilitySum, listed))
    #expect(Self.near(table.rows.reduce(0) { $0 + ($1.share ?? 0) }, 1))
    let top = try SteadyState.unavailabilities(of: graph)[0]
    #expect(listed >= top && listed < 1.5 * top)
    let importance = try ImportanceTable.tables(of: graph)[0]
    for unit in importance.rows(of: .unit) {
      let without = table.rows.filter { row in !row.literals.contains { $0.name.hasPrefix(unit.name + "/") } }
      let rest = without.reduce(0) { $0 + ($1.probability ?? 0) }
      #expect(Self.near(unit.fussellVesely, 1 - rest / listed, 1e-9), "\(unit.name)")
    }
  }
}
