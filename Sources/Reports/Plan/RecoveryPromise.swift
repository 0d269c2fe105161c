internal import Quantities
internal import Recovery
public import ServiceModel
internal import Stochastics

/// A promise of recovery put to the test by one failure that takes data.
public struct RecoveryPromise: Sendable, Hashable {
  /// The objective, whose data it is, and the failure: `tier-1 of hcd, host/loss`.
  public let name: String
  /// What it asks: `RTO 4 h, RPO 15 min`.
  public let asks: String
  /// How likely it is kept when that failure happens.
  public let kept: Double

  /// Every objective of every failure that takes data, in the order of the model.
  public static func all(of model: Model) -> [RecoveryPromise] {
    model.storeFailures.flatMap { failure in
      failure.objectives.compactMap { objective in
        objective.result(of: failure.scenario).meetsBoth.map { kept in
          RecoveryPromise(
            name: "\(objective.name) of \(model.components[failure.component].name), \(failure.name)",
            asks: objective.asks, kept: kept.value)
        }
      }
    }
  }
}

extension RecoveryObjective {
  fileprivate var asks: String {
    [recoveryTime.map { "RTO \($0)" }, recoveryPoint.map { "RPO \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }
}
