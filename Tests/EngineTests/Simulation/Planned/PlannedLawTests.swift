import Diagnostics
import Reliability
import Reports
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Planned work against closed forms, and what must hold in every replication.
@Suite("Planned work by chance")
struct PlannedLawTests {
  /// At a uniform phase, a wave holds each unit for T of every E hours, whatever the units do.
  @Test(
    "in the long run a unit is down T / E, from the first hour on",
    arguments: [
      (hours: 1.0, every: "10 h", takes: "1 h"), (8760, "1 w", "2 min"),
      (400, "90 h", "{uniform: {min: 0 h, max: 2 h}}"),
    ])
  func phase(_ row: (hours: Double, every: String, takes: String)) throws {
    let plan = SimulationPlan(
      years: row.hours / 8760, replications: 5000, seed: 3, confidence: Simulated.fourAndAHalf)
    let found = try Simulated.result(
      PlannedTimeTests.service(
        "components: {api: {planned: {deploy: {every: \(row.every), takes: \(row.takes)}}}}"), plan)[
        "service"]
    let share = row.hours == 1 ? 0.1 : row.hours == 400 ? 1.0 / 90 : 1.0 / 30 / 168
    #expect(found.unavailability.holds(share), "\(found.unavailability)")
  }

  @Test("a window fixes the phase: every Sunday, the same in every year")
  func window() throws {
    let result = try Simulated.result(
      PlannedTimeTests.service(
        """
        components:
          api: {planned: {patch: {every: 1 w, takes: 30 min, window: {from: "02:00", to: "05:00", days: [sun]}}}}
        """), SimulationPlan(replications: 50))
    // Hours 146 + 168 k below 8,760: 52 of them.
    #expect(abs(result["service"].downtimeHours() - 26) < 1e-3)
    #expect(result["service"].unavailability.halfWidth < 1e-12)
  }

  /// Units are down for failures with probability U, independent of the work: with a wave under way 3T/E of the time,
  /// Q = P(≥ 2 of 3 failed) + 3T/E · P(neither two failed, nor the unit worked on, and one of the others).
  static let threeUnits = """
    components:
      api:
        replicas: {count: 3, required: 2}
        BUDGET
        planned: {deploy: {every: 100 h, takes: 5 h}}
        fails: {crash: {mtbf: 90 h, lasts: {exponential: 10 h}}}
    """

  static func three(_ budget: String) throws -> SimulationResult {
    try Simulated.result(
      PlannedTimeTests.service(threeUnits.replacing("BUDGET", with: budget)),
      SimulationPlan(years: 0.5, replications: 4000, seed: 8, confidence: Simulated.fourAndAHalf))
  }

  @Test("two of three: planned and unplanned downtime are as they should be")
  func twoOfThree() throws {
    let found = try Self.three("")["service"]
    let planned = try #require(found.planned)
    #expect(found.unavailability.holds(0.028 + 0.15 * 0.162), "\(found.unavailability)")
    #expect(planned.planned.holds(0.15 * 0.162), "\(planned.planned)")
    #expect(planned.unplanned.holds(0.028), "\(planned.unplanned)")
  }

  @Test("a budget keeps work from adding to failures; what fails during a wave still does")
  func budget() throws {
    let without = try #require(try Self.three("")["service"].planned)
    let result = try Self.three("disruption-budget: {keep: 2}")
    let with = try #require(result["service"].planned)
    // P(one of the two others fails while a wave of 5 h is under way) = about 1 − e^(−2·5/90), for half of it.
    #expect(with.planned.high < 0.6 * without.planned.low)
    #expect(with.planned.low > 0)
    #expect(with.unplanned.holds(0.028))
    #expect(result.planned[0].waits.value > 0)
  }

  @Test("shares of causes name the work")
  func causes() throws {
    let found = try Self.three("")["service"]
    #expect(Set(found.contributions.map(\.cause)) == ["api/crash", "api/planned/deploy"])
    let first = found.contributions.reduce(0) { $0 + $1.firstCauseShare }
    #expect(abs(first - 1) < 1e-12)
    let own = try #require(found.contributions.first { $0.cause == "api/planned/deploy" })
    // Planned downtime is exactly that which the work alone would restore.
    #expect(abs(own.share * found.unavailability.value - (found.planned?.planned.value ?? 0)) < 1e-12)
  }

  /// Nodes and deploys, budgets by number and by share, starts, roles, and failures of all of it.
  static let everything = """
    domains:
      za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: {exponential: 5 h}}}}
      zb: {kind: zone, like: za}
      nodes: {kind: pool, nodes: {count: 4, spread: zones, fails: {loss: {mtbf: 300 h, lasts: 3 h}}}, planned: {drain: {every: 1 w, takes: {uniform: {min: 10 min, max: 3 h}}}}}
    components:
      api:
        replicas: {count: 9, required: 4, spread: nodes}
        disruption-budget: {keep: 60 %}
        start: {takes: {exponential: 20 min}, ready-when: [db/writer]}
        depends-on: {cache: {soft: 20 %}}
        planned:
          deploy: {every: 2 d, takes: 15 min, at-once: 2}
          patch: {every: 1 month, takes: 1 h, window: {from: "22:00", to: "03:00", days: [sat, sun]}}
        fails: {crash: {mtbf: 90 h, detect: {exponential: 10 min}, recover: 2 h}}
      cache: {replicas: {count: 2, required: 1, spread: nodes}, disruption-budget: {disrupt: 1}, fails: {slow: {mtbf: 50 h, lasts: 2 h}}}
      db:
        roles: {writer: {count: 1, in: za}, reader: {count: 2, required: 1, spread: zones}}
        disruption-budget: {disrupt: 33 %}
        failover: {writer: {from: [reader], detect: 5 min, takes: {exponential: 10 min}, works: 90 %, manual: 1 h}}
        planned: {patch: {every: 5 d, takes: 40 min}}
        fails: {instance: {mtbf: 300 h, lasts: {exponential: 4 h}}}
    capabilities:
      service:
        depends-on: {api: hard}
        demand: {api: 6}
        objectives: {m: {availability: 99 %, per: calendar month, excludes: planned}, y: {availability: 99 %, per: year}}
      reading: {depends-on: {db/reader: hard, cache: {soft: 50 %}}}
    """

  /// Follows a trace with nothing but what it says.
  struct Follower {
    let graph: CompiledGraph
    var down: [Int]
    var starting: Set<Int> = []
    var begun = 0
    var broken = 0

    init(_ graph: CompiledGraph) {
      self.graph = graph
      down = [Int](repeating: 0, count: graph.unitNames.count)
    }

    func isUp(_ unit: Int) -> Bool { down[unit] == 0 && !starting.contains(unit) }

    /// A unit that comes back has to start, where its component does.
    mutating func release(_ units: [Int]) {
      for unit in units {
        down[unit] -= 1
        if down[unit] == 0, graph.starts.contains(where: { $0.units.contains(unit) }) {
          starting.insert(unit)
        }
      }
    }

    mutating func hold(_ units: [Int]) {
      for unit in units {
        down[unit] += 1
        starting.remove(unit)
      }
    }

    mutating func follow(_ event: TraceEvent) {
      switch event.kind {
      case .failure(let process, _, _): hold(graph.processes[process].units)
      case .restoration(let process): release(graph.processes[process].units)
      case .started(let unit): starting.remove(unit)
      case .planned(let work, .begins(let place, _)):
        let wave = graph.planned.works[work].waves[place].units
        begun += 1
        for budget in graph.planned.budgets {
          let taken = wave.count { budget.units.contains($0) && isUp($0) }
          if taken > 0, budget.units.count(where: { isUp($0) }) - taken < budget.kept { broken += 1 }
        }
        hold(wave)
      case .planned(let work, .ends(let place)): release(graph.planned.works[work].waves[place].units)
      default: break
      }
    }
  }

  @Test("no wave ever begins that breaks a budget", arguments: 0..<12)
  func neverBroken(_ replication: Int) throws {
    let graph = try ModelText.graph(Self.everything)
    // From new: what is under way at the beginning of the long run stands in no trace.
    let trace = Simulator(graph, plan: SimulationPlan(seed: 5, start: .new)).trace(replication: replication)
    var follower = Follower(graph)
    for event in trace.events { follower.follow(event) }
    #expect(follower.begun > 1000)
    #expect(follower.broken == 0)
  }

  @Test("the traces of all replications add up to the downtime of the run", arguments: [0, 1])
  func addUp(_ capability: Int) throws {
    let plan = SimulationPlan(replications: 20, seed: 5)
    let simulator = Simulator(try ModelText.graph(Self.everything), plan: plan)
    let whole = simulator.run().capabilities[capability].unavailability.value * 8760
    let told = (0..<20).map { TraceTests.downtime(simulator.trace(replication: $0), capability: capability) }
    #expect(whole > 0)
    #expect(abs(told.reduce(0, +) / 20 - whole) <= 1e-9 * whole)
  }

  @Test("the same bits with any number of threads, and in shards")
  func deterministic() throws {
    var plan = SimulationPlan(replications: 90, seed: 5)
    let one = try Simulated.result(Self.everything, plan).fingerprint
    plan.threads = 3
    #expect(try Simulated.result(Self.everything, plan).fingerprint == one)
    let run = PartRun(Self.everything, plan)
    let merged = try PartRun.merged(try run.parts(4))
    #expect(PartRun.printed(try run.header, merged.result).json == (try run.whole().json))
  }

  @Test("the exact engine leaves it out and says so, and nothing is cross-checked")
  func exact() throws {
    let graph = try ModelText.graph(PlannedTimeTests.service(Self.threeUnits.replacing("BUDGET", with: "")))
    let exact = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(exact.unavailability - 0.028) < 1e-12)
    #expect(exact.approximations.contains { $0.contains("api/planned/deploy") })
    #expect(graph.plannedWork(feltByCapability: 0).map(\.name) == ["api/planned/deploy"])
  }

  @Test("rare failures are not forced beside it")
  func rare() throws {
    let graph = try ModelText.graph(Self.everything.replacing("start:", with: "title: x #"))
    #expect(throws: RareEventSimulator.Obstacle.self) {
      try RareEventSimulator(graph, plan: SimulationPlan())
    }
  }
}

extension String {
  /// The same with a word replaced; Foundation is not needed for that.
  fileprivate func replacing(_ word: String, with other: String) -> String {
    split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
  }

  /// With a replications none of which shows any, up to 1 − 0.05^(1/a) of them may; but not more than all downtime.
  @Test("planned downtime that was never seen is bounded by the whole")
  func unseen() throws {
    let text = """
      components:
        api: {fails: {crash: {mtbf: 900 h, lasts: 10 h}}}
        batch: {planned: {deploy: {every: 100 h, takes: 3 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let found = try Simulated.result(text, SimulationPlan(replications: 50))["service"]
    let planned = try #require(found.planned)
    #expect(planned.planned.value == 0 && planned.planned.high == found.unavailability.high)
    #expect(planned.unserved.high == found.unservedFraction.high)
    #expect(planned.unplanned == found.unavailability)
  }
}
