import Simulation
import Stochastics
import Testing

/// How long `writing` is down when what it needs is lost at 100 h, an alert on calls notices that, and a move of 10 min follows.
///
/// The alert has a delay of 6 min, or 9 h where no call fails.
struct AlertedMove {
  var policies = ""
  var alert = "errors: 50 %"
  let outageMinutes: Double
  let source: String

  static let all = [
    AlertedMove(outageMinutes: 16, source: "the delay alone: 6, and 10 for the move"),
    AlertedMove(
      policies: "retry: {attempts: 3, wait: 1 min}, ", outageMinutes: 18,
      source: "retries bridge their waits first: 2 + 6, and 10 for the move"),
    windowed,
    AlertedMove(
      policies: "retry: {attempts: 2, wait: 10 h}, ", outageMinutes: 9 * 60 + 10,
      source: "no call fails for 10 h: noticed otherwise, 9 h, and 10 for the move"),
  ]
  static let windowed = AlertedMove(
    alert: "errors: 50 %, over: 30 min", outageMinutes: 31,
    source: "a mean over W crosses x after W x: 15 + 6, and 10 for the move")

  /// Runs a model in which nothing is random, and holds how long `writing` is down.
  @discardableResult
  static func expect(
    _ text: String, hours: Double, downMinutes: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SimulationResult {
    let result = try Simulated.once(text, years: hours / 8760)
    let minutes = result["writing"].downtimeHours(years: hours / 8760) * 60
    #expect(abs(minutes - downMinutes) < 1e-2, "\(minutes)", sourceLocation: sourceLocation)
    return result
  }

  /// Noticed otherwise after 15 min, the move takes until 25 min; a windowed alert fires at 21 min and has nothing to tell.
  static func expectLateAlertUnheard(
    _ text: String, hours: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(
      text.replacing("otherwise: 9 h", with: "otherwise: 15 min"), hours: hours, downMinutes: 25,
      sourceLocation: sourceLocation)
  }

  /// Where every call fails from the loss on, an alert without a window is a detector with its delay.
  ///
  /// - Returns: the unavailability of both.
  @discardableResult
  static func expectAlertIsItsDelay(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Double {
    func found(_ detect: String) throws -> Estimate {
      try Simulated.result(
        text.replacing("detect: errors", with: "detect: \(detect)"),
        SimulationPlan(replications: 40, start: .new))["writing"].unavailability
    }
    let (alerted, stated) = (try found("errors"), try found("6 min"))
    // Times of alerts are rounded up to ticks: of 16 min, one is 3.6e-6.
    #expect(
      abs(alerted.value - stated.value) < 1e-5 * stated.value, "\(alerted) \(stated)",
      sourceLocation: sourceLocation)
    return stated.value
  }
}
