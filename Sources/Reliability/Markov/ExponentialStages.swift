internal import Stochastics

/// A duration as exponential stages passed one after another, by their rates per hour.
struct ExponentialStages: Sendable, Hashable {
  /// The rate at which each stage ends; none for a duration of 0.
  let rates: [Double]

  /// Stages with these rates.
  init(rates: [Double]) { self.rates = rates }

  /// One stage with a mean in hours.
  init(mean: Double) { rates = mean > 0 ? [1 / mean] : [] }

  /// The most stages that one law becomes.
  private static let most = 20.0

  /// A sum of independent durations in hours, where it is exactly a row of stages: exponential laws, gamma laws of
  /// a whole shape, and fixed durations of 0; else `nil`.
  init?(exactly parts: [any Distribution]) {
    var rates: [Double] = []
    for part in parts {
      if part.mean == 0 { continue }
      if part is Exponential {
        rates.append(1 / part.mean)
      } else if let gamma = part as? Gamma, gamma.shape <= Self.most, gamma.shape == gamma.shape.rounded() {
        rates += [Double](repeating: 1 / gamma.scale, count: Int(gamma.shape))
      } else {
        return nil
      }
    }
    self.rates = rates
  }

  /// Equal stages with the mean of a sum of independent durations, as many as its variance asks for: 1 where it varies
  /// as much as an exponential law or more, else at most `most`.
  init(like parts: [any Distribution], most: Int) {
    let mean = parts.reduce(0) { $0 + $1.mean }
    let variance = parts.reduce(0) { $0 + $1.variance }
    guard mean > 0 else {
      rates = []
      return
    }
    let wanted = variance > 0 ? mean * mean / variance : .infinity
    let count = wanted >= Double(most) ? most : max(1, Int(wanted.rounded()))
    rates = [Double](repeating: Double(count) / mean, count: count)
  }

  /// The mean in hours.
  var mean: Double { rates.reduce(0) { $0 + 1 / $1 } }

  /// As many stages with another mean.
  func scaled(toMean other: Double) -> ExponentialStages {
    let factor = mean / other
    return ExponentialStages(rates: rates.map { $0 * factor })
  }

  /// The mean of the smaller of this and other stages, by which of both are left: all sums of positive numbers.
  func meanMinimum(with other: ExponentialStages) -> Double {
    var later = [Double](repeating: 0, count: other.rates.count + 1)
    for own in rates.reversed() {
      var here = later
      here[other.rates.count] = 0
      for (place, rate) in other.rates.enumerated().reversed() {
        here[place] = (1 + own * later[place] + rate * here[place + 1]) / (own + rate)
      }
      later = here
    }
    return later[0]
  }

  /// Equal stages whose smaller with this has a given mean; `nil` when that is the mean of this, so that they never end
  /// first.
  func stages(_ count: Int, forMeanMinimum target: Double) -> ExponentialStages? {
    let mean = self.mean
    guard target < mean * (1 - 1e-9) else { return nil }
    func stages(_ rate: Double) -> ExponentialStages {
      ExponentialStages(rates: [Double](repeating: rate, count: count))
    }
    guard target > 0 else { return stages(.infinity) }
    if rates.count == 1, count == 1 { return stages((mean - target) / (target * mean)) }
    // The mean of the stages alone is at least the target.
    var (low, high) = (0.0, Double(count) / target)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if meanMinimum(with: stages(middle)) > target { low = middle } else { high = middle }
    }
    return stages(high)
  }
}
