import Quantities
import Simulation
import Stochastics

/// One line on a terminal's standard error that shows the estimate tightening.
struct ProgressLine {
  let isShown: Bool
  private var isDirty = false

  init(isShown: Bool) { self.isShown = isShown }

  /// Shows where a run stands.
  mutating func show(_ result: SimulationResult) {
    guard isShown, let first = result.capabilities.first else { return }
    let estimate = first.unavailability
    let availability = Availability(unavailability: min(1, estimate.value))?.text(digits: 4) ?? ""
    let width = significant(estimate.halfWidth * 100, digits: 2)
    Terminal.writeError(
      "\r\u{1B}[K  \(grouped(result.replications)) of \(grouped(result.plan.replications))  "
        + "\(first.name) \(availability) ± \(width) %")
    isDirty = true
  }

  /// Takes the line away.
  mutating func clear() {
    if isDirty { Terminal.writeError("\r\u{1B}[K") }
    isDirty = false
  }
}
