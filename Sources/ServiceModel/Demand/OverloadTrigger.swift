internal import Diagnostics
public import Quantities

/// Load that makes a component fail: more than so much for so long.
///
/// The load is what is asked of the component over what its healthy units can do; a component that can do nothing can
/// not be overloaded. After each failure the time begins anew.
public struct OverloadTrigger: Hashable, Sendable {
  /// The load above which the time runs: 1.3 is 130 %.
  public let load: Double
  /// How long it must last.
  public let lasting: TimeSpan

  /// A load and a time.
  public init(load: Double, lasting: TimeSpan) {
    (self.load, self.lasting) = (load, lasting)
  }
}
