import Quantities
import Resilience
import Stochastics
import Testing

/// A duration in seconds.
func seconds(_ value: Double) throws -> TimeSpan { try #require(TimeSpan(hours: value / 3600)) }

/// A share in percent.
func percent(_ value: Double) throws -> Probability { try #require(Probability(value / 100)) }

/// Calls a second that are answered in a fixed number of milliseconds.
func traffic(_ callsPerSecond: Double, milliseconds: Double = 50, errorPercent: Double = 0) throws -> Traffic
{
  try Traffic(
    calls: try #require(Rate(perHour: callsPerSecond * 3600)),
    latency: try Deterministic(value: milliseconds / 3_600_000), errors: try percent(errorPercent))
}

/// A callee that answers with an error at once.
func refuses() throws -> CalleeFailure { .failsFast(share: .one, after: .zero) }

/// Mean and standard error of numbers.
struct Sample {
  let mean: Double
  let standardError: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    (self.mean, standardError) = (mean, (squares / (count - 1) / count).squareRoot())
  }

  /// Whether a number lies within 4 standard errors, and what the model leaves out.
  func agrees(with value: Double, leftOut: Double = 0) -> Bool {
    abs(mean - value) <= 4 * standardError + leftOut + 1e-9
  }

  /// Whether the means of both lie within 4 standard errors of their difference, and a share that the model leaves out.
  func agrees(with other: Sample, leavingOut share: Double) -> Bool {
    let error = (standardError * standardError + other.standardError * other.standardError).squareRoot()
    return abs(mean - other.mean) <= 4 * error + share * other.mean
  }
}

extension Sample: CustomStringConvertible {
  var description: String { "\(mean) ± \(standardError)" }
}

/// When everything is well again after an outage, in seconds.
func settled(_ timings: EdgeTimings, outageSeconds: Double, opensAfterHours: Double? = nil) -> Double {
  var state = EdgeState()
  state.calleeWentDown(atHours: 0, timings, opensAfterHours: opensAfterHours)
  state.calleeCameBack(atHours: outageSeconds / 3600, timings)
  var last = outageSeconds / 3600
  while state.nextChangeHours < .infinity {
    last = state.nextChangeHours
    state.advance(toHours: last, timings)
  }
  return last * 3600
}
