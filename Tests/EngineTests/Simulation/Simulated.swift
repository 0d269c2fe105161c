import ServiceGraph
import Simulation
import Stochastics

/// Runs simulations for tests.
enum Simulated {
  /// The confidence of an interval of 4.5 standard errors either way.
  static let fourAndAHalf = 0.999_993_204_653_75

  /// The result of a plan on a model's text.
  static func result(_ body: String, _ plan: SimulationPlan) throws -> SimulationResult {
    Simulator(try ModelText.graph(body), plan: plan).run()
  }

  /// One replication from new, for models in which nothing is random.
  static func once(_ body: String, years: Double = 1) throws -> SimulationResult {
    try result(body, SimulationPlan(years: years, replications: 1, start: .new))
  }
}

extension SimulationResult {
  /// The estimate of a capability; the name must exist.
  subscript(name: String) -> CapabilityEstimate {
    capabilities[capabilities.firstIndex { $0.name == name } ?? capabilities.endIndex]
  }

  /// All numbers to the last bit, as text; the plan is not among them.
  var fingerprint: String { "\(replications) \(capabilities) \(failovers) \(planned)" }
}

extension CapabilityEstimate {
  /// Downtime in the horizon, in hours, by the mean over replications.
  func downtimeHours(years: Double = 1) -> Double { unavailability.value * years * 8760 }

  /// What is not served in the horizon, as hours of full outage.
  func unservedHours(years: Double = 1) -> Double { unservedFraction.value * years * 8760 }
}

extension Estimate {
  /// Whether a number lies in the interval; an interval without width holds its value to rounding.
  func holds(_ expected: Double) -> Bool { low <= expected && expected <= high }
}
