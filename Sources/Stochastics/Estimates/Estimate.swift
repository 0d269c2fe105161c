/// A value with the interval that goes with it.
public struct Estimate: Sendable, Hashable {
  /// The point estimate.
  public let value: Double

  /// The lower limit of the interval.
  public let low: Double

  /// The upper limit of the interval.
  public let high: Double

  /// The confidence of the interval, between 0 and 1, for example 0.95.
  public let confidence: Double

  /// An estimate with its interval.
  public init(value: Double, low: Double, high: Double, confidence: Double) {
    self.value = value
    self.low = low
    self.high = high
    self.confidence = confidence
  }

  /// The estimate in another unit: all three numbers times `factor`, at least 0.
  public func multiplied(by factor: Double) -> Estimate {
    Estimate(value: value * factor, low: low * factor, high: high * factor, confidence: confidence)
  }
}

/// Stops the program on what is no confidence.
func preconditionConfidence(_ confidence: Double) {
  precondition(confidence > 0 && confidence < 1, "the confidence lies between 0 and 1")
}

extension Estimate {
  /// Half the width of the interval.
  public var halfWidth: Double { (high - low) / 2 }
}

extension Estimate {
  /// The same estimate of a quantity that is not negative with an interval of another confidence, as if its errors
  /// were normal.
  public func restated(confidence other: Double) -> Estimate {
    preconditionConfidence(other)
    let factor = normalQuantile((1 + other) / 2) / normalQuantile((1 + confidence) / 2)
    return Estimate(
      value: value, low: max(0, value - (value - low) * factor), high: value + (high - value) * factor,
      confidence: other)
  }
}
