internal import ServiceGraph

/// The states of a dependent group as far as a question about some of its processes can tell: how many have failed
/// of each class, and how many units of each pool work.
struct DependentCensus: Sendable {
  /// One of the things that are counted.
  struct Class: Sendable {
    /// The processes that can be exchanged for each other.
    let processes: [Int]
    /// The part of the module that they belong to.
    let part: Int
    /// The pool whose units fail; `nil`: each process is a member of the part by itself.
    let pool: Int?
  }

  /// What is counted of a state.
  struct Entry: Sendable {
    /// For each class: how many have failed.
    let failed: [Int]
    /// For each pool: how many units work.
    let working: [Int]
    let chance: Double
  }

  /// The units of a pool.
  struct Pool: Sendable {
    let part: Int
    let units: [Int]
    let running: Int
  }

  let classes: [Class]
  let pools: [Pool]
  let entries: [Entry]
  private let partCount: Int

  /// Counts the states of a group that was solved.
  ///
  /// - Parameter loose: the classes outside pools that take something down; the first parts, the pools being the rest.
  init(
    _ group: DependentGroup, loose: [Int], moves: DependentMoves, _ states: [DependentState],
    _ chances: [Double]
  ) {
    let seen = loose + group.classes.indices.filter { group.classes[$0].pool != nil }
    classes = seen.enumerated().map { place, one in
      let pool = group.classes[one].pool
      return Class(
        processes: group.classes[one].processes, part: pool.map { loose.count + $0 } ?? place, pool: pool)
    }
    pools = group.pools.enumerated().map { number, pool in
      Pool(part: loose.count + number, units: pool.units, running: pool.running)
    }
    partCount = loose.count + pools.count
    struct Key: Hashable {
      let failed: [Int]
      let working: [Int]
    }
    var places: [Key: Int] = [:]
    var keys: [Key] = []
    var sums: [Double] = []
    for (state, chance) in zip(states, chances) where chance > 0 {
      let key = Key(
        failed: seen.map { state.failed($0) },
        working: group.pools.indices.map { moves.working($0, in: state) })
      if let place = places[key] {
        sums[place] += chance
      } else {
        places[key] = keys.count
        keys.append(key)
        sums.append(chance)
      }
    }
    entries = zip(keys, sums).map { Entry(failed: $0.failed, working: $0.working, chance: $1) }
  }

  // MARK: Some processes, up or down

  /// For each class: how many of its members some processes are.
  func counts(_ isOwn: [Bool]) -> [Int] { classes.map { $0.processes.count { isOwn[$0] } } }

  /// The outcomes were the failures of some processes repaired at once, given how many of each class these are: one of
  /// those that can be exchanged, or all.
  func outcomes(without own: [Int]) -> [[Int]: Double] {
    table { entry, add in
      for (repaired, chance) in failures(own, entry) { add(outcome(entry, repaired: repaired), chance) }
    }
  }

  /// The outcomes of the time in which none of some processes is down; the sum is not 1.
  func outcomes(noneOf own: [Int]) -> [[Int]: Double] {
    table { entry, add in
      let chance = entry.chance * chanceOfNone(own, entry)
      if chance > 0 { add(outcome(entry), chance) }
    }
  }

  /// The outcomes as if all of some processes were down.
  func outcomes(allOf own: [Int]) -> [[Int]: Double] {
    table { entry, add in
      var outcome = outcome(entry)
      for (number, one) in classes.enumerated() where own[number] > 0 {
        let all = one.pool.map { pools[$0].units.count } ?? own[number]
        outcome[one.part] = max(outcome[one.part], all)
      }
      add(outcome, entry.chance)
    }
  }

  /// The probability that any of some processes is down.
  func likelihood(of own: [Int]) -> Double {
    entries.reduce(0) { $0 + $1.chance * chanceOfAny(own, $1) }
  }

  /// The probability that some members of each class are down, all of them: those named, not only so many.
  ///
  /// Of n members that can be exchanged f are down: k given ones with f (f − 1) … / n (n − 1) … to k factors.
  func likelihood(ofAll members: [Int]) -> Double {
    entries.reduce(0) { total, entry in
      var chance = entry.chance
      for pool in pools.indices {
        let own = classes.indices.filter { classes[$0].pool == pool && members[$0] > 0 }
        chance *= chanceOfAll(own, members, entry)
      }
      for (number, one) in classes.enumerated() where one.pool == nil && members[number] > 0 {
        chance *= chanceOfAll([number], members, entry)
      }
      return total + chance
    }
  }

  // MARK: Chances in one state

  /// A unit of a pool fails in one way at a time, so its classes share its places.
  private func chanceOfAll(_ numbers: [Int], _ members: [Int], _ entry: Entry) -> Double {
    var taken = 0
    var chance = 1.0
    for number in numbers {
      let places = classes[number].processes.count
      for place in 0..<members[number] {
        let left = places - taken
        guard entry.failed[number] > place, left > 0 else { return 0 }
        chance *= Double(entry.failed[number] - place) / Double(left)
        taken += 1
      }
    }
    return chance
  }

  /// How many of each class are repaired, with the probability of that.
  private func failures(_ own: [Int], _ entry: Entry) -> [(repaired: [Int], chance: Double)] {
    let nothing = [Int](repeating: 0, count: classes.count)
    var branches: [(repaired: [Int], chance: Double)] = [(nothing, entry.chance)]
    for numbers in blocks where numbers.contains(where: { own[$0] > 0 && entry.failed[$0] > 0 }) {
      let isOneUnit = numbers.allSatisfy { own[$0] <= 1 }
      let steps = isOneUnit ? [numbers] : numbers.map { [$0] }
      for step in steps {
        let ways = step.count == 1 ? repairs(of: step[0], own, entry) : repairs(ofUnitIn: step, own, entry)
        branches = branches.flatMap { branch in
          ways.map { way in
            (zip(branch.repaired, way.repaired).map(+), branch.chance * way.chance)
          }
        }
      }
    }
    return branches
  }

  /// The classes outside pools, each for itself, and those of each pool together.
  private var blocks: [[Int]] {
    classes.indices.filter { classes[$0].pool == nil }.map { [$0] }
      + pools.indices.map { pool in classes.indices.filter { classes[$0].pool == pool } }
  }

  /// As many of the own as fall on those that have failed.
  private func repairs(of number: Int, _ own: [Int], _ entry: Entry) -> [(repaired: [Int], chance: Double)] {
    let (failed, members) = (entry.failed[number], classes[number].processes.count)
    return (max(0, own[number] + failed - members)...min(own[number], failed)).map { count in
      var repaired = [Int](repeating: 0, count: classes.count)
      repaired[number] = count
      return (repaired, hypergeometric(count, drawn: failed, own: own[number], all: members))
    }
  }

  /// One unit, which fails in one way at a time.
  private func repairs(
    ofUnitIn numbers: [Int], _ own: [Int], _ entry: Entry
  ) -> [(repaired: [Int], chance: Double)] {
    let nothing = [Int](repeating: 0, count: classes.count)
    var left = 1.0
    var ways: [(repaired: [Int], chance: Double)] = []
    for number in numbers where own[number] > 0 && entry.failed[number] > 0 {
      let chance = Double(entry.failed[number]) / Double(classes[number].processes.count)
      var repaired = nothing
      repaired[number] = 1
      ways.append((repaired, chance))
      left -= chance
    }
    return ways + (left > 1e-15 ? [(nothing, left)] : [])
  }

  private func chanceOfNone(_ own: [Int], _ entry: Entry) -> Double { 1 - chanceOfAny(own, entry) }

  private func chanceOfAny(_ own: [Int], _ entry: Entry) -> Double {
    var any = 0.0
    for number in pools.indices {
      // One unit fails in one way at a time; several units, or all, by counting those that have not failed.
      let touched = classes.indices.filter { classes[$0].pool == number && own[$0] > 0 }
      guard let most = touched.map({ own[$0] }).max() else { continue }
      let chance =
        most == 1
        ? touched.reduce(0) { $0 + Double(entry.failed[$1]) / Double(classes[$1].processes.count) }
        : touched.reduce(0) { total, one in
          let next = chanceOfAny(one, own, entry)
          return total + next - total * next
        }
      any += min(1, chance) * (1 - any)
    }
    for number in classes.indices where classes[number].pool == nil && own[number] > 0 {
      any += chanceOfAny(number, own, entry) * (1 - any)
    }
    return any
  }

  private func chanceOfAny(_ number: Int, _ own: [Int], _ entry: Entry) -> Double {
    let members = classes[number].processes.count
    if own[number] == 1 { return Double(entry.failed[number]) / Double(members) }
    return 1 - hypergeometric(0, drawn: entry.failed[number], own: own[number], all: members)
  }

  // MARK: Outcomes

  private func outcome(_ entry: Entry, repaired: [Int]? = nil) -> [Int] {
    var outcome = [Int](repeating: 0, count: partCount)
    var back = [Int](repeating: 0, count: pools.count)
    for (number, one) in classes.enumerated() {
      let repaired = repaired?[number] ?? 0
      if let pool = one.pool {
        back[pool] += repaired
      } else {
        outcome[one.part] = entry.failed[number] - repaired
      }
    }
    for (number, pool) in pools.enumerated() {
      outcome[pool.part] = pool.units.count - min(pool.running, entry.working[number] + back[number])
    }
    return outcome
  }

  private func table(
    _ body: (_ entry: Entry, _ add: (_ outcome: [Int], _ chance: Double) -> Void) -> Void
  ) -> [[Int]: Double] {
    var table: [[Int]: Double] = [:]
    for entry in entries { body(entry) { table[$0, default: 0] += $1 } }
    return table
  }
}

/// The probability that so many of those drawn are among the own: C(own, count) C(all − own, drawn − count) / C(all, drawn).
func hypergeometric(_ count: Int, drawn: Int, own: Int, all: Int) -> Double {
  guard count >= 0, count <= own, count <= drawn, drawn - count <= all - own else { return 0 }
  // One draw after the other, the hits first, times the number of orders.
  var chance = 1.0
  for place in 0..<count {
    chance *= Double(own - place) / Double(all - place) * Double(drawn - place) / Double(place + 1)
  }
  for place in 0..<(drawn - count) {
    chance *= Double(all - own - place) / Double(all - count - place)
  }
  return chance
}
