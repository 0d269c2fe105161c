internal import Quantities

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How probable it is that a loss reaches so much, on a scale of powers of ten, so that rare years show.
public struct ExceedanceChart: Sendable, Hashable {
  /// The losses of one design.
  public struct Curve: Sendable, Hashable {
    /// Whose.
    public let name: String
    /// Losses, ascending, each with the probability of as much or more, 0…1.
    public let points: [LineChart.Point]

    /// A curve; `points` are losses and the probabilities of as much or more.
    public init(_ name: String, _ points: [LineChart.Point]) {
      self.name = name
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite && $0.y > 0 }
    }

    /// The curve of losses of equally probable years: of n years sorted upwards the k-th is reached with (n − k + 1) / n.
    public init(_ name: String, losses: [Double]) {
      let sorted = losses.filter(\.isFinite).sorted()
      let count = Double(sorted.count)
      var points: [LineChart.Point] = []
      for (place, loss) in sorted.enumerated() where place == 0 || loss > sorted[place - 1] {
        points.append(LineChart.Point(loss, (count - Double(place)) / count))
      }
      self.init(name, points)
    }

    /// Whether anything is lost at all.
    public var hasLosses: Bool { points.contains { $0.x > 0 } }

    /// The largest loss that is reached with at least a probability; `nil` where none is.
    func loss(atProbability probability: Double) -> Double? { points.last { $0.y >= probability }?.x }
  }

  private let title: String
  private let curves: [Curve]
  private let lossName: String
  private let measure: Measure

  /// A picture.
  ///
  /// - Parameter lossName: what is lost, and in which time, such as `cost of downtime in a year`.
  public init(title: String, _ curves: [Curve], lossName: String, measure: Measure) {
    self.title = title
    self.curves = curves.filter { !$0.points.isEmpty }
    self.lossName = lossName
    self.measure = measure
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private var drawing: Drawing {
    let lowest = curves.flatMap(\.points).map(\.y).min() ?? 0.01
    let decades = min(6, max(1, Int((-log10(lowest)).rounded(.up))))
    let up = Axis(
      from: -Double(decades), to: 0,
      ticks: (0...decades).map { Axis.Tick(value: -Double($0), text: ExceedanceChart.odds($0)) },
      name: "probability of as much or more in a year")
    let powers = powersOfLosses
    func place(_ loss: Double) -> Double {
      powers.map { max(Double($0.lowerBound), log10(loss)) } ?? loss
    }
    let names = curves.map { Drawing.width(of: String($0.name.prefix(30))) }.max() ?? 0
    let plot = Plot(left: 152, top: 40, width: 544, height: 240, x: across(powers), y: up)
    var drawing = Drawing(width: 744, height: plot.bottom + 56 + 20 * Double(curves.count))
    plot.draw(on: &drawing)
    for (number, curve) in curves.enumerated() {
      drawing.path(
        ExceedanceChart.stairs(curve).map { (plot.placeX(place($0.x)), plot.placeY(log10($0.y))) },
        .line(number))
      let y = plot.bottom + 56 + 20 * Double(number)
      drawing.path([(plot.left, y), (plot.left + 44, y)], .line(number))
      drawing.text(Drawing.fitted(curve.name, width: max(names, 400)), x: plot.left + 54, y: y + 4, .label)
    }
    return drawing
  }

  /// Losses on their own scale, or on that of powers of ten.
  private func across(_ powers: ClosedRange<Int>?) -> Axis {
    guard let powers else {
      return Axis(
        from: 0, to: curves.flatMap(\.points).map(\.x).max() ?? 1, measure, name: lossName, atMost: 7)
    }
    return Axis(
      from: Double(powers.lowerBound), to: Double(powers.upperBound),
      ticks: powers.map { Axis.Tick(value: Double($0), text: measure.text(pow(10, Double($0)))) },
      name: lossName)
  }

  /// The powers of ten to span where the worst years are far beyond the common ones; `nil` where a plain scale shows both.
  private var powersOfLosses: ClosedRange<Int>? {
    let common = curves.compactMap { $0.loss(atProbability: 0.5) }.filter { $0 > 0 }.min()
    guard let common, let worst = curves.flatMap(\.points).map(\.x).max(), worst > 100 * common else {
      return nil
    }
    return Int(log10(common).rounded(.down)) - 1...Int(log10(worst).rounded(.up))
  }

  /// The curve falls behind each loss.
  private static func stairs(_ curve: Curve) -> [LineChart.Point] {
    var points: [LineChart.Point] = []
    if let first = curve.points.first { points.append(LineChart.Point(0, first.y)) }
    for point in curve.points {
      if let last = points.last { points.append(LineChart.Point(last.x, point.y)) }
      points.append(point)
    }
    return points
  }

  private static func odds(_ power: Int) -> String {
    let every = (0..<power).reduce(1) { all, _ in all * 10 }
    return power == 0 ? "every year" : "1 in \(grouped(every)) years"
  }

  private static let shown: [Double] = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

  private var data: ChartData {
    let fewest = curves.flatMap(\.points).map(\.y).min() ?? 1
    let rows = ExceedanceChart.shown.filter { $0 >= fewest }.map { probability in
      [
        ChartData.Cell(
          "\(Measure.share.text(probability)), 1 in \(grouped(1 / probability, decimals: 0))", probability)
      ]
        + curves.map { curve in
          let loss = curve.loss(atProbability: probability)
          return ChartData.Cell(loss.map(measure.text) ?? "none", loss)
        }
    }
    return ChartData(columns: ["years with as much or more"] + curves.map(\.name), rows: rows)
  }

  private var summary: String {
    "\(lossName), and how probable as much or more is: "
      + curves.map { curve in
        let text = [0.5, 0.1, 0.01].compactMap { share in
          curve.loss(atProbability: share).map {
            "\(measure.text($0)) in \(Measure.share.text(share)) of years"
          }
        }.joined(separator: ", ")
        return "\(curve.name): \(text)"
      }.joined(separator: "; ") + "."
  }
}
