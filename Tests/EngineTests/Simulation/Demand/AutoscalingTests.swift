import Diagnostics
import Foundation
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("Autoscaling")
struct AutoscalingTests {
  struct Wanted: CustomTestStringConvertible {
    let demand: Double
    let target: Double
    let units: Int
    let source: String
    var testDescription: String { source }
  }

  static let demands = [
    Wanted(demand: 2.55, target: 0.7, units: 4, source: "⌈2.55 / 0.7⌉ = ⌈3.64⌉"),
    Wanted(
      demand: 2 * 1.0, target: 0.5, units: 4, source: "Kubernetes, Algorithm details: 200m at 100m doubles"),
    Wanted(
      demand: 4 * 0.25, target: 0.5, units: 3,
      source: "Kubernetes, Algorithm details: 50m at 100m halves, to min"),
    Wanted(demand: 2.1, target: 0.7, units: 3, source: "2.1 / 0.7 is 3 but for rounding"),
    Wanted(demand: 0, target: 0.7, units: 3, source: "the fewest"),
    Wanted(demand: 1e300, target: 1e-4, units: 10, source: "the most"),
  ]

  @Test("how many units are wanted", arguments: demands)
  func wanted(_ row: Wanted) throws {
    let model = try ModelText.model(
      DemandText.service(
        "replicas: {count: 3, required: 1}, autoscaling: {min: 3, max: 10, target: \(row.target)}", demand: 1)
    )
    let scaling = try #require(model.components.first?.autoscaling)
    #expect(scaling.wanted(demand: row.demand) == row.units)
  }

  /// 2 units' worth by night, 5 by day, 3 in the evening: at 100 % each 2, 5 and 3 units. They come an hour late, and the
  /// evening's lower demand takes them away two hours late.
  @Test("a timetable without failures")
  func timetable() throws {
    let text = DemandText.service(
      "replicas: {count: 2, required: 1}, autoscaling: {min: 2, max: 9, target: 100 %, delay: 1 h, down-delay: 2 h}",
      demand: 5, profile: DemandText.day)
    let events = try DemandText.trace(text, hours: 32).compactMap { event -> String? in
      switch event.kind {
      case .scales(_, let from, let to, let asked): "\(event.hours): \(from)–\(to) for \(asked)"
      case .scaled(_, let running): "\(event.hours): \(running) run"
      case .service(_, _, let served): "\(event.hours): \(served)"
      default: nil
      }
    }
    #expect(
      events == [
        "8.0: 2–5 for 5.0", "8.0: 0.4", "9.0: 5 run", "9.0: 1.0", "22.0: 5–3 for 3.0", "26.0: 3–2 for 2.0",
      ])
    let found = try Simulated.once(text)
    let load = try #require(found.capacities.first)
    #expect(abs(found["service"].unservedHours() - 365 * 0.6) < 1e-3)
    #expect(load.scaleUpsPerYear?.value.rounded() == 1095)
    #expect(load.lateScaleUpsPerYear?.value.rounded() == 1095)
    // 2 units, 3 more from 09:00 to 22:00, one of them to 02:00 of the next day; the year ends before the last of these.
    let unitHours: Double = 2 * 8760 + 3 * 13 * 365 + 4 * 365 - 2
    #expect(abs(load.unitHoursPerYear.value - unitHours) < 0.01)
    #expect(abs(load.shortHoursPerYear.value - 365) < 1e-3)
  }

  /// The evening's lower demand lasts 4 h: units that leave after 5 h stay until the next day's night is 1 h old.
  @Test("a dip that is shorter than the wait takes nobody away")
  func dip() throws {
    let text = DemandText.service(
      "replicas: {count: 5, required: 1}, autoscaling: {min: 1, max: 9, target: 100 %, delay: 1 h, down-delay: 5 h}",
      demand: 5,
      profile: "day: [{from: \"00:00\", load: 100 %}, {from: \"20:00\", load: 40 %}]")
    #expect(try DemandText.trace(text, hours: 200).isEmpty)
  }

  /// Orders are void when fewer are wanted again for long enough before they come.
  @Test("units that are not wanted any more do not come")
  func void() throws {
    let text = DemandText.service(
      "replicas: {count: 2, required: 1}, autoscaling: {min: 2, max: 9, target: 100 %, delay: 6 h, down-delay: 1 h}",
      demand: 5, profile: "day: [{from: \"00:00\", load: 40 %}, {from: \"20:00\", load: 100 %}]")
    let found = try Simulated.once(text)
    #expect(found.capacities.first?.running.value == 2)
    #expect(found.capacities.first?.scaleUpsPerYear?.value.rounded() == 1095)
    #expect(abs(found["service"].unservedHours() - 365 * 4 * 0.6) < 1e-3)
  }

  /// What an added unit takes to start comes after the delay.
  @Test("a start of its own")
  func start() throws {
    let text = DemandText.service(
      "start: {takes: 30 min}, replicas: {count: 2, required: 1}, autoscaling: {min: 2, max: 9, target: 100 %, delay: 1 h}",
      demand: 5, profile: DemandText.day)
    let found = try Simulated.once(text)
    #expect(abs(found["service"].unservedHours() - 365 * 1.5 * 0.6) < 1e-3)
  }

  /// Without any delay there are always as many places as are wanted for the level, each up with its own probability: the
  /// mean over the levels of the exact answer for so many.
  @Test("the exact answer for each number of units")
  func exact() throws {
    let fails = "fails: {crash: {mtbf: 30 h, lasts: {exponential: 6 h}}}"
    var known: [Double: Double] = [:]
    var (unserved, down) = (0.0, 0.0)
    for (level, hours) in DemandText.hours(weekend: 0.5) {
      let units = max(2, Int((level * 3.4 / 0.8 - 1e-9).rounded(.up)))
      let graph = try ModelText.graph(
        DemandText.service("replicas: {count: \(units), required: 1}, \(fails)", demand: 3.4 * level))
      if known[level] == nil { known[level] = try SteadyState.results(of: graph).first?.unservedFraction }
      unserved += (known[level] ?? .nan) * hours / 8760
      down += pow(1.0 / 6, Double(units)) * hours / 8760
    }
    let found = try Simulated.result(
      DemandText.service(
        "replicas: {count: 2, required: 1}, \(fails), autoscaling: {min: 2, max: 6, target: 80 %, down-delay: 0 s}",
        demand: 3.4, profile: "\(DemandText.day), weekend: 50 %"),
      SimulationPlan(replications: 60, confidence: Simulated.fourAndAHalf))
    #expect(
      found["service"].unservedFraction.holds(unserved), "\(found["service"].unservedFraction) \(unserved)")
    #expect(found["service"].unavailability.holds(down), "\(found["service"].unavailability) \(down)")
    let load = try #require(found.capacities.first)
    #expect(load.healthy.holds(load.running.value * 5 / 6))
  }

  @Test("the exact engine takes what runs at first, and says so; nobody compares the two")
  func named() throws {
    let graph = try ModelText.graph(
      DemandText.service(
        "replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 9 h, lasts: 1 h}}, autoscaling: {min: 1, max: 6, target: 80 %}",
        demand: 1))
    let exact = try SteadyState.results(of: graph)
    #expect(abs(exact[0].unavailability - 0.01) < 1e-15)
    #expect(
      exact[0].approximations == ["autoscaling of api: 2 units at all hours; relmodel simulate follows it"])
    let simulated = Simulator(graph, plan: SimulationPlan(replications: 2)).run().capabilities
    #expect(CrossCheck.all(of: graph, exact: exact, simulated: simulated).isEmpty)
  }

  /// A unit that nobody wants fails for nobody.
  @Test("what is not there is not told of")
  func notTold() throws {
    let text = DemandText.service(
      "replicas: {count: 1, required: 1}, autoscaling: {min: 1, max: 9, target: 100 %}, fails: {crash: {lifetime: {deterministic: 10 h}, lasts: 1 h}}",
      demand: 1)
    #expect(try DemandText.trace(text, hours: 12).count == 4)
  }

  @Test("units beyond those whose places are named take these in turn")
  func members() throws {
    let model = try ModelText.model(
      DemandText.service(
        "replicas: {count: 2, required: 1, members: [n1, n2]}, autoscaling: {min: 2, max: 5, target: 100 %}",
        demand: 2, domains: "domains: {n1: {kind: node}, n2: {kind: node}}"))
    let component = try #require(model.components.first)
    #expect(component.units.map(\.domain) == [0, 1])
    #expect(component.autoscaling?.elastic.map(\.domain) == [0, 1, 0])
  }

  static let plain = "replicas: {count: 3, required: 1}, "
  static let scaled = "autoscaling: {min: 2, max: 9, target: 70 %}"

  static let mistakes: [(slug: String, api: String)] = [
    ("autoscaling-range", "replicas: {count: 3, required: 1}, autoscaling: {min: 9, max: 2, target: 70 %}"),
    ("autoscaling-range", "replicas: {count: 1, required: 1}, autoscaling: {min: 2, max: 9, target: 70 %}"),
    ("autoscaling-range", "replicas: {count: 10, required: 1}, autoscaling: {min: 2, max: 9, target: 70 %}"),
    ("autoscaling-below-required", "replicas: 3, autoscaling: {min: 2, max: 9, target: 70 %}"),
    ("autoscaling-target", plain + "autoscaling: {min: 2, max: 9, target: 0 %}"),
    ("count-range", plain + "autoscaling: {min: 2, max: 9000000000000000000, target: 70 %}"),
    (
      "autoscaling-units",
      "replicas: {count: 3, required: 1}, load-sharing: {exponent: 1}, \(scaled), fails: {crash: {mtbf: 1 d, lasts: 1 h}}"
    ),
    (
      "autoscaling-below-required",
      "replicas: 4, standby: {running: 3, dormancy: cold}, \(scaled), fails: {crash: {mtbf: 1 d, lasts: 1 h}}"
    ),
    (
      "autoscaling-with-common-cause",
      plain + "\(scaled), fails: {crash: {mtbf: 1 d, lasts: 1 h, common-cause: {phi: [90 %, 7 %, 3 %]}}}"
    ),
  ]

  @Test("impossible autoscaling is a finding", arguments: mistakes)
  func impossible(_ row: (slug: String, api: String)) throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(
        DemandText.service(row.api, demand: 1, domains: "crews: {dba: {count: 1}}"))
    }
    #expect(error.diagnostics.map(\.slug).filter { $0 != "unused-crew" } == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }

  @Test("what nobody asks for is not scaled, and nothing that a queue stands on")
  func others() throws {
    func slugs(_ text: String) throws -> [String] {
      try #require(throws: Findings.self) { try ModelText.model(text) }.diagnostics.map(\.slug)
    }
    let api = "api: {replicas: {count: 3, required: 1}, \(Self.scaled)}"
    let service = "capabilities: {service: {depends-on: {api: hard}"
    #expect(try slugs("components: {\(api)}\n\(service)}}\n") == ["demand-missing"])
    #expect(
      try slugs(
        "components: {\(api), broker: {}}\nqueues: {q: {in: broker, arrivals: 1 /s, consumers: {api: {drains: 5 /s}}}}\n"
          + "\(service), demand: {api: 2}}}\n") == ["autoscaling-with-queue"])
  }
}
