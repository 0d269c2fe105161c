/// The value of an input at which a decision tips, for a net value that is linear in it: constant + slope · input.
public enum BreakEven: Sendable, Hashable {
  /// Below it a loss, above it a gain.
  case atLeast(Double)
  /// Below it a gain, above it a loss.
  case atMost(Double)
  /// A gain whatever it is.
  case always
  /// A loss whatever it is.
  case never

  /// Solves constant + slope · input = 0.
  ///
  /// A net value of exactly 0 counts as a gain.
  ///
  /// - Parameter isSigned: whether the input may be below 0.
  public init(constant: Double, slope: Double, isSigned: Bool = false) {
    let root = slope == 0 ? 0 : -constant / slope
    guard slope != 0, root.isFinite, root >= 0 || isSigned else {
      self = constant >= 0 ? .always : .never
      return
    }
    self = slope > 0 ? (root > 0 || isSigned ? .atLeast(root) : .always) : .atMost(root)
  }

  /// The value, where there is one.
  public var value: Double? {
    switch self {
    case .atLeast(let value), .atMost(let value): value
    case .always, .never: nil
    }
  }
}
