import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Gates with inputs to spare whose inputs are such gates themselves: outages that do nothing alone do much together.
@Suite("Redundancy within redundancy")
struct NestedRedundancyTests {
  /// Shapes over units that are each down a sixth of the time, and the exact unavailability.
  static let shapes: [(needs: String, unavailability: Double)] = {
    let u = 1.0 / 6
    let pair = u * u
    return [
      ("any-of: [a, pair]", u * pair),
      ("any-of: [a, {any-of: [b, c]}]", u * u * u),
      ("any-of: [pair, other-pair, a]", pair * pair * u),
      ("any-of: [a, {all-of: [b, pair]}]", u * (1 - (1 - u) * (1 - pair))),
      // Two of a, b and the pair are down.
      (
        "{at-least: 2, of: [a, b, pair]}",
        u * u * (1 - pair) + 2 * u * (1 - u) * pair + u * u * pair
      ),
    ]
  }()

  @Test(arguments: shapes.indices, [0.2, 1.0, 3.0])
  func shape(_ number: Int, years: Double) throws {
    let shape = Self.shapes[number]
    let mode = "fails: {m: {mtbf: 50 h, lasts: {exponential: 10 h}}}"
    let needs = shape.needs.hasPrefix("{") ? String(shape.needs.dropFirst().dropLast()) : shape.needs
    let text = """
      components:
        a: {\(mode)}
        b: {\(mode)}
        c: {\(mode)}
        pair: {replicas: {count: 2, required: 1}, \(mode)}
        other-pair: {replicas: {count: 2, required: 1}, \(mode)}
      capabilities: {service: {depends-on: {group: {\(needs)}}}}
      """
    let exact = try #require(try SteadyState.results(of: ModelText.graph(text)).first).unavailability
    #expect(abs(exact / shape.unavailability - 1) < 1e-9)
    let plan = SimulationPlan(
      years: years, replications: Int(600 / years), confidence: Simulated.fourAndAHalf)
    let found = try Simulated.result(text, plan)["service"].unavailability
    #expect(found.holds(exact), "\(found), \(exact)")
    #expect(found.halfWidth < 0.4 * exact)
  }
}
