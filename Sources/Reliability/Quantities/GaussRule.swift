/// The Gauss–Legendre rule with twelve points on −1…1, for integrals and for interpolation.
///
/// Exact for polynomials of degree 23. Source: Abramowitz and Stegun, *Handbook of mathematical functions*, 1964,
/// table 25.4; barycentric weights after Wang, Huybrechs and Vandewalle, Math. Comp. 83 (2014).
enum GaussRule {
  /// The points, ascending.
  static let points = mirrored(
    [
      0.9815606342467192507, 0.9041172563704748567, 0.769902674194304687, 0.5873179542866174473,
      0.3678314989981801938, 0.1252334085114689155,
    ], sign: -1)
  /// The weight of each point in an integral.
  static let weights = mirrored(
    [
      0.04717533638651182719, 0.106939325995318431, 0.1600783285433462263, 0.2031674267230659217,
      0.2334925365383548088, 0.249147045813402785,
    ], sign: 1)
  /// The barycentric weight of each point in an interpolation.
  static let barycentric = zip(
    mirrored(
      [
        0.04151778496412576021, 0.1397287558338175805, 0.2553270037662018575, 0.364810048007269289,
        0.4493339444369876763, 0.495216691347210711,
      ], sign: 1), 0...
  ).map { $1.isMultiple(of: 2) ? $0 : -$0 }
  /// Points and barycentric weights side by side; lanes after the twelfth lie outside and weigh nothing.
  static let lanes = (
    points: SIMD16(points + [Double](repeating: 8, count: 4)),
    barycentric: SIMD16(barycentric + [Double](repeating: 0, count: 4))
  )
  /// How many points there are.
  static let count = 12

  private static func mirrored(_ half: [Double], sign: Double) -> [Double] {
    half.map { $0 * sign } + half.reversed()
  }

  /// ∫ of a function from `low` to `high`.
  static func integral(from low: Double, to high: Double, _ value: (Double) -> Double) -> Double {
    let half = (high - low) / 2
    var total = 0.0
    for index in 0..<count { total += weights[index] * value(low + half + half * points[index]) }
    return total * half
  }

  /// ∫ of a function over pieces between breaks in ascending order.
  static func integral(over breaks: [Double], _ value: (Double) -> Double) -> Double {
    var total = 0.0
    for (low, high) in zip(breaks, breaks.dropFirst()) where high > low {
      total += integral(from: low, to: high, value)
    }
    return total
  }

  /// What the value at each point counts for at a place of −1…1 in between.
  static func basis(at place: Double) -> [Double] {
    if let hit = points.firstIndex(of: place) { return (0..<count).map { $0 == hit ? 1 : 0 } }
    let terms = (0..<count).map { barycentric[$0] / (place - points[$0]) }
    let sum = terms.reduce(0, +)
    return terms.map { $0 / sum }
  }
}
