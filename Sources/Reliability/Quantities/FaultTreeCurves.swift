package import ServiceGraph
package import Stochastics

/// The basic events of a fault tree over time, as far as their laws tell how they come and go.
extension EventCurves {
  /// Curves of the events of a tree up to a horizon; `nil` when the behaviour of a needed event is not known over time.
  ///
  /// A constant probability stands as one, with an unknown frequency.
  ///
  /// - Parameters:
  ///   - behaviours: of each variable of the network.
  ///   - needed: the variables that matter.
  ///   - horizon: in the tree's own unit of time, in place of hours.
  package init?(behaviours: [EventBehaviour], needed: [Int], horizon: Double) {
    var curves: [UnavailabilityCurve] = []
    var sources = [Source](repeating: .share(0), count: behaviours.count)
    for variable in needed {
      switch behaviours[variable] {
      case .constant(let probability):
        sources[variable] = .anyOf([curves.count])
        curves.append(UnavailabilityCurve(constant: probability))
      case .nonRepairable(let lifetime):
        guard let law = lifetime.distribution else { return nil }
        sources[variable] = .anyOf([curves.count])
        curves.append(UnavailabilityCurve(uptime: law, outage: [], horizonHours: horizon))
      case .repairable(let failureRate, let repairRate, let demand) where demand == 0 && failureRate > 0:
        sources[variable] = .anyOf([curves.count])
        curves.append(UnavailabilityCurve(failureRate: failureRate, repairRate: repairRate, horizon: horizon))
      default: return nil
      }
    }
    self.init(curves: curves, sources: sources)
  }
}

extension Lifetime {
  /// The same law among the distributions; `nil` for one that starts late, or has no finite mean.
  package var distribution: (any Distribution)? {
    switch self {
    case .exponential(let rate): return rate > 0 ? try? Exponential(mean: 1 / rate) : nil
    case .erlang(let rate, let phases):
      return rate > 0 ? try? Gamma(shape: Double(max(1, phases)), scale: 1 / rate) : nil
    case .weibull(let scale, let shape, let location):
      return location == 0 ? try? Weibull(shape: shape, scale: scale) : nil
    case .lognormal(let location, let spread): return try? Lognormal(mu: location, sigma: spread)
    }
  }
}
