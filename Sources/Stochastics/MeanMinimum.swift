/// The mean of the smaller of two sums of independent durations, E[min(A, B)] = ∫ P(A > t) P(B > t) dt.
///
/// Exact to about nine digits where each sum has one random part beside fixed ones; else from draws.
package enum MeanMinimum {
  /// Draws where no survival function is at hand; the relative standard error is about 1 %.
  private static let draws = 4_096

  /// E[min(Σ left, Σ right)], in the unit of the laws.
  package static func value(_ left: [any Distribution], _ right: [any Distribution], streamName: String)
    -> Double
  {
    guard let first = ShiftedLaw(left), let second = ShiftedLaw(right) else {
      return fromDraws(left, right, streamName: streamName)
    }
    let end = min(first.end, second.end)
    let breaks = ([0, first.shift, second.shift].filter { $0 < end } + [end]).sorted()
    return zip(breaks, breaks.dropFirst()).reduce(0) { total, range in
      guard range.1 > range.0 else { return total }
      return total + integral(from: range.0, to: range.1) { first.survival($0) * second.survival($0) }
    }
  }

  /// E[min(X, hours)] = ∫ P(X > t) dt over 0…hours, in the unit of the law.
  package static func value(_ law: any Distribution, atMost hours: Double) -> Double {
    guard hours > 0 else { return 0 }
    if law is Exponential { return -law.mean * portableExpm1(-hours / law.mean) }
    if let mixture = law as? Mixture {
      return zip(mixture.probabilities, mixture.components).reduce(0) {
        $0 + $1.0 * value($1.1, atMost: hours)
      }
    }
    let atoms = law.atoms
    if atoms.reduce(0, { $0 + $1.probability }) > 1 - 1e-12 {
      return atoms.reduce(0) { $0 + $1.probability * min($1.value, hours) }
    }
    let end = min(hours, law.quantile(1 - 1e-13))
    let breaks = Set([0, end] + (law.kinks + atoms.map(\.value)).filter { $0 > 0 && $0 < end }).sorted()
    return zip(breaks, breaks.dropFirst()).reduce(0) { total, range in
      total + integral(from: range.0, to: range.1, pieces: 64) { law.survival($0) }
    }
  }

  /// A sum of fixed durations and at most one random one.
  private struct ShiftedLaw {
    let shift: Double
    let law: (any Distribution)?

    init?(_ parts: [any Distribution]) {
      let random = parts.filter { $0.variance > 0 }
      guard random.count <= 1 else { return nil }
      law = random.first
      shift = parts.filter { $0.variance == 0 }.reduce(0) { $0 + $1.mean }
    }

    /// Where what is left is too little to matter.
    var end: Double { shift + (law?.quantile(1 - 1e-13) ?? 0) }

    func survival(_ time: Double) -> Double {
      if time < shift { return 1 }
      return law?.survival(time - shift) ?? 0
    }
  }

  /// Composite Gauss–Legendre quadrature with five points, on pieces that grow from the left end, where survival
  /// functions change fastest.
  private static func integral(
    from start: Double, to end: Double, pieces: Int = 400, _ value: (Double) -> Double
  ) -> Double {
    let nodes: [(x: Double, weight: Double)] = [
      (0, 0.568888888888888889), (0.538469310105683091, 0.478628670499366468),
      (-0.538469310105683091, 0.478628670499366468), (0.906179845938663993, 0.236926885056189088),
      (-0.906179845938663993, 0.236926885056189088),
    ]
    var total = 0.0
    var low = start
    for piece in 1...pieces {
      let share = Double(piece) / Double(pieces)
      let high = start + (end - start) * share * share * share
      let half = (high - low) / 2
      for node in nodes { total += half * node.weight * value(low + half + half * node.x) }
      low = high
    }
    return total
  }

  private static func fromDraws(
    _ left: [any Distribution], _ right: [any Distribution], streamName: String
  ) -> Double {
    var stream = RandomStream(seed: 0, process: ProcessKey(name: streamName), replication: 0)
    var total = 0.0
    for _ in 0..<draws {
      let first = left.reduce(0) { $0 + $1.sample(using: &stream) }
      let second = right.reduce(0) { $0 + $1.sample(using: &stream) }
      total += min(first, second)
    }
    return total / Double(draws)
  }
}
