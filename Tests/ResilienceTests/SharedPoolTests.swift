import Quantities
import Resilience
import Stochastics
import Testing

/// Several callees on one request pool: when it is full and what it refuses, by Little's law for all calls together.
@Suite("Callees that share the slots of a caller")
struct SharedPoolTests {
  typealias Callee = SharedPoolSimulation.Callee

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let callees: [Callee]
    let slots: Int
    /// When the pool is full, in seconds; `nil`: never.
    let full: Double?
    /// When the first of the calls leave that fill it, and what is refused from then on.
    var firstLeave = 0.0
    var refused = 0.0
    var end = 0.0
    /// The mean share stands for bursts that take turns, in seconds.
    var leftOut = 0.0
  }

  static let rows = [
    Row(
      testDescription: "both hang: capacity / (λ₁ + λ₂)",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10, takes: 10)], slots: 60,
      full: 2, firstLeave: 10, refused: erlangB(offered: 300, servers: 60), end: 30),
    Row(
      testDescription: "one hangs and the other slows: λ₁ u + λ₂ min(u, 1 s) = capacity",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10, takes: 1)], slots: 60,
      full: 2.5),
    Row(
      testDescription: "one hangs a second after the other: λ₁ u + λ₂ (u − 1 s) = capacity",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10, failsAt: 1, takes: 10)],
      slots: 60, full: 70.0 / 30),
    Row(
      testDescription: "one hangs beside one that is well: λ₁ u + λ₂ L = capacity",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10)], slots: 60,
      full: (60 - 0.5) / 20),
    Row(
      testDescription: "two give-up times take turns, and on average the excess is refused",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10, takes: 4)], slots: 60,
      full: 2, firstLeave: 4, refused: erlangB(offered: 240, servers: 60), end: 124, leftOut: 1.5),
    Row(
      testDescription: "neither alone, but both together: 200 + 100 calls on 250 slots",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10, takes: 10)], slots: 250,
      full: 250.0 / 30, firstLeave: 10, refused: erlangB(offered: 300, servers: 250), end: 110, leftOut: 1),
    Row(
      testDescription: "all of them fit",
      callees: [Callee(callsPerSecond: 20, takes: 10), Callee(callsPerSecond: 10, takes: 10)], slots: 400,
      full: nil, end: 60),
  ]

  /// The demand of calls that take so long while their callee fails; λ in calls a second of a caller of one unit.
  static func timings(_ callee: Callee, slots: Int, queue: Int = 0) throws -> EdgeTimings {
    let takes = callee.takes ?? Callee.usual
    let policies = try EdgePolicies(
      timeout: try seconds(takes),
      callerPool: try Pool(kind: .threads, size: slots, queue: queue, overflow: .reject),
      traffic: try traffic(callee.callsPerSecond))
    return try EdgeTimings(policies, failure: .hangs)
  }

  static func pool(_ callees: [Callee], slots: Int, queue: Int = 0) throws -> SharedPool {
    SharedPool(
      try Pool(kind: .threads, size: slots, queue: queue, overflow: .reject),
      usualSlots: callees.map { $0.callsPerSecond * Callee.usual },
      callsPerHour: callees.reduce(0) { $0 + $1.callsPerSecond * 3600 })
  }

  /// The pool as it fills, until a moment in seconds; and when it was full.
  static func fill(_ callees: [Callee], slots: Int, queue: Int = 0, until end: Double) throws -> (
    pool: SharedPool, full: Double?
  ) {
    var pool = try pool(callees, slots: slots, queue: queue)
    var full: Double?
    func pass(to hours: Double) {
      while pool.nextChangeHours <= hours {
        let next = pool.nextChangeHours
        pool.advance(toHours: next)
        if full == nil, pool.refusedShare > 0 { full = next * 3600 }
      }
      pool.advance(toHours: hours)
    }
    for (place, callee) in callees.enumerated().sorted(by: { $0.element.failsAt < $1.element.failsAt })
    where callee.takes != nil {
      pass(to: callee.failsAt / 3600)
      if let demand = try timings(callee, slots: slots, queue: queue).poolDemand {
        pool.fail(place, demand.confined, atHours: callee.failsAt / 3600)
      }
    }
    pass(to: end / 3600)
    return (pool, full)
  }

  @Test(
    "the pool is full when the calls of all together fill it, and refuses what is too much", arguments: rows)
  func closedForm(_ row: Row) throws {
    let seen = try Self.fill(row.callees, slots: row.slots, until: max(row.end, 3))
    guard let full = row.full else {
      #expect(seen.full == nil && seen.pool.refusedHours == 0)
      return
    }
    if row.end > 0 {
      let refused = row.firstLeave - full + row.refused * (row.end - row.firstLeave)
      #expect(abs(seen.pool.refusedHours * 3600 - refused) < 1e-6)
    }
    #expect(abs(try #require(seen.full) - full) < 1e-6, "\(seen.full ?? 0)")
  }

  @Test("single requests see the same", arguments: rows)
  func requests(_ row: Row) throws {
    let end = max(row.end, 3)
    let model = try Self.fill(row.callees, slots: row.slots, until: end)
    let rate = row.callees.reduce(0) { $0 + $1.callsPerSecond }
    let runs = (UInt32(0)..<200).map { run in
      var simulation = SharedPoolSimulation(
        row.callees, slots: row.slots, until: end, run: run, name: row.testDescription)
      return simulation.run()
    }
    guard row.full != nil else {
      #expect(runs.allSatisfy { $0.refused == 0 })
      return
    }
    let refused = Sample(runs.map { Double($0.refused) / rate })
    if row.end > 0 {
      let expected = model.pool.refusedHours * 3600
      #expect(refused.agrees(with: expected, leftOut: row.leftOut), "\(refused) for \(expected)")
    }
    let first = runs.compactMap(\.firstRefused)
    guard first.count == runs.count else { return }
    // The first call that is refused comes after the last that found a slot.
    #expect(Sample(first).agrees(with: try #require(row.full) + 1 / rate), "\(Sample(first))")
  }

  /// 60 slots and 30 places in the queue: 90 / 30 per second, no call has left by then. With a hold of 2.5 s 75 are inside
  /// after it; the other 15 come as 30 − 60 / 2.5 a second too many.
  @Test("a queue before the slots fills, too", arguments: [(10.0, 3.0), (2.5, 2.5 + 15 / 6.0)])
  func queue(_ takes: Double, _ full: Double) throws {
    let callees = [Callee(callsPerSecond: 20, takes: takes), Callee(callsPerSecond: 10, takes: takes)]
    let seen = try #require(try Self.fill(callees, slots: 60, queue: 30, until: 20).full)
    #expect(abs(seen - full) < 1e-6)
  }

  @Test("the order of the callees does not matter", arguments: 0..<40)
  func order(_ number: Int) throws {
    var random = RandomStream(seed: 12, process: ProcessKey(name: "order"), replication: UInt32(number))
    let callees = (0..<3).map { _ in
      Callee(
        callsPerSecond: 1 + 30 * random.uniform(), failsAt: 5 * random.uniform(),
        takes: random.uniform() < 0.8 ? 0.5 + 10 * random.uniform() : nil)
    }
    let slots = 20 + Int(200 * random.uniform())
    let seen = try [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]].map { order in
      try Self.fill(order.map { callees[$0] }, slots: slots, until: 40).pool.refusedHours
    }
    for other in seen.dropFirst() { #expect(abs(other - seen[0]) <= 1e-9 * max(seen[0], 1e-6)) }
  }

  @Test("more calls never fill a pool later, and more slots never sooner", arguments: 0..<40)
  func monotone(_ number: Int) throws {
    var random = RandomStream(seed: 12, process: ProcessKey(name: "monotone"), replication: UInt32(number))
    let calls = (0..<2).map { _ in 5 + 20 * random.uniform() }
    let takes = 1 + 5 * random.uniform()
    let slots = 10 + Int(60 * random.uniform())
    func full(_ factor: Double, _ slots: Int) throws -> Double {
      let callees = calls.map { Callee(callsPerSecond: $0 * factor, takes: takes) }
      return try Self.fill(callees, slots: slots, until: 60).full ?? .infinity
    }
    let base = try full(1, slots)
    #expect(try full(1.2, slots) <= base + 1e-9)
    #expect(try full(1, slots + 5) >= base - 1e-9)
  }

  @Test("when callees are back, the slots of calls under way are free once these end")
  func drains() throws {
    var (pool, _) = try Self.fill(Self.rows[0].callees, slots: 60, until: 6)
    #expect(pool.refusedShare == 1)
    let timings = try Self.timings(Self.rows[0].callees[0], slots: 60)
    for member in 0..<2 {
      pool.relieve(
        member, afterHours: timings.drainHours(sinceHours: 6 / 3600), slots: 1, atHours: 6 / 3600)
    }
    #expect(abs(pool.nextChangeHours * 3600 - 10) < 1e-9)
    pool.advance(toHours: 10.0 / 3600)
    #expect(pool.refusedShare == 0 && pool.isSettled)
    #expect(abs(pool.refusedHours * 3600 - 8) < 1e-6)
  }
}
