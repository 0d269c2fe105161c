internal import Quantities
internal import Recovery
public import ServiceModel
internal import Stochastics

/// A promise of recovery put to the test by every failure that takes the data it is about.
public struct RecoveryPromise: Sendable, Hashable {
  /// The objective, and whose data it is: `tier-1 of hcd`.
  public let name: String
  /// What it asks: `RTO 4 h, RPO 15 min`.
  public let asks: String
  /// How likely it is kept when the failure happens that keeps it least.
  public private(set) var kept: Double

  /// Every objective of every store, in the order of the model.
  public static func all(of model: Model) -> [RecoveryPromise] {
    var promises: [RecoveryPromise] = []
    for failure in model.storeFailures {
      for objective in failure.objectives {
        guard let kept = objective.result(of: failure.scenario).meetsBoth?.value else { continue }
        let name = "\(objective.name) of \(model.components[failure.component].name)"
        if let place = promises.firstIndex(where: { $0.name == name }) {
          promises[place].kept = min(promises[place].kept, kept)
        } else {
          promises.append(RecoveryPromise(name: name, asks: objective.asks, kept: kept))
        }
      }
    }
    return promises
  }
}

extension RecoveryObjective {
  fileprivate var asks: String {
    [recoveryTime.map { "RTO \($0)" }, recoveryPoint.map { "RPO \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }
}
