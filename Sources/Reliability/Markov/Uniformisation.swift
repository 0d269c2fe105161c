internal import Stochastics

/// Transient probabilities as a Poisson mixture of a chain that jumps at one rate everywhere.
///
/// With q at least every state's rate of leaving, p(t) = Σ Pois(k; q t) p(0) (I + Q / q)^k; the mean times take the
/// Poisson tail in place of the probability. Sources: Jensen, *Markoff chains as an aid in the study of Markoff
/// processes*, Skand. Aktuarietidskr. 36 (1953); weights from the mode outwards after Fox and Glynn, *Computing Poisson
/// probabilities*, Comm. ACM 31 (1988).
struct Uniformisation {
  private let rates: RateMatrix
  private let incoming: RateMatrix
  private let time: Double
  private let jumpRate: Double
  private var probabilities: [Double]
  /// What rounding took from each probability so far.
  private var carries: [Double]

  /// - Parameter incoming: the same rates by the state entered.
  init(_ rates: RateMatrix, incoming: RateMatrix, time: Double, initial: [Double]) {
    self.rates = rates
    self.time = time
    self.incoming = incoming
    jumpRate = rates.totals.max() ?? 0
    probabilities = initial
    carries = [Double](repeating: 0, count: initial.count)
  }

  /// The answer when few steps are needed.
  mutating func answer() -> TransientAnswer {
    let weights = PoissonWeights(mean: jumpRate * time)
    var sums = Sums(count: probabilities.count)
    for jump in 0...weights.last {
      sums.add(probabilities, weight: weights[jump], tail: weights.tail(after: jump) / jumpRate)
      if jump < weights.last { advance() }
    }
    return TransientAnswer(distribution: sums.distribution, occupancy: sums.occupancy)
  }

  /// The answer, watching for the long-run probabilities if they are given: from where the distance to them is below
  /// 1e-14 it can only shrink.
  ///
  /// - Throws: `tooStiff` when the long run has not come after the steps allowed.
  mutating func answer(settled: [Double]?, mostSteps: Double) throws(MarkovChain.Unsolved) -> TransientAnswer
  {
    guard let settled else { return answer() }
    let weights = PoissonWeights(mean: jumpRate * time)
    var sums = Sums(count: probabilities.count)
    var approach = Approach(mostSteps: mostSteps)
    var jump = 0
    while jump <= weights.last {
      if jump % 64 == 0 {
        let distance = zip(probabilities, settled).reduce(0) { $0 + abs($1.0 - $1.1) }
        if distance <= Approach.close {
          let restTime = weights.tailSum(from: jump) / jumpRate
          sums.add(settled, weight: weights.tail(after: jump - 1), tail: restTime)
          break
        }
        guard Double(weights.last) <= mostSteps || approach.isHopeful(at: jump, distance: distance) else {
          throw .tooStiff(states: rates.count, jumps: jumpRate * time)
        }
      }
      sums.add(probabilities, weight: weights[jump], tail: weights.tail(after: jump) / jumpRate)
      advance()
      jump += 1
    }
    return TransientAnswer(distribution: sums.distribution, occupancy: sums.occupancy)
  }

  /// Sums over the states at so many equal steps up to the time, and the probabilities there: one row of jumps serves all.
  mutating func points(
    _ count: Int, of functionals: ChainFunctionals
  ) -> (sums: [[Double]], distribution: [Double]) {
    let means = (1...count).map { jumpRate * time * Double($0) / Double(count) }
    let weights = means.map { PoissonWeights(mean: $0) }
    var points = [[Double]](repeating: [Double](repeating: 0, count: functionals.count), count: count)
    var distribution = [Double](repeating: 0, count: probabilities.count)
    let last = weights[count - 1].last
    for jump in 0...last {
      let sums = functionals.values(probabilities)
      for point in 0..<count {
        let weight = weights[point][jump]
        guard weight > 0 else { continue }
        for number in sums.indices { points[point][number] += weight * sums[number] }
      }
      let weight = weights[count - 1][jump]
      for state in distribution.indices { distribution[state] += weight * probabilities[state] }
      if jump < last { advance() }
    }
    return (points, distribution)
  }

  /// How the distance to the long run shrinks.
  private struct Approach {
    static let close = 1e-14
    private static let stride = 4_096
    let mostSteps: Double
    private var earlier = Double.infinity

    init(mostSteps: Double) { self.mostSteps = mostSteps }

    /// Whether the steps allowed seem enough. The slowest part of the approach comes last, so what is
    /// foreseen from the pace so far is seldom too much; four times as many steps are still hoped for.
    mutating func isHopeful(at jump: Int, distance: Double) -> Bool {
      guard Double(jump) <= mostSteps else { return false }
      guard jump % Self.stride == 0, jump > 0 else { return true }
      defer { earlier = distance }
      guard earlier < .infinity else { return true }
      guard distance < earlier else { return false }
      let strides = portableLog(distance / Self.close) / portableLog(earlier / distance)
      return Double(jump) + strides * Double(Self.stride) <= 4 * mostSteps
    }
  }

  /// One jump: each probability gains what enters and loses what leaves.
  ///
  /// A state that is mostly left keeps a share without subtraction. A slow one may lose less than a rounding unit a
  /// million times over, so what rounding takes is carried along.
  private mutating func advance() {
    let scale = 1 / jumpRate
    var next = probabilities
    for state in probabilities.indices {
      var gain = 0.0
      for place in incoming.row(state) {
        gain += probabilities[incoming.columns[place]] * incoming.values[place]
      }
      let total = rates.totals[state]
      if total > jumpRate / 2 {
        next[state] = (gain + probabilities[state] * (jumpRate - total)) * scale
      } else {
        let change = (gain - probabilities[state] * total) * scale + carries[state]
        next[state] = max(0, probabilities[state] + change)
        carries[state] = change - (next[state] - probabilities[state])
      }
    }
    probabilities = next
  }

  private struct Sums {
    var distribution: [Double]
    var occupancy: [Double]

    init(count: Int) {
      distribution = [Double](repeating: 0, count: count)
      occupancy = distribution
    }

    mutating func add(_ probabilities: [Double], weight: Double, tail: Double) {
      for (state, probability) in probabilities.enumerated() {
        distribution[state] += weight * probability
        occupancy[state] += tail * probability
      }
    }
  }
}
