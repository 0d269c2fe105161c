import Stochastics
import Testing

@Suite("Trend of events")
struct TrendTests {
  /// ReliaWiki, Crow-AMSAA, developmental test until the 22nd failure.
  static let growth = [
    2.7, 10.3, 12.5, 30.6, 57, 61.3, 80, 109.5, 125, 128.6, 143.8, 167.9, 229.2, 296.7, 320.6, 328.2, 366.2,
    396.7,
    421.1, 438.2, 501.2, 620,
  ]

  @Test("ReliaWiki's 22 failures improve by both tests, computed with scipy 1.17")
  func improving() throws {
    let record = try EventRecord(untilLastOf: Self.growth)
    let assessment = TrendAssessment([record])
    let laplace = try #require(assessment.laplace)
    #expect(
      abs(laplace.statistic + 2.7831596856069787) < 1e-12
        && abs(laplace.pValue - 0.005383230377525515) < 1e-12)
    let handbook = try #require(assessment.militaryHandbook189)
    #expect(relativeError(handbook.statistic, 71.6366899760907) < 1e-13)
    #expect(abs(handbook.pValue - 0.0058752302793309875) < 1e-12)
    #expect(assessment.verdict == .trend(.improving))
    #expect(
      TrendAssessment([record], significance: 0.0055).verdict
        == .disagree(laplace: .improving, militaryHandbook189: nil))
  }

  @Test("Mirrored in time they deteriorate, with Laplace's statistic mirrored")
  func mirrored() throws {
    let record = try EventRecord(times: Self.growth.dropLast(), until: 620)
    let back = try EventRecord(times: Self.growth.dropLast().map { 620 - $0 }, until: 620)
    let (first, second) = (TrendTest.laplace([record]), TrendTest.laplace([back]))
    #expect(abs(try #require(first).statistic + (try #require(second).statistic)) < 1e-12)
    #expect(second?.direction == .deteriorating)
    #expect(TrendAssessment([back]).laplace?.pValue == second?.pValue)
  }

  @Test("A bathtub is a trend to one test only")
  func bathtub() throws {
    // Many early events and as many late ones: Laplace's mean lies in the middle.
    let early = (1...12).map { Double($0 * $0) / 40 }
    let record = try EventRecord(times: early + early.map { 100 - $0 }, until: 100)
    let assessment = TrendAssessment([record])
    #expect(abs(try #require(assessment.laplace).statistic) < 1e-12)
    #expect(assessment.verdict == .disagree(laplace: nil, militaryHandbook189: .improving))
  }

  @Test("Systems are pooled, each about its own middle")
  func pooled() throws {
    let records = try [EventRecord(times: [2, 8], until: 10), EventRecord(times: [30, 90, 75], until: 100)]
    let laplace = try #require(TrendTest.laplace(records))
    // (0 + 45) / √(2 · 100 / 12 + 3 · 10,000 / 12)
    #expect(relativeError(laplace.statistic, 45 / (30_200.0 / 12).squareRoot()) < 1e-14)
    let handbook = try #require(TrendTest.militaryHandbook189(records))
    let logs = [0.2, 0.8, 0.3, 0.9, 0.75].reduce(0) { $0 - 2 * portableLog($1) }
    #expect(relativeError(handbook.statistic, logs) < 1e-14 && handbook.direction != nil)
  }

  @Test("Nothing shows no trend; impossible times are refused")
  func dirty() throws {
    #expect(TrendAssessment([]).verdict == .tooFewEvents)
    #expect(TrendAssessment([try EventRecord(times: [], until: 5)]).verdict == .tooFewEvents)
    #expect(TrendAssessment([try EventRecord(untilLastOf: [5])]).verdict == .tooFewEvents)
    #expect(TrendAssessment([try EventRecord(times: [5], until: 10)]).verdict == .noTrend)
    for bad in [0, -1, Double.nan, .infinity] {
      #expect(throws: InvalidParameter.self) { try EventRecord(times: [bad], until: 5) }
      #expect(throws: InvalidParameter.self) { try EventRecord(untilLastOf: [bad]) }
      #expect(throws: InvalidParameter.self) { try EventRecord(times: [], until: bad) }
    }
    #expect(throws: InvalidParameter.self) { try EventRecord(times: [6], until: 5) }
    #expect(throws: InvalidParameter.self) { try EventRecord(untilLastOf: []) }
  }

  /// 2,000 histories of a constant rate.
  @Test(
    "Each test finds a trend where there is none in 10 % of histories, within 4 standard errors and a point")
  func size() throws {
    var draws = stream("trend")
    var found = (laplace: 0, handbook: 0)
    for _ in 0..<2000 {
      let record = try EventRecord(times: (0..<12).map { _ in draws.uniform() * 50 }, until: 50)
      if try #require(TrendTest.laplace([record])).pValue < 0.1 { found.laplace += 1 }
      if try #require(TrendTest.militaryHandbook189([record])).pValue < 0.1 { found.handbook += 1 }
    }
    let bound = 4 * (0.09 / 2000.0).squareRoot()
    #expect(
      abs(Double(found.laplace) / 2000 - 0.1) < bound + 0.01
        && abs(Double(found.handbook) / 2000 - 0.1) < bound)
  }
}
