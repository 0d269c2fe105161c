/// Level, trend and season to begin with: the classical decomposition of the first two seasons.
///
/// The trend is a centred moving average over a season and a line through it; the season is what is left of it on average.
///
/// Source: Kendall and Stuart, "The advanced theory of statistics", volume 3, 1983; R's `decompose` and `HoltWinters`.
struct SeasonalStart {
  let level: Double
  let trend: Double
  let seasons: [Double]

  /// `nil` for fewer than two seasons, seasons of one step, or where seasons multiply and a value is not above 0.
  init?(_ values: [Double], season: HoltWinters.Season, period: Int) {
    guard period >= 2, values.count >= 2 * period, values.allSatisfy(\.isFinite),
      season == .additive || values.allSatisfy({ $0 > 0 })
    else { return nil }
    let first = Array(values.prefix(2 * period))
    let averages = SeasonalStart.centredAverages(first, period: period)
    let line = SeasonalStart.line(averages.compactMap { $0 })
    level = line.level
    trend = line.slope
    seasons = SeasonalStart.figure(first, averages, season: season, period: period)
  }

  /// The average over a season about each place, half of each end where the season is even; `nil` near the ends.
  private static func centredAverages(_ values: [Double], period: Int) -> [Double?] {
    let half = period / 2
    return values.indices.map { place in
      guard place >= half, place + half < values.count else { return nil }
      let inner = values[place - half...place + half].reduce(0, +)
      let ends = period % 2 == 0 ? (values[place - half] + values[place + half]) / 2 : 0
      return (inner - ends) / Double(period)
    }
  }

  /// The line by least squares through values at 1, 2, …: its value at 0 and its slope.
  private static func line(_ values: [Double]) -> (level: Double, slope: Double) {
    let count = Double(values.count)
    let middle = (count + 1) / 2
    let mean = values.reduce(0, +) / count
    var (spread, covariance) = (0.0, 0.0)
    for (index, value) in values.enumerated() {
      let away = Double(index + 1) - middle
      spread += away * away
      covariance += away * (value - mean)
    }
    let slope = spread > 0 ? covariance / spread : 0
    return (mean - slope * middle, slope)
  }

  private static func figure(
    _ values: [Double], _ averages: [Double?], season: HoltWinters.Season, period: Int
  ) -> [Double] {
    let raw = (0..<period).map { place in
      let parts = stride(from: place, to: values.count, by: period).compactMap { index in
        averages[index].map { season == .additive ? values[index] - $0 : values[index] / $0 }
      }
      return parts.reduce(0, +) / Double(parts.count)
    }
    let mean = raw.reduce(0, +) / Double(period)
    return raw.map { season == .additive ? $0 - mean : $0 / mean }
  }
}
