import Quantities
import Recovery
import Stochastics
import Testing

/// Whether two numbers agree to 12 digits.
func agree(_ found: Double, _ expected: Double) -> Bool {
  found == expected || abs(found - expected) <= 1e-12 * max(abs(found), abs(expected), 1e-3)
}

func minutes(_ count: Double) throws -> any Distribution { try Deterministic(value: count / 60) }

func seconds(_ count: Double) throws -> any Distribution { try Deterministic(value: count / 3600) }

func hours(_ count: Double) throws -> any Distribution { try Deterministic(value: count) }

func span(_ text: String) throws -> TimeSpan { try TimeSpan(parsing: text) }

func chance(_ value: Double) throws -> Probability { try #require(Probability(value)) }

func stream(_ name: String, _ replication: UInt32 = 0) -> RandomStream {
  RandomStream(seed: 7, process: ProcessKey(name: name), replication: replication)
}

/// Whether a share of a sample lies within 4.5 standard errors of a probability.
func expectShare(_ found: Double, of count: Int, near expected: Double, _ comment: Comment) {
  let error = (max(0, expected * (1 - expected)) / Double(count)).squareRoot()
  // One draw more or less is room for a probability that rounding moved off 0 or 1.
  #expect(abs(found - expected) <= 4.5 * error + 1 / Double(count), comment)
}

/// Compares an exact law with draws of the same quantity at a row of its quantiles.
func expectLaw(_ law: PiecewiseLaw, matches draws: [Double], _ comment: Comment) {
  for p in stride(from: 0.05, to: 1, by: 0.1) {
    let x = law.quantile(p * law.total)
    let share = Double(draws.count { $0 <= x }) / Double(draws.count)
    expectShare(share, of: draws.count, near: law.cumulative(x), comment)
  }
  let none = Double(draws.count { $0 == .infinity }) / Double(draws.count)
  expectShare(none, of: draws.count, near: law.probabilityOfNever, comment)
}
