public import Quantities

/// What must be up: one thing, or at least k of several.
///
/// `Reference` is the name as written in a draft, and a `Target` in a validated model.
public indirect enum Requirement<Reference: Sendable>: Sendable {
  /// One component or role.
  case one(Reference)
  /// At least `count` of the members.
  case atLeast(Int, [Requirement])

  /// Every reference, in the order written.
  public var references: [Reference] {
    switch self {
    case .one(let reference): [reference]
    case .atLeast(_, let members): members.flatMap(\.references)
    }
  }

  /// The same requirement over other references.
  public func map<Other>(_ transform: (Reference) throws -> Other) rethrows -> Requirement<Other> {
    switch self {
    case .one(let reference): .one(try transform(reference))
    case .atLeast(let count, let members): .atLeast(count, try members.map { try $0.map(transform) })
    }
  }
}

extension Requirement: Equatable where Reference: Equatable {}
extension Requirement: Hashable where Reference: Hashable {}

/// What somebody needs, and what happens without it.
public struct Dependency<Reference: Sendable>: Sendable {
  /// What the lack of something does.
  public enum Strength: Sendable, Hashable {
    /// Down when it is down.
    case hard
    /// Loses this fraction of service when it is down.
    case soft(loss: Probability)
  }

  /// What it is called: the name of the target, or of the group.
  public let label: String
  /// What is needed.
  public let requirement: Requirement<Reference>
  /// What its lack does.
  public let strength: Strength
  /// What stands between a call and its failure; `nil`: nothing.
  public let policies: StatedPolicies?
  /// Whether a request calls it while it waits for the others of which the same is said; else one after the other.
  public let isAtOnce: Bool

  /// A dependency.
  public init(
    label: String, requirement: Requirement<Reference>, strength: Strength, policies: StatedPolicies? = nil,
    isAtOnce: Bool = false
  ) {
    self.isAtOnce = isAtOnce
    self.label = label
    self.requirement = requirement
    self.strength = strength
    self.policies = policies
  }

  /// The same dependency over other references.
  public func map<Other>(_ transform: (Reference) throws -> Other) rethrows -> Dependency<Other> {
    let strength: Dependency<Other>.Strength
    switch self.strength {
    case .hard: strength = .hard
    case .soft(let loss): strength = .soft(loss: loss)
    }
    return Dependency<Other>(
      label: label, requirement: try requirement.map(transform), strength: strength, policies: policies,
      isAtOnce: isAtOnce)
  }
}
