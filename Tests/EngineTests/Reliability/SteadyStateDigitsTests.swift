import Reliability
import ServiceGraph
import Testing

/// The last digit of the long run; every value is a rational number of Benchmarks/reference.py, rounded once.
@Suite("Digits of the steady state")
struct SteadyStateDigitsTests {
  struct System: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: String
    let expected: Double

    init(_ description: String, _ expected: Double, _ body: String) {
      testDescription = description
      self.body = body
      self.expected = expected
    }
  }

  /// Components that are all needed.
  private static func series(_ components: [String]) -> String {
    let named = components.enumerated().map { "  c-\($0): \($1)" }
    let needed = components.indices.map { "c-\($0): hard" }.joined(separator: ", ")
    return
      "components:\n\(named.joined(separator: "\n"))\ncapabilities: {service: {depends-on: {\(needed)}}}\n"
  }

  static let systems = [
    System(
      "thirty", 0.0010262711012677976,
      series(
        [String](
          repeating:
            "{replicas: {count: 3, required: 2}, fails: {crash: {mtbf: 1696 h, lasts: {exponential: 10 h}}}}",
          count: 10))),
    System(
      "eight in parallel", 5.583604102079606e-18,
      series(["{replicas: {count: 8, required: 1}, fails: {crash: {mtbf: 997 h, lasts: 7 h}}}"])),
    System(
      "forty in series", 0.3505544141927729,
      series((0..<40).map { "{fails: {crash: {mtbf: \(1000 + 37 * $0) h, lasts: \(1 + $0) h}}}" })),
    System(
      "five of nine", 0.0021958511229974503,
      series([
        "{replicas: {count: 9, required: 5}, fails: {crash: {mtbf: 130 h, lasts: 3 h}, "
          + "deploy: {scope: component, mtbf: 5000 h, lasts: 11 h}}}"
      ])),
    System(
      "two modes", 0.0012870219373143123,
      series([
        "{replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 100 h, lasts: 3 h}, "
          + "reboot: {mtbf: 1000 h, lasts: 7 h}}}"
      ])),
    System(
      "zones", 6.113438556883768e-06,
      "domains:\n"
        + (1...3).map { "  z\($0): {kind: zone, fails: {outage: {mtbf: 52560 h, lasts: 2 h}}}\n" }.joined()
        + series([
          "{replicas: {count: 3, required: 2, spread: zones}, fails: {crash: {mtbf: 720 h, lasts: 1 h}}}",
          "{replicas: {count: 3, required: 1, spread: zones}, fails: {crash: {mtbf: 1001 h, lasts: 3 h}}}",
        ])),
  ]

  @Test("within a unit in the last place of the rational number", arguments: systems)
  func lastDigit(_ system: System) throws {
    let graph = try ModelText.graph(system.body)
    let found = try #require(try SteadyState.unavailabilities(of: graph).first)
    #expect(abs(found - system.expected) <= system.expected.ulp)
    #expect(try SteadyState.results(of: graph).first?.unavailability == found)
  }

  /// An unavailability that is stated is what counts, not the up time that follows from it.
  @Test("a stated unavailability is taken as it is")
  func stated() throws {
    let graph = try ModelText.graph(Self.series(["{fails: {crash: {availability: 99.9 %, lasts: 3 h}}}"]))
    #expect(try SteadyState.unavailabilities(of: graph) == [graph.processes[0].unavailability])
  }

  @Test("sums and products of two doubles lose nothing")
  func errorFree() {
    let third = DoubleDouble(1) / DoubleDouble(3)
    let one = third + third + third
    #expect(one.high == 1 && abs(one.low) < 0x1p-100)
    let square = DoubleDouble.product(1 + 0x1p-52, 1 + 0x1p-52)
    #expect(square.high == 1 + 0x1p-51 && square.low == 0x1p-104)
    let sum = DoubleDouble.sum(1, 0x1p-80)
    #expect(sum.high == 1 && sum.low == 0x1p-80)
    let difference = (DoubleDouble(1) - DoubleDouble(0x1p-80)) - DoubleDouble(1)
    #expect(difference.high == -0x1p-80)
  }
}
