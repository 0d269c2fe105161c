internal import Charts
internal import Planning
internal import Quantities

/// What each availability costs.
extension DesignPlanReport {
  var frontierBlocks: [Document.Block] {
    let complete = plan.isFrontierComplete ? "all" : "those found"
    let picture = frame.names.indices.first.flatMap(frontierPicture)
    return [
      .heading("The frontier: what each availability costs (\(complete), \(grouped(plan.frontier.count)))")
    ]
      + (picture.map { [.illustration($0)] } ?? []) + [
        .table(
          Document.Table(
            columns: ["pulls"] + frame.names.map { "\($0) available" } + ["a month", "once"]
              + (isPriced ? ["with downtime"] : []),
            cells: plan.frontier.map { [Document.Cell(pulls($0))] + figures($0) }))
      ]
  }

  /// Downtime by price, with the plans that have names; `nil` for a frontier of one design.
  private func frontierPicture(_ capability: Int) -> Chart? {
    func place(_ point: DesignPoint) -> LineChart.Point {
      LineChart.Point(point.monthly, point.unavailability[capability] * frame.hoursPerYear)
    }
    let points = plan.frontier.map(place).sorted { ($0.x, -$0.y) < ($1.x, -$1.y) }
    guard points.count > 1 else { return nil }
    let name = frame.names[capability]
    return LineChart(
      title: "\(name): down a year by what a month costs",
      [LineChart.Series("frontier", points, isStepped: true, showsPoints: true)]
        + plan.named.map { LineChart.Series($0, [place($1)], showsPoints: true) },
      x: LineChart.AxisName("a month costs", .money(frame.currency)),
      y: LineChart.AxisName("down a year", .hours)
    ).chart
  }
}
