internal import Stochastics

/// Integrals of functions of a duration against its law, atoms included.
struct LawMeasure: Sendable {
  let law: any Distribution
  let shape: LawShape
  /// The smallest scale on which the law varies.
  let scale: Double
  /// Pieces on which the density is smooth, finer towards its kinks.
  let pieces: [Double]
  /// Below this the density may be infinite, and the probability counts at 0.
  let grain: Double

  init(_ law: any Distribution) {
    self.law = law
    let shape = LawShape(law)
    self.shape = shape
    let width = shape.scales.min() ?? law.mean
    scale = width
    let end = shape.isAtomic ? shape.atoms.last?.value ?? law.mean : law.quantile(1 - 1e-16)
    grain = width * 0x1p-60
    let smooth = PanelBuilder(
      end: end, breaks: shape.breaks.filter { $0 < end }, scale: width, tolerance: 1e-12
    ).build { law.survival($0) }
    let infinite = law.density(0) == .infinity
    let fine =
      infinite ? (16...60).map { width * Double(sign: .plus, exponent: -$0, significand: 1) } : []
    pieces = Set(smooth.ends + fine).filter { $0 >= 0 && $0 <= end }.sorted()
  }

  /// ∫ of a function over 0…`end` against the law.
  ///
  /// - Parameter breaks: where the function is not smooth, in any order.
  func integral(upTo end: Double, breaks: [Double], _ value: (Double) -> Double) -> Double {
    var total = 0.0
    for atom in shape.atoms where atom.value <= end { total += atom.probability * value(atom.value) }
    guard !shape.isAtomic else { return total }
    let inner = pieces.filter { $0 < end } + breaks.filter { $0 > 0 && $0 < end } + [end]
    let merged = inner.sorted()
    var low = 0.0
    for high in merged where high > low {
      if high <= grain, law.density(0) == .infinity {
        total += (law.survival(low) - law.survival(high)) * value(low)
      } else {
        total += GaussRule.integral(from: low, to: high) { law.density($0) * value($0) }
      }
      low = high
    }
    return total
  }
}
