import ServiceGraph
import Simulation

/// Models that ask for work over time, for tests.
enum DemandText {
  /// Levels of the days used here: 40 % at night, 100 % by day, 60 % in the evening; half of it at the weekend.
  static let day =
    "day: [{from: \"08:00\", load: 100 %}, {from: \"00:00\", load: 40 %}, {from: \"20:00\", load: 60 %}]"

  /// A service that asks a component `api` for so many units' worth.
  static func service(_ api: String, demand: Double, profile: String = "", domains: String = "") -> String {
    let own = profile.isEmpty ? "" : ", profile: {\(profile)}"
    return """
      \(domains)
      components:
        api: {\(api)}
      capabilities:
        service: {depends-on: {api: hard}, demand: {api: \(demand)}\(own)}
      """
  }

  /// Hours of a year at each level of `day` with half of it at the weekend: 260 or 261 working days, 1 January a Monday.
  static func hours(weekend: Double) -> [(level: Double, hours: Double)] {
    (0..<365).flatMap { day -> [(level: Double, hours: Double)] in
      let factor = day % 7 >= 5 ? weekend : 1
      return [(0.4 * factor, 8), (factor, 12), (0.6 * factor, 4)]
    }
  }

  /// What happened in one replication that begins new.
  static func trace(_ text: String, hours: Double) throws -> [TraceEvent] {
    let plan = SimulationPlan(years: hours / 8760, replications: 2, start: .new)
    return Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0).events
  }
}
