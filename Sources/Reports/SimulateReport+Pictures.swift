internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// A picture of a result, for a file of its own.
public struct ResultPicture: Sendable {
  /// The file's name without its folder.
  public let name: String
  /// The picture.
  public let svg: String
}

extension SimulateReport {
  /// What can be drawn of the result: for each capability a histogram of its downtime.
  public var pictures: [ResultPicture] {
    result.capabilities.map { estimate in
      ResultPicture(name: "downtime-\(estimate.name).svg", svg: histogram(estimate).svg)
    }
  }

  private func histogram(_ estimate: CapabilityEstimate) -> HistogramPicture {
    let years = result.plan.years
    let span = years == 1 ? "a year" : "\(significant(years, digits: 4).trimmingZeros) years"
    let hours = years * 8760
    let quantiles = estimate.downtimeHoursQuantiles
    return HistogramPicture(
      title: "\(header.graph.model.name) · \(estimate.name) · downtime in \(span)", span: span,
      bins: estimate.downtimes,
      limits: estimate.objectives.filter { isSpan($0.objective.window, hours: hours) }.map { outcome in
        HistogramPicture.Mark(
          "objective \(outcome.objective.availability)",
          hours: outcome.objective.availability.unavailability * hours)
      },
      marks: [
        HistogramPicture.Mark("p50", hours: quantiles.p50),
        HistogramPicture.Mark("p90", hours: quantiles.p90),
        HistogramPicture.Mark("p99", hours: quantiles.p99),
      ])
  }

  /// Whether an objective is about as long a time as a replication has; of another, the picture says nothing.
  private func isSpan(_ window: Objective.Window, hours: Double) -> Bool {
    switch window {
    case .year: abs(hours - 8760) < 1
    case .calendarMonth: false
    case .tumbling(let length): abs(length.hours - hours) < 1
    }
  }
}
