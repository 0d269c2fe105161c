import Planning
import Quantities
import Resilience
import Testing

@Suite("Queues that drop the oldest, and callers that wait outside")
struct PushOutTests {
  /// Rates per second, service in seconds, servers, places; lost share, wait of the served, wait of the dropped: the linear
  /// equations of the chain solved by numpy 2.4, and within 1 % of its simulation of 400,000 arrivals.
  @Test(arguments: [
    [1, 1, 1, 1, 0.3333333333333333, 0.25, 0.5],
    [2, 1, 3, 2, 0.07582938388625593, 0.10683076923076922, 0.448],
    [5, 0.8, 3, 4, 0.2910020958402899, 0.4032410215827303, 0.5769180237097521],
    [480, 0.1, 50, 10, 0.03316959099530744, 0.0039549424353758165, 0.014893400738448885],
    [0.5, 1, 1, 5, 0.007874015748031496, 0.8712747847026157, 4.219377127470416],
    [30, 0.1, 2, 20, 0.333370464464075, 0.5963072654133108, 0.6076448667773097],
  ])
  func `who finds it full takes the place of the oldest`(_ row: [Double]) throws {
    let load = try workload(perSecond: row[0], seconds: row[1], servers: Int(row[2]))
    let line = try PushOutLine(load, places: Int(row[3]))
    let found = [line.lostShare, line.meanWaitOfServedHours * 3600, line.meanWaitOfLostHours * 3600]
    for (value, expected) in zip(found, row.dropFirst(4)) {
      #expect(isClose(value, expected, relative: 1e-9), "\(value) for \(expected)")
    }
  }

  @Test("Those who are served wait less than where newcomers are refused", arguments: [1, 3, 50])
  func less(servers: Int) throws {
    let load = try workload(perSecond: 1.1 * Double(servers), seconds: 1, servers: servers)
    let (dropping, refusing) = (try PushOutLine(load, places: 30), try BoundedLine(load, places: 30))
    #expect(dropping.meanWaitOfServedHours < refusing.meanWaitHours)
    #expect(dropping.lostShare == refusing.queue.refusedShare)
  }

  @Test("Hardly any load, and places without number, are told apart from numbers")
  func extremes() throws {
    let still = try PushOutLine(workload(perSecond: 1e-200, seconds: 1, servers: 3), places: 400)
    #expect(still.meanWaitOfServedHours == 0 && still.lostShare == 0 && still.meanWaitOfLostHours == 0)
    #expect(throws: InvalidQuestion.self) {
      try PushOutLine(workload(perSecond: 1, seconds: 1, servers: 3), places: 0)
    }
  }

  @Test("One server at 80 %: with five places 0.8⁶ find none, and wait λ⁻¹ 0.8⁷/0.2 outside on average")
  func blocking() throws {
    let line = try steady(workload(perSecond: 0.8, seconds: 1, servers: 1))
    #expect(isClose(line.blockedShare(places: 5), 0.262144, relative: 1e-12))
    #expect(isClose(line.blockedHours(places: 5) * 3600, 1.31072, relative: 1e-12))
  }
}
