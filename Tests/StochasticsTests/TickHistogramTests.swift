import Stochastics
import Testing

@Suite("Tick histogram")
struct TickHistogramTests {
  @Test("keeps small numbers exactly")
  func small() {
    var histogram = TickHistogram()
    for value in Int64(0)...511 { histogram.record(value) }
    #expect(histogram.count == 512 && histogram.minimum == 0 && histogram.maximum == 511)
    for value in Int64(0)...511 {
      #expect(histogram.quantile(Double(value + 1) / 512) == value)
      #expect(histogram.fraction(above: value) == Double(511 - value) / 512)
    }
    #expect(histogram.quantile(0) == 0)
  }

  /// Without an error: the p-quantile of 1,440 … 1,440 + n − 1 is the ⌈p n⌉-th of them.
  @Test("keeps numbers of things exactly below 16,384", arguments: [Int64(500), 1_440, 8_190, 15_384])
  func things(least: Int64) {
    var histogram = TickHistogram(.counts)
    for value in least..<least + 1_000 { histogram.record(value) }
    for percent in 1...100 {
      #expect(histogram.quantile(Double(percent) / 100) == least + Int64(percent) * 10 - 1)
    }
    #expect(histogram.fraction(above: least + 249) == 0.75)
    #expect(histogram.buckets.count == 1_000)
    #expect(histogram.buckets.allSatisfy { $0.low == $0.high && $0.count == 1 })
  }

  /// As many failures a year as hours go by six times, but for two years in ten thousand.
  @Test("percentiles of a count that hardly ever differs are that count")
  func hardlyVarying() {
    var histogram = TickHistogram(.counts)
    histogram.record(1_440, count: 9_998)
    histogram.record(1_439)
    histogram.record(1_442)
    #expect(histogram.quantile(0.05) == 1_440 && histogram.quantile(0.95) == 1_440)
  }

  @Test("places any number within 1/512 of itself")
  func errorBound() {
    var draws = stream("histogram")
    for _ in 0..<20_000 {
      let value = Int64(draws.nextBits() >> (1 + draws.nextBits() % 63))
      var histogram = TickHistogram()
      histogram.record(0)
      histogram.record(value, count: 2)
      histogram.record(.max)
      let found = histogram.quantile(0.6) ?? -1
      #expect(Double(abs(found - value)) <= Double(value) / 512)
    }
  }

  @Test("places any number of things within 1/16,384 of itself")
  func errorBoundOfThings() {
    var draws = stream("histogram of things")
    for _ in 0..<50 {
      let value = Int64(draws.nextBits() >> (1 + draws.nextBits() % 63))
      var histogram = TickHistogram(.counts)
      histogram.record(0)
      histogram.record(value, count: 2)
      histogram.record(.max)
      let found = histogram.quantile(0.6) ?? -1
      #expect(Double(abs(found - value)) <= Double(value) / 16_384)
    }
  }

  @Test("gives quantiles within 1/512 and shares within a bucket of the exact ones")
  func quantiles() throws {
    let law = try Lognormal(median: 1e9, p90: 2e10)
    var draws = stream("histogram quantiles")
    let values = (0..<100_000).map { _ in Int64(law.sample(using: &draws)) }.sorted()
    var histogram = TickHistogram()
    for value in values { histogram.record(value) }
    for p in [0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.9999, 1] {
      let exact = values[max(0, Int((p * 100_000).rounded(.up)) - 1)]
      let found = try #require(histogram.quantile(p))
      #expect(Double(abs(found - exact)) <= Double(exact) / 512, "p = \(p)")
      let share = histogram.fraction(above: exact)
      let least = Double(values.count { Double($0) > Double(exact) * (1 + 1.0 / 256) }) / 1e5
      let most = Double(values.count { Double($0) > Double(exact) * (1 - 1.0 / 256) }) / 1e5
      #expect(share >= least && share <= most, "p = \(p)")
    }
  }

  @Test("merges in any order to the histogram of all")
  func merging() {
    var draws = stream("histogram merge")
    var parts = [TickHistogram](repeating: TickHistogram(), count: 4)
    var all = TickHistogram()
    for index in 0..<10_000 {
      let value = Int64(draws.nextBits() >> (1 + draws.nextBits() % 63))
      parts[index % 3].record(value)
      all.record(value)
    }
    for order in [[0, 1, 2, 3], [3, 2, 0, 1], [1, 3, 2, 0]] {
      var merged = TickHistogram()
      for part in order { merged.merge(parts[part]) }
      #expect(merged == all)
    }
  }

  @Test("is made again of its occupied buckets, and of no others")
  func occupied() throws {
    var things = TickHistogram(.counts)
    for value in [Int64(3), 1_440, 99_999] { things.record(value) }
    #expect(TickHistogram(occupied: things.occupied, minimum: 3, maximum: 99_999, .counts) == things)
    #expect(TickHistogram(occupied: things.occupied, minimum: 3, maximum: 99_999) == nil)
    var draws = stream("histogram occupied")
    var histogram = TickHistogram()
    for _ in 0..<1_000 { histogram.record(Int64(draws.nextBits() >> (1 + draws.nextBits() % 63))) }
    let (low, high) = (try #require(histogram.minimum), try #require(histogram.maximum))
    let occupied = histogram.occupied
    #expect(TickHistogram(occupied: occupied, minimum: low, maximum: high) == histogram)
    #expect(occupied.reduce(0) { $0 + $1.count } == 1_000)
    #expect(TickHistogram(occupied: occupied.reversed(), minimum: low, maximum: high) == nil)
    #expect(TickHistogram(occupied: occupied.dropLast(), minimum: low, maximum: high) == nil)
    #expect(TickHistogram(occupied: Array(occupied.dropFirst()), minimum: low, maximum: high) == nil)
    #expect(TickHistogram(occupied: [], minimum: 0, maximum: 0) == nil)
    #expect(TickHistogram(occupied: [(0, -1)], minimum: 0, maximum: 0) == nil)
    #expect(TickHistogram(occupied: [(3, 1)], minimum: -3, maximum: 3) == nil)
    #expect(TickHistogram(occupied: [(0, .max), (1, .max)], minimum: 0, maximum: 1) == nil)
  }

  @Test("has no quantile without a number")
  func empty() {
    let histogram = TickHistogram()
    #expect(histogram.quantile(0.5) == nil && histogram.minimum == nil && histogram.maximum == nil)
    #expect(histogram.fraction(above: 0) == 0)
  }

  @Test("counts the largest number there is")
  func extremes() {
    var histogram = TickHistogram()
    histogram.record(.max)
    histogram.record(.max, count: 0)
    #expect(histogram.count == 1 && histogram.quantile(0.5) == .max)
    #expect(histogram.fraction(above: .max - 1) == 1 && histogram.fraction(above: .max) == 0)
  }
}
