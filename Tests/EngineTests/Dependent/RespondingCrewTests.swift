import Diagnostics
import ServiceModel
import Simulation
import Testing

/// A response that waits for a crew, which stays for the repair.
@Suite("Responses by a crew")
struct RespondingCrewTests {
  static func text(crews: Int, response: String, mode: String = "") -> String {
    """
    crews: {sre: {count: \(crews)}}
    responses: {page: {after: 1 h\(response)}}
    components:
      a: {fails: {crash: {lifetime: {deterministic: 100 h}, detect: 6 min, respond: page, recover: 1 h\(mode)}}}
      b: {fails: {crash: {lifetime: {deterministic: 100.5 h}, detect: 6 min, respond: page, recover: 1 h\(mode)}}}
    capabilities: {a: {depends-on: {a: hard}}, b: {depends-on: {b: hard}}}
    """
  }

  /// a: 100 h to 102.1 h. b fails at 100.5 h, is noticed at 100.6 h, is answered from 102.1 h and up at 104.1 h.
  @Test func `the second response waits until the first repair is done`() throws {
    let result = try Simulated.once(Self.text(crews: 1, response: ", crew: sre"), years: 150.0 / 8760)
    #expect(abs(result["a"].downtimeHours(years: 150.0 / 8760) - 2.1) < 1e-5)
    #expect(abs(result["b"].downtimeHours(years: 150.0 / 8760) - 3.6) < 1e-5)
  }

  /// A crew for the repair alone is asked after the response: b waits from 101.6 h to 102.1 h.
  @Test func `a crew of the repair alone is asked later`() throws {
    let result = try Simulated.once(
      Self.text(crews: 1, response: "", mode: ", crew: sre"), years: 150.0 / 8760)
    #expect(abs(result["b"].downtimeHours(years: 150.0 / 8760) - 2.6) < 1e-5)
  }

  @Test func `a crew that is large enough changes nothing`() throws {
    let with = try Simulated.once(Self.text(crews: 2, response: ", crew: sre"), years: 150.0 / 8760)
    let without = try Simulated.once(Self.text(crews: 2, response: ""), years: 150.0 / 8760)
    #expect(with.fingerprint == without.fingerprint)
  }

  /// Three units that share one crew: the machine repairman M/M/1//3, ρ = λ × (mean response and repair).
  ///
  /// P(all up) = 1 / Σ 3!/(3 − n)! ρⁿ; the response takes almost no time, so that service is exponential.
  @Test func `a busy crew is the machine repairman's`() throws {
    let result = try Simulated.result(
      """
      crews: {sre: {count: 1}}
      responses: {page: {after: {exponential: 20 h}, crew: sre}}
      components:
        a: {replicas: {count: 3, required: 3}, fails: {crash: {mtbf: 60 h, respond: page, recover: 0.001 s}}}
      capabilities: {service: {depends-on: {a: hard}}}
      """, SimulationPlan(years: 10, replications: 40, seed: 4, confidence: Simulated.fourAndAHalf))
    let rho = 20.0 / 60
    let empty = 1 / (1 + 3 * rho + 6 * rho * rho + 6 * rho * rho * rho)
    #expect(result["service"].unavailability.holds(1 - empty), "\(result["service"].unavailability)")
  }

  @Test(
    "crews that can not be are found",
    arguments: [
      (", crew: nobody", "", "unknown-name"), (", crew: sre", ", crew: dba", "two-crews"),
    ])
  func found(_ response: String, _ mode: String, _ slug: String) {
    let findings = #expect(throws: Findings.self) {
      try ModelText.model(
        Self.text(crews: 1, response: response, mode: mode)
          .replacing("crews: {", with: "crews: {dba: {count: 1}, "))
    }
    #expect(Set(findings?.diagnostics.map(\.slug) ?? []) == [slug])
  }
}
