internal import ServiceGraph

/// Groups of which it is enough to count units: so many up, so many down that nobody has noticed, so many down that
/// somebody has.
///
/// Given which of the outages that hit several units are under way, and which of them have been noticed, the units of a
/// group are independent, the groups are, and so is the rest of the service. Situation by situation,
///
///     Σ P(situation) · P(rest up | situation) · Σ P(up, unnoticed of every group | situation) · (what it serves).
///
/// Of outages that have no unit in common and do nothing else, such as those of nodes, it is enough to know how many are
/// under way of each kind (`SituationTallies`).
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
  let unnoticedShares: [Int: Double]
  /// The places of the shared outages that are looked at one by one.
  private(set) var single: [Int]
  /// The places of the others, which have no unit in common.
  private(set) var numbered: [Int] = []
  /// The most situations of outages that are looked at one by one.
  private static let situationLimit = 2187
  /// The most ways in which outages leave the units, in all situations.
  private static let tallyLimit = 20_000

  /// `nil` when units leave the places that are hit.
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
    single = Array(shared.indices)
  }

  /// The same with outages numbered that the rest of the service does not feel; `nil` when those that it does feel, or
  /// that hit the same units, make too many situations.
  ///
  /// - Parameters:
  ///   - felt: the variables that the rest depends on.
  ///   - probabilities: of all variables.
  func numbered(besides felt: Set<Int>, _ probabilities: [Double]) -> CountedGroups? {
    var units = [Set<[Int]>](repeating: [], count: shared.count)
    for (group, own) in groups.enumerated() {
      for (unit, places) in own.shared.enumerated() {
        for place in places { units[place].insert([group, unit]) }
      }
    }
    var (result, taken) = (self, Set<[Int]>())
    for place in shared.indices.sorted(by: { (units[$0].count, $0) < (units[$1].count, $1) })
    where !felt.contains(shared[place]) && taken.isDisjoint(with: units[place]) {
      taken.formUnion(units[place])
      result.numbered.append(place)
    }
    result.single = shared.indices.filter { !result.numbered.contains($0) }
    guard let situations = result.situations(limit: Self.situationLimit) else { return nil }
    var left = Self.tallyLimit
    for situation in situations {
      guard let tallies = SituationTallies(result, situation, probabilities, limit: left) else { return nil }
      left -= tallies.entries.count
    }
    return result
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
    var known: [[[Int]: ServedShares]] = groups.map { _ in [:] }
    return (situations() ?? []).compactMap { situation in
      var (chance, conditional) = (1.0, probabilities)
      for place in single {
        let (variable, outage) = (shared[place], situation[place])
        chance *= self.chance(of: outage, variable, probabilities)
        conditional[variable] = outage == .none ? 0 : 1
        if let notice = noticeVariables[variable] { conditional[notice] = outage == .unnoticed ? 1 : 0 }
      }
      guard chance > 0, let tallies = SituationTallies(self, situation, probabilities) else { return nil }
      let shares = tallies.entries.map { entry in
        var least: ServedShares?
        for (place, units) in entry.units.enumerated() {
          let own = known[place][units] ?? tallies.shares(ofGroup: place, units)
          known[place][units] = own
          least = least?.least(own) ?? own
        }
        return (entry.chance, least)
      }
      return Case(chance: chance, probabilities: conditional, shares: ServedShares(oneOf: shares))
    }
  }

  /// How likely it is that an outage is in some state.
  func chance(of outage: Outage, _ variable: Int, _ probabilities: [Double]) -> Double {
    let (down, unnoticed) = (probabilities[variable], unnoticedShares[variable] ?? 0)
    return switch outage {
    case .none: 1 - down
    case .noticed: down * (1 - unnoticed)
    case .unnoticed: down * unnoticed
    }
  }

  /// The states of all shared outages, the numbered ones at rest, that leave every group up; `nil`: more than the limit.
  private func situations(limit: Int = .max) -> [[Outage]]? {
    var open = [[Outage](repeating: .none, count: shared.count)]
    for place in single {
      let ways: [Outage] =
        unnoticedShares[shared[place], default: 0] > 0 ? [.none, .noticed, .unnoticed] : [.none, .noticed]
      open = open.flatMap { situation in
        ways.map { way in
          var next = situation
          next[place] = way
          return next
        }.filter { next in groups.allSatisfy { $0.mayBeUp(next) } }
      }
      if open.count > limit { return nil }
    }
    return open
  }
}

extension CountedGroups.Group {
  /// Whether a situation leaves enough units.
  fileprivate func mayBeUp(_ situation: [CountedGroups.Outage]) -> Bool {
    shared.count { $0.contains { situation[$0] != .none } } <= spare
  }
}
