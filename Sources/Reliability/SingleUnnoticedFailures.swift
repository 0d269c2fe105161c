internal import ServiceGraph
internal import ServiceModel

/// Requests that still go to units whose failure nobody has noticed, one outage at a time: for the groups whose unnoticed
/// failures are not among the levels.
///
///     lost = Σ P(outage unnoticed) · (what it alone takes away) · Σ_S w_S P(up, S | outage)
struct SingleUnnoticedFailures {
  private let outages: [(variable: Int, share: Double, loss: Double)]
  private let patternWeights: [Double]
  private let names: [String]

  /// The outages that hit groups whose unnoticed failures are not among the levels.
  init(_ groups: [SharedWork], patternWeights: [Double], in failure: FailureNetwork) {
    self.patternWeights = patternWeights
    let rest = groups.filter { !$0.countsUnnoticed && $0.canBeUnnoticed }
    outages = Set(rest.flatMap(\.events)).sorted().map { variable in
      let before = groups.map { $0.served(duringOutage: variable, withUnnoticed: $0.countsUnnoticed) }
      let served = groups.map { $0.served(duringOutage: variable, withUnnoticed: true) }
      let loss = (before.min() ?? 1) - (served.min() ?? 1)
      return (variable, failure.unnoticedShare(ofVariable: variable), loss)
    }
    .filter { $0.loss > 0 }
    names = rest.map { failure.graph.name(of: $0.capacity) }
  }

  /// Whether there are none.
  var isEmpty: Bool { outages.isEmpty }

  /// The share of service that they cost; the soft patterns are the diagram's last roots.
  func lost(_ diagram: NetworkDiagram, firstPattern: Int, _ probabilities: [Double]) -> Double {
    outages.reduce(0) { total, outage in
      let unnoticed = probabilities[outage.variable] * outage.share
      guard unnoticed > 0 else { return total }
      var during = probabilities
      during[outage.variable] = 1
      let up = zip(patternWeights, diagram.probabilitiesOfRoots(during)[firstPattern...])
        .reduce(0) { $0 + $1.0 * $1.1 }
      return total + unnoticed * outage.loss * up
    }
  }

  /// How likely any of these outages is, noticed or not, at most.
  func probability(_ probabilities: [Double]) -> Double {
    outages.reduce(0) { $0 + probabilities[$1.variable] }
  }

  /// What is not exact about it.
  var approximation: String {
    "requests to units of \(names.joined(separator: ", ")) whose failure nobody has noticed: one outage at a time"
  }
}

extension SharedWork {
  /// What is served while one outage is under way and everything else is up.
  fileprivate func served(duringOutage variable: Int, withUnnoticed isUnnoticed: Bool) -> Double {
    guard let place = events.firstIndex(of: variable) else { return 1 }
    let up = capacity.units.count - hits[place]
    return served(up: up, unnoticed: isUnnoticed ? hits[place] : 0)
  }
}

extension CompiledGraph {
  /// The component or role that does some work.
  fileprivate func name(of capacity: ServedFraction.Capacity) -> String {
    if let role = capacity.movingRole { return movingRoles[role].name }
    var next = 0
    for component in model.components {
      next += component.units.count
      if let first = capacity.units.first, first < next { return component.name }
    }
    return ""
  }
}
