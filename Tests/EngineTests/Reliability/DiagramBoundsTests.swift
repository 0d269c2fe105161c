import Reliability
import Testing

@Suite("Probability bounds")
struct DiagramBoundsTests {
  @Test("bounds meet at the exact answer when the diagram is small", arguments: 0..<20)
  func exact(_ number: Int) throws {
    let random = RandomNetwork(number: 4000 + UInt64(number), gates: 30, roots: 1)
    let expected = random.probabilities(RandomNetwork.probabilities)[0]
    let bounds = ProbabilityBounds(random.network, root: random.roots[0], RandomNetwork.probabilities)
    #expect(abs(bounds.low - expected) <= 1e-12 * expected)
    #expect(abs(bounds.high - expected) <= 1e-12 * expected)
  }

  @Test("the exact answer lies between bounds of few attempts", arguments: 0..<60, [1, 2, 3])
  func enclose(_ number: Int, _ attempts: Int) throws {
    let random = RandomNetwork(number: 5000 + UInt64(number), gates: 50, roots: 1)
    let expected = random.probabilities(RandomNetwork.probabilities)[0]
    let bounds = ProbabilityBounds(
      random.network, root: random.roots[0], RandomNetwork.probabilities, nodeLimit: 40,
      mostAttempts: attempts)
    #expect(bounds.low <= expected * (1 + 1e-12))
    #expect(bounds.high >= expected * (1 - 1e-12))
  }

  @Test("what no diagram can hold still has both bounds")
  func queens() throws {
    let queens = QueensNetwork(size: 6)
    let half = [Double](repeating: 0.5, count: 36)
    let bounds = ProbabilityBounds(queens.network, root: queens.root, half, nodeLimit: 300)
    #expect(bounds.low <= 4 * 0x1p-36 && bounds.high >= 4 * 0x1p-36)
    #expect(bounds.high < 1)
    #expect(bounds.method.contains("never true for the lower bound"))
  }
}
