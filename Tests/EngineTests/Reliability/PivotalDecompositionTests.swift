import Foundation
import Reliability
import Testing

/// Groups of at least two of three own events and one hub; any group that is lost is enough.
private struct HubbedGroups {
  var network = BooleanNetwork()
  var root = BooleanNetwork.Literal.never
  let hubs: Int
  /// The two hubs of each pair of groups.
  let pairs: [(Int, Int)]
  let probabilities: [Double]

  /// - Parameter pairs: two groups that both must be lost, with their hubs.
  init(hubs: Int, pairs: [(Int, Int)], hubProbability: Double) {
    self.hubs = hubs
    self.pairs = pairs
    let events = hubs + 6 * pairs.count
    probabilities =
      [Double](repeating: hubProbability, count: hubs) + [Double](repeating: 0.01, count: events - hubs)
    var next = hubs
    var lost: [BooleanNetwork.Literal] = []
    for (first, second) in pairs {
      var groups: [BooleanNetwork.Literal] = []
      for hub in [first, second] {
        var members = [network.variable(hub)]
        for event in next..<next + 3 { members.append(network.variable(event)) }
        groups.append(network.atLeast(2, of: members))
        next += 3
      }
      lost.append(network.and(groups))
    }
    root = network.or(lost)
  }

  /// Σ over the states of the hubs of P(state) · (1 − Π (1 − P(pair | state))), by hand.
  var expected: Double {
    let (p, q) = (0.01, 0.99)
    let one = 1 - q * q * q
    let two = p * p * (3 - 2 * p)
    var total = 0.0
    for state in 0..<1 << hubs {
      var (weight, logOfNone) = (1.0, 0.0)
      for hub in 0..<hubs { weight *= state >> hub & 1 == 1 ? probabilities[hub] : 1 - probabilities[hub] }
      for (first, second) in pairs {
        let lost = (state >> first & 1 == 1 ? one : two) * (state >> second & 1 == 1 ? one : two)
        logOfNone += log1p(-lost)
      }
      total -= weight * expm1(logOfNone)
    }
    return total
  }
}

@Suite("Pivotal decomposition")
struct PivotalDecompositionTests {
  @Test("many groups that share a few events are exact, whatever a diagram of them takes")
  func exact() {
    let pairs = (0..<120).map { ($0 % 10, ($0 * 7 + 3) % 10) }.filter { $0.0 != $0.1 }
    let groups = HubbedGroups(hubs: 10, pairs: pairs, hubProbability: 0.05)
    let bounds = ProbabilityBounds(groups.network, root: groups.root, groups.probabilities, nodeLimit: 300)
    #expect(bounds.isExact)
    #expect(bounds.method == "exact, by conditioning on 10 shared events")
    #expect(abs(bounds.low - groups.expected) <= 1e-12 * groups.expected)
  }

  @Test("of more shared events than can be gone through, the probable states give close bounds")
  func manyHubs() {
    // Each pair has both groups at one hub: the hubs are independent, so that the answer is a product over them.
    let pairs = (0..<240).map { ($0 % 40, $0 % 40) }
    let groups = HubbedGroups(hubs: 40, pairs: pairs, hubProbability: 1e-3)
    let single = HubbedGroups(hubs: 1, pairs: Array(repeating: (0, 0), count: 6), hubProbability: 1e-3)
    let expected = -expm1(40 * log1p(-single.expected))
    let bounds = ProbabilityBounds(groups.network, root: groups.root, groups.probabilities, nodeLimit: 300)
    #expect(bounds.low <= expected * (1 + 1e-12) && bounds.high >= expected * (1 - 1e-12))
    #expect(bounds.high - bounds.low < 1e-3 * bounds.low)
  }
}
