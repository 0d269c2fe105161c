internal import ServiceGraph

/// How many units of each group the outages that hit several of them leave alone, hold down unnoticed and hold down
/// noticed, in a situation of those that are looked at one by one.
///
/// The others have no unit in common. Those that hit alike units of every group are a lot, of which only the number counts:
/// of n outages with chances p to be noticed and q not to be,
///
///     P(a noticed, b unnoticed) = Σ over the outages of Π p · Π q · Π (1 − p − q).
struct SituationTallies {
  /// Units of every group, three numbers for each kind: left alone, held down unnoticed, and noticed.
  struct Entry {
    let units: [[Int]]
    let chance: Double
  }

  /// What units are by themselves: their chances to be up, down, and down unnoticed.
  typealias Kind = [Double]

  /// The ways that leave every group up.
  private(set) var entries: [Entry]
  private let counted: CountedGroups
  /// By group.
  private let kinds: [[Kind]]

  /// `nil`: more ways than the limit.
  init?(
    _ counted: CountedGroups, _ situation: [CountedGroups.Outage], _ probabilities: [Double],
    limit: Int = .max
  ) {
    self.counted = counted
    let own = counted.groups.map { group in
      group.own.map { counted.kind($0, probabilities) }
    }
    kinds = own.map { kinds in
      kinds.reduce(into: []) { distinct, kind in if !distinct.contains(kind) { distinct.append(kind) } }
    }
    // By unit: where its numbers are among those of its group.
    let cells = zip(kinds, own).map { kinds, own in own.map { (kinds.firstIndex(of: $0) ?? 0) * 3 } }
    var units = kinds.map { [Int](repeating: 0, count: 3 * $0.count) }
    var hits = [Int: Lot.Hits]()
    for (place, group) in counted.groups.enumerated() {
      for (unit, outages) in group.shared.enumerated() {
        let states = Set(outages.map { situation[$0] })
        let state = states.contains(.noticed) ? 2 : states.contains(.unnoticed) ? 1 : 0
        units[place][cells[place][unit] + state] += 1
        guard state < 2, let outage = outages.first(where: counted.numbered.contains) else { continue }
        let none = Lot.Hits(repeating: [], count: counted.groups.count)
        hits[outage, default: none][place].append(cells[place][unit] + state)
      }
    }
    entries = [Entry(units: units, chance: 1)]
    for lot in Lot.lots(counted, hits) {
      let ways = lot.ways(counted, probabilities)
      guard let next = next(ways, of: lot, limit: limit) else { return nil }
      entries = next
    }
  }

  /// What a group serves with so many units left alone and held down.
  func shares(ofGroup place: Int, _ units: [Int]) -> ServedShares {
    let group = counted.groups[place]
    var counts = UnitCounts.none
    for (number, kind) in kinds[place].enumerated() {
      let (up, down, unnoticed) = (kind[0], kind[1], kind[2])
      let states = units[3 * number..<3 * number + 3]
      let (free, hidden, noticed) = (
        states[states.startIndex], states[states.startIndex + 1], states.last ?? 0
      )
      let held = UnitCounts(down: hidden, unnoticed: up + unnoticed, noticed: max(0, down - unnoticed))
      counts = counts.and(UnitCounts(down: noticed, unnoticed: 0, noticed: 1), most: group.spare)
      counts = counts.and(held, most: group.spare)
      counts = counts.and(
        UnitCounts(free, up: up, down: down, unnoticed: unnoticed, most: group.spare), most: group.spare)
    }
    return ServedShares(group.work, counts)
  }

  /// The ways with those of a lot beside them, equal ones as one; `nil`: more than the limit.
  private func next(_ ways: [Lot.Way], of lot: Lot, limit: Int) -> [Entry]? {
    var (found, places): ([Entry], [[[Int]]: Int]) = ([], [:])
    for entry in entries {
      for way in ways {
        var units = entry.units
        for (group, cells) in lot.hits.enumerated() {
          for cell in cells { lot.move(way, from: cell, in: &units[group]) }
        }
        guard zip(units, counted.groups).allSatisfy({ held($0) <= $1.spare }) else { continue }
        let chance = entry.chance * way.chance
        if let place = places[units] {
          found[place] = Entry(units: units, chance: found[place].chance + chance)
        } else {
          places[units] = found.count
          found.append(Entry(units: units, chance: chance))
          if found.count > limit { return nil }
        }
      }
    }
    return found
  }

  /// How many units are held down.
  private func held(_ units: [Int]) -> Int {
    units.enumerated().reduce(0) { $0 + ($1.offset % 3 == 0 ? 0 : $1.element) }
  }
}

/// Outages that hit alike units.
private struct Lot {
  /// By group: the places of the numbers that count the units they hit, one for each unit.
  typealias Hits = [[Int]]

  /// So many of them are under way.
  struct Way {
    let noticed: Int
    let unnoticed: Int
    let chance: Double
  }

  let hits: Hits
  /// Their variables.
  var variables: [Int]

  /// The outages that change anything, by what they hit.
  static func lots(_ counted: CountedGroups, _ hits: [Int: Hits]) -> [Lot] {
    var (lots, places): ([Lot], [Hits: Int]) = ([], [:])
    for outage in counted.numbered {
      guard let own = hits[outage]?.map({ $0.sorted() }) else { continue }
      if let place = places[own] {
        lots[place].variables.append(counted.shared[outage])
      } else {
        places[own] = lots.count
        lots.append(Lot(hits: own, variables: [counted.shared[outage]]))
      }
    }
    return lots
  }

  /// How likely each number of them is under way.
  ///
  /// - Complexity: O(outages³)
  func ways(_ counted: CountedGroups, _ probabilities: [Double]) -> [Way] {
    // By how many are noticed, then by how many are not.
    var chances = [[1.0]]
    for variable in variables {
      let none = counted.chance(of: .none, variable, probabilities)
      let noticed = counted.chance(of: .noticed, variable, probabilities)
      let unnoticed = counted.chance(of: .unnoticed, variable, probabilities)
      var next = (0...chances.count).map { [Double](repeating: 0, count: chances.count - $0 + 1) }
      for (a, row) in chances.enumerated() {
        for (b, chance) in row.enumerated() {
          next[a][b] += chance * none
          next[a + 1][b] += chance * noticed
          next[a][b + 1] += chance * unnoticed
        }
      }
      chances = next
    }
    return chances.enumerated().flatMap { a, row in
      row.enumerated().map { Way(noticed: a, unnoticed: $0.offset, chance: $0.element) }
    }.filter { $0.chance > 0 }
  }

  /// Moves the units that count in one place: to the noticed ones, or to the unnoticed unless they are already.
  func move(_ way: Way, from cell: Int, in units: inout [Int]) {
    let first = cell - cell % 3
    units[cell] -= way.noticed
    units[first + 2] += way.noticed
    guard cell == first else { return }
    units[first] -= way.unnoticed
    units[first + 1] += way.unnoticed
  }
}

extension CountedGroups {
  /// The chances of a unit to be up, down, and down unnoticed by what hits it alone.
  fileprivate func kind(_ own: [Int], _ probabilities: [Double]) -> SituationTallies.Kind {
    var (up, down, unnoticed) = (1.0, 0.0, 0.0)
    for variable in own {
      let chance = probabilities[variable]
      let hidden = chance * (unnoticedShares[variable] ?? 0)
      unnoticed = unnoticed * (1 - chance + hidden) + up * hidden
      down += up * chance
      up *= 1 - chance
    }
    return [up, down, unnoticed]
  }
}
