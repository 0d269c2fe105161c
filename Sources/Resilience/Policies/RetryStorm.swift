/// What retries at several levels of a call path do together: attempts multiply.
///
/// Four levels of four attempts make 256 calls at the bottom of one call at the top.
///
/// Source: Google, "Site reliability engineering", 2016, chapter 22, "Retries": three layers of 4 attempts are 64.
public struct RetryStorm: Hashable, Sendable {
  /// Attempts at the bottom for one call at the top while the bottom is down: the product over the levels.
  public let attempts: Double

  /// The storm of a path whose levels make so many attempts each; 1 where a level does not retry.
  ///
  /// - Parameter levels: each at least 1.
  public init(levels: [Int]) {
    attempts = levels.reduce(1.0) { $0 * Double(max(1, $1)) }
  }

  /// What to say of a path that multiplies calls beyond the bound; `nil` within it.
  ///
  /// - Parameter names: of the components along the path, the caller at the top first.
  public func finding(along names: [String], bound: Double = 100) -> PolicyFinding? {
    guard attempts > bound else { return nil }
    let path = names.joined(separator: " → ")
    return PolicyFinding(
      "retry-storm", key: "retry/attempts",
      "one call becomes \(attempts < 1e15 ? "\(Int(attempts))" : "\(attempts)") attempts along \(path) while its end "
        + "is down; expected at most \(Int(bound))", help: "retry at one level only")
  }
}
