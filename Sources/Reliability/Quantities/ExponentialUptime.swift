/// The point unavailability of a process with exponential up times and any outage, started up.
///
/// With failure rate λ and the outage's survival function S, the probability of being down solves
///
///     q(t) = λ ∫₀ᵗ S(x) (1 − q(t − x)) dx
///
/// which is marched in pieces by collocation at Gauss points; a piece that leaves a residual between its points
/// is halved. Source: Cox, *Renewal theory*, 1962, chapter 7; Brunner, *Collocation methods for Volterra integral
/// and related functional equations*, 2004, chapter 2.
struct ExponentialUptime {
  let rate: Double
  let steadyState: Double
  let survival: PanelFunction
  private(set) var unavailability = PanelFunction()
  /// The largest residual met, relative to the long-run unavailability; or what the tabulated outage lacks of its mean.
  private(set) var residual = 0.0
  /// Where the solution is not smooth, ascending.
  let breaks: [Double]
  /// The most pieces.
  private let limit: Int
  /// Up times that are shorter than outages by this factor come so close together that few pieces have to do.
  private static let isShort = 1_000.0

  init(rate: Double, outage: OutageLaw, horizon: Double) {
    self.rate = rate
    steadyState = rate * outage.mean / (1 + rate * outage.mean)
    survival = outage.survivalTable(until: horizon)
    let isMostlyDown = rate * outage.mean > Self.isShort
    limit = isMostlyDown ? 100 : 800
    breaks = ExponentialUptime.repeatedBreaks(outage, share: steadyState)
    if survival.end < horizon {
      let mean = GaussRule.integral(over: survival.ends) { survival.value(at: $0) }
      residual = abs(mean - outage.mean) / outage.mean
    }
    march(until: horizon, firstWidth: min(outage.mean, 1 / rate))
    // What is up at all is all that the long run in place of the rest can be off by.
    if isMostlyDown, unavailability.end < horizon { residual = max(residual, 1 / (rate * outage.mean)) }
    unavailability.final = steadyState
  }

  /// The probability that a failure was less than a drawn time ago that is not the outage itself, such as the outage cut off
  /// or with a start after it; up to where it settles, or the horizon.
  ///
  /// λ ∫₀ᵗ S(x) (1 − q(t − x)) dx with that time's survival function S.
  func unavailability(holding held: OutageLaw, horizon: Double) -> PanelFunction {
    let survival = held.survivalTable(until: horizon)
    let end = min(horizon, unavailability.end + survival.end)
    var table = PanelBuilder(
      end: end, breaks: Set(breaks + held.breaks).filter { $0 < end }.sorted(),
      scale: min(held.mean, 1 / rate),
      tolerance: 1e-13 * steadyState
    )
    .build { rate * upTime(weighedBy: survival, before: $0, from: 0) }
    table.final = min(1, rate * held.mean * (1 - steadyState))
    return table
  }

  /// Every break of the survival function comes back after each outage that is as long, fainter each time; where they are
  /// many, pieces are made smaller until they fit and no list of them is needed.
  private static func repeatedBreaks(_ outage: OutageLaw, share: Double) -> [Double] {
    var found = outage.breaks
    var last = outage.breaks
    var faintness = share
    while faintness > 1e-9, found.count + last.count * outage.breaks.count < 400 {
      last = Set(last.flatMap { first in outage.breaks.map { first + $0 } }).sorted()
      found += last
      faintness *= share / Double(found.count)
    }
    return Set(found).sorted()
  }

  private mutating func march(until horizon: Double, firstWidth: Double) {
    let tolerance = 5e-13 * steadyState
    var width = firstWidth
    var earlier = Double.infinity
    while unavailability.end < horizon, unavailability.ends.count < limit {
      let low = unavailability.end
      let stop = min(horizon, breaks.first { $0 > low * (1 + 1e-14) } ?? horizon)
      if stop - low < 1.5 * width { width = stop - low }
      let high = min(stop, low + width)
      var trial = self
      trial.unavailability.append(to: high, values(from: low, to: high))
      let error = trial.error(from: low, to: high)
      let isNoise = error < 1000 * tolerance && error > earlier / 4
      if error > tolerance, !isNoise, width > firstWidth * 0x1p-30 {
        earlier = error
        width /= 2
        continue
      }
      earlier = .infinity
      unavailability = trial.unavailability
      residual = max(residual, error / steadyState)
      if low >= survival.end, isSettled(from: low, to: high) { return }
      width *= 2
    }
  }

  private func isSettled(from low: Double, to high: Double) -> Bool {
    PanelFunction.points(from: low, to: high).allSatisfy {
      abs(unavailability.value(at: $0) - steadyState) <= 2e-14 * steadyState
    }
  }

  /// How far the equation is off between the points of the last piece.
  private func error(from low: Double, to high: Double) -> Double {
    let half = (high - low) / 2
    return [-0.995, 0.05, 0.995].reduce(0) { worst, place in
      let time = low + half + half * place
      let right = rate * known(time, before: time)
      return max(worst, abs(unavailability.value(at: time) - right))
    }
  }

  /// ∫ S(x) (1 − q(t − x)) dx over what lies before `edge`.
  private func known(_ time: Double, before edge: Double) -> Double {
    upTime(weighedBy: survival, before: time, from: time - edge)
  }

  /// ∫ S(x) (1 − q(t − x)) dx over x from `start` to `time`.
  private func upTime(weighedBy survival: PanelFunction, before time: Double, from start: Double) -> Double {
    let edge = time - start
    let back = unavailability.ends.filter { $0 < edge }.map { time - $0 }
    let inner = survival.ends.filter { $0 > start && $0 < time }
    let pieces = ([start] + back + inner).sorted().prefix { $0 <= min(time, survival.end) }
    let last = min(time, survival.end)
    return GaussRule.integral(over: pieces + (last > start ? [last] : [])) {
      survival.value(at: $0) * (1 - unavailability.value(at: time - $0))
    }
  }

  /// The values at the points of a new piece: a linear system of twelve.
  private func values(from low: Double, to high: Double) -> [Double] {
    let times = PanelFunction.points(from: low, to: high)
    var rows: [[Double]] = []
    for (number, time) in times.enumerated() {
      var row = [Double](repeating: 0, count: GaussRule.count + 1)
      row[number] = 1
      row[GaussRule.count] = rate * (low > 0 ? known(time, before: low) : 0)
      addOwn(&row, time: time, from: low, to: high)
      rows.append(row)
    }
    return LinearSystem.solution(rows)
  }

  /// What the unknown piece itself adds to one equation.
  private func addOwn(_ row: inout [Double], time: Double, from low: Double, to high: Double) {
    let reach = min(time - low, survival.end)
    let pieces = [0] + survival.ends.filter { $0 > 0 && $0 < reach } + [reach]
    let half = (high - low) / 2
    for (start, end) in zip(pieces, pieces.dropFirst()) where end > start {
      for (point, weight) in zip(PanelFunction.points(from: start, to: end), GaussRule.weights) {
        let mass = rate * weight * (end - start) / 2 * survival.value(at: point)
        let basis = GaussRule.basis(at: (time - point - low) / half - 1)
        row[GaussRule.count] += mass
        for (index, share) in basis.enumerated() { row[index] += mass * share }
      }
    }
  }
}

/// Small dense systems of linear equations.
enum LinearSystem {
  /// The solution of rows of coefficients, each with its right side at the end; elimination with row pivots.
  static func solution(_ equations: [[Double]]) -> [Double] {
    var rows = equations
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in column + 1..<count where rows[row][column] != 0 {
        let factor = rows[row][column] / rows[column][column]
        for index in column...count { rows[row][index] -= factor * rows[column][index] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for row in (0..<count).reversed() {
      let rest = (row + 1..<count).reduce(rows[row][count]) { $0 - rows[row][$1] * solution[$1] }
      solution[row] = rest / rows[row][row]
    }
    return solution
  }
}
