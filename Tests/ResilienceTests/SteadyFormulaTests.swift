import Quantities
import Resilience
import Stochastics
import Testing

@Suite("The long run of pools and limits")
struct SteadyFormulaTests {
  struct Erlang: Sendable {
    let offered: Double, servers: Int, lost: Double, waits: Double?, digits: Double, source: String
  }

  static let fractions = "exact fractions, Python; tables print 0.0184 for B"
  static let recursion = "recursion in 50 digits, mpmath"

  @Test(
    "Erlang's B and C",
    arguments: [
      Erlang(
        offered: 5, servers: 10, lost: 0.018384570336648132, waits: 0.03610535915832019, digits: 1e-13,
        source: fractions),
      Erlang(offered: 2, servers: 2, lost: 0.4, waits: nil, digits: 1e-12, source: "2²/2 / (1 + 2 + 2)"),
      Erlang(offered: 1, servers: 2, lost: 0.2, waits: 1.0 / 3, digits: 1e-12, source: recursion),
      Erlang(
        offered: 8, servers: 10, lost: 0.1216610642529515, waits: 0.40918015079644354, digits: 1e-13,
        source: recursion),
      Erlang(
        offered: 15, servers: 20, lost: 0.04559321558981184, waits: 0.1604293874169236, digits: 1e-13,
        source: recursion),
      Erlang(
        offered: 950, servers: 1000, lost: 0.0036492936889424097, waits: 0.06825341537714143, digits: 1e-13,
        source: recursion),
      Erlang(
        offered: 3.96, servers: 4, lost: 0.30680460270521726, waits: 0.9779051760931425, digits: 1e-13,
        source: "PDQ 7, spamcan"),
      Erlang(
        offered: 10, servers: 14, lost: 0.056819143386520866, waits: 0.17413193359504991, digits: 1e-13,
        source: "pyworkforce, ErlangC(100, 20/60, 3, 30)"),
    ])
  func erlang(row: Erlang) {
    #expect(
      abs(erlangB(offered: row.offered, servers: row.servers) - row.lost) <= row.digits, "\(row.source)")
    guard let waits = row.waits else { return }
    #expect(abs(erlangC(offered: row.offered, servers: row.servers) - waits) <= row.digits, "\(row.source)")
  }

  @Test("The edges of Erlang's formulas")
  func edges() {
    #expect(erlangB(offered: 0, servers: 3) == 0 && erlangB(offered: 0, servers: 0) == 1)
    #expect(erlangC(offered: 4, servers: 4) == 1)
    #expect(serversNeeded(offered: 5, lost: 0.02) == 10 && serversNeeded(offered: 0, lost: 0.01) == 0 + 1)
  }

  struct Finite: Sendable {
    let offered: Double, servers: Int, places: Int, refused: Double, waiting: Double
  }

  @Test(
    "M/M/c/K against its closed form",
    arguments: [
      Finite(offered: 2, servers: 3, places: 2, refused: 0.07582938388625593, waiting: 0.26540284360189575),
      Finite(offered: 1, servers: 1, places: 4, refused: 1.0 / 6, waiting: 5.0 / 3),
      Finite(
        offered: 48, servers: 50, places: 100, refused: 0.0004739581536498712, waiting: 15.43464651775659),
      Finite(offered: 48, servers: 50, places: 10, refused: 0.03316959099530746, waiting: 2.0725279792358284),
    ])
  func finite(row: Finite) {
    let queue = FiniteQueue(offered: row.offered, servers: row.servers, places: row.places)
    #expect(abs(queue.refusedShare - row.refused) <= 1e-12 * row.refused + 1e-15)
    #expect(abs(queue.meanWaiting - row.waiting) <= 1e-11 * row.waiting)
    #expect(abs(queue.meanBusy - row.offered * (1 - row.refused)) < 1e-9)
  }

  @Test("Overloaded queues keep their digits: nearly full, and refusing what exceeds the servers")
  func overloaded() {
    let queue = FiniteQueue(offered: 200, servers: 50, places: 5000)
    #expect(abs(queue.refusedShare - 0.75) < 1e-12)
    #expect(abs(queue.meanWaiting - (5000 - 1.0 / 3)) < 1e-6)
    #expect(FiniteQueue(offered: 8, servers: 10, places: 0).refusedShare == erlangB(offered: 8, servers: 10))
  }

  @Test("The share that waits too long: 10 servers, 8 erlang, a wait of one holding time")
  func waiting() throws {
    let pool = try Pool(kind: .connections, size: 10, overflow: .wait(try seconds(3)))
    let share = try #require(pool.shareWaitingTooLong(offered: 8, holdingHours: 3.0 / 3600))
    #expect(abs(share - 0.40918015079644354 * 0.1353352832366127) < 1e-12)
    #expect(pool.shareWaitingTooLong(offered: 10, holdingHours: 1) == 1)
    let rejecting = try Pool(kind: .connections, size: 10, overflow: .reject)
    #expect(rejecting.shareWaitingTooLong(offered: 8, holdingHours: 1) == nil)
    #expect(rejecting.longRun(offered: 8).refusedShare == erlangB(offered: 8, servers: 10))
  }

  struct Limit: Sendable { let attempts: Double, limit: Int }

  @Test(
    "A rate limit refuses what a Poisson number exceeds it by",
    arguments: [
      Limit(attempts: 90, limit: 100), Limit(attempts: 100, limit: 100), Limit(attempts: 130, limit: 100),
      Limit(attempts: 2, limit: 1), Limit(attempts: 0.1, limit: 3),
    ])
  func rateLimit(row: Limit) throws {
    let limit = try RateLimit(calls: row.limit, period: try seconds(60))
    let share = limit.refusedShare(attemptsPerHour: row.attempts * 60)
    // The plain sum over all counts, with P(N = k) by recursion.
    var (mass, sum) = (portableExp(-row.attempts), 0.0)
    for count in 0..<400 {
      sum += max(0, Double(count - row.limit)) * mass
      mass *= row.attempts / Double(count + 1)
    }
    #expect(abs(share - sum / row.attempts) <= 1e-11 * share, "\(share)")
    if row.attempts == 90 { #expect(abs(share - 0.008331918340554141) < 1e-13, "summed in Python") }
    let shared = try RateLimit(calls: row.limit, period: try seconds(60), clients: 7)
    #expect(abs(shared.refusedShare(attemptsPerHour: 7 * row.attempts * 60) - share) < 1e-12)
  }

  @Test("A latency by mean and 99th percentile has both")
  func latency() throws {
    let law = try Traffic.latency(mean: try seconds(0.45), percentile: .p99, try seconds(2.5))
    #expect(abs(law.mean * 3600 - 0.45) < 1e-12)
    #expect(abs(law.quantile(0.99) * 3600 - 2.5) < 1e-9)
  }
}
