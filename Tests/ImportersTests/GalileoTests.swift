import Diagnostics
import Importers
import ServiceGraph
import Testing

@Suite struct GalileoTests {
  private static let events =
    "\"a\" lambda=0.5 dorm=0;\n\"b\" lambda=0.25 dorm=0.5;\n\"c\" lambda=1 dorm=1;\n"

  /// A gate's type as written, and what it means.
  @Test(
    arguments: [
      ("and", GateOperation.and), ("OR", .or), ("2of3", .atLeast(2)), ("vot2", .atLeast(2)),
      ("pand", .priorityAnd(isInclusive: true)), ("pand-incl", .priorityAnd(isInclusive: true)),
      ("pand<=", .priorityAnd(isInclusive: true)), ("pand-ex", .priorityAnd(isInclusive: false)),
      ("pand<", .priorityAnd(isInclusive: false)), ("por", .priorityOr(isInclusive: true)),
      ("por<", .priorityOr(isInclusive: false)), ("wsp", .spare), ("csp", .spare), ("hsp", .spare),
      ("spare", .spare), ("fdep", .functionalDependency(probability: 1)),
      ("pdep=0.25", .functionalDependency(probability: 0.25)), ("seq", .sequence),
      ("mutex", .mutualExclusion),
    ])
  func `a word means a gate`(word: String, operation: GateOperation) throws {
    let tree = try TreeText.tree("toplevel \"t\";\n\"t\" \(word) \"a\" \"b\" \"c\";\n\(GalileoTests.events)")
    #expect(
      tree.gates == [
        FaultTree.Gate(name: "t", operation: operation, inputs: [.event(0), .event(1), .event(2)])
      ])
    #expect(tree.tops == [FaultTree.Top(name: "t", input: .gate(0))])
    #expect(tree.isDynamic == operation.isDynamic)
  }

  /// An event's settings, its probability at 1 and at 2 (closed forms; R 4.2: pgamma, plnorm).
  @Test(
    arguments: [
      ("lambda=0.5", 0.3934693402873666, 0.6321205588285577),
      ("lambda=0.5 phases=3", 0.01438767796697068, 0.08030139707139416),
      ("phases = 2 lambda = 1", 0.2642411176571153, 0.5939941502901616),
      ("prob=0.125", 0.125, 0.125),
      ("rate=0.5 shape=2", 0.22119921692859515, 0.6321205588285577),
      ("mean=0 stddev=1", 0.5, 0.7558914042144173),
      ("lambda=1 repair=3", 0.24542109027781645, 0.24991613434302435),
      ("lambda=x", 0.3934693402873666, 0.6321205588285577),
    ])
  func `an event has its law`(settings: String, atOne: Double, atTwo: Double) throws {
    let tree = try TreeText.tree("param x = 0.5;\ntoplevel \"a\";\n\"a\" \(settings);")
    for (time, expected) in [(1, atOne), (2.0, atTwo)] {
      let found = try #require(tree.probabilities(tree.expressions.values(at: time))[0])
      #expect(abs(found - expected) < 1e-14)
    }
    #expect(tree.tops[0].input == .event(0))
  }

  @Test func `the density of a chain of phases is its slope`() throws {
    let tree = try TreeText.tree("toplevel \"a\"; \"a\" lambda=0.5 phases=3;")
    let behaviour = tree.behaviours(tree.expressions.values(at: 1))[0]
    #expect(behaviour == .nonRepairable(.erlang(rate: 0.5, phases: 3)))
    // λ³ t² e^(−λt) / 2
    #expect(abs((behaviour.failureIntensity(at: 2) ?? 0) - 0.25 * 0.36787944117144233) < 1e-15)
  }

  @Test func `dormancy is 1 unless stated, and a spare's is asked for`() throws {
    let text = "toplevel \"t\";\n\"t\" csp \"a\" \"b\";\n\"a\" lambda=1;\n\"b\" lambda=1;\n"
    #expect(TreeText.places(text) == ["4:1 dormancy-assumed"])
    #expect(
      try TreeText.tree(text).events[1].law == .erlang(rate: 1, phases: 1, dormancy: 1, repairRate: nil))
  }

  @Test func `comments, names without quotes and statements over lines are read`() throws {
    let text = """
      // a comment; "x" and "y";
      TopLevel sys; /* over
      lines "z" or; */
      sys and // the rest
        "the pump" valve;
      "the pump" lambda = 1.0e-4 // per hour
        dorm=0;
      valve lambda=2E-4 dorm=.5;
      """
    let tree = try TreeText.tree(text)
    #expect(tree.events.map(\.name) == ["the pump", "valve"])
    #expect(tree.events[1].law == .erlang(rate: 2e-4, phases: 1, dormancy: 0.5, repairRate: nil))
  }

  @Test(
    arguments: [
      ("\"t\" and \"a\" \"b\" \"c\";", ["1:1 no-top-event"]),
      ("toplevel \"t\"; \"t\" and \"a\" \"b\" \"d\";", ["1:31 undefined-event"]),
      ("toplevel \"t\"; \"t\" and \"a\" \"b\" \"t\";", ["1:15 cyclic-gate"]),
      ("toplevel \"t\"; \"t\" 4of3 \"a\" \"b\" \"c\";", ["1:15 k-out-of-range"]),
      ("toplevel \"t\"; \"t\" 2of2 \"a\" \"b\" \"c\";", ["1:24 wrong-arity"]),
      ("toplevel \"t\"; \"t\" vot0 \"a\" \"b\" \"c\";", ["1:15 k-out-of-range"]),
      ("toplevel \"t\"; \"t\" and;", ["1:15 empty-gate"]),
      ("toplevel \"t\"; \"t\" fdep \"a\";", ["1:15 empty-gate"]),
      ("toplevel \"t\"; \"t\" adn \"a\" \"b\" \"c\";", ["1:19 unknown-type"]),
      ("toplevel \"t\"; \"t\" pdep=2 \"a\" \"b\" \"c\";", ["1:24 probability-out-of-range"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\"; \"a\" prob=1;", ["2:1 duplicate-definition"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=-1;", ["1:43 impossible-number"]),
      (
        "toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" prob=1.5;", ["1:43 probability-out-of-range"]
      ),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" dorm=0.5;", ["1:39 no-probability"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" prob=1 lambda=1;", ["1:39 two-laws"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" shape=1;", ["1:39 missing-setting"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lamda=1;", ["1:43 unknown-setting"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=nan;", ["1:50 bad-number"]),
      (
        "toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=1 repl=2;", ["1:52 impossible-number"]
      ),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\" \"d\" lambda=1;", ["1:48 bad-statement"]),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\";; \"d", ["1:36 unterminated"]),
      (
        "toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" /* no end",
        ["1:10 undefined-event", "1:15 no-semicolon", "1:34 unterminated"]
      ),
      ("toplevel \"t\" \"u\"; \"t\" or \"a\" \"b\" \"c\";", ["1:1 bad-statement"]),
      ("toplevel \"t\"; toplevel \"a\"; \"t\" or \"a\" \"b\" \"c\";", ["1:15 duplicate-definition"]),
      (
        "toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=1 lambda=2;",
        ["1:52 duplicate-setting"]
      ),
      (
        "toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=1 phases=0.5;",
        ["1:52 impossible-number"]
      ),
      ("toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=x;", ["1:50 bad-number"]),
      ("param x; toplevel \"t\"; \"t\" or \"a\" \"b\" \"c\" \"d\"; \"d\" lambda=x;", ["1:59 no-value"]),
    ])
  func `a statement that is wrong is found with its place`(text: String, expected: [String]) {
    #expect(TreeText.places(text + "\n" + GalileoTests.events) == expected)
  }

  @Test func `what nothing uses is told`() {
    let text = "toplevel \"t\";\n\"t\" or \"a\" \"b\";\n\"u\" and \"a\" \"b\";\n" + GalileoTests.events
    #expect(TreeText.places(text) == ["3:1 unused-definition", "6:1 unused-definition"])
  }
}
