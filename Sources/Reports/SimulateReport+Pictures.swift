internal import Charts
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
  /// What can be drawn of the result: for each capability a histogram of its downtime, and where outages begin, zone by
  /// capability.
  public var pictures: [ResultPicture] {
    let histograms = result.capabilities.map { estimate in
      ResultPicture(
        name: "downtime-\(estimate.name).svg", svg: histogram(estimate, of: header.graph.model.name).file)
    }
    return histograms + (heatMap.map { [ResultPicture(name: "zones.svg", svg: $0.file)] } ?? [])
  }

  /// How the downtime of a capability scatters, and by which causes outages begin.
  func illustrations(_ estimate: CapabilityEstimate) -> [Document.Block] {
    guard !estimate.downtimes.isEmpty else { return [] }
    return [.illustration(histogram(estimate, of: nil))]
      + (beginnings(estimate).map { [.illustration($0)] } ?? [])
  }

  /// What is about all capabilities: the worst replication, calendar months, and zones.
  var overviewIllustrations: [Document.Block] {
    ([worst?.outageTimeline, months, heatMap] as [Chart?]).compactMap { $0.map { .illustration($0) } }
  }

  /// Downtime by the failure with which its outage began; `nil` where there is one cause or none.
  private func beginnings(_ estimate: CapabilityEstimate) -> Chart? {
    let first = estimate.contributions.filter { $0.firstCauseShare > 0 }
    guard first.count > 1 else { return nil }
    return ParetoChart(
      title: "\(estimate.name): downtime by the failure with which an outage began",
      first.map {
        ParetoChart.Part(
          $0.cause, share: $0.firstCauseShare,
          amount: "\(header.perYear($0.firstCauseShare * estimate.unavailability.value)) a year")
      }
    ).chart
  }

  /// Mean downtime of each calendar month, capability by capability; `nil` for a horizon without twelve.
  private var months: Chart? {
    let known = result.capabilities.filter { $0.months?.means.count == 12 }
    guard !known.isEmpty, known.count == result.capabilities.count else { return nil }
    return HeatMapChart(
      title: "Mean downtime of each calendar month", rows: known.map(\.name),
      columns: TraceReport.monthNames,
      cells: known.map { estimate in (estimate.months?.means ?? []).map(\.value) }, measure: .hours
    ).chart
  }

  /// Where the downtime of each place is told, for a model with zones.
  var placeNote: [Document.Block] {
    guard let first = result.capabilities.first, !first.places.isEmpty else { return [] }
    return [
      .note(
        "With which failure outages began, and in which zone: zones.svg of --pictures, and firstCauseShare and places "
          + "of --format json.")
    ]
  }

  /// Hours of downtime a year by the zone in which the outage began; `nil` for a model without zones.
  private var heatMap: Chart? {
    guard let first = result.capabilities.first, !first.places.isEmpty else { return nil }
    let hours = header.conventions.hoursPerYear
    return HeatMapChart(
      title: "\(header.graph.model.name) · downtime a year by where the outage began",
      rows: first.places.map(\.place), columns: result.capabilities.map(\.name),
      cells: first.places.indices.map { row in
        result.capabilities.map { $0.places[row].share * $0.unavailability.value * hours }
      }, measure: .hours
    ).chart
  }

  /// How the downtime of a capability scatters.
  ///
  /// - Parameter model: named in the title where nothing around the picture names it.
  private func histogram(_ estimate: CapabilityEstimate, of model: String?) -> Chart {
    let years = result.plan.years
    let span = years == 1 ? "a year" : "\(significant(years, digits: 4).trimmingZeros) years"
    let hours = years * 8760
    let quantiles = estimate.downtimeHoursQuantiles
    return DistributionChart(
      title: ([model, estimate.name].compactMap { $0 } + ["downtime in \(span)"]).joined(separator: " · "),
      name: "downtime in \(span)", measure: .hours,
      bins: estimate.downtimes.map {
        DistributionChart.Bin(from: $0.lowHours, to: $0.highHours, count: $0.count)
      },
      limits: estimate.objectives.filter { isSpan($0.objective.window, hours: hours) }.map { outcome in
        DistributionChart.Mark(
          "objective \(outcome.objective.availability)",
          at: outcome.objective.availability.unavailability * hours)
      },
      marks: [
        DistributionChart.Mark("p50", at: quantiles.p50), DistributionChart.Mark("p90", at: quantiles.p90),
        DistributionChart.Mark("p99", at: quantiles.p99),
      ], remark: remark(on: estimate, hours: hours)
    ).chart
  }

  /// The objectives that have no line, since they are about other times than a replication.
  private func remark(on estimate: CapabilityEstimate, hours: Double) -> String? {
    let others = estimate.objectives.map(\.objective).filter { !isSpan($0.window, hours: hours) }
    guard !others.isEmpty else { return nil }
    return "without a line here: objective "
      + others.map { "\($0.availability) per \($0.windowText)" }.joined(separator: ", ")
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
