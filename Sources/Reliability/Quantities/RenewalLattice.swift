internal import Stochastics

/// Failures after the first of an alternating renewal process with any up times, on a lattice of times.
///
/// The laws are replaced by laws on multiples of a step with the same means (a piecewise linear weight on the
/// cumulative distribution), whose renewal equation w = f + h ∗ w is solved exactly; the answers for a step, a half
/// and a quarter are extrapolated, and the last two say how far off they may be.
/// Source: Gerber, *On the numerical evaluation of the distribution of aggregate claims*, ASTIN 13 (1982);
/// Xie, *On the solution of renewal-type integral equations*, Comm. Statist. 18 (1989).
struct RenewalLattice: Sendable {
  /// The time between two values in hours.
  let step: Double
  /// Failures after the first, per hour, at multiples of the step.
  let laterFailures: [Double]
  /// The long-run failure frequency per hour.
  let steadyFrequency: Double
  /// The mean error of the frequencies, relative to the long-run one; with up times of single values, of the
  /// failures up to each time, relative to all.
  let error: Double
  /// Whether frequencies jump, as they do after up times of single values.
  let hasJumps: Bool
  /// When frequencies jump: the probability of being down after the first outage, in the middle of each step.
  private let laterShares: [Double]

  /// The end of the lattice.
  let end: Double

  /// The failures after the first until the process has settled, or `horizon`.
  ///
  /// - Parameter held: for how long after each of them counts as down.
  init(uptime: LawMeasure, outage: OutageLaw, holding held: OutageLaw, horizon: Double) {
    let cycle = uptime.law.mean + outage.mean
    var best = RenewalLattice(uptime, outage, held, end: min(horizon, 12 * cycle))
    while best.end < horizon, !best.isSettled, best.end < 400 * cycle {
      best = RenewalLattice(uptime, outage, held, end: min(horizon, 2.5 * best.end))
    }
    self = best
  }

  private init(_ uptime: LawMeasure, _ outage: OutageLaw, _ held: OutageLaw, end: Double) {
    let (coarse, end) = RenewalLattice.size(uptime, end: end)
    step = end / Double(coarse)
    self.end = end
    steadyFrequency = 1 / (uptime.law.mean + outage.mean)
    hasJumps = !uptime.shape.atoms.isEmpty
    let fineness = hasJumps ? [1, 2] : [1, 2, 4]
    let levels = fineness.map { fineness -> [Double] in
      let fine = RenewalLattice.densities(
        uptime, outage, step: end / Double(coarse * fineness), count: coarse * fineness + 1)
      return (0...coarse).map { fine[$0 * fineness] }
    }
    if hasJumps {
      laterFailures = levels[0]
      error = max(RenewalLattice.cumulativeError(levels[0], levels[1]), 0.03 * step * steadyFrequency)
      laterShares = RenewalLattice.shares(levels[0], held, step: step)
    } else {
      (laterFailures, error) = RenewalLattice.extrapolated(levels, scale: steadyFrequency)
      laterShares = []
    }
  }

  /// Richardson's extrapolation of three steps, and the mean of what its last stage changed.
  private static func extrapolated(
    _ levels: [[Double]], scale: Double
  ) -> (values: [Double], error: Double) {
    var values: [Double] = []
    var total = 0.0
    for (first, (second, third)) in zip(levels[0], zip(levels[1], levels[2])) {
      let earlier = (4 * second - first) / 3
      let later = (4 * third - second) / 3
      let best = (16 * later - earlier) / 15
      values.append(max(0, best))
      total += abs(best - later)
    }
    return (values, total / Double(values.count) / scale)
  }

  /// The mean distance between two running sums, relative to the whole.
  private static func cumulativeError(_ coarse: [Double], _ fine: [Double]) -> Double {
    var (first, second, total) = (0.0, 0.0, 0.0)
    for (left, right) in zip(coarse, fine) {
      first += left
      second += right
      total += abs(first - second)
    }
    return second > 0 ? total / Double(coarse.count) / second : 0
  }

  /// Enough points for the law's own scale; when one up time is all there is, and not far shorter than its outages, a whole
  /// number to it.
  private static func size(_ uptime: LawMeasure, end: Double) -> (count: Int, end: Double) {
    if uptime.shape.isAtomic, uptime.shape.atoms.count == 1 {
      let cycles = (end / uptime.law.mean).rounded(.up)
      if cycles <= 1024 {
        return (Int(cycles) * max(8, Int(4096 / cycles)), cycles * uptime.law.mean)
      }
    }
    if !uptime.shape.atoms.isEmpty { return (4096, end) }
    let wanted = 8 * end / max(uptime.scale, end * 1e-6)
    return (min(1024, max(256, Int(wanted))), end)
  }

  /// Whether the last tenth is flat at the long-run frequency.
  private var isSettled: Bool {
    laterFailures.suffix(laterFailures.count / 10).allSatisfy {
      abs($0 / steadyFrequency - 1) < max(1e-9, 10 * error)
    }
  }

  /// Failures after the first per hour, between values by six-point interpolation, or in a line where they jump.
  func frequency(at time: Double) -> Double {
    guard time <= end else { return steadyFrequency }
    let place = time / step
    if hasJumps {
      let cell = min(Int(place), laterFailures.count - 2)
      let share = place - Double(cell)
      return (1 - share) * laterFailures[cell] + share * laterFailures[cell + 1]
    }
    let first = max(0, min(laterFailures.count - 6, Int(place) - 2))
    var total = 0.0
    for own in first..<first + 6 {
      var weight = 1.0
      for other in first..<first + 6 where other != own {
        weight *= (place - Double(other)) / Double(own - other)
      }
      total += weight * laterFailures[own]
    }
    return max(0, total)
  }

  /// Where the shares after the first outage bend: in the middle of each step, with jumps only.
  var jumps: [Double] { laterShares.indices.map { (Double($0) + 0.5) * step } }

  /// The probability of being down from a failure after the first, where frequencies jump; 0 where they do not.
  func laterShare(at time: Double) -> Double {
    guard let (cell, part) = cell(at: time) else { return 0 }
    return (1 - part) * laterShares[cell] + part * laterShares[cell + 1]
  }

  /// The slope of `laterShare`, per hour.
  func slopeOfLaterShare(at time: Double) -> Double {
    guard let (cell, _) = cell(at: time) else { return 0 }
    return (laterShares[cell + 1] - laterShares[cell]) / step
  }

  /// Between which two shares a time is, and how far; before the first and after the last one, on it.
  private func cell(at time: Double) -> (cell: Int, part: Double)? {
    guard laterShares.count > 1 else { return nil }
    let place = min(max(0, time / step - 0.5), Double(laterShares.count - 1))
    let cell = min(Int(place), laterShares.count - 2)
    return (cell, place - Double(cell))
  }

  // MARK: One step

  /// Σ (failures at a step) × P(the outage takes more steps): the time down is kept as a whole.
  private static func shares(_ densities: [Double], _ outage: OutageLaw, step: Double) -> [Double] {
    let down = trimmed(masses(step: step, count: densities.count, pieces: outage.pieces, outage.survival))
    var within = 0.0
    let longer = down.map { mass in
      within += mass
      return max(0, 1 - within)
    }
    return convolved(densities, longer, count: densities.count).map { $0 * step }
  }

  private static func densities(
    _ uptime: LawMeasure, _ outage: OutageLaw, step: Double, count: Int
  ) -> [Double] {
    let up = masses(step: step, count: count, pieces: uptime.pieces) { uptime.law.survival($0) }
    let down = masses(step: step, count: count, pieces: outage.pieces) { outage.survival($0) }
    let cycle = convolved(up, trimmed(down), count: count)
    var failures = [Double](repeating: 0, count: count)
    let own = 1 - cycle[0]
    cycle.withUnsafeBufferPointer { cycle in
      failures.withUnsafeMutableBufferPointer { failures in
        for index in 0..<count {
          var sum = up[index]
          for earlier in 0..<index { sum += cycle[index - earlier] * failures[earlier] }
          failures[index] = sum / own
        }
      }
    }
    return zip(failures, up).map { ($0 - $1) / step }
  }

  /// Probabilities of multiples of the step that keep the mean: (I₋₁ − I₀) / step with I the integrals of the
  /// survival function over cells, which may be far longer than the law: it is integrated piece by piece.
  private static func masses(
    step: Double, count: Int, pieces: [Double], _ survival: (Double) -> Double
  ) -> [Double] {
    var next = pieces[...]
    var before = step
    return (0..<count).map { index in
      let (low, high) = (Double(index) * step, Double(index + 1) * step)
      var edges = [low]
      while let edge = next.first, edge < high {
        if edge > low { edges.append(edge) }
        next.removeFirst()
      }
      let integral = GaussRule.integral(over: edges + [high], survival)
      defer { before = integral }
      return max(0, (before - integral) / step)
    }
  }

  private static func trimmed(_ masses: [Double]) -> [Double] {
    let last = masses.lastIndex { $0 > 1e-18 } ?? 0
    return Array(masses[...last])
  }

  private static func convolved(_ left: [Double], _ right: [Double], count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        for index in 0..<count {
          var sum = 0.0
          for offset in 0...min(index, right.count - 1) { sum += right[offset] * left[index - offset] }
          result[index] = sum
        }
      }
    }
    return result
  }
}
