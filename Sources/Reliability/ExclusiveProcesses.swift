internal import ServiceGraph
internal import Stochastics

/// Processes on an operating clock that hit the same units, as nothing else does: while one is down, the others stand
/// still.
///
/// With ρᵢ = (mean outage)ᵢ / (mean up time)ᵢ, renewal reward gives U = Σρ / (1 + Σρ) and Σ 1 / (mean up time)ᵢ failures
/// per hour of up time, whatever the laws. Source: Barlow and Proschan, *Statistical theory of reliability and life
/// testing*, 1975, chapter 7: availability of a series system with suspended animation, A = 1 / (1 + Σρ).
extension BasicEvent {
  /// Whether its processes exclude each other.
  func isExclusive(in graph: CompiledGraph) -> Bool {
    guard case .processes(let numbers) = kind, numbers.count > 1 else { return false }
    return numbers.allSatisfy { graph.processes[$0].situation.clock == .exclusive }
  }

  /// P(any of its processes is down), from the unavailability that each would have alone, ρ / (1 + ρ).
  func anyOf(_ unavailabilities: [Double], in graph: CompiledGraph) -> Double {
    guard isExclusive(in: graph) else { return combined(unavailabilities) }
    let load = unavailabilities.reduce(0) { $0 + $1 / (1 - $1) }
    return load / (1 + load)
  }

  /// Σ 1 / (mean up time) × P(up).
  func exclusiveFrequencyPerHour(_ numbers: [Int], in graph: CompiledGraph) -> Double {
    numbers.reduce(0) { $0 + (graph.processes[$1].uptime.map { 1 / $0.mean } ?? 0) }
      * (1 - unavailability(in: graph))
  }
}

extension PreciseOdds {
  /// Of one of several events that exclude each other, from the odds that each would have alone: the load Σρ against 1.
  init(oneOf parts: [PreciseOdds]) {
    let load = parts.reduce(DoubleDouble(0)) { $0 + $1.isTrue / $1.isFalse }
    self.init(isTrue: load / (DoubleDouble(1) + load), isFalse: DoubleDouble(1) / (DoubleDouble(1) + load))
  }
}
