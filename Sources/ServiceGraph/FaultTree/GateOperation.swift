/// What a gate of a fault tree does with its inputs.
public enum GateOperation: Sendable, Hashable {
  /// All inputs.
  case and
  /// Any input.
  case or
  /// At least so many of the inputs.
  case atLeast(Int)
  /// Between so many and so many of the inputs.
  case cardinality(Int, Int)
  /// Not its one input.
  case not
  /// An odd number of the inputs.
  case xor
  /// Not all inputs.
  case nand
  /// No input.
  case nor
  /// The second input whenever the first.
  case implies
  /// Both inputs or neither.
  case iff
  /// Its one input.
  case identity

  /// All inputs, from the first to the last; inputs that fail at the same time are in order when inclusive.
  case priorityAnd(isInclusive: Bool)
  /// The first input, before all others; at the same time counts when inclusive.
  case priorityOr(isInclusive: Bool)
  /// The first input works until it fails, then the next that is free, until none is left.
  case spare
  /// When the first input, the trigger, fails, each of the others fails with this probability. Never true itself.
  case functionalDependency(probability: Double)
  /// The inputs can fail from the first to the last only. Never true itself.
  case sequence
  /// At most one of the inputs can fail. Never true itself.
  case mutualExclusion

  /// Whether it depends on the order in which its inputs fail, or restrains them.
  public var isDynamic: Bool {
    switch self {
    case .priorityAnd, .priorityOr, .spare, .functionalDependency, .sequence, .mutualExclusion: true
    default: false
    }
  }

  /// Whether it limits or triggers its inputs and is never true itself.
  public var isRestraint: Bool {
    switch self {
    case .functionalDependency, .sequence, .mutualExclusion: true
    default: false
    }
  }
}
