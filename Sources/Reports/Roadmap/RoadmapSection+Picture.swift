internal import Charts
internal import Planning
internal import Quantities

/// What the steps of a plan look like.
extension RoadmapSection {
  /// How downtime comes down step by step, and what it costs to bring it down in the best order.
  var pictures: [Document.Block] {
    ([steps(of: rows), spending] as [Chart?]).compactMap { $0.map { .illustration($0) } }
  }

  private func steps(of rows: [RoadmapRow]) -> Chart? {
    let hours = rows.compactMap(\.downtime.number)
    guard hours.count == rows.count, rows.count > 1, let base = hours.first else { return nil }
    let changes = zip(rows.dropFirst(), zip(hours, hours.dropFirst())).map { row, pair in
      WaterfallChart.Step(row.name, pair.1 - pair.0)
    }
    return WaterfallChart(
      title: "\(capability): down a year, step by step", from: WaterfallChart.Step(rows[0].name, base),
      changes,
      totalName: "after all steps", measure: .hours, isLessBetter: true
    ).chart
  }

  private var spending: Chart? {
    guard case .found(let found) = order, let currency, let first = found.stages.first else { return nil }
    var spent = 0.0
    let points = found.stages.compactMap { stage -> LineChart.Point? in
      guard let cost = stage.cost else { return nil }
      spent += cost
      return LineChart.Point(spent, stage.before.downtimeHours - stage.removedHours)
    }
    guard points.count == found.stages.count, spent > 0 else { return nil }
    return LineChart(
      title: "\(capability): down a year by what is spent, in the best order",
      [
        LineChart.Series(
          "down a year", [LineChart.Point(0, first.before.downtimeHours)] + points, isStepped: true,
          showsPoints: true)
      ], x: LineChart.AxisName("spent so far", .money(currency)), y: LineChart.AxisName("down a year", .hours)
    ).chart
  }
}
