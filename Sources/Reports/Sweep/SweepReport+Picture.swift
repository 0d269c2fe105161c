internal import Charts
internal import Quantities
internal import Simulation
internal import Stochastics

/// What a sweep looks like.
extension SweepReport {
  /// A curve with its intervals for one path, a table of strengths for two; `nil` where there is nothing to draw.
  func picture(_ capability: String) -> Chart? { names.count == 2 ? grid(capability) : curve(capability) }

  private func curve(_ capability: String) -> Chart? {
    let places = places
    let found = points.indices.dropFirst().compactMap { point in
      estimate(capability, point).map { (point: point, down: $0.unavailability.multiplied(by: hoursPerYear)) }
    }
    guard found.count > 1, let name = names.first else { return nil }
    let simulated = found.map { item in
      LineChart.Point(places[item.point], item.down.value, in: item.down.low...item.down.high)
    }
    let exact = found.compactMap { item in
      exactUnavailability(capability, item.point).map {
        LineChart.Point(places[item.point], $0 * hoursPerYear)
      }
    }
    let labels = found.map { (places[$0.point], points[$0.point].values[0]) }
    return LineChart(
      title: "\(capability): down a year by \(name)",
      [
        LineChart.Series("simulated", simulated, showsPoints: true),
        LineChart.Series("exact", exact, showsPoints: true),
      ],
      x: LineChart.AxisName(
        name, .count(""), labels: Dictionary(labels, uniquingKeysWith: { own, _ in own })),
      y: LineChart.AxisName("down a year", .hours), marks: stated(capability)
    ).chart
  }

  private func stated(_ capability: String) -> [LineChart.Mark] {
    guard let down = estimate(capability, 0)?.unavailability else { return [] }
    let hours = down.value * hoursPerYear
    return [LineChart.Mark("as stated \(Measure.hours.text(hours))", at: hours, isLevel: true)]
  }

  /// Where each value stands: as a number where all are plain numbers, one after the other elsewhere.
  private var places: [Double] {
    let numbers = points.dropFirst().map { point in
      point.values.first.flatMap { text in
        NumberText(prefixOf: text[...]).flatMap { $0.rest.isEmpty ? $0.double : nil }
      }
    }
    let known = numbers.compactMap { $0 }
    return [0] + (known.count == numbers.count ? known : numbers.indices.map(Double.init))
  }

  private func grid(_ capability: String) -> Chart? {
    let (rows, columns) = (distinctValues(0), distinctValues(1))
    guard rows.count > 1, columns.count > 1 else { return nil }
    return HeatMapChart(
      title: "\(capability): down a year by \(names[0]), downwards, and \(names[1]), across", rows: rows,
      columns: columns,
      cells: rows.map { row in
        columns.map { column in
          let point = points.indices.dropFirst().first { points[$0].values == [row, column] }
          return (point.flatMap { estimate(capability, $0)?.unavailability.value } ?? 0) * hoursPerYear
        }
      }, measure: .hours
    ).chart
  }

  /// The values of a path, each once, in the order in which they were taken.
  func distinctValues(_ path: Int) -> [String] {
    var seen: Set<String> = []
    return points.dropFirst().map { $0.values[path] }.filter { seen.insert($0).inserted }
  }
}
