internal import Quantities
internal import ServiceGraph
internal import ServiceModel

/// Requests that still go to units whose failure nobody has noticed, one outage at a time: for the groups whose unnoticed
/// failures are not among the levels and whose units can not be counted.
///
///     lost = Σ P(outage unnoticed) · (what it alone takes away) · Σ_S w_S P(up, S | outage)
///
/// It is exact while nothing else of the groups is down; how wrong it can be follows from how likely that is. Units of a
/// role that moves count as if they stayed.
struct SingleUnnoticedFailures {
  private struct Outage {
    let variable: Int
    /// How much of it passes before anybody notices.
    let share: Double
    /// What it takes away while everything else is up.
    let loss: Double
    /// What it takes away at most, whatever else is down.
    let mostLoss: Double
    /// The groups that it hits.
    let groups: [Int]
  }

  private let outages: [Outage]
  private let groups: [UnitsBeside]
  private let names: [String]

  /// The outages that hit groups whose unnoticed failures are not among the levels. Those beside them are exact.
  init(_ groups: [SharedWork], beside others: [SharedWork], in failure: FailureNetwork) {
    let rest = groups.filter { !$0.countsUnnoticed && $0.canBeUnnoticed }
    let exact = others.map { work in
      var work = work
      work.countsUnnoticed = true
      return work
    }
    let works = groups + exact
    outages = Set(rest.flatMap(\.events)).sorted().map { variable in
      let before = works.map { $0.served(duringOutage: variable, withUnnoticed: $0.countsUnnoticed) }
      let served = works.map { $0.served(duringOutage: variable, withUnnoticed: true) }
      return Outage(
        variable: variable, share: failure.unnoticedShare(ofVariable: variable),
        loss: (before.min() ?? 1) - (served.min() ?? 1),
        mostLoss: min(1, rest.reduce(0) { $0 + $1.mostLoss(duringOutage: variable) }),
        groups: works.indices.filter { works[$0].events.contains(variable) })
    }
    self.groups = rest.isEmpty ? [] : works.map { UnitsBeside($0, in: failure) }
    names = rest.map { failure.graph.name(of: $0.capacity) }
  }

  /// Whether there are none.
  var isEmpty: Bool { outages.isEmpty }

  /// The share of service that they cost; `left` is what is left of service while the capability is up, whatever the
  /// groups do.
  func lost(_ probabilities: [Double], left: ([Double]) -> Double) -> Double {
    outages.reduce(0) { total, outage in
      let unnoticed = probabilities[outage.variable] * outage.share
      guard unnoticed * outage.loss > 0 else { return total }
      var during = probabilities
      during[outage.variable] = 1
      return total + unnoticed * outage.loss * left(during)
    }
  }

  /// How far off this share can be, at most.
  func mostError(_ probabilities: [Double]) -> Double {
    var crowding: [[Int]: Double] = [:]
    return outages.reduce(0) { sum, outage in
      sum + probabilities[outage.variable] * outage.share * mostError(of: outage, probabilities, &crowding)
    }
  }

  /// The same while one of them is unnoticed: in proportion to what it takes away, where it hits one group alone, by how
  /// many other units are down; otherwise, when anything else is.
  private func mostError(
    of outage: Outage, _ probabilities: [Double], _ crowding: inout [[Int]: Double]
  ) -> Double {
    let most = max(outage.loss, outage.mostLoss)
    guard groups.allSatisfy({ $0.hits != nil }) else { return most }
    guard outage.groups.count == 1, let place = outage.groups.first,
      groups[place].work.capacity.movingRole == nil, let units = groups[place].hits?[outage.variable]
    else {
      let others = groups.reduce(0) { $0 + $1.probability(probabilities, but: outage.variable) }
      return most * min(1, others)
    }
    guard groups[place].work.capacity.required > 0 else { return most }
    let key = [place, units.count]
    let crowd = crowding[key] ?? groups[place].crowding(beside: units.count, probabilities)
    crowding[key] = crowd
    let overlaps = groups[place].probability(probabilities, but: outage.variable, overlapping: units)
    let others = groups.indices.filter { $0 != place }.reduce(0) {
      $0 + groups[$1].probability(probabilities, but: outage.variable)
    }
    return min(most, outage.loss * (crowd + overlaps + others))
  }

  /// What is not exact about it.
  func approximation(error: Double, of total: Double) -> String {
    let (own, share) = (percentage(error), percentage(error / total))
    return
      "requests to units of \(names.joined(separator: ", ")) whose failure nobody has noticed: one outage at a "
      + "time, off by at most \(own) of all requests, \(share) of what is not served"
  }

  private func percentage(_ share: Double) -> String {
    "\(shortest((share * 100).rounded(.up, digits: 2))) %"
  }
}

extension SharedWork {
  /// What is served while one outage is under way and everything else is up.
  fileprivate func served(duringOutage variable: Int, withUnnoticed isUnnoticed: Bool) -> Double {
    guard let place = events.firstIndex(of: variable) else { return 1 }
    let up = capacity.units.count - hits[place]
    return served(up: up, unnoticed: isUnnoticed ? hits[place] : 0)
  }

  /// What an outage that nobody has noticed takes away at most, while enough units are up.
  fileprivate func mostLoss(duringOutage variable: Int) -> Double {
    guard let place = events.firstIndex(of: variable) else { return 0 }
    return Double(hits[place]) / Double(capacity.required + hits[place])
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
