import Quantities
import Recovery
import Stochastics
import Testing

@Suite("Detectors")
struct DetectorTests {
  /// A detector with its least, mean and most delay in seconds.
  struct Row: Sendable {
    let detector: Detector
    let least, mean, most: Double
    let source: String
  }

  static func rows() throws -> [Row] {
    [
      Row(
        detector: try .probe(every: span("10 s"), timeout: span("5 s"), failures: 3), least: 20, mean: 27.5,
        most: 35, source: "liveness probe, 20 to 35 s"),
      Row(
        detector: try .probe(every: span("5 s"), timeout: span("3 s"), failures: 3), least: 10, mean: 14,
        most: 18, source: "readiness probe, 10 to 18 s"),
      Row(
        detector: try .probe(every: span("5 s"), timeout: span("3 s"), failures: 3, failing: .hanging),
        least: 13, mean: 15.5, most: 18, source: "by hand"),
      Row(
        detector: try .healthCheck(interval: span("30 s"), timeout: span("10 s"), retries: 5), least: 120,
        mean: 160, most: 200, source: "Docker: 5 × (30 + 10) at most"),
      Row(
        detector: try .healthCheck(
          interval: span("30 s"), timeout: span("10 s"), retries: 5, failing: .hanging), least: 170,
        mean: 185,
        most: 200, source: "Docker: a check that hangs delays the next"),
      Row(
        detector: try .healthCheck(
          interval: span("30 s"), timeout: span("10 s"), retries: 5, failing: .refused), least: 120,
        mean: 135,
        most: 150, source: "Docker: a process that is gone"),
      Row(
        detector: try .scrape(every: span("2 min"), evaluate: span("30 s"), holds: span("30 s")), least: 30,
        mean: 105, most: 180, source: "PostgreSQLPrimaryDown at 2 min: 105 s mean, 180 s most"),
      Row(
        detector: try .scrape(every: span("15 s"), evaluate: span("30 s"), holds: span("30 s")), least: 30,
        mean: 52.5, most: 75, source: "PostgreSQLPrimaryDown at 15 s: 52.5 s mean, 75 s most"),
      Row(
        detector: try .scrape(every: span("15 s"), evaluate: span("15 s"), holds: span("2 min")), least: 120,
        mean: 135, most: 150, source: "ServiceDown for 2 min"),
      Row(
        detector: try .heartbeat(every: span("1 s"), downAfter: span("5 s")), least: 4, mean: 4.5, most: 5,
        source: "sentinel, down-after 5 s"),
      Row(
        detector: try .keepAlive(idle: span("2 h"), every: span("75 s"), probes: 9), least: 675, mean: 4275,
        most: 7875, source: "Linux defaults: 2 h 11 min 15 s at most"),
    ]
  }

  @Test("delays have their least, mean and most")
  func bounds() throws {
    for row in try Self.rows() {
      guard case .exact(let law) = row.detector.law() else {
        Issue.record("\(row.source) is exact")
        continue
      }
      #expect(agree(law.minimum * 3600, row.least), "\(row.source)")
      #expect(agree(law.mean * 3600, row.mean), "\(row.source)")
      #expect(agree(law.maximum * 3600, row.most), "\(row.source)")
      #expect(agree(row.detector.meanHours * 3600, row.mean), "\(row.source)")
    }
  }

  @Test("a scrape's delay is a trapezoid, and draws of a clockwork agree")
  func trapezoid() throws {
    let law = try Detector.scrape(every: span("60 s"), evaluate: span("30 s"), holds: span("45 s")).law()
    guard case .exact(let exact) = law else { return }
    // The least plus 30 s is the first corner, with half of 30/60 below it; the next after another 30 s.
    #expect(agree(exact.cumulative(90.0 / 3600), 0.25))
    #expect(agree(exact.cumulative(120.0 / 3600), 0.75))
    let sample = (0..<40_000).map { replication -> Double in
      var draws = stream("clockwork", UInt32(replication))
      let (scrapeOffset, evaluationOffset) = (draws.uniform() * 60, draws.uniform() * 30)
      let failure = 1000 + draws.uniform() * 60
      let scraped = scrapeOffset + 60 * ((failure - scrapeOffset) / 60).rounded(.up)
      let seen = evaluationOffset + 30 * ((scraped - evaluationOffset) / 30).rounded(.up)
      return (seen + 60 - failure) / 3600
    }
    expectLaw(exact, matches: sample, "clockwork")
  }

  @Test("a detector that could not work is refused")
  func faults() throws {
    for make in [
      { try Detector.probe(every: .zero, timeout: .zero, failures: 3) },
      { try Detector.probe(every: .hour, timeout: .zero, failures: 0) },
      { try Detector.heartbeat(every: .hour, downAfter: try span("1 min")) },
    ] as [() throws -> Detector] {
      #expect(throws: InvalidRecovery.self) { try make() }
    }
  }
}

@Suite("Detection chains, traces and responses")
struct DetectionChainTests {
  static func alerting(outage: DetectorOutage? = nil) throws -> DetectionChain {
    DetectionChain(
      stages: [
        .init(
          name: "prometheus",
          parts: try Detector.scrape(every: span("15 s"), evaluate: span("30 s"), holds: span("1 min")).parts,
          outage: outage),
        .init(name: "alertmanager", parts: [try seconds(30)]),
      ],
      channels: [
        .init(name: "mail", takes: try Uniform(minimum: 0.01, maximum: 0.1), delivers: try chance(0.9)),
        .init(name: "pager", takes: try Uniform(minimum: 0, maximum: 0.05), delivers: try chance(0.99)),
      ])
  }

  @Test("stages add, the first channel that delivers counts, and silence is never")
  func chain() throws {
    let outage = DetectorOutage(unavailability: try chance(0.2), lasts: try Empirical(values: [0.1, 0.3]))
    for chain in [try Self.alerting(), try Self.alerting(outage: outage)] {
      guard case .exact(let law) = chain.law() else {
        Issue.record("the chain is exact")
        continue
      }
      let sample = (0..<40_000).map { replication in
        var draws = stream("chain", UInt32(replication))
        return chain.sample(using: &draws)
      }
      expectLaw(law, matches: sample, "chain")
      #expect(agree(law.probabilityOfNever, 0.1 * 0.01))
      #expect(agree(chain.probabilityOfSilence, 0.1 * 0.01))
      let silentFree = DetectionChain(stages: chain.stages)
      guard case .exact(let stages) = silentFree.law() else { continue }
      #expect(agree(stages.mean, chain.meanStageHours))
    }
    // 0.2 × (0.1² + 0.3²) / (2 × (0.1 + 0.3)) h.
    #expect(agree(outage.meanExtraHours, 0.2 * 0.1 / 0.8))
  }

  /// Exponential outages forget: the rest is as long as the whole.
  @Test("a detector that is down adds the rest of its outage")
  func outage() throws {
    let outage = DetectorOutage(unavailability: try chance(0.5), lasts: try Exponential(mean: 2))
    #expect(agree(outage.meanExtraHours, 1))
    let law = DetectionChain(stages: [.init(name: "p", parts: [], outage: outage)]).law()
    #expect(!law.isExact)
    let mean = try #require(law.mean(confidence: 0.9999))
    #expect(mean.low < 1 && mean.high > 1)
    let fixed = DetectorOutage(unavailability: try chance(0.5), lasts: try hours(4))
    #expect(agree(fixed.meanExtraHours, 1))
  }

  @Test("a trace is seen with 1 − (1 − p)ⁿ")
  func traces() throws {
    let tenth = TraceSampling(share: try chance(0.1))
    #expect(agree(tenth.probabilitySeen(among: 1), 0.1))
    #expect(agree(tenth.probabilitySeen(among: 22), 0.901522909781639))
    #expect(tenth.meanRequestsUntilSeen == 10)
    #expect(tenth.requestsNeeded(confidence: try chance(0.95)) == 29)
    #expect(tenth.delay(failures: try #require(Rate(perHour: 100)))?.mean == 0.1)
    let never = TraceSampling(share: try chance(0))
    #expect(never.probabilitySeen(among: 1000) == 0)
    #expect(never.meanRequestsUntilSeen == nil)
    #expect(never.requestsNeeded(confidence: try chance(0.95)) == nil)
    let always = TraceSampling(share: .one)
    #expect(always.probabilitySeen(among: 1) == 1)
    #expect(always.requestsNeeded(confidence: try chance(0.99)) == 1)
  }

  static func office() throws -> OnCallHours {
    try OnCallHours(
      from: span("8 h"), to: span("20 h"), days: [.monday, .tuesday, .wednesday, .thursday, .friday])
  }

  @Test("office hours are 60 of 168 h; nights of 12 h and a weekend of 60 h lie between")
  func office() throws {
    let office = try Self.office()
    #expect(agree(office.share, 60.0 / 168))
    for (hour, waits) in [
      (0.0, 8.0), (8, 0), (19.5, 0), (20, 12), (4 * 24 + 20, 60), (168 + 9, 0), (167, 9), (-1, 9),
    ] {
      #expect(agree(office.hoursUntilOpening(hour: hour), waits), "at \(hour)")
    }
    let tier = ResponseTier(
      name: "page", after: try minutes(15), onCall: office, outside: .takes(try hours(1)))
    #expect(agree(tier.meanHours, 60.0 / 168 * 0.25 + 108.0 / 168))
    let waiting = ResponseTier(name: "mail", after: try minutes(15), onCall: office)
    #expect(agree(waiting.meanHours, 0.25 + (4 * 144.0 + 3600) / 336))
    for tier in [tier, waiting] {
      guard case .exact(let law) = tier.law() else {
        Issue.record("the response is exact")
        continue
      }
      #expect(agree(law.mean, tier.meanHours))
      let sample = (0..<40_000).map { replication in
        var draws = stream("response", UInt32(replication))
        return tier.sample(atHour: draws.uniform() * 8760, using: &draws)
      }
      // A year has one Monday more than 52 weeks; 40,000 draws do not see it.
      expectLaw(law, matches: sample, "response")
    }
  }

  @Test("shifts over midnight and over the weekend wrap; touching shifts join")
  func nights() throws {
    let nights = try OnCallHours(from: span("20 h"), to: span("8 h"), days: Set(OnCallHours.Day.allCases))
    #expect(agree(nights.share, 0.5))
    #expect(nights.contains(hour: 3) && !nights.contains(hour: 12) && nights.contains(hour: 167))
    let sunday = try OnCallHours(from: span("20 h"), to: span("8 h"), days: [.sunday])
    #expect(sunday.contains(hour: 7) && !sunday.contains(hour: 9) && sunday.contains(hour: 165))
    let always = try OnCallHours(from: .zero, to: span("24 h"), days: Set(OnCallHours.Day.allCases))
    #expect(always.share == 1 && always.contains(hour: 24))
    let tier = ResponseTier(name: "always", after: try hours(1), onCall: always)
    #expect(tier.meanHours == 1)
    #expect(throws: InvalidRecovery.self) { try OnCallHours(from: .hour, to: .hour, days: []) }
  }
}
