public import Stochastics

extension PiecewiseLaw {
  /// The law of a sum of independent parts; `nil` when one of them is no mixture of fixed, observed and uniform
  /// values.
  public init?(sumOf parts: [any Distribution]) {
    var law = PiecewiseLaw.always(0)
    for part in parts.sorted(by: { $0.standardDeviation < $1.standardDeviation }) {
      guard let sum = law.adding(part) else { return nil }
      law = sum
    }
    self = law
  }

  /// The law of this value plus an independent one; `nil` when that is no mixture of fixed, observed and uniform
  /// values.
  public func adding(_ part: any Distribution) -> PiecewiseLaw? {
    switch part {
    case let fixed as Deterministic: return adding(fixed.value)
    case let uniform as Uniform:
      return adding(uniform.minimum).addingUniform(width: uniform.maximum - uniform.minimum)
    case let observed as Empirical:
      return Self.mixture(observed.atoms.map { ($0.probability, adding($0.value)) })
    case let mixture as Mixture:
      let parts = mixture.components.map(adding)
      guard parts.allSatisfy({ $0 != nil }) else { return nil }
      return Self.mixture(Array(zip(mixture.probabilities, parts.compactMap(\.self))))
    case let procedure as ProcedureLaw: return procedure.extending(self)
    default: return nil
    }
  }

  /// The law of this value plus a fixed one, at least 0.
  public func adding(_ offset: Double) -> PiecewiseLaw {
    precondition(offset >= 0 && offset.isFinite, "an offset is at least 0")
    let moved = pieces.map {
      LocalPolynomial(start: $0.start + offset, width: $0.width, coefficients: $0.coefficients)
    }
    return PiecewiseLaw(pieces: moved, maximum: maximum + offset, never: probabilityOfNever)
  }

  /// The law of this value plus an independent one that is uniform from 0 to `width`.
  ///
  /// F'(x) = (F(x) − F(x − width)) / width, integrated piece by piece from the smallest value on.
  public func addingUniform(width: Double) -> PiecewiseLaw {
    precondition(width >= 0 && width.isFinite, "a width is at least 0")
    guard width > 0, total > 0 else { return self }
    let points = Self.ascending(breakPoints + breakPoints.map { $0 + width })
    var value = 0.0
    let smoothed = zip(points, points.dropFirst()).map { start, end in
      let density = slope(from: start, width: end - start, lag: width)
      let rise = density.enumerated().map { (end - start) * $1 / Double($0 + 1) }
      let piece = LocalPolynomial(start: start, width: end - start, coefficients: [value] + rise)
      value = piece.endValue
      return piece
    }
    return PiecewiseLaw(pieces: smoothed, maximum: maximum + width, never: probabilityOfNever)
  }

  /// (F(x) − F(x − lag)) / lag over an interval that no break point of either divides.
  private func slope(from start: Double, width: Double, lag: Double) -> [Double] {
    let middle = start + width / 2
    if middle < maximum, let piece = piece(at: middle), piece == self.piece(at: middle - lag) {
      return piece.difference(lag: lag, from: start, width: width).coefficients.map { $0 / lag }
    }
    let before = polynomial(from: start - lag, width: width)
    return LocalPolynomial.sum(polynomial(from: start, width: width), before.map { -$0 }).map { $0 / lag }
  }

  static func ascending(_ points: [Double]) -> [Double] {
    var distinct: [Double] = []
    for point in points.sorted() where distinct.last != point { distinct.append(point) }
    return distinct
  }
}
