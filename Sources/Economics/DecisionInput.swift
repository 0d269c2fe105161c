public import Stochastics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// An input of a decision: what it does to the net present value, and where it flips the decision.
public struct DecisionInput: Sendable, Hashable {
  /// Which input.
  public enum Kind: Sendable, Hashable {
    /// One in which the net present value is linear.
    case linear(OptionReturn.Input)
    /// The yearly rate of discount.
    case discountRate
    /// How many months are looked at.
    case horizonMonths
    /// How long the change takes, in hours.
    case implementationHours
    /// A number of the models, as a multiple of what is stated.
    case number(String)
  }

  /// How the net present values at the two ends were found.
  public enum Method: Sendable, Hashable {
    /// From the simulated means by arithmetic.
    case arithmetic
    /// The simulated means follow the downtime that the exact engine finds.
    case exactEngine
    /// Simulated again with the same luck: by how much each end differs from now, with the interval of that.
    case simulated(replications: Int, low: Estimate, high: Estimate)
  }

  /// Which input.
  public let kind: Kind
  /// What it is now.
  public let now: Double
  /// A low and a high value.
  public let low: Double
  /// The high one.
  public let high: Double
  /// The net present value at the low one.
  public let valueAtLow: Double
  /// The net present value at the high one.
  public let valueAtHigh: Double
  /// The value nearest to what it is now beyond which the decision is another; `nil` when none was found.
  public let flip: Double?
  /// How the values were found.
  public let method: Method

  /// An input.
  public init(
    kind: Kind, now: Double, low: Double, high: Double, valueAtLow: Double, valueAtHigh: Double,
    flip: Double?, method: Method = .arithmetic
  ) {
    self.method = method
    (self.kind, self.now, self.low, self.high) = (kind, now, low, high)
    (self.valueAtLow, self.valueAtHigh, self.flip) = (valueAtLow, valueAtHigh, flip)
  }

  /// How far apart the two net present values are.
  public var swing: Double { abs(valueAtHigh - valueAtLow) }

  /// By which share of what it is now it has to move to flip the decision; `nil` when it never does, or is 0 now.
  public var change: Double? {
    guard now != 0, let flip else { return nil }
    return (flip - now) / now
  }

  /// A number of the models, as a multiple of what is stated.
  ///
  /// The flip is looked for from a tenth to ten times, first where it is nearer, by bracketing: exact where the net
  /// present value is monotonic on that side.
  ///
  /// - Parameters:
  ///   - range: the low and the high multiple.
  ///   - method: how that was found.
  ///   - evaluate: the net present value at a multiple.
  public static func number(
    _ name: String, between range: ClosedRange<Double>, method: Method = .arithmetic,
    _ evaluate: (Double) -> Double
  ) -> DecisionInput {
    let (low, high, now) = (evaluate(range.lowerBound), evaluate(range.upperBound), evaluate(1))
    let sides = [(0.1, range.lowerBound, low), (10, range.upperBound, high)]
    let flips = sides.compactMap { end, near, valueNear in
      Bracketing.root(
        from: (1, now), by: (near, valueNear), to: end, evaluate)
    }
    return DecisionInput(
      kind: .number(name), now: 1, low: range.lowerBound, high: range.upperBound, valueAtLow: low,
      valueAtHigh: high, flip: flips.min { abs(log($0)) < abs(log($1)) }, method: method)
  }
}

/// Roots of a function on a logarithmic scale.
enum Bracketing {
  /// The root between a first value and an end; `nil` when the function has the same sign at all places looked at.
  ///
  /// By the Illinois variant of the false position (Dowell and Jarratt 1971) to 0.1 % of the place.
  static func root(
    from first: (place: Double, value: Double), by near: (place: Double, value: Double), to end: Double,
    _ evaluate: (Double) -> Double
  ) -> Double? {
    guard first.value != 0 else { return first.place }
    if first.value * near.value <= 0, near.place != first.place {
      return refined(first, near, evaluate)
    }
    // A range that reaches beyond the end has been looked at.
    guard (end - first.place) * (end - near.place) > 0, near.place != first.place || near.place != end else {
      return nil
    }
    let far = (place: end, value: evaluate(end))
    return near.value * far.value <= 0 ? refined(near, far, evaluate) : nil
  }

  private static func refined(
    _ first: (place: Double, value: Double), _ second: (place: Double, value: Double),
    _ evaluate: (Double) -> Double
  ) -> Double {
    var (a, b) = ((x: log(first.place), y: first.value), (x: log(second.place), y: second.value))
    for _ in 0..<40 where abs(a.x - b.x) > 1e-3 && a.y != 0 && b.y != 0 {
      let x = (a.x * b.y - b.x * a.y) / (b.y - a.y)
      let c = (x: x, y: evaluate(exp(x)))
      if c.y * b.y < 0 { a = b } else { a.y /= 2 }
      if abs(c.x - b.x) < 2e-4 { return exp(c.x) }
      b = c
    }
    return exp(b.y == 0 ? b.x : a.y == 0 ? a.x : (a.x * b.y - b.x * a.y) / (b.y - a.y))
  }
}
