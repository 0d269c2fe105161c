import Planning
import Quantities
import Resilience
import Testing

/// Published and computed answers, re-typed with their source.
struct QueueFact: CustomTestStringConvertible, Sendable {
  let perSecond: Double
  let seconds: Double
  let servers: Int
  let waitingShare: Double
  let lostShare: Double
  let waitSeconds: Double
  let inside: Double
  let source: String
  var testDescription: String { source }

  static let all = [
    QueueFact(
      perSecond: 75, seconds: 0.01, servers: 1, waitingShare: 0.75, lostShare: 0.42857142857142855,
      waitSeconds: 0.03, inside: 3, source: "PDQ 7 demo mm1: R = 0.04, L = 3"),
    QueueFact(
      perSecond: 0.66, seconds: 6, servers: 4, waitingShare: 0.9779051760931425,
      lostShare: 0.30680460270521726, waitSeconds: 146.68577641397124, inside: 100.77261243322103,
      source: "PDQ 7 demo spamcan: R = 152.68577641, L = 100.77261243"),
    QueueFact(
      perSecond: 1.0 / 18, seconds: 180, servers: 14, waitingShare: 0.17413193359504991,
      lostShare: 0.056819143386520866, waitSeconds: 7.835937011777246, inside: 10.435329833987625,
      source: "pyworkforce ErlangC(100, 20/60, 3, 30), its issue 35"),
  ]
}

/// A case that the test does not expect.
struct Unexpected: Error {}

func workload(perSecond: Double, seconds: Double, servers: Int) throws -> Workload {
  try Workload(
    arrivals: #require(Rate(perHour: perSecond * 3600)), service: #require(TimeSpan(hours: seconds / 3600)),
    servers: servers)
}

func steady(_ workload: Workload) throws -> WaitingLine {
  guard case .steady(let line) = WaitingLine.longRun(of: workload) else {
    throw Unexpected()
  }
  return line
}

func isClose(_ left: Double, _ right: Double, relative: Double = 1e-12) -> Bool {
  abs(left - right) <= relative * max(abs(left), abs(right))
}

@Suite("Queues")
struct QueueFactsTests {
  @Test("M/M/c", arguments: QueueFact.all)
  func waitingLine(_ fact: QueueFact) throws {
    let load = try workload(perSecond: fact.perSecond, seconds: fact.seconds, servers: fact.servers)
    let line = try steady(load)
    #expect(isClose(line.waitingShare, fact.waitingShare))
    #expect(isClose(erlangB(offered: load.offered, servers: load.servers), fact.lostShare))
    #expect(isClose(line.meanWaitHours * 3600, fact.waitSeconds, relative: 1e-11))
    #expect(isClose(line.meanInside, fact.inside, relative: 1e-11))
  }

  @Test(
    "M/M/c/K",
    arguments: [
      // λ, s, c, K, P₀, P_K, L, Lq, W; own closed form
      [
        2, 1, 3, 5, 0.1279620853080569, 0.07582938388625593, 2.113744075829384, 0.26540284360189575,
        1.1435897435897437,
      ],
      [1, 1, 1, 5, 0.16666666666666666, 0.16666666666666666, 2.5, 1.6666666666666665, 3.0],
      [
        480, 0.1, 50, 150, 7.4067843234205355e-22, 0.0004739581536498712, 63.411896526381355,
        15.43464651775659, 0.13217076117322665,
      ],
      [
        480, 0.1, 50, 60, 1.315348366184967e-21, 0.03316959099530746, 48.48038761146106, 2.0725279792358284,
        0.10446589865522839,
      ],
    ])
  func boundedLine(_ row: [Double]) throws {
    let load = try workload(perSecond: row[0], seconds: row[1], servers: Int(row[2]))
    let line = try BoundedLine(load, places: Int(row[3] - row[2]))
    let found = [
      line.emptyShare, line.queue.refusedShare, line.meanInside, line.queue.meanWaiting,
      line.meanResponseHours * 3600,
    ]
    for (value, expected) in zip(found, row.dropFirst(4)) {
      #expect(isClose(value, expected, relative: 1e-11), "\(value) for \(expected)")
    }
  }

  @Test(
    "G/G/c of Allen and Cunneen",
    arguments: [
      [0.8, 1, 1, 1, 0.5, 3.000000000000001, 3.000000000000001],
      [9, 1, 10, 0.25, 0.5, 0.2507743215403865, 0.25419505834113343],
    ])
  func generalLine(_ row: [Double]) throws {
    let load = try workload(perSecond: row[0], seconds: row[1], servers: Int(row[2]))
    let answer = try GeneralLine.longRun(
      of: load, arrivalsCV: row[3].squareRoot(), serviceCV: row[4].squareRoot())
    guard case .steady(let line) = answer else { throw Unexpected() }
    #expect(isClose(line.meanWaitHours * 3600, row[5]))
    #expect(isClose(line.sakasegawaWaitHours * 3600, row[6]))
    #expect(line.leastHours <= line.meanWaitHours && line.meanWaitHours <= line.mostHours)
  }

  @Test("Bounds hold the exact wait of M/M/c and D/D/1", arguments: [1, 2, 10])
  func bounds(_ servers: Int) throws {
    let load = try workload(perSecond: 0.9 * Double(servers), seconds: 1, servers: servers)
    let exact = try steady(load).meanWaitHours
    // Nearly the same laws, so that the bounds are those of any law.
    guard case .steady(let near) = try GeneralLine.longRun(of: load, arrivalsCV: 1, serviceCV: 1.0001),
      case .steady(let still) = try GeneralLine.longRun(of: load, arrivalsCV: 0, serviceCV: 0)
    else { throw Unexpected() }
    #expect(near.leastHours < exact * 1.001 && near.mostHours > exact)
    #expect(still.meanWaitHours == 0 && still.leastHours == 0)
  }

  @Test("More than the servers can do is a case")
  func unstable() throws {
    let load = try workload(perSecond: 5, seconds: 1, servers: 4)
    #expect(WaitingLine.longRun(of: load) == .grows(perHour: 3600))
    #expect(try BoundedLine(load, places: 10).queue.refusedShare > 0.2)
  }

  @Test("An unbounded queue is the limit of a bounded one")
  func limit() throws {
    let load = try workload(perSecond: 2, seconds: 1, servers: 3)
    let bounded = try BoundedLine(load, places: 400)
    let line = try steady(load)
    #expect(isClose(bounded.meanWaitHours, line.meanWaitHours))
    #expect(isClose(bounded.emptyShare, line.emptyShare))
  }

  @Test("Quantiles invert shares")
  func quantiles() throws {
    let line = try steady(workload(perSecond: 0.66, seconds: 6, servers: 4))
    for share in [0.5, 0.9, 0.99] {
      #expect(isClose(1 - line.shareWaiting(longerThanHours: line.waitQuantileHours(share)), share))
    }
    #expect(line.waitQuantileHours(0.01) == 0)
  }

  @Test("Every mistake at once")
  func mistakes() {
    #expect {
      try Workload(arrivals: #require(Rate(perHour: 0)), service: .zero, servers: 0)
    } throws: {
      ($0 as? InvalidQuestion)?.findings.map(\.slug) == ["queue-arrivals", "queue-service", "queue-servers"]
    }
  }
}

@Suite("Staffing")
struct StaffingTests {
  @Test("pyworkforce: 14 agents, and 13 are too few")
  func agents() throws {
    let (rate, span) = (try #require(Rate(perHour: 200)), try TimeSpan(parsing: "3 min"))
    let servers = Staffing.servers(
      arrivals: rate, service: span, share: 0.2, waitLongerThan: try TimeSpan(parsing: "20 s"))
    #expect(servers == 14)
    let line = try steady(Workload(arrivals: rate, service: span, servers: 14))
    #expect(isClose(1 - line.shareWaiting(longerThanHours: 20.0 / 3600), 0.88835, relative: 1e-5))
  }

  @Test(
    "Halfin and Whitt",
    arguments: [[2.375, 0.009996877794137821], [1.16, 0.16674383188449052], [0.5, 0.504538640997945]])
  func squareRoot(_ row: [Double]) {
    #expect(isClose(Staffing.waitingShare(beta: row[0]), row[1]))
    #expect(
      Staffing.squareRootServers(offered: 10_000, waitingShare: row[1])
        == Int((10_000 + row[0] * 100 - 1e-9).rounded(.up)))
  }

  @Test(
    "Headroom at which 30 % wait",
    arguments: [
      (1, 0.7000000000000002), (4, 0.38996653905380774), (16, 0.20215426426755778), (64, 0.10248217577402063),
    ])
  func headroom(_ servers: Int, _ headroom: Double) {
    #expect(isClose(1 - Staffing.utilization(servers: servers, waitingShare: 0.3), headroom))
  }

  @Test(
    "Erlang",
    arguments: [
      (2, 1, 0.2, 0.33333333333333337), (10, 8, 0.1216610642529515, 0.40918015079644354),
      (20, 15, 0.04559321558981184, 0.1604293874169236),
      (1000, 950, 0.0036492936889424097, 0.06825341537714143),
    ] as [(Int, Double, Double, Double)])
  func erlang(_ servers: Int, _ offered: Double, _ lost: Double, _ waiting: Double) {
    #expect(isClose(erlangB(offered: offered, servers: servers), lost))
    #expect(isClose(erlangC(offered: offered, servers: servers), waiting))
  }
}
