import Planning
import Testing

/// Boxes within boxes against asking every point.
@Suite("Dominance tree")
struct DominanceTreeTests {
  @Test("says what asking every point says, of points with equals and of infinite ones", arguments: 1...6)
  func asEvery(seed: Int) {
    var samples = AllocationSamples(seed: UInt64(seed))
    let width = 1 + seed
    // Few values, so that there are many equals.
    let points = (0..<1_500).map { _ in
      (0..<width).map { _ in
        samples.next(below: 50) == 0 ? Double.infinity : Double(samples.next(below: 3 + 6 * seed))
      }
    }
    var tree = DominanceTree(width: width)
    var (kept, beaten): ([[Double]], Int) = ([], 0)
    for point in points {
      let isBeaten = kept.contains { zip($0, point).allSatisfy { $0 <= $1 } }
      #expect(tree.holdsNoneLarger(than: point) == isBeaten)
      if isBeaten, samples.next(below: 4) > 0 {
        beaten += 1
      } else {
        tree.insert(point)
        kept.append(point)
      }
    }
    #expect(beaten > 100 && kept.count > 50)
  }
}
