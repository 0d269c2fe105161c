import Economics
import Stochastics
import Testing

@Suite("Shares of the variance")
struct VarianceSharesTests {
  /// Yields of dyestuff, five preparations of each of six batches.
  ///
  /// - Source: Davies and Goldsmith, *Statistical methods in research and production* (1972), section 6.4; data sets
  ///   Dyestuff and Dyestuff2 of the R package lme4.
  static let dyestuff: [Double] = [
    1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560, 1445, 1440,
    1595,
    1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445,
  ]

  @Test("of a published one-way classification are those published: 1,764.05 between, 2,451.25 within")
  func published() throws {
    let found = try #require(VarianceShares(Self.dyestuff, groupSize: 5))
    #expect(abs(found.betweenVariance - 1764.05) < 0.005)
    #expect(abs(found.withinVariance - 2451.25) < 0.005)
    #expect(abs(found.between.value - 1764.05 / (1764.05 + 2451.25)) < 1e-6)
    #expect(found.between.low < found.between.value && found.between.value < found.between.high)
  }

  @Test("are nothing for groups that differ less than their members")
  func alike() throws {
    let found = try #require(VarianceShares([1, 9, 2, 8, 0, 10], groupSize: 2))
    #expect(found.betweenVariance == 0)
    #expect(found.between.value == 0)
  }

  @Test("are not known for one group, for groups of one, and for values that are all the same")
  func unknown() {
    #expect(VarianceShares([1, 2, 3], groupSize: 3) == nil)
    #expect(VarianceShares([1, 2, 3], groupSize: 1) == nil)
    #expect(VarianceShares([2, 2, 2, 2], groupSize: 2) == nil)
  }

  @Test("name the group that makes most of it")
  func furthest() throws {
    let found = try #require(VarianceShares([0, 1, 0, 1, 0, 1, 100, 101], groupSize: 2))
    // Means 0.5, 0.5, 0.5 and 100.5 are 25, 25, 25 and 75 from their mean.
    #expect(abs(found.furthestGroup - 75.0 * 75 / (3 * 25 * 25 + 75 * 75)) < 1e-12)
  }

  @Test("groups make a sample count for less: members that are all alike count once")
  func designEffect() throws {
    let sample = ClusteredSample([1, 1, 1, 2, 2, 2, 3, 3, 3], groupSize: 3)
    #expect(abs(sample.designEffect - 3) < 1e-12)
    #expect(abs(sample.effectiveCount - 3) < 1e-12)
    let free = ClusteredSample([1, 2, 3], groupSize: 1)
    #expect(free.designEffect == 1)
    #expect(sample.groupMeans == [1, 2, 3])
    let wide = try #require(sample.share(above: 1))
    let narrow = try #require(ClusteredSample(sample.values, groupSize: 1).share(above: 1))
    #expect(wide.value == narrow.value)
    #expect(wide.high - wide.low > narrow.high - narrow.low)
  }
}
