internal import Quantities
internal import Simulation
internal import Stochastics

extension SimulateReport {
  /// Whether the run that was to go on until its intervals are narrow got there.
  var untilNote: [Document.Block] {
    guard let error = result.plan.relativeError else { return [] }
    let asked = "± \(percentage(error)) of the unavailability"
    if result.reaches(relativeError: error) {
      return [.note("Stopped once every interval was at most \(asked).")]
    }
    let widest = result.capabilities.map(\.unavailability).max { $0.relativeHalfWidth < $1.relativeHalfWidth }
    let reached =
      widest.map {
        $0.value > 0 ? "± \(significant($0.relativeHalfWidth * 100, digits: 2)) %" : "no downtime seen"
      }
    return [
      .note(
        "Not reached: \(asked) was asked for. After \(grouped(result.replications)) replications the widest "
          + "interval: \(reached ?? "unknown"). More: --replications.")
    ]
  }

  /// Beside the results, when the run was to go on until its intervals are narrow.
  var untilJSON: [String: JSONValue] {
    guard let error = result.plan.relativeError else { return [:] }
    return [
      "until": ["relativeError": .number(error), "reached": .bool(result.reaches(relativeError: error))]
    ]
  }
}

extension Estimate {
  /// Infinite where nothing was seen.
  fileprivate var relativeHalfWidth: Double { value > 0 ? (high - value) / value : .infinity }
}
