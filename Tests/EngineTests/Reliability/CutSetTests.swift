import Reliability
import Testing

@Suite("Minimal cut sets, path sets and prime implicants")
struct CutSetTests {
  @Test("The pressure tank has the five cut sets of the Fault Tree Handbook")
  func pressureTank() throws {
    // Source: Vesely et al., Fault Tree Handbook, NUREG-0492 (1981), chapter VIII: T + K2 + S·(S1 + K1 + R), 3.4e-5.
    var network = BooleanNetwork()
    let (tank, relay2, switch0, switch1, relay1, timer) = (
      network.variable(0), network.variable(1), network.variable(2), network.variable(3),
      network.variable(4), network.variable(5)
    )
    let held = network.or([switch1, network.or([relay1, timer])])
    let root = network.or([tank, network.or([relay2, network.and([switch0, held])])])
    let sets = try MinimalCutSets(ofRoot: 0, in: NetworkDiagram(network, roots: [root]))
    let p = [5e-6, 3e-5, 1e-4, 3e-5, 3e-5, 1e-4]
    let listed = sets.list(p)
    #expect(sets.count == "5")
    #expect(sets.countsByOrder() == ["0", "2", "3"])
    #expect(
      listed.map { $0.literals.map(\.variable) } == [[1], [0], [2, 5], [2, 3], [2, 4]])
    #expect(abs(sets.probabilitySum(p) - 3.5016e-5) < 1e-18)
  }

  @Test("A function with a complement, by the convention named: a·b + ¬a·c")
  func complement() throws {
    // Source: SCRAM's manual, «Prime implicants vs. minimal cut sets»: {ab, c} and {ab, ¬a c, bc}.
    var network = BooleanNetwork()
    let (a, b, c) = (network.variable(0), network.variable(1), network.variable(2))
    let root = network.or([network.and([a, b]), network.and([a.negated, c])])
    let diagram = try NetworkDiagram(network, roots: [root])
    let p = [0.5, 0.25, 0.125]
    let cutSets = try MinimalCutSets(.cutSets, ofRoot: 0, in: diagram).list(p).map { $0.literals }
    let primes = try MinimalCutSets(.primeImplicants, ofRoot: 0, in: diagram).list(p).map { $0.literals }
    let (plainA, plainB, plainC) = (literal(0), literal(1), literal(2))
    #expect(Set(cutSets) == [[plainA, plainB], [plainC]])
    #expect(Set(primes) == [[plainA, plainB], [literal(0, isNegated: true), plainC], [plainB, plainC]])
  }

  @Test(
    "k-out-of-n has n over k cut sets and n over n − k + 1 path sets", arguments: [(2, 3), (3, 7), (9, 17)])
  func vote(_ needed: Int, _ total: Int) throws {
    let module = try vote(needed, of: total)
    #expect(try MinimalCutSets(ofModule: 0, in: [module]).countsByOrder().last == choose(total, needed))
    let paths = try MinimalCutSets(.pathSets, ofModule: 0, in: [module])
    #expect(paths.count == choose(total, total - needed + 1))
    #expect(paths.maximumOrder == total - needed + 1)
  }

  @Test("Counts have as many digits as they need")
  func largeCounts() throws {
    // Source: the central binomial coefficient C(200, 100), closed form.
    let expected = "90548514656103281165404177077484163874504589675413336841320"
    let sets = try MinimalCutSets(ofModule: 0, in: [vote(100, of: 200)])
    #expect(sets.count == expected)
    #expect(sets.countsByOrder()[100] == expected)
  }

  @Test("The sets of modules are counted together: all of 400 units that each fail in ten ways")
  func modules() throws {
    let meaning = { (unit: Int) in (0..<10).map { NetworkModule.Meaning.variable(unit * 10 + $0) } }
    var modules = try (0..<400).map { try module(meaning($0)) { try $0.or((0..<10).map($0.variable)) } }
    modules.append(
      try module((0..<400).map { .module($0) }) { try $0.and((0..<400).map($0.variable)) })
    let sets = try MinimalCutSets(ofModule: 400, in: modules)
    let expected = "1" + String(repeating: "0", count: 400)
    #expect(sets.count == expected)
    #expect(sets.countsByOrder()[400] == expected)
    #expect(sets.countsByOrder().count == 401)
  }

  @Test(
    "A chain of 100,000 gates needs no deep stack",
    arguments: [CutSetKind.cutSets, .pathSets, .primeImplicants])
  func chain(_ kind: CutSetKind) throws {
    let length = 100_000
    let module = try module((0..<length).map { .variable($0) }) { diagram in
      var function = diagram.variable(length - 1)
      for variable in (0..<(length - 1)).reversed() {
        function =
          variable % 2 == 0
          ? try diagram.or(diagram.variable(variable), function)
          : try diagram.and(diagram.variable(variable), function)
      }
      return function
    }
    let sets = try MinimalCutSets(kind, ofModule: 0, in: [module])
    #expect(sets.count == (kind == .pathSets ? "50000" : "50001"))
    #expect(sets.countsByOrder(upTo: 2).last == "1")
  }

  @Test("Functions that are never or always true")
  func constants() throws {
    let never = try module([]) { _ in BinaryDecisionDiagram.never }
    let always = try module([]) { _ in BinaryDecisionDiagram.always }
    for kind in [CutSetKind.cutSets, .primeImplicants] {
      #expect(try MinimalCutSets(kind, ofModule: 0, in: [never]).isEmpty)
      #expect(try MinimalCutSets(kind, ofModule: 0, in: [never]).list([]).isEmpty)
      #expect(try MinimalCutSets(kind, ofModule: 0, in: [always]).countsByOrder() == ["1"])
    }
    #expect(try MinimalCutSets(.pathSets, ofModule: 0, in: [always]).count == "0")
    #expect(try MinimalCutSets(.pathSets, ofModule: 0, in: [never]).count == "1")
    #expect(try MinimalCutSets(ofModule: 0, in: [always]).minCutUpperBound([]) == 1)
  }

  @Test("A limit of nodes is an error, not a wrong count")
  func limit() throws {
    #expect(throws: ZeroSuppressedDiagram.TooLarge.self) {
      try MinimalCutSets(ofModule: 0, in: [self.vote(20, of: 40)], nodeLimit: 100)
    }
  }

  @Test("Random functions of eight variables", arguments: [CutSetKind.cutSets, .pathSets, .primeImplicants])
  func randomFunctions(_ kind: CutSetKind) throws {
    for seed in 0..<120 {
      let function = try SmallFunction.random(
        seed: UInt64(seed), variables: 8, gates: 4 + seed % 9, isCoherent: seed % 3 == 0)
      try compare(kind, function)
    }
  }

  @Test(
    "Random modules, plain and negated, true and false at rest",
    arguments: [CutSetKind.cutSets, .pathSets, .primeImplicants])
  func randomModules(_ kind: CutSetKind) throws {
    for seed in 0..<60 { try compare(kind, SmallFunction.modular(seed: UInt64(seed))) }
  }

  private func compare(_ kind: CutSetKind, _ function: SmallFunction) throws {
    let sets = try MinimalCutSets(kind, ofModule: function.modules.count - 1, in: function.modules)
    let listed = sets.list([Double](repeating: 0.5, count: function.variableCount)).map { $0.literals }
    let expected = function.expected(kind)
    #expect(Set(listed) == expected)
    #expect(listed.count == expected.count)
    #expect(sets.count == String(expected.count))
    for (order, count) in sets.countsByOrder().enumerated() {
      #expect(count == String(expected.count { $0.count == order }))
    }
  }

  private func literal(_ variable: Int, isNegated: Bool = false) -> CutSetLiteral {
    CutSetLiteral(variable: variable, isNegated: isNegated)
  }

  private func vote(_ needed: Int, of total: Int) throws -> NetworkModule {
    try module((0..<total).map { .variable($0) }) { diagram in
      try diagram.atLeast(needed, of: (0..<total).map { diagram.variable($0) })
    }
  }

  private func module(
    _ meaning: [NetworkModule.Meaning],
    _ function: (BinaryDecisionDiagram) throws -> BinaryDecisionDiagram.Function
  ) throws -> NetworkModule {
    let diagram = BinaryDecisionDiagram()
    return NetworkModule(diagram: FlatDiagram(try function(diagram), in: diagram), meaning: meaning)
  }

  private func choose(_ total: Int, _ taken: Int) -> String {
    String((0..<taken).reduce(1) { $0 * (total - $1) / ($1 + 1) })
  }
}
