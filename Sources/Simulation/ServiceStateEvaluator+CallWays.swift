internal import Quantities
internal import Resilience
internal import ServiceGraph

/// What policies make of the calls to something that shares its work among units.
extension ServiceStateEvaluator {
  /// Whether what it can do limits what is served: while no call gets to it, policies decide what becomes of the calls.
  func isCalled(_ capacity: ServedFraction.Capacity, _ units: borrowing UnitStates) -> Bool {
    capacity.callWays.isEmpty || capacity.callWays.contains { isOpen($0, units) }
  }

  /// The share of calls that are lost when a share q of all attempts goes to units that are down and not noticed.
  ///
  /// Every attempt goes to one of the units at random, so that n of them all fail for a share qⁿ, of which a fallback serves its
  /// part; what is left fails further up, and is tried again there. Of several ways the worst counts. Breakers that open by
  /// that, the time that attempts take and the end of a fallback are left out.
  func lost(
    ofUnnoticed share: Double, _ capacity: ServedFraction.Capacity, _ units: borrowing UnitStates
  ) -> Double {
    var most = 0.0
    for way in capacity.callWays where isOpen(way, units) {
      let lost = way.reversed().reduce(share) { layout.edges.edges[$1].policies.lost(ofAttempts: $0) }
      most = max(most, lost)
    }
    return most
  }

  /// Whether all callees on a way are up.
  private func isOpen(_ way: [Int], _ units: borrowing UnitStates) -> Bool {
    for edge in way where !units.gates.isUp(layout.edges.gates[edge].callee) { return false }
    return true
  }
}

extension EdgePolicies {
  /// The share of calls that get neither an answer nor a fallback when attempts fail independently of each other.
  fileprivate func lost(ofAttempts failedShare: Double) -> Double {
    let attempts = retry?.attempts ?? 1
    var failed = failedShare
    for _ in 1..<max(1, attempts) where failed > 0 { failed *= failedShare }
    return failed * (1 - (fallback?.serves.value ?? 0))
  }
}
