internal import ServiceGraph

/// Groups of which it is enough to count units: so many up, so many down that nobody has noticed, so many down that
/// somebody has.
///
/// Given which of the outages that hit several units are under way, and which of them have been noticed, the units of a
/// group are independent, the groups are, and so is the rest of the service. Situation by situation,
///
///     Σ P(situation) · P(rest up | situation) · Σ P(up, unnoticed of every group | situation) · (what it serves).
struct CountedGroups {
  /// A group, with what hits its units.
  struct Group {
    let work: SharedWork
    /// For each unit: the variables that hit it alone.
    let own: [[Int]]
    /// For each unit: the places among the shared outages of those that hit it.
    let shared: [[Int]]

    /// How many units may be down while the group is up.
    var spare: Int { work.capacity.units.count - work.capacity.required }
  }

  /// What is known about a shared outage.
  enum Outage: Hashable {
    case none, noticed, unnoticed
  }

  let groups: [Group]
  /// The variables of outages that hit several units, or more than this group.
  let shared: [Int]
  /// By variable: how much of an outage passes before anybody notices.
  private let unnoticedShares: [Int: Double]
  /// The situations that leave every group up.
  private let situations: [[Outage]]
  /// The most situations that are looked at.
  private static let situationLimit = 2187

  /// `nil` when outages that hit several units make too many situations, or units leave the places that they hit.
  init?(_ works: [SharedWork], in failure: FailureNetwork) {
    var groups: [Group] = []
    var (shared, shares): ([Int], [Int: Double]) = ([], [:])
    for work in works {
      let events = work.capacity.units.map { failure.independentEvents(ofUnit: $0) ?? [] }
      for variable in Set(events.joined()).sorted() {
        guard failure.leaving(ofVariable: variable).isEmpty else { return nil }
        shares[variable] = failure.unnoticedShare(ofVariable: variable)
        let isShared = failure.units(ofVariable: variable).count > 1
        if isShared, !shared.contains(variable) { shared.append(variable) }
      }
      let numbers = Dictionary(uniqueKeysWithValues: shared.enumerated().map { ($1, $0) })
      groups.append(
        Group(
          work: work, own: events.map { $0.filter { numbers[$0] == nil } },
          shared: events.map { $0.compactMap { numbers[$0] } }))
    }
    (self.groups, self.shared, unnoticedShares) = (groups, shared, shares)
    var open: [[Outage]] = [[]]
    for place in shared.indices {
      let ways: [Outage] =
        shares[shared[place], default: 0] > 0 ? [.none, .noticed, .unnoticed] : [.none, .noticed]
      open = open.flatMap { situation in
        ways.map { situation + [$0] }.filter { next in groups.allSatisfy { $0.mayBeUp(next) } }
      }
      if open.count > Self.situationLimit { return nil }
    }
    situations = open
  }

  /// The variables of failures of one unit, which nothing else may depend on.
  var ownVariables: Set<Int> { Set(groups.flatMap { $0.own.joined() }) }

  /// What follows from a situation: its probability, the probabilities of all variables, and what the groups serve.
  struct Case {
    let chance: Double
    let probabilities: [Double]
    let shares: ServedShares
  }

  /// Every situation that can be. `noticeVariables` say by outage which variable is true while it is unnoticed.
  func cases(_ probabilities: [Double], noticeVariables: [Int: Int]) -> [Case] {
    let cohorts = groups.map { $0.cohorts(probabilities, unnoticedShares) }
    var known: [[[Outage]: ServedShares]] = groups.map { _ in [:] }
    return situations.compactMap { situation in
      var (chance, conditional) = (1.0, probabilities)
      for (variable, outage) in zip(shared, situation) {
        let (down, unnoticed) = (probabilities[variable], unnoticedShares[variable] ?? 0)
        switch outage {
        case .none: chance *= 1 - down
        case .noticed: chance *= down * (1 - unnoticed)
        case .unnoticed: chance *= down * unnoticed
        }
        conditional[variable] = outage == .none ? 0 : 1
        if let notice = noticeVariables[variable] { conditional[notice] = outage == .unnoticed ? 1 : 0 }
      }
      guard chance > 0 else { return nil }
      var least: ServedShares?
      for (place, group) in groups.enumerated() {
        let own = group.outages(situation)
        let shares = known[place][own] ?? ServedShares(group.work, group.counts(cohorts[place], situation))
        known[place][own] = shares
        least = least?.least(shares) ?? shares
      }
      return least.map { Case(chance: chance, probabilities: conditional, shares: $0) }
    }
  }
}

extension CountedGroups.Group {
  /// Units that are alike.
  fileprivate struct Cohort {
    /// The places of the shared outages that hit them.
    let shared: [Int]
    /// Up, down, and down unnoticed by what hits each alone.
    let chances: [Double]
    var count = 0
  }

  /// Whether a situation of the first shared outages leaves enough units.
  fileprivate func mayBeUp(_ situation: [CountedGroups.Outage]) -> Bool {
    let down = shared.count { $0.contains { $0 < situation.count && situation[$0] != .none } }
    return down <= spare
  }

  /// The part of a situation that concerns this group.
  fileprivate func outages(_ situation: [CountedGroups.Outage]) -> [CountedGroups.Outage] {
    Set(shared.joined()).sorted().map { situation[$0] }
  }

  /// The units by what hits them and how likely that is.
  fileprivate func cohorts(_ probabilities: [Double], _ unnoticedShares: [Int: Double]) -> [Cohort] {
    struct Key: Hashable {
      let shared: [Int]
      let chances: [Double]
    }
    var (places, cohorts): ([Key: Int], [Cohort]) = ([:], [])
    for (own, shared) in zip(own, shared) {
      var (up, down, unnoticed) = (1.0, 0.0, 0.0)
      for variable in own {
        let chance = probabilities[variable]
        let hidden = chance * (unnoticedShares[variable] ?? 0)
        unnoticed = unnoticed * (1 - chance + hidden) + up * hidden
        down += up * chance
        up *= 1 - chance
      }
      let key = Key(shared: shared, chances: [up, down, unnoticed])
      let place = places[key] ?? cohorts.count
      if place == cohorts.count { cohorts.append(Cohort(shared: shared, chances: key.chances)) }
      places[key] = place
      cohorts[place].count += 1
    }
    return cohorts
  }

  /// How many of its units are down and unnoticed in a situation.
  fileprivate func counts(_ cohorts: [Cohort], _ situation: [CountedGroups.Outage]) -> UnitCounts {
    var free: [[Double]: Int] = [:]
    var order: [[Double]] = []
    var counts = UnitCounts.none
    for cohort in cohorts {
      let (up, unnoticed) = (cohort.chances[0], cohort.chances[2])
      let outages = Set(cohort.shared.map { situation[$0] })
      if outages.contains(.noticed) {
        counts = counts.and(UnitCounts(down: cohort.count, unnoticed: 0, noticed: 1), most: spare)
      } else if outages.contains(.unnoticed) {
        let noticed = max(0, cohort.chances[1] - unnoticed)
        let held = UnitCounts(down: cohort.count, unnoticed: up + unnoticed, noticed: noticed)
        counts = counts.and(held, most: spare)
      } else {
        if free[cohort.chances] == nil { order.append(cohort.chances) }
        free[cohort.chances, default: 0] += cohort.count
      }
    }
    for chances in order {
      let own = UnitCounts(
        free[chances] ?? 0, up: chances[0], down: chances[1], unnoticed: chances[2], most: spare)
      counts = counts.and(own, most: spare)
    }
    return counts
  }
}
