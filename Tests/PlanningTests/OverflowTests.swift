import Planning
import Quantities
import Resilience
import Testing

@Suite("Bounded pools and impatience")
struct OverflowTests {
  @Test("A pool of as many core threads as threads is M/M/c/K", arguments: [(3, 2), (50, 100), (50, 10)])
  func allCore(_ threads: Int, _ places: Int) throws {
    let load = try workload(perSecond: Double(threads) * 0.96, seconds: 1, servers: threads)
    let pool = try ExecutorLine(load, core: threads, places: places)
    let queue = try BoundedLine(load, places: places).queue
    #expect(isClose(pool.overflowShare, queue.refusedShare, relative: 1e-11))
    #expect(isClose(pool.meanBusy, queue.meanBusy, relative: 1e-11))
    #expect(isClose(pool.meanWaiting, queue.meanWaiting, relative: 1e-11))
  }

  @Test("One core thread of two, one place, one erlang: states 1 : 1 : 1 : 1/2")
  func smallPool() throws {
    // 0, one runs, one runs and one waits, two run and one waits.
    let pool = try ExecutorLine(
      workload(perSecond: 1, seconds: 1, servers: 2), core: 1, places: 1)
    #expect(isClose(pool.overflowShare, 0.5 / 3.5))
    #expect(isClose(pool.meanBusy, (1 + 1 + 2 * 0.5) / 3.5))
    #expect(isClose(pool.meanWaiting, (1 + 0.5) / 3.5))
  }

  @Test("What gets in keeps threads busy: busy = A (1 − overflow)", arguments: [5.0, 48, 70, 2000])
  func conserved(_ offered: Double) throws {
    let pool = try ExecutorLine(
      workload(perSecond: offered, seconds: 1, servers: 50), core: 20, places: 100)
    #expect(isClose(pool.meanBusy, offered * (1 - pool.overflowShare), relative: 1e-10))
  }

  @Test("A huge pool under a huge load stays a number")
  func hugePool() throws {
    let load = try workload(perSecond: 1e7, seconds: 1, servers: 500_000)
    let pool = try ExecutorLine(load, core: 1000, places: 1_000_000)
    #expect(isClose(pool.overflowShare, 0.95, relative: 1e-6))
  }

  private func impatient(
    _ perSecond: Double, _ servers: Int, _ patience: Double, isFixed: Bool
  ) throws -> ImpatientLine {
    let time = try #require(TimeSpan(hours: patience / 3600))
    return try ImpatientLine(
      workload(perSecond: perSecond, seconds: 1, servers: servers),
      patience: isFixed ? .fixed(time) : .exponential(mean: time))
  }

  @Test("Patience without end is Erlang C, none at all Erlang B", arguments: [true, false])
  func limits(isFixed: Bool) throws {
    let endless = try impatient(8, 10, 1e5, isFixed: isFixed)
    #expect(isClose(endless.waitingShare, erlangC(offered: 8, servers: 10), relative: 1e-3))
    let none = try impatient(8, 10, 1e-9, isFixed: isFixed)
    #expect(isClose(none.lostShare, erlangB(offered: 8, servers: 10), relative: 1e-6))
  }

  @Test("Who is as impatient as served makes it M/M/∞: a Poisson number inside")
  func infiniteServers() throws {
    let line = try impatient(3, 2, 1, isFixed: false)
    // P(N ≥ 2) and E[(N − 2)⁺] of a Poisson number with mean 3.
    let few = portableShare(0, 3) + portableShare(1, 3)
    #expect(isClose(line.waitingShare, 1 - few, relative: 1e-12))
    let waiting = 3 - 2 + 2 * portableShare(0, 3) + portableShare(1, 3)
    #expect(isClose(line.meanWaiting, waiting, relative: 1e-12))
  }

  private func portableShare(_ count: Int, _ mean: Double) -> Double {
    (0..<count).reduce(0.049787068367863944) { share, index in share * mean / Double(index + 1) }
  }

  @Test("M/M/1 with a fixed patience of one service at full load: half of the states' weight is served")
  func fixedAtFullLoad() throws {
    // λ = μ: weights 1 (idle), λτ = 1 (below the patience) and 1 (above): a third each.
    let line = try impatient(1, 1, 1, isFixed: true)
    #expect(isClose(line.waitingShare, 2.0 / 3) && isClose(line.lostShare, 1.0 / 3))
    // Busy two thirds of the time, which is what is served; the wait of the served is ∫ v dv / 3.
    #expect(isClose(line.meanBusy, 2.0 / 3))
    #expect(isClose(line.meanWaiting, 0.5 / 3 + 1.0 / 3))
  }

  @Test(
    "A fixed patience by the integral of the virtual wait",
    arguments: [(5.0, 10, 0.3), (12, 10, 0.3), (10.0005, 10, 0.7), (30, 10, 2), (9.999, 10, 1e-3)])
  func fixedByIntegral(_ rate: Double, _ servers: Int, _ patience: Double) throws {
    let line = try impatient(rate, servers, patience, isFixed: true)
    let drain = Double(servers) - rate
    let steps = 200_000
    var (within, weighted) = (0.0, 0.0)
    for step in 0..<steps {
      let wait = (Double(step) + 0.5) / Double(steps) * patience
      let density = exponential(-drain * wait)
      within += density * patience / Double(steps)
      weighted += wait * density * patience / Double(steps)
    }
    let tail = exponential(-drain * patience) / Double(servers)
    let total = 1 / erlangB(offered: rate, servers: servers - 1) + rate * (within + tail)
    #expect(isClose(line.lostShare, rate * tail / total, relative: 1e-8))
    #expect(isClose(line.waitingShare, rate * (within + tail) / total, relative: 1e-8))
    let meanWait = rate * (weighted + patience * tail) / total
    #expect(isClose(line.meanWaitHours * 3600, meanWait, relative: 1e-8))
  }

  /// eˣ by its series, halved often enough.
  private func exponential(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for index in 1...30 {
      term *= x / 1024 / Double(index)
      sum += term
    }
    return (0..<10).reduce(sum) { value, _ in value * value }
  }

  @Test("Impossible questions are told")
  func mistakes() throws {
    let load = try workload(perSecond: 1, seconds: 1, servers: 2)
    #expect(throws: InvalidQuestion.self) { try ExecutorLine(load, core: 3, places: 1) }
    #expect(throws: InvalidQuestion.self) { try ExecutorLine(load, core: 1, places: -1) }
    #expect(throws: InvalidQuestion.self) { try ImpatientLine(load, patience: .fixed(.zero)) }
  }
}
