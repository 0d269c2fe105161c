public import Quantities

/// What a claim does with several quantities.
public enum ClaimOperation: String, Sendable, Hashable, CaseIterable {
  /// All of them together.
  case sum
  /// The first without the others.
  case difference
  /// Each times the others.
  case product
  /// The first over the second.
  case quotient
  /// How much the second is more than the first, as a share of the first.
  case relativeChange = "relative-change"
  /// The availability of what runs for the first and is repaired for the second: mtbf / (mtbf + mttr).
  case availability = "availability-of"

  /// How many quantities it needs.
  public var counts: ClosedRange<Int> {
    switch self {
    case .sum, .product: 1...1_000
    case .difference: 2...1_000
    case .quotient, .relativeChange, .availability: 2...2
    }
  }

  /// The dimension of the result; `nil` where quantities of these dimensions can not be put together so.
  public func dimension(of dimensions: [Dimension]) -> Dimension? {
    guard let first = dimensions.first else { return nil }
    let rest = dimensions.dropFirst()
    switch self {
    case .sum, .difference:
      return rest.allSatisfy { $0.isComparable(to: first) } ? first : nil
    case .relativeChange: return rest.allSatisfy { $0.isComparable(to: first) } ? .number : nil
    case .product: return rest.reduce(first) { $0?.times($1) }
    case .quotient: return rest.first.flatMap { first.times($0.inverted) }
    case .availability: return dimensions.allSatisfy { $0 == .duration } ? .number : nil
    }
  }

  /// As it reads.
  func text(_ terms: [String]) -> String {
    switch self {
    case .sum: terms.joined(separator: " + ")
    case .difference: terms.joined(separator: " − ")
    case .product: terms.joined(separator: " × ")
    case .quotient: terms.joined(separator: " per ")
    case .relativeChange: "from \(terms.joined(separator: " to "))"
    case .availability: "up \(terms.joined(separator: ", down "))"
    }
  }
}

/// A number with the least and the most that it may be.
public struct ClaimRange: Sendable, Hashable {
  /// The number.
  public let value: Double
  /// The least it may be.
  public let low: Double
  /// The most it may be.
  public let high: Double

  /// A number between two others.
  public init(_ value: Double, low: Double, high: Double) {
    (self.value, self.low, self.high) = (value, low, high)
  }

  /// A number that is known.
  public init(_ value: Double) { self.init(value, low: value, high: value) }

  /// Whether it is known.
  public var isExact: Bool { low == high }

  fileprivate func combined(
    _ other: ClaimRange, _ operation: (Double, Double) -> Double
  ) -> ClaimRange {
    let corners = [
      operation(low, other.low), operation(low, other.high), operation(high, other.low),
      operation(high, other.high),
    ]
    let middle = operation(value, other.value)
    return ClaimRange(middle, low: corners.min() ?? middle, high: corners.max() ?? middle)
  }
}

extension ClaimOperation {
  /// The result for numbers that lie within limits: by interval arithmetic, so that it is never narrower than what is
  /// known, whatever the numbers have to do with each other.
  ///
  /// Source: Moore, *Interval Analysis* (1966).
  ///
  /// - Parameter numbers: as many as `counts` allows.
  /// - Returns: `nil` where something is divided by what may be 0.
  public func range(of numbers: [ClaimRange]) -> ClaimRange? {
    guard let first = numbers.first, counts.contains(numbers.count) else { return nil }
    let rest = numbers.dropFirst()
    switch self {
    case .sum: return rest.reduce(first) { $0.combined($1, +) }
    case .difference: return rest.reduce(first) { $0.combined($1, -) }
    case .product: return rest.reduce(first) { $0.combined($1, *) }
    case .quotient: return quotient(first, numbers[1])
    case .relativeChange:
      return quotient(numbers[1], first).map { $0.combined(ClaimRange(1), -) }
    case .availability:
      // Increases with the one and decreases with the other.
      guard first.low > 0, numbers[1].low >= 0 else { return nil }
      return ClaimRange(
        1 / (1 + numbers[1].value / first.value), low: 1 / (1 + numbers[1].high / first.low),
        high: 1 / (1 + numbers[1].low / first.high))
    }
  }

  private func quotient(_ above: ClaimRange, _ below: ClaimRange) -> ClaimRange? {
    guard below.low > 0 || below.high < 0 else { return nil }
    return above.combined(below, /)
  }
}
