internal import Charts
internal import Planning
internal import Quantities

/// What each availability costs.
extension DesignPlanReport {
  var frontierBlocks: [Document.Block] {
    let complete =
      switch plan.frontierProof {
      case .whole: "all"
      case .upTo(let cost): "all up to \(money(cost)) a month, then those found"
      case .found: "those found"
      }
    let picture = frame.names.indices.first.flatMap(frontierPicture)
    // What is due was simulated of few designs, so it is in no total here.
    let priced = isPriced && !frame.question.pricesPeriods && !frame.question.pricesOutages
    let table = Document.Table(
      columns: ["pulls"] + frame.names.map { "\($0) available" } + ["a month", "once"] + limitColumns
        + (frame.promises.isEmpty ? [] : ["recovery kept"]) + (priced ? ["with downtime"] : []),
      cells: plan.frontier.map { point in
        [Document.Cell(pulls(point))] + (priced || !isPriced ? figures(point) : figures(point).dropLast())
      })
    return [
      .heading("The frontier: what each availability costs (\(complete), \(grouped(plan.frontier.count)))")
    ] + (picture.map { [.illustration($0)] } ?? []) + [.table(table)]
  }

  /// Downtime by price, with the plans that have names; `nil` for a frontier of one design.
  private func frontierPicture(_ capability: Int) -> Chart? {
    func place(_ point: DesignPoint) -> LineChart.Point {
      LineChart.Point(
        point.cost(over: frame.question.months), point.unavailability[capability] * frame.hoursPerYear)
    }
    var least = Double.infinity
    let points = plan.frontier.map(place).sorted { ($0.x, $0.y) < ($1.x, $1.y) }.filter { point in
      defer { least = min(least, point.y) }
      return point.y < least
    }
    guard points.count > 1 else { return nil }
    var order: [LineChart.Point] = []
    var names: [LineChart.Point: [String]] = [:]
    for (name, point) in plan.named {
      if names[place(point)] == nil { order.append(place(point)) }
      names[place(point), default: []].append(name)
    }
    let spots = order.map {
      LineChart.Series((names[$0] ?? []).joined(separator: ", "), [$0], showsPoints: true)
    }
    return LineChart(
      title: "\(frame.names[capability]): down a year by what a month costs",
      [LineChart.Series("frontier", points, isStepped: true, showsPoints: true)] + spots,
      x: LineChart.AxisName(
        "a month costs, with what is paid once spread over \(shortest(frame.question.months)) months",
        .money(frame.currency)),
      y: LineChart.AxisName("down a year", .hours)
    ).chart
  }
}
