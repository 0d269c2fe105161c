import Diagnostics
import Foundation
import Quantities
import Testing

import IncidentHistory
import Reports
import Stochastics

/// `relmodel fit --beliefs` and `--trend`.
@Suite struct BeliefTests {
  @Test(arguments: [
    ("jeffreys", RatePrior.jeffreys), ("2 in 90 d", .events(2, hours: 2_160)),
    ("45 d worth 2", .events(2, hours: 2_160)), ("0.5 in 100 h", .events(0.5, hours: 100)),
    ("600 h, 95 % above 250 h", .fiftyNinetyFive(medianHours: 600, lowHours: 250)),
    ("600 h, 95% above 250 h", .fiftyNinetyFive(medianHours: 600, lowHours: 250)),
  ])
  func `a prior of a rate as people state it`(text: String, prior: RatePrior) throws {
    #expect(try RatePrior(parsing: text) == prior)
  }

  @Test(arguments: [
    "", "2", "0 in 90 d", "-1 in 90 d", "nan in 90 d", "2 in 0 h", "2 in 3", "250 h, 95 % above 600 h",
  ])
  func `what is no prior of a rate is refused`(text: String) {
    #expect(throws: QuantityError.self) { try RatePrior(parsing: text) }
  }

  @Test func `a prior of durations as people state it`() throws {
    #expect(
      try DurationPrior(parsing: "12 min sigma 1 worth 4")
        == .stated(medianHours: 0.2, sigma: 1, worth: 4))
    guard case .stated(_, let sigma, 4) = try DurationPrior(parsing: "10 min p90 36.02 min worth 4") else {
      Issue.record("not stated")
      return
    }
    // ln 3.602 / 1.28155.
    #expect(isClose(sigma, 1.0000, 1e-3))
    #expect(try DurationPrior(parsing: "reference") == .reference)
    #expect(try DurationPrior(parsing: "sigma 0.5 worth 3") == .spread(sigma: 0.5, worth: 3))
    for text in [
      "sigma 1", "sigma 0 worth 4", "sigma worth 4", "12 min", "12 min sigma 0 worth 4",
      "45 min p90 12 min worth 4", "12 min sigma 1",
    ] {
      #expect(throws: QuantityError.self) { try DurationPrior(parsing: text) }
    }
  }

  /// The classes of the JiVS log: what is missing is said, and once it is stated there is an answer.
  @Test func `durations that are all alike are pooled by a stated spread`() throws {
    let classes = [("a", [0.5, 0.5]), ("b", [0.25, 0.25, 0.25]), ("c", [0.1])].map {
      BeliefSample(group: $0.0, events: $0.1.count, exposureHours: 1_000, durations: $0.1)
    }
    var options = BeliefReport.Options()
    options.isPooling = true
    let unknown = try BeliefReport(classes, options)
    #expect("\(unknown.document)".contains("sigma 1 worth 4"))
    #expect("\(unknown.document)".contains("no class has two different durations"))
    options.durationPrior = try DurationPrior(parsing: "sigma 1 worth 4")
    let report = try BeliefReport(classes, options)
    #expect(!"\(report.document)".contains("To pool them with it"))
    #expect("\(report.document)".contains("sigma 1 of the logarithm, worth 4 durations"))
    #expect(report.json.number("results.beliefs.2.duration.medianHours.value") > 0.1)
  }

  /// NIST/SEMATECH e-Handbook, section 8.4.6: the 50/95 prior of 600 h and 250 h has the shape 2.863 and 1,522.5 h.
  @Test func `the published gamma prior and its posterior`() throws {
    var options = BeliefReport.Options()
    options.ratePrior = try RatePrior(parsing: "600 h, 95 % above 250 h")
    options.confidence = 0.9
    let sample = BeliefSample(group: "all", events: 2, exposureHours: 1_000)
    let json = try BeliefReport([sample], options).json
    #expect(isClose(json.number("results.beliefs.0.rate.posterior.shape"), 4.863055306184258, 1e-6))
    #expect(isClose(json.number("results.beliefs.0.rate.posterior.exposureHours"), 2522.505622064492, 1e-6))
    // An MTBF exceeded with 95 %.
    #expect(isClose(json.number("results.beliefs.0.rate.mtbfHours.low"), 281.3885807347113, 1e-6))
  }

  /// Jeffreys and 2 in 800 h: a gamma law of shape 2.5 and 800 h; the next count is negative binomial.
  @Test func `what comes next is negative binomial`() throws {
    let sample = BeliefSample(group: "all", events: 2, exposureHours: 800, units: 3)
    var options = BeliefReport.Options()
    options.nextHours = [100]
    let json = try BeliefReport([sample], options).json
    #expect(isClose(json.number("results.beliefs.0.rate.perHour.value"), 0.003125))
    #expect(isClose(json.number("results.beliefs.0.next.0.incidents.value"), 0.003125 * 300))
    #expect(isClose(json.number("results.beliefs.0.next.0.none"), pow(800.0 / 1_100, 2.5)))
    #expect(json.number("results.beliefs.0.next.0.incidents.low") == 0)
  }

  /// The reference prior gives Student's interval of the mean logarithm: of 1, 2 and 4 h, mean log 2, s = ln 2.
  @Test func `durations without a prior have the intervals of Student`() throws {
    let sample = BeliefSample(group: "all", events: nil, exposureHours: nil, durations: [1, 2, 4, 0])
    let json = try BeliefReport([sample]).json
    // t(0.975; 2) = 4.302652729911275.
    let half = 4.302652729911275 * log(2) / 3.0.squareRoot()
    #expect(isClose(json.number("results.beliefs.0.duration.medianHours.value"), 2))
    #expect(isClose(json.number("results.beliefs.0.duration.medianHours.high"), 2 * exp(half)))
    #expect(json.at("results.beliefs.0.rate.unknown") == .string("no exposure is known"))
    #expect(json.at("results.zeros") == .string("zeros left out"))
  }

  @Test func `similar classes are drawn together, and one that never failed has a rate`() throws {
    let fixture = try HistoryFixture()
    try fixture.add([10, 30, 50, 70], lasting: [1, 2, 3, 2])
    try fixture.add([20], lasting: [0.5], cause: "ledger,crash")
    try fixture.add([25, 60], lasting: [2, 4], cause: "cache,crash")
    for component in ["api", "ledger", "cache", "queue"] {
      try fixture.watch(from: 0, to: 1_000, component: component)
    }
    let samples = try fixture.database.beliefSamples(HistoryQuestion(), by: .component)
    #expect(samples.map(\.group) == ["api", "cache", "ledger", "queue"])
    #expect(samples.map(\.events) == [4, 2, 1, 0])
    var options = BeliefReport.Options()
    options.isPooling = true
    let report = try BeliefReport(samples, options)
    #expect(report.reasonAgainstPooling == nil)
    let json = report.json
    let pooled = (0..<4).map { json.number("results.beliefs.\($0).rate.perHour.value") }
    // Raw 0.004, 0.002, 0.001, 0: each nearer to the others, in the same order.
    #expect(pooled[0] < 0.004 && pooled[0] > pooled[1] && pooled[1] > pooled[2] && pooled[2] > 0.001)
    #expect(pooled[3] > 0 && pooled[3] < pooled[2])
    let lengths = (0..<4).map { json.number("results.beliefs.\($0).duration.medianHours.value") }
    #expect(lengths[2] > 0.5 && lengths.allSatisfy { $0 > 0 })
    #expect(json.number("results.another.rate.perHour.value") > 0)
    let text = TextRenderer().text(report.document)
    #expect(text.contains("Drawn to the mean") && text.contains("another such"))
  }

  @Test func `classes that can not be pooled say why`() throws {
    var options = BeliefReport.Options()
    options.isPooling = true
    let two = ["a", "b"].map { BeliefSample(group: $0, events: 1, exposureHours: 100) }
    let reason = try #require(try BeliefReport(two, options).reasonAgainstPooling)
    #expect(reason.contains("three classes"))
  }

  @Test func `grouped numbers of a history, and the same from a file`() throws {
    let fixture = try HistoryFixture()
    try fixture.add([10, 100, 150, 170, 190, 195])
    try fixture.watch(from: 0, to: 200)
    let record = try #require(try fixture.selection().eventRecord)
    let data = try #require(TrendReport.Data(record, every: 80))
    #expect(
      data == .grouped(counts: [1, 1, 4], ends: [80, 160, 200])
        || data == .grouped(counts: [1, 2, 3], ends: [80, 160, 200]))
    #expect(TrendReport.Data(record, every: 0.01) == nil)
    let path = fixture.folder.path("grown.csv")
    try Data("n,until\n12,62\n6,100\n15,187\n3,210\n18,350\n16,500\n".utf8).write(to: URL(filePath: path))
    let file = try NumberFile(
      path: path,
      columns: [.init("n", option: "--events", isWhole: true), .init("until", option: "--until")])
    let rows = try #require(file.groups.first).rows
    let report = try TrendReport([
      TrendReport.Sample(
        group: "all", data: .grouped(counts: rows.map { Int($0[0]) }, ends: rows.map { $0[1] }))
    ])
    // ReliaWiki, Crow-AMSAA, grouped data.
    #expect(isClose(report.json.number("results.growth.0.crowAMSAA.shape.value"), 0.8136085, 1e-6))
    #expect(isClose(report.json.number("results.growth.0.crowAMSAA.scale.value"), 0.4458543, 1e-6))
    #expect(isClose(report.json.number("results.growth.0.crowAMSAA.chiSquare"), 0.6879676, 1e-6))
  }

  @Test func `rows that are none are told all at once`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("bad.csv")
    try Data("n,until\n1.5,62\n-1,100\nx,y\n".utf8).write(to: URL(filePath: path))
    let error = #expect(throws: Findings.self) {
      try NumberFile(
        path: path,
        columns: [.init("n", option: "--events", isWhole: true), .init("until", option: "--until")])
    }
    #expect(error?.diagnostics.map(\.slug) == ["bad-number", "bad-number", "bad-number", "bad-number"])
    #expect(error?.diagnostics.map { $0.location?.line } == [2, 3, 4, 4])
  }
}
