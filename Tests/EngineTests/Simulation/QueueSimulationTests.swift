import Foundation
import Simulation
import Stochastics
import Testing

/// Queues driven by what is up: outages at known times against fluid numbers worked by hand, and the long run against closed
/// forms.
@Suite("Queues in a simulation")
struct QueueSimulationTests {
  /// One a second comes in, five are worked on; the store is what the consumers write to.
  static func model(
    store: String = "", loader: String = "", broker: String = "", handler: String = "", queue: String = ""
  ) -> String {
    """
    components:
      bus: {fails: {\(broker)}}
      store: {fails: {\(store)}}
      loader: {replicas: {count: 2, required: 1}, depends-on: {bus: hard, store: hard}, fails: {\(loader)}}
      rescuer: {fails: {\(handler)}}
    queues:
      events:
        in: bus
        arrivals: 1 /s
        consumers: {loader: {drains: 5 /s}}
        \(queue)
    capabilities: {service: {depends-on: {store: hard}}}
    """
  }

  static let redelivery = """
    redelivery: {after: 60 s, times: 3}
        dead-letters: {to: dead, handler: rescuer, tries: 3, wait: 10 s, factor: 2, then: archive}
    """

  /// Up for exactly `up`, down for exactly `down`, once within the horizon of a hundredth of a year (87.6 h).
  static func once(_ up: String, _ down: String) -> String {
    "x: {lifetime: {deterministic: \(up)}, lasts: \(down)}"
  }

  private func queue(_ body: String) throws -> QueueEstimate {
    let result = try Simulated.result(body, SimulationPlan(years: 0.01, replications: 2, start: .new))
    return try #require(result.queues.first)
  }

  /// Numbers a year, of what happened once in a hundredth of a year.
  private func expect(_ estimate: Estimate, _ expected: Double) {
    #expect(abs(estimate.value / 100 - expected) <= 0.002 + 1e-4 * expected, "\(estimate.value / 100)")
  }

  /// 300 s down: dead letters from 180 s on, given up 30 s later; the backlog is what waits for redelivery.
  @Test("A store that is down for five minutes: 120 dead letters, 90 archived, 60 s to catch up")
  func store() throws {
    let seen = try queue(Self.model(store: Self.once("50 h", "300 s"), queue: Self.redelivery))
    expect(seen.deadLetters.perYear, 120)
    expect(seen.archived.perYear, 90)
    #expect(seen.lost.perYear.value == 0 && seen.lost.perYear.high == .infinity)
    #expect(abs(seen.largestBacklog.most - 180) < 0.01)
    #expect(abs(seen.longestCatchUpHours.most * 3600 - 60) < 0.01)
    #expect(seen.deadLetterOutagesPerYear.value == 100)
  }

  /// Times are whole ticks of 3.4 ms, so 180 s may be a little more.
  @Test("A store that is down for less than three minutes sends nothing to the dead letters")
  func shortOutage() throws {
    let seen = try queue(Self.model(store: Self.once("50 h", "179 s"), queue: Self.redelivery))
    #expect(seen.deadLetters.perYear.value == 0 && seen.deadLetterOutagesPerYear.value == 0)
  }

  /// 1 h × 3,600 /h = 3,600 wait; 4 /s are to spare: 15 min.
  @Test("Consumers that are all down for an hour leave 3,600 messages and 15 min")
  func consumers() throws {
    let down = "x: {scope: component, lifetime: {deterministic: 50 h}, lasts: 1 h}"
    let seen = try queue(Self.model(loader: down))
    #expect(abs(seen.largestBacklog.most - 3600) < 0.01)
    #expect(abs(seen.longestCatchUpHours.most - 0.25) < 1e-5)
    let latest = Self.model(loader: down).replacing("drains: 5 /s", with: "drains: 5 /s, from: latest")
    expect(try queue(latest).lost.perYear, 3600)
  }

  /// Two units of 5 /s together: one is 2.5 /s, still enough. Of 1.5 /s one is 0.75 /s, and an hour leaves 900.
  @Test("One of two consumers works half as much; one at a time works as much as ever")
  func share() throws {
    let one = "x: {lifetime: {deterministic: 50 h}, lasts: 1 h}"
    // Both would fail at once: one of them later.
    let model = Self.model().replacing(
      "required: 1}, depends-on: {bus: hard, store: hard}, fails: {}",
      with: "required: 1, members: [a, b]}, depends-on: {bus: hard, store: hard}")
    let zones = "domains: {a: {kind: zone, fails: {\(one)}}, b: {kind: zone}}\n" + model
    #expect(try queue(zones).largestBacklog.most == 0)
    let slow = zones.replacing("drains: 5 /s", with: "drains: 1.5 /s")
    #expect(abs(try queue(slow).largestBacklog.most - 900) < 0.01)
    let strict = zones.replacing("drains: 5 /s", with: "drains: 1.5 /s, order: strict")
    #expect(try queue(strict).largestBacklog.most == 0)
  }

  /// 1.2 /s degraded to 50 % are 0.6 /s: an hour leaves 0.4 × 3,600.
  @Test("Consumers of a degraded broker get what it hands out")
  func degraded() throws {
    let broker = "x: {lifetime: {deterministic: 50 h}, lasts: 1 h, effect: {degraded-to: 50 %}}"
    let seen = try queue(
      Self.model(broker: broker).replacing("drains: 5 /s", with: "drains: 1.2 /s"))
    #expect(abs(seen.largestBacklog.most - 1440) < 0.01)
  }

  @Test("What is sent while the broker is down is lost, but for what producers hold back")
  func broker() throws {
    let down = Self.once("50 h", "30 min")
    expect(try queue(Self.model(broker: down)).lost.perYear, 1800)
    let held = try queue(Self.model(broker: down, queue: "buffer: 600"))
    expect(held.lost.perYear, 1200)
    #expect(abs(held.largestBacklog.most - 600) < 0.01)
  }

  /// The store is down from 50 h for 600 s, the handler from 49 h 58 min for 6 min: it comes back 240 s into the outage.
  /// Dead letters from 180 s on: 420. All of the first 60 are tried from 240 s on and given up 30 s later, as are those
  /// after: from 270 s on nothing is left but 30 in hand, so 390 are archived.
  @Test("A handler that is down takes up what waits when it is back")
  func handler() throws {
    let seen = try queue(
      Self.model(
        store: Self.once("50 h", "600 s"), handler: Self.once("2998 min", "6 min"), queue: Self.redelivery))
    expect(seen.deadLetters.perYear, 420)
    expect(seen.archived.perYear, 390)
  }

  // MARK: Long run

  static let longRun = SimulationPlan(
    years: 4, replications: 1_000, seed: 5, threads: 2, confidence: Simulated.fourAndAHalf)

  /// Outages of exponential length with mean m at frequency f: λ f m e^(−S/m) dead letters, λ f m e^(−(S+H)/m) archived.
  @Test("Dead letters a year are those of the closed form")
  func deadLettersInTheLongRun() throws {
    let result = try Simulated.result(
      Self.model(
        store: "x: {mtbf: 200 h, lasts: {exponential: 10 min}}", queue: Self.redelivery), Self.longRun)
    let seen = try #require(result.queues.first)
    let scale = 3600 * 8760 / (200 + 1.0 / 6) / 6
    #expect(seen.deadLetters.perYear.holds(scale * exp(-180.0 / 600)))
    #expect(seen.archived.perYear.holds(scale * exp(-210.0 / 600)))
    #expect(seen.deadLetterOutagesPerYear.holds(8760 / (200 + 1.0 / 6) * exp(-180.0 / 600)))
  }

  /// λ U a year.
  @Test("Messages lost a year are rate times unavailability of the broker")
  func lostInTheLongRun() throws {
    let result = try Simulated.result(
      Self.model(broker: "x: {mtbf: 500 h, lasts: {exponential: 1 h}}"), Self.longRun)
    let seen = try #require(result.queues.first)
    #expect(seen.lost.perYear.holds(3600 * 8760 / 501))
  }

  // MARK: The service

  @Test("Queues change nothing else, and threads change no queue")
  func nothingElse() throws {
    let fails = "x: {mtbf: 200 h, lasts: {exponential: 30 min}}"
    let with = Self.model(store: fails, loader: fails, broker: fails, queue: Self.redelivery)
    let start = try #require(with.range(of: "queues:"))
    let end = try #require(with.range(of: "capabilities:"))
    let without = with.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: "")
    var plan = SimulationPlan(replications: 300, seed: 9)
    let alone = try Simulated.result(without, plan)
    let one = try Simulated.result(with, plan)
    #expect(alone.fingerprint == one.fingerprint)
    plan.threads = 3
    #expect("\(one.queues)" == "\(try Simulated.result(with, plan).queues)")
  }
}
