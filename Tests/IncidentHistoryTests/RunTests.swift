import Diagnostics
import Foundation
import Quantities
import Testing

import IncidentHistory
import Reports

/// Saved runs: names, and what changed between two.
@Suite struct RunTests {
  private static func results(_ unavailability: Double, _ spread: Double, replications: Int = 100) -> String {
    """
    {"format": "relmodel/1", "command": "simulate", "model": "shop", "results": {
      "replications": \(replications), "years": 1, "seed": "42", "start": "steady", "capabilities": {"sell": {
        "unavailability": {"value": \(unavailability), "low": \(unavailability - spread),
          "high": \(unavailability + spread), "confidence": 0.95, "unit": "1"},
        "downtimeHoursPerYear": {"value": \(unavailability * 8760), "unit": "h/y"},
        "outagesPerYear": {"unknown": "only an availability is known"}}}}}
    """
  }

  private static func run(_ name: String, _ results: String, digest: String = "ab") -> SavedRun {
    var run = SavedRun(
      saved: importTime, command: "simulate", model: "shop", modelDigest: digest, results: results)
    run.name = name
    return run
  }

  @Test func `names are found, suggested, not given twice and removed`() throws {
    let folder = try TemporaryFolder()
    let database = try IncidentDatabase(path: folder.path("runs.db"), mode: .create)
    let run = Self.run("spring", Self.results(0.01, 0.001))
    try database.add(run)
    #expect(try database.savedRun(named: "spring") == run)
    #expect(slugs { try database.add(run) } == ["run-exists"])
    let error = #expect(throws: Findings.self) { try database.savedRun(named: "sprng") }
    #expect(error?.diagnostics.first?.help == "did you mean spring?")
    try database.removeRun(named: "spring")
    #expect(try database.savedRuns().isEmpty)
    #expect(slugs { try database.removeRun(named: "spring") } == ["run-missing"])
  }

  @Test func `what was printed is read back`() throws {
    let answer = try #require(SavedAnswer(json: Self.results(0.01, 0.001)))
    #expect(answer.model == "shop" && answer.command == "simulate")
    let plan = try #require(answer.plan)
    #expect(plan.replications == 100 && plan.years == 1 && plan.seed == 42 && plan.start == "steady")
    #expect(SavedAnswer(json: "{}") == nil && SavedAnswer(json: "nonsense") == nil)
  }

  @Test(arguments: [(0.0105, false), (0.02, true)])
  func `differences, and whether they are beyond the intervals`(after: Double, isBeyond: Bool) throws {
    let before = try #require(RunComparison.Side(Self.run("spring", Self.results(0.01, 0.001))))
    let now = try #require(RunComparison.Side(now: Self.results(after, 0.001), digest: "cd"))
    let json = RunComparison(before, now).json
    #expect(json.at("results.sameModel") == .bool(false))
    let own = "results.capabilities.sell"
    #expect(isClose(json.number("\(own).unavailability.difference"), after - 0.01))
    #expect(json.at("\(own).unavailability.beyondIntervals") == .bool(isBeyond))
    #expect(isClose(json.number("\(own).downtimeHoursPerYear.difference"), (after - 0.01) * 8_760, 1e-6))
    #expect(json.at("\(own).outagesPerYear.before.unknown") == .string("only an availability is known"))
    let text = TextRenderer().text(RunComparison(before, now).document)
    #expect(text.contains(isBeyond ? "beyond both intervals" : "within the intervals"))
    #expect(text.contains("has changed"))
  }

  @Test func `another number of replications is told`() throws {
    let before = try #require(RunComparison.Side(Self.run("a", Self.results(0.01, 0.001))))
    let after = try #require(
      RunComparison.Side(Self.run("b", Self.results(0.01, 0.001, replications: 50))))
    let text = TextRenderer().text(RunComparison(before, after).document)
    #expect(text.contains("another number of replications") && text.contains("say the same in both"))
  }
}
