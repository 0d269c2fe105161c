import Foundation
import Reliability
import ServiceGraph
import Testing

/// Fault trees written as code, solved whole.
@Suite("Fault tree analysis")
struct FaultTreeAnalysisTests {
  private func tree(
    _ laws: [EventLaw], _ gates: [FaultTree.Gate], expressions: ExpressionTable = ExpressionTable(),
    groups: [CommonCauseGroup] = [], tops: [FaultTree.Top]? = nil
  ) -> FaultTree {
    let names = laws.indices.map { "e\($0 + 1)" }
    return FaultTree(
      name: "test", events: zip(names, laws).map { FaultTree.BasicEvent(name: $0, law: $1) }, gates: gates,
      tops: tops ?? [FaultTree.Top(name: "top", input: .gate(gates.count - 1))], expressions: expressions,
      commonCauseGroups: groups)
  }

  private func gate(_ operation: GateOperation, _ inputs: FaultTree.Input...) -> FaultTree.Gate {
    FaultTree.Gate(name: nil, operation: operation, inputs: inputs)
  }

  private func rate(_ rate: Double) -> EventLaw {
    .erlang(rate: rate, phases: 1, dormancy: 1, repairRate: nil)
  }

  private func questions(at time: Double) -> FaultTreeQuestions {
    var questions = FaultTreeQuestions()
    questions.time = time
    return questions
  }

  @Test("two of three: probability, mean time and frequency by hand")
  func vote() throws {
    let tree = tree(
      [rate(0.1), rate(0.1), rate(0.1)], [gate(.atLeast(2), .event(0), .event(1), .event(2))])
    let result = try #require(try FaultTreeAnalysis.results(of: tree, questions(at: 2)).first)
    let q = -expm1(-0.2)
    let exact = try #require(result.probability.exactValue)
    #expect(abs(exact - (3 * q * q - 2 * q * q * q)) < 1e-15)
    #expect(result.cutSets?.count == "3")
    // Mean time of k-out-of-n: Σ 1 / (i λ) for i = 2, 3 (Rausand and Høyland, section 4.5).
    guard case .finite(let mean)? = result.meanTimeToFailure else {
      Issue.record("no mean time")
      return
    }
    #expect(abs(mean - (1 / 0.2 + 1 / 0.3)) < 1e-9)
    let density = 0.1 * exp(-0.2)
    #expect(abs(try #require(result.frequency) - 6 * q * (1 - q) * density) < 1e-12)
  }

  @Test("an event with rate 0 never fails, and without it the mean time may be infinite")
  func zeroRate() throws {
    let never = tree([rate(0), rate(1)], [gate(.and, .event(0), .event(1))])
    let result = try #require(try FaultTreeAnalysis.results(of: never, questions(at: 1)).first)
    #expect(result.probability.exactValue == 0)
    guard case .infinite(let ever)? = result.meanTimeToFailure else {
      Issue.record("a mean time although it never happens")
      return
    }
    #expect(ever == 0)
  }

  @Test("a gate chain 100,000 deep is solved")
  func chain() throws {
    var table = ExpressionTable()
    let small = table.add(.constant(0.25))
    var gates = [gate(.or, .event(0), .event(1))]
    for number in 1..<100_000 {
      gates.append(gate(number.isMultiple(of: 2) ? .or : .and, .gate(number - 1), .event(number % 2)))
    }
    let tree = tree([.expression(small), .expression(small)], gates, expressions: table)
    let result = try #require(try FaultTreeAnalysis.results(of: tree).first)
    // The last gate joins e2 by and; before it the chain holds whenever e1 does.
    #expect(abs(try #require(result.probability.exactValue) - 0.25) < 1e-15)
  }

  @Test("an event of unknown probability leaves the cut sets countable")
  func unknown() throws {
    let tree = tree([.unknown, rate(1)], [gate(.or, .event(0), .event(1))])
    let result = try #require(try FaultTreeAnalysis.results(of: tree).first)
    guard case .unknown(let reason) = result.probability else {
      Issue.record("a probability from nothing")
      return
    }
    #expect(reason.contains("e1"))
    #expect(result.cutSets?.count == "2")
    #expect(result.cutSets?.probabilitySum == nil)
  }

  @Test("common causes by both conventions", arguments: [(2, 0.001241300458), (3, 0.001000728271)])
  func commonCause(needed: Int, shocks: Double) throws {
    // Q = 0.01, β = 0.1, three members. Shocks: SCRAM 0.16.2. Exclusive: two failures of single members can not
    // be there together, so that only the cause of all three, 0.001, makes two fail.
    var table = ExpressionTable()
    let total = table.add(.constant(0.01))
    let beta = table.add(.constant(0.1))
    let group = CommonCauseGroup(name: "pumps", members: [0, 1, 2], total: total, factors: .beta(beta))
    let laws = [EventLaw](repeating: .expression(total), count: 3)
    let tree = tree(
      laws, [gate(.atLeast(needed), .event(0), .event(1), .event(2))], expressions: table, groups: [group])
    let result = try #require(try FaultTreeAnalysis.results(of: tree).first)
    #expect(abs(try #require(result.probability.exactValue) - shocks) < 1e-12)
    #expect(result.notes.contains { $0.contains("strike independently") })
    var asked = FaultTreeQuestions()
    asked.convention = CommonCauseConvention(combination: .exclusive)
    let other = try #require(try FaultTreeAnalysis.results(of: tree, asked).first)
    #expect(abs(try #require(other.probability.exactValue) - 0.001) < 1e-12)
    #expect(other.cutSets?.count == result.cutSets?.count)
  }

  @Test("a non-coherent top: exclusive or, prime implicants with absent events")
  func exclusiveOr() throws {
    var table = ExpressionTable()
    let first = table.add(.constant(0.1))
    let second = table.add(.constant(0.2))
    let tree = tree(
      [.expression(first), .expression(second)], [gate(.xor, .event(0), .event(1))], expressions: table)
    var asked = FaultTreeQuestions()
    asked.sets = .primeImplicants
    let result = try #require(try FaultTreeAnalysis.results(of: tree, asked).first)
    let exact = try #require(result.probability.exactValue)
    #expect(abs(exact - 0.26) < 1e-15)
    let sets = try #require(result.cutSets)
    #expect(sets.count == "2")
    for row in sets.rows {
      #expect(row.literals.count == 2)
      #expect(row.literals.count { $0.isNegated } == 1)
    }
    #expect(result.meanTimeToFailure == nil)
  }
}
