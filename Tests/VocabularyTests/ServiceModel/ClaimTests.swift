import Quantities
import ServiceModel
import Testing

/// What claims accept, and what several quantities make together.
@Suite struct ClaimTests {
  private func quantity(_ text: String) throws -> WrittenQuantity { try WrittenQuantity(parsing: text) }

  /// 99.5 % is met from 99.45 % to 99.55 %; a tolerance takes the place of half the last digit.
  @Test(
    arguments: [
      (.equals, ["99.5 %"], nil, 0.9945, 0.9955), (.equals, ["99.5 %"], "0.2 %", 0.993, 0.997),
      (.equals, ["$2,524"], nil, 2523.5, 2524.5), (.equals, ["14 d"], "2 d", 288, 384),
      (.between, ["90 s", "270 s"], nil, 0.025, 0.075), (.between, ["90 s", "270 s"], "18 s", 0.02, 0.08),
      (.atLeast, ["500 %"], nil, 5, .infinity), (.atMost, ["30 s"], "6 s", -.infinity, 0.01),
    ] as [(ClaimBound.Relation, [String], String?, Double, Double)])
  func `a bound accepts what is as stated`(
    relation: ClaimBound.Relation, stated: [String], tolerance: String?, low: Double, high: Double
  ) throws {
    let bound = try #require(
      ClaimBound(relation, try stated.map(quantity), tolerance: try tolerance.map(quantity)))
    func isNear(_ value: Double, _ expected: Double) -> Bool {
      value == expected || abs(value - expected) <= 1e-8 * abs(expected)
    }
    #expect(isNear(bound.accepted.lowerBound, low), "\(bound.accepted)")
    #expect(isNear(bound.accepted.upperBound, high), "\(bound.accepted)")
  }

  @Test func `a bound needs as many quantities as it compares with`() throws {
    #expect(ClaimBound(.between, [try quantity("1 s")]) == nil)
    #expect(ClaimBound(.equals, [try quantity("1 s"), try quantity("2 s")]) == nil)
  }

  @Test func `what is missed is measured from what is stated`() throws {
    let bound = try #require(ClaimBound(.between, [try quantity("2 min"), try quantity("5 min")]))
    #expect(bound.distance(to: 0.05) == 0)
    #expect(abs(bound.distance(to: 0.0875) - 0.25 / 60) < 1e-15)
    #expect(abs(bound.distance(to: 1.0 / 60) + 1.0 / 60) < 1e-15)
  }

  /// The first is up for 14 d, the second down for 12 min: 336 / 336.2.
  @Test(
    arguments: [
      (.sum, ["8", "10", "7", "5", "5", "3", "4"], 42),
      (.difference, ["$3,816", "$450", "$150", "$15", "$11"], 3190),
      (.product, ["6", "$0.384/h", "720 h"], 1658.88), (.quotient, ["$13,708", "$1,292"], 10.609907120743),
      (.relativeChange, ["12 min", "5 min"], -7.0 / 12), (.availability, ["14 d", "12 min"], 336 / 336.2),
    ] as [(ClaimOperation, [String], Double)])
  func `quantities make a number`(operation: ClaimOperation, texts: [String], expected: Double) throws {
    let ranges = try texts.map { ClaimRange(try quantity($0).value) }
    let range = try #require(operation.range(of: ranges))
    #expect(abs(range.value - expected) <= 1e-12 * abs(expected), "\(range.value)")
    #expect(abs(range.high - range.low) <= 1e-9 * abs(expected))
  }

  /// Whatever the numbers are inside their limits, the result is inside its own.
  @Test(arguments: ClaimOperation.allCases)
  func `limits hold every result`(operation: ClaimOperation) throws {
    let (first, second) = (ClaimRange(3, low: 2, high: 5), ClaimRange(1.5, low: 0.5, high: 4))
    let limits = try #require(operation.range(of: [first, second]))
    for a in stride(from: 2.0, through: 5, by: 0.25) {
      for b in stride(from: 0.5, through: 4, by: 0.25) {
        let one = try #require(operation.range(of: [ClaimRange(a), ClaimRange(b)]))
        #expect(limits.low <= one.value + 1e-12 && one.value <= limits.high + 1e-12, "\(a) \(b)")
      }
    }
    #expect(limits.low <= limits.value && limits.value <= limits.high)
  }

  @Test func `nothing is divided by what may be 0`() {
    let around = ClaimRange(1, low: -1, high: 2)
    #expect(ClaimOperation.quotient.range(of: [ClaimRange(1), around]) == nil)
    #expect(ClaimOperation.relativeChange.range(of: [around, ClaimRange(1)]) == nil)
    #expect(ClaimOperation.availability.range(of: [ClaimRange(0), ClaimRange(1)]) == nil)
  }

  @Test(
    arguments: [
      (.sum, ["1 h", "1 s"], "a length of time"), (.sum, ["1 h", "1"], nil),
      (.quotient, ["8", "2 s"], "a number per time"),
      (.product, ["$0.384/h", "720 h"], "an amount of USD"), (.product, ["$1", "1 EUR"], nil),
      (.relativeChange, ["$1", "$2"], "a share or a number"), (.availability, ["14 d", "99 %"], nil),
    ] as [(ClaimOperation, [String], String?)])
  func `dimensions are put together`(operation: ClaimOperation, texts: [String], expected: String?) throws {
    let dimensions = try texts.map { try quantity($0).dimension }
    #expect(operation.dimension(of: dimensions)?.description == expected)
  }

  @Test func `every word is computed of something, and every kind has words`() {
    #expect(Set(ClaimVocabulary.all.map(\.word)) == Set(ClaimWord.allCases))
    #expect(Set(ClaimVocabulary.all.map(\.kind)) == Set(ClaimSubjectKind.allCases))
    for kind in ClaimSubjectKind.allCases {
      let words = ClaimVocabulary.words(of: kind).map(\.word)
      #expect(Set(words).count == words.count, "\(kind)")
    }
  }
}
