import Quantities
import Recovery
import Stochastics
import Testing

@Suite("Slack with the crews there are")
struct CrewSlackTests {
  /// 4 h beside 2 h and 3 h one after the other for the second crew: back after 5 h, the long step is no longer for 1 h
  /// more, and the others decide. With a crew for each it is the long step that decides.
  @Test("a crew kept from the next step counts")
  func keptCrew() throws {
    let rows: [(String, Double, [String])] = [("long", 4, []), ("middle", 3, []), ("short", 2, [])]
    let two = try Procedure(name: "restore", steps: ProcedureTests.steps(rows), crews: 2)
    #expect(two.schedule().serviceHours == 5)
    #expect(two.slackHours().map { $0 ?? .infinity } == [1, 0, 0])
    #expect(try two.with(crews: nil).slackHours() == [0, 1, 2])
  }

  /// A single crew does one step after the other: each decides.
  @Test("with a single crew no step has slack")
  func singleCrew() throws {
    let steps = try ProcedureTests.steps(ProcedureTests.tierOne + ProcedureTests.tierTwo)
    let slack = try Procedure(name: "both", steps: steps, crews: 1).slackHours()
    #expect(slack.allSatisfy { $0 == 0 })
  }

  /// Two crews: tier 1 on the first until 3.5 h, Pulsar and then the monitoring on the second until 4 h, the consumers
  /// from 3.5 h to 4.5 h. The monitoring may end 30 min later, and so may Pulsar, which it waits for; the order alone
  /// would leave it 2 h 30 min.
  @Test("the recovery of both tiers leaves the monitoring 30 min with two crews")
  func tiers() throws {
    let steps = try ProcedureTests.steps(ProcedureTests.tierOne + ProcedureTests.tierTwo)
    let two = try Procedure(name: "both", steps: steps, crews: 2)
    let slack = Dictionary(uniqueKeysWithValues: zip(steps.map(\.name), two.slackHours()))
    #expect(agree(two.schedule().serviceHours, 5.5))
    #expect(slack.compactMapValues { $0 }.filter { $0.value > 0 } == ["pulsar": 0.5, "monitoring": 0.5])
    let order = Dictionary(
      uniqueKeysWithValues: two.criticalPath().steps.map { ($0.name, $0.slackHours) })
    #expect(order["monitoring"] == 2.5)
  }

  /// Held against the schedule itself: not later anywhere below, and later right above. In whole hours ends meet.
  @Test("no step delays the end before its slack is used up, and does right after", arguments: [false, true])
  func networks(inWholeHours: Bool) throws {
    for round in 0..<40 {
      var draws = stream("slack", UInt32(round))
      let rows = (0..<9).map { place -> (String, Double, [String]) in
        let after = (0..<place).filter { _ in draws.uniform() < 0.2 }.map { "s\($0)" }
        let hours = 0.1 + draws.uniform()
        return ("s\(place)", inWholeHours ? (4 * hours).rounded(.up) : hours, after)
      }
      let procedure = try Procedure(
        name: "network", steps: ProcedureTests.steps(rows), crews: 2 + round % 2)
      let base = procedure.schedule().serviceHours
      for (place, slack) in procedure.slackHours().enumerated() {
        let slack = try #require(slack)
        func service(_ extra: Double) -> Double {
          var hours = rows.map(\.1)
          hours[place] += extra
          return procedure.schedule(hours: hours).serviceHours
        }
        #expect((0...50).allSatisfy { service(slack * Double($0) / 50 * 0.999_999) <= base + 1e-9 })
        #expect(service(slack + 1e-6) > base + 1e-9, "\(round) \(place)")
      }
    }
  }
}
