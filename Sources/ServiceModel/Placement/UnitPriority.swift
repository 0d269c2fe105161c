/// How much a unit matters where there is not room for all; what matters least goes first.
public enum UnitPriority: String, Hashable, Sendable, CaseIterable {
  /// Goes first.
  case standard
  /// Goes once nothing standard is left.
  case important
  /// Goes last.
  case critical
}
