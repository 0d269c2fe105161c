internal import Quantities

/// The most that a unit may take of its node, and how much it matters when there is not room for all.
public struct ResourceLimits: Hashable, Sendable {
  /// How much something matters; what matters least goes first.
  public enum Priority: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Goes first.
    case standard
    /// Goes once nothing standard is left.
    case important
    /// Goes last.
    case critical

    /// Less means sooner gone.
    public static func < (left: Priority, right: Priority) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .standard: 0
      case .important: 1
      case .critical: 2
      }
    }
  }

  /// CPU and memory at most.
  public let most: ComputeResources
  /// How much it matters; `nil`: nobody said.
  public let priority: Priority?

  /// The most that a unit may take.
  public init(most: ComputeResources, priority: Priority? = nil) {
    (self.most, self.priority) = (most, priority)
  }
}
