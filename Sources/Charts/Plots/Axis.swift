/// Numbers along an edge of a plot, with the round ones among them.
struct Axis: Sendable, Hashable {
  /// A number that is written.
  struct Tick: Sendable, Hashable {
    let value: Double
    let text: String
  }

  let low: Double
  let high: Double
  let ticks: [Tick]
  /// What the numbers are.
  let name: String

  /// Numbers from one to another.
  ///
  /// - Parameter isRound: whether it ends at round numbers.
  init(
    from low: Double, to high: Double, _ measure: Measure, name: String, atMost count: Int,
    isRound: Bool = true
  ) {
    let length = high > low ? high - low : max(abs(high), 1)
    let step = measure.step(covering: length, atMost: count)
    let first = (low / step + (isRound ? 1e-9 : -1e-9)).rounded(isRound ? .down : .up)
    let last = ((low + length) / step + (isRound ? -1e-9 : 1e-9)).rounded(isRound ? .up : .down)
    let places = min(last - first, 400)
    ticks = stride(from: 0, through: max(0, places), by: 1).map { place in
      let value = (first + place) * step
      return Tick(value: value, text: measure.tick(value))
    }
    self.low = isRound ? first * step : low
    self.high = isRound ? last * step : low + length
    self.name = name
  }

  /// Stated numbers, each with its text.
  init(from low: Double, to high: Double, ticks: [Tick], name: String) {
    self.low = low
    self.high = high > low ? high : low + 1
    self.ticks = ticks
    self.name = name
  }

  /// How far along a number lies: 0 at the low end, 1 at the high one.
  func fraction(_ value: Double) -> Double { (value - low) / (high - low) }

  /// The width of its widest number.
  var width: Double { ticks.map { Drawing.width(of: $0.text) }.max() ?? 0 }
}
