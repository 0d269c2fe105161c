public import Stochastics

extension PiecewiseLaw {
  /// One of several laws, chosen by probability; the probabilities add up to 1.
  ///
  /// - Complexity: O(n log n) break points, times the laws that overlap at one place.
  public static func mixture(_ parts: [(probability: Double, law: PiecewiseLaw)]) -> PiecewiseLaw {
    let never = parts.reduce(0) { $0 + $1.probability * $1.law.probabilityOfNever }
    let parts = parts.filter { $0.probability > 0 && $0.law.total > 0 }
      .sorted { $0.law.minimum < $1.law.minimum }
    guard let last = parts.map(\.law.maximum).max() else { return .never }
    let points = ascending(parts.flatMap(\.law.breakPoints))
    var (next, passed, active) = (0, 0.0, [(probability: Double, law: PiecewiseLaw)]())
    let pieces = zip(points, points.dropFirst()).map { start, end in
      while next < parts.count, parts[next].law.minimum <= start {
        active.append(parts[next])
        next += 1
      }
      passed += active.filter { $0.law.maximum <= start }.reduce(0) { $0 + $1.probability * $1.law.total }
      active.removeAll { $0.law.maximum <= start }
      let sum = active.reduce([passed]) { sum, part in
        let values = part.law.polynomial(from: start, width: end - start)
        return LocalPolynomial.sum(sum, values.map { $0 * part.probability })
      }
      return LocalPolynomial(start: start, width: end - start, coefficients: sum)
    }
    return PiecewiseLaw(pieces: pieces, maximum: last, never: never)
  }

  /// The law of the first of two independent times: F + G − F G. It comes when one of them does.
  public func first(with other: PiecewiseLaw) -> PiecewiseLaw {
    guard total > 0 else { return other }
    guard other.total > 0 else { return self }
    let never = probabilityOfNever * other.probabilityOfNever
    let latest = [self, other].filter { $0.probabilityOfNever == 0 }.map(\.maximum).min()
    let bounds = min(minimum, other.minimum)...(latest ?? max(maximum, other.maximum))
    return combined(with: other, over: bounds, never: never) { mine, others in
      let both = LocalPolynomial.product(mine, others)
      return LocalPolynomial.sum(LocalPolynomial.sum(mine, others), both.map { -$0 })
    }
  }

  /// The law of the last of two independent times: F G. It comes when both do.
  public func last(with other: PiecewiseLaw) -> PiecewiseLaw {
    guard total > 0, other.total > 0 else { return .never }
    let never = probabilityOfNever + other.probabilityOfNever * total
    let bounds = max(minimum, other.minimum)...max(maximum, other.maximum)
    return combined(with: other, over: bounds, never: never, LocalPolynomial.product)
  }

  /// A law whose cumulative probability follows from two others, between the bounds of its values.
  private func combined(
    with other: PiecewiseLaw, over bounds: ClosedRange<Double>, never: Double,
    _ rule: ([Double], [Double]) -> [Double]
  ) -> PiecewiseLaw {
    let points = Self.ascending(breakPoints + other.breakPoints).filter { bounds.contains($0) }
    let pieces = zip(points, points.dropFirst()).map { start, end in
      let width = end - start
      let values = rule(polynomial(from: start, width: width), other.polynomial(from: start, width: width))
      return LocalPolynomial(start: start, width: width, coefficients: values)
    }
    return PiecewiseLaw(pieces: pieces, maximum: bounds.upperBound, never: never)
  }

  /// The law of the value with probability `probability`, else never.
  public func thinned(to probability: Double) -> PiecewiseLaw {
    precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
    guard probability > 0 else { return .never }
    let thinned = pieces.map { piece in
      LocalPolynomial(
        start: piece.start, width: piece.width, coefficients: piece.coefficients.map { $0 * probability })
    }
    return PiecewiseLaw(
      pieces: thinned, maximum: maximum, never: 1 - probability + probability * probabilityOfNever)
  }

  /// The law of the values of at most `limit`; greater ones never come.
  public func truncated(at limit: Double) -> PiecewiseLaw {
    guard limit < maximum else { return self }
    guard limit >= minimum else { return .never }
    let kept = pieces.filter { $0.start < limit }.map { piece in
      piece.end <= limit ? piece : piece.expanded(from: piece.start, width: limit - piece.start)
    }
    let cut = max(0, total - cumulative(limit))
    return PiecewiseLaw(pieces: kept, maximum: limit, never: probabilityOfNever + cut)
  }

  /// The law of the value or `least`, whichever is greater.
  public func notBelow(_ least: Double) -> PiecewiseLaw {
    guard least > minimum, total > 0 else { return self }
    guard least < maximum else {
      return PiecewiseLaw(pieces: [], maximum: least, never: probabilityOfNever)
    }
    let kept = pieces.filter { $0.end > least }.map { piece in
      piece.start >= least ? piece : piece.expanded(from: least, width: piece.end - least)
    }
    return PiecewiseLaw(pieces: kept, maximum: maximum, never: probabilityOfNever)
  }

  /// The law of the value less a fixed one, and 0 where that is greater.
  public func lessened(by offset: Double) -> PiecewiseLaw {
    guard offset > 0, total > 0 else { return self }
    let lifted = notBelow(offset)
    let moved = lifted.pieces.map {
      LocalPolynomial(start: $0.start - offset, width: $0.width, coefficients: $0.coefficients)
    }
    return PiecewiseLaw(pieces: moved, maximum: lifted.maximum - offset, never: probabilityOfNever)
  }

  /// The law of the value less a sum of independent fixed and uniform parts, and 0 where that is greater; `nil` for
  /// others.
  ///
  /// Less a value that is uniform from a to b is more by one that is uniform from 0 to b − a, and less b.
  public func lessened(by parts: [any Distribution]) -> PiecewiseLaw? {
    var (law, offset) = (self, 0.0)
    for part in parts {
      guard part is Uniform || part is Deterministic else { return nil }
      law = law.addingUniform(width: part.quantile(1) - part.quantile(0))
      offset += part.quantile(1)
    }
    return law.lessened(by: offset)
  }

  /// The law of this value where there is one, else of an independent other.
  public func otherwise(_ other: PiecewiseLaw) -> PiecewiseLaw {
    guard probabilityOfNever > 0, other.total > 0 else { return self }
    let sum = Self.mixture([(1, self), (probabilityOfNever, other)])
    return PiecewiseLaw(
      pieces: sum.pieces, maximum: sum.maximum, never: probabilityOfNever * other.probabilityOfNever)
  }

  /// The law of the values above `limit`; others never come.
  func above(_ limit: Double) -> PiecewiseLaw {
    let below = limit >= minimum ? cumulative(limit) : 0
    guard below > 0 else { return self }
    guard total > below else { return .never }
    let lifted = notBelow(limit)
    let kept = lifted.pieces.map { piece in
      LocalPolynomial(
        start: piece.start, width: piece.width,
        coefficients: LocalPolynomial.sum(piece.coefficients, [-below]))
    }
    return PiecewiseLaw(pieces: kept, maximum: maximum, never: probabilityOfNever + below)
  }

  /// The law of the value when there is one.
  var givenAValue: PiecewiseLaw {
    guard probabilityOfNever > 0, total > 0 else { return self }
    let scaled = pieces.map { piece in
      LocalPolynomial(
        start: piece.start, width: piece.width, coefficients: piece.coefficients.map { $0 / total })
    }
    return PiecewiseLaw(pieces: scaled, maximum: maximum)
  }

  /// The law of `factor` times the value, at least 0.
  public func scaled(by factor: Double) -> PiecewiseLaw {
    precondition(factor >= 0 && factor.isFinite, "a factor is at least 0")
    guard factor > 0 else { return PiecewiseLaw(pieces: [], maximum: 0, never: probabilityOfNever) }
    let scaled = pieces.map {
      LocalPolynomial(start: $0.start * factor, width: $0.width * factor, coefficients: $0.coefficients)
    }
    return PiecewiseLaw(pieces: scaled, maximum: maximum * factor, never: probabilityOfNever)
  }

  /// The law of what is left of such a time at a random instant within it: ∫ (1 − F) / mean.
  ///
  /// Source: Cox, "Renewal theory", 1962, section 5.1. `nil` for a time that may never end; 0 for one of no length.
  public var residual: PiecewiseLaw? {
    guard probabilityOfNever == 0 else { return nil }
    guard maximum > 0 else { return self }
    let lead = LocalPolynomial(start: 0, width: minimum, coefficients: [0])
    let mean = mean
    var value = 0.0
    let integrated = ((minimum > 0 ? [lead] : []) + pieces).map { piece in
      let density = LocalPolynomial.sum([1], piece.coefficients.map { -$0 })
      let rise = density.enumerated().map { piece.width / mean * $1 / Double($0 + 1) }
      let integral = LocalPolynomial(start: piece.start, width: piece.width, coefficients: [value] + rise)
      value = integral.endValue
      return integral
    }
    return PiecewiseLaw(pieces: integrated, maximum: maximum)
  }
}
