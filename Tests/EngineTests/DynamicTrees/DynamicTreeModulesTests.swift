import Foundation
import Reliability
import ServiceGraph
import Testing

/// Independent dynamic modules under a static top: a chain each, and a diagram of four variables and one event.
@Suite struct DynamicTreeModulesTests {
  private static func names(_ module: String, _ count: Int = 15) -> [String] {
    (0..<count).map { "\(module)\($0)" }
  }

  private static func events(_ module: String, _ law: String) -> String {
    names(module).map { "\($0) \(law)" }.joined(separator: "\n")
  }

  /// Three groups of five, in order.
  private static func ordered(_ module: String, _ gate: String) -> String {
    let names = names(module)
    let groups = (0..<3).map { group in
      "\(module)g\(group) \(gate) \(names[5 * group..<5 * group + 5].joined(separator: " "))"
    }
    return "\(module) pand \(module)g0 \(module)g1 \(module)g2\n\(groups.joined(separator: "\n"))\n"
  }

  /// 61 events: four modules of 15, and one by itself.
  private static let tree = """
    T or V Z
    V 2of4 A B C D
    Z lambda=0.01
    \(ordered("A", "and"))\(events("A", "lambda=0.9"))
    \(ordered("B", "or"))\(events("B", "lambda=0.2"))
    C wsp \(names("C").joined(separator: " "))
    \(events("C", "lambda=8 dorm=0"))
    D pand Dt Dv
    Dt or D0
    Dv 8of14 \(names("D").dropFirst().joined(separator: " "))
    F fdep D0 \(names("D").dropFirst().prefix(9).joined(separator: " "))
    \(events("D", "lambda=0.3"))
    """

  /// P(X ≤ Y ≤ Z ≤ t) = F(t)³ / 6 of three times with one law.
  private static func inOrder(_ probability: Double) -> Double { pow(probability, 3) / 6 }

  /// 1 − Σⱼ e^(−x) xʲ / j! for j < 15.
  private static func erlang(_ x: Double) -> Double {
    var term = exp(-x)
    var sum = 0.0
    for phase in 1..<200 {
      term *= x / Double(phase)
      if phase >= 15 { sum += term }
    }
    return sum
  }

  /// The trigger brings at least nine of the 14 down at once, so only eight before it spoil the order:
  /// ∫₀ᵗ λ e^(−λs) P(fewer than eight of 14 by s) ds, with p = 1 − e^(−λs): Σ_{i<8} C(14, i) ∫₀^p pⁱ (1 − p)^(14 − i) dp.
  private static func triggered(_ p: Double) -> Double {
    (0..<8).reduce(0.0) { sum, i in
      // ∫₀^p C(14, i) xⁱ (1 − x)^(14 − i) dx = P(more than i of 15) / 15.
      let more = (i + 1...15).reduce(0.0) {
        $0 + binomial(15, $1) * pow(p, Double($1)) * pow(1 - p, Double(15 - $1))
      }
      return sum + more / 15
    }
  }

  private static func binomial(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  private static func expected(at time: Double) -> Double {
    let single = inOrder(pow(-expm1(-0.9 * time), 5))
    let parts = [single, inOrder(-expm1(-time)), erlang(8 * time), triggered(-expm1(-0.3 * time))]
    var few = parts.reduce(1.0) { $0 * (1 - $1) }
    for place in parts.indices {
      few += parts.indices.reduce(1.0) { $0 * ($1 == place ? parts[$1] : 1 - parts[$1]) }
    }
    return 1 - few * exp(-0.01 * time)
  }

  @Test func `Sixty-one events in four modules`() throws {
    let times = [0.2, 1, 3]
    let solution = try DynamicTrees.solve(DynamicTreeText.tree(Self.tree), at: times)
    #expect(solution.modules.map(\.eventCount) == [15, 15, 15, 15])
    #expect(solution.modules.allSatisfy { $0.stateCount < 1_000 })
    for (found, time) in zip(solution.probabilities, times) {
      #expect(abs(found - Self.expected(at: time)) <= 1e-12 * found, "at \(time)")
    }
  }
}
