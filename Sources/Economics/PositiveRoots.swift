#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// All positive roots of a polynomial with real coefficients.
///
/// Descartes' rule by Laguerre's proof: a polynomial p whose coefficients change their sign s times has at most s positive
/// roots. Times v^−c, for a c inside one of the changes, its derivative Σ aₖ (k − c) v^(k − c − 1) has a change less; between
/// two roots of that derivative v^−c p is monotonic, so it crosses 0 at most once. With no change left nothing has a root.
struct PositiveRoots {
  /// The logarithms of the roots, ascending; a root that only touches 0 stands there once.
  let logarithms: [Double]

  /// The roots of Σ aₖ vᵏ.
  init(of coefficients: [Double]) {
    let first = coefficients.firstIndex { $0 != 0 } ?? 0
    let end = coefficients.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    logarithms = Self.roots(Array(coefficients[first..<max(first, end)]))
  }

  private static func roots(_ coefficients: [Double]) -> [Double] {
    guard let change = firstSignChange(coefficients), let first = coefficients.first,
      let last = coefficients.last
    else { return [] }
    let center = Double(change) + 0.5
    let slope = coefficients.enumerated().map { $1 * (Double($0) - center) }
    let largest = coefficients.map(abs).max() ?? 0
    // Cauchy: |a₀| / (|a₀| + max) < v < (|aₙ| + max) / |aₙ|.
    let low = -log1p(largest / abs(first))
    let high = log1p(largest / abs(last))
    var found: [Double] = []
    var from = low
    for to in roots(slope).filter({ $0 > low && $0 < high }) + [high] {
      if let root = crossing(coefficients, from, to), found.last.map({ root > $0 }) ?? true {
        found.append(root)
      }
      from = to
    }
    return found
  }

  /// The place before which the sign changes first.
  private static func firstSignChange(_ coefficients: [Double]) -> Int? {
    var sign = 0.0
    for (place, coefficient) in coefficients.enumerated() where coefficient != 0 {
      if sign * coefficient < 0 { return place - 1 }
      sign = coefficient < 0 ? -1 : 1
    }
    return nil
  }

  /// Where a polynomial that is monotonic up to a power crosses 0, by halving; both ends belong to it.
  private static func crossing(_ coefficients: [Double], _ from: Double, _ to: Double) -> Double? {
    let (start, end) = (sign(coefficients, at: from), sign(coefficients, at: to))
    if start == 0 { return from }
    if end == 0 { return to }
    guard start != end else { return nil }
    var (low, high) = (from, to)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      let sign = sign(coefficients, at: middle)
      if sign == 0 { return refined(coefficients, low, high, start) }
      if sign == start { low = middle } else { high = middle }
    }
  }

  /// Halves on by the bare sign where rounding hides which side of a simple root it is.
  private static func refined(_ coefficients: [Double], _ from: Double, _ to: Double, _ start: Int) -> Double
  {
    var (low, high) = (from, to)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      let value = value(coefficients, at: middle).sum
      if (value < 0 ? -1 : 1) == start { low = middle } else { high = middle }
    }
  }

  /// −1, 0 or 1; 0 when the sum is within its own rounding.
  private static func sign(_ coefficients: [Double], at logarithm: Double) -> Int {
    let (sum, size) = value(coefficients, at: logarithm)
    if abs(sum) <= size * 1e-14 { return 0 }
    return sum < 0 ? -1 : 1
  }

  /// The polynomial and the sum of its terms' sizes, by Horner's rule from the end that keeps powers below 1.
  private static func value(_ coefficients: [Double], at logarithm: Double) -> (sum: Double, size: Double) {
    let base = exp(-abs(logarithm))
    var (sum, size) = (0.0, 0.0)
    let isSmall = logarithm <= 0
    for place in coefficients.indices {
      let coefficient = isSmall ? coefficients[coefficients.count - 1 - place] : coefficients[place]
      sum = sum * base + coefficient
      size = size * base + abs(coefficient)
    }
    return (sum, size)
  }
}
