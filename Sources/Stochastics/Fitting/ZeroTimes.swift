/// What a failure at time 0 counts as, such as a second failure within the same minute as the first.
///
/// No continuous law gives 0 a positive density, so the rule has to be chosen, and a sample says which it was.
public enum ZeroTimes: Hashable, Sendable {
  /// The zero is left out; the sample says how many were. The other times decide alone.
  case leftOut

  /// The zero counts as half of the resolution that times were recorded with, for example 0.5 for whole minutes.
  case half(ofResolution: Double)

  /// A sample with a zero is refused.
  case refused

  /// What a zero becomes; nil where it is left out.
  var replacement: Double? {
    if case .half(let resolution) = self { return resolution / 2 }
    return nil
  }

  /// Refuses a resolution whose half is not a number greater than 0.
  func requireValid() throws(InvalidParameter) {
    guard case .half(let resolution) = self else { return }
    try InvalidParameter.requirePositive(resolution / 2, "half the resolution of the times")
  }

  static func refusal(count: Int) -> InvalidParameter {
    InvalidParameter(
      message: "\(count) failure time\(count == 1 ? " is" : "s are") 0; leave zeros out, or say with which "
        + "resolution the times were recorded so that a zero counts as half of it")
  }
}

extension ZeroTimes {
  /// Times as the rule has them, in their order, and how many of them were 0.
  ///
  /// - Throws: where zeros are refused and there are some.
  public func applied(to times: [Double]) throws(InvalidParameter) -> (times: [Double], zeros: Int) {
    try requireValid()
    let zeros = times.count { $0 == 0 }
    if zeros > 0, self == .refused { throw Self.refusal(count: zeros) }
    return (times.compactMap { $0 == 0 ? replacement : $0 }, zeros)
  }
}

extension ZeroTimes: CustomStringConvertible {
  /// For example `zeros left out`.
  public var description: String {
    switch self {
    case .leftOut: "zeros left out"
    case .half(let resolution): "zeros counted as \(plain(resolution / 2))"
    case .refused: "zeros refused"
    }
  }
}
