internal import Charts
internal import Planning
internal import Quantities
internal import Stochastics

/// What a forecast looks like.
extension ForecastReport {
  /// What was measured, and where the best method sees it going, with the interval of a single value.
  var picture: Chart? {
    guard let best = forecast.best, points.count > 1 else { return nil }
    let values = best.values(steps: steps(best))
    let coming = values.enumerated().map { step, value in
      LineChart.Point(best.day(step + 1), value.value, in: value.low...value.high)
    }
    let measured = points.map { LineChart.Point($0.day, $0.value) }
    let places = (measured + coming).map(\.x)
    return LineChart(
      title: "\(name): \(file.column), measured and to come",
      [LineChart.Series("measured", measured), LineChart.Series(title(best.method), coming)],
      x: LineChart.AxisName(
        "day", .count(""),
        labels: Dictionary(places.map { ($0, day($0)) }, uniquingKeysWith: { own, _ in own })),
      y: LineChart.AxisName(file.column + (unit.map { ", \($0)" } ?? ""), .count("")), marks: marks(best)
    ).chart
  }

  /// A third of what was measured, and as far again as the limit where that is not much farther.
  private func steps(_ best: FittedForecast) -> Int {
    let usual = max(12, points.count / 3)
    guard case .reached(let at, _, _)? = forecast.crossing(best), best.stepDays > 0 else { return usual }
    let needed = (at - best.day(0)) / best.stepDays
    return needed < Double(2 * points.count) ? max(usual, Int(needed * 1.1) + 2) : usual
  }

  private func marks(_ best: FittedForecast) -> [LineChart.Mark] {
    let limit = forecast.limit.map { [LineChart.Mark("limit \(amount($0))", at: $0, isLevel: true)] } ?? []
    guard case .reached(let at, _, _)? = forecast.crossing(best), steps(best) > 0,
      at <= best.day(steps(best))
    else { return limit }
    return limit + [LineChart.Mark("reached \(day(at))", at: at)]
  }
}
