public import Foundation

/// A rehearsal of a recovery: what was promised and what was achieved.
public struct Drill: Sendable, Hashable {
  /// What was rehearsed, such as the name of a procedure.
  public let name: String
  /// The component that was recovered, if it was one.
  public var component: String?
  /// When it was held.
  public let held: Date
  /// The time to recover that was promised, in hours; `nil` when none was.
  public var expectedRecoveryHours: Double?
  /// The time that recovery took, in hours; `nil` when it was not measured.
  public var achievedRecoveryHours: Double?
  /// The loss of data, in hours of work, that was promised not to be exceeded.
  public var expectedLossHours: Double?
  /// The hours of work that were lost.
  public var achievedLossHours: Double?
  /// Whether the recovery worked at all.
  public var succeeded = true
  /// Anything else.
  public var note: String?

  /// A drill of a name, held at a time.
  public init(name: String, held: Date) {
    self.name = name
    self.held = held
  }

  /// Whether everything promised was kept; `nil` when the drill worked but nothing can be compared.
  public var keptPromises: Bool? {
    guard succeeded else { return false }
    let pairs = [(expectedRecoveryHours, achievedRecoveryHours), (expectedLossHours, achievedLossHours)]
    let compared = pairs.compactMap { expected, achieved in
      if let expected, let achieved { achieved <= expected } else { nil }
    }
    return compared.isEmpty ? nil : compared.allSatisfy { $0 }
  }
}
