import Economics
import Foundation
import Testing

@Suite("Inputs of a decision")
struct DecisionInputTests {
  /// A function with one place where it crosses 0.
  enum Curve: Sendable, CaseIterable {
    case line, parabola, falling, logarithm, kinked

    var root: Double {
      switch self {
      case .line: 1.5
      case .parabola: 0.2
      case .falling: 4
      case .logarithm: 0.4
      case .kinked: 2
      }
    }

    func value(_ x: Double) -> Double {
      switch self {
      case .line: 3 - 2 * x
      case .parabola: x * x - 0.04
      case .falling: 16 - x * x
      case .logarithm: log(x / 0.4)
      case .kinked: x < 1 ? 7 : 8 - x * x * x
      }
    }
  }

  @Test("flip where the value crosses 0, looked for from a tenth to ten times", arguments: Curve.allCases)
  func flips(_ curve: Curve) throws {
    let found = DecisionInput.number("x", between: 0.5...2, curve.value)
    #expect(abs(try #require(found.flip) / curve.root - 1) < 1e-3)
    #expect(found.valueAtLow == curve.value(0.5))
    #expect(found.valueAtHigh == curve.value(2))
    #expect(abs(try #require(found.change) - (curve.root - 1)) < 2e-3 * curve.root)
  }

  @Test("do not flip where the value keeps its sign")
  func none() {
    #expect(DecisionInput.number("x", between: 0.5...2) { 1 + $0 }.flip == nil)
    #expect(DecisionInput.number("x", between: 0.01...20) { 100 + $0 }.flip == nil)
  }

  @Test("flip at the nearer of two places")
  func nearer() throws {
    let found = DecisionInput.number("x", between: 0.9...1.1) { ($0 - 0.8) * (3 - $0) }
    #expect(abs(try #require(found.flip) - 0.8) < 1e-3)
  }
}
