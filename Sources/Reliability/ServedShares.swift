internal import ServiceGraph

/// How likely groups are all up and serve which share together: what the one that serves least does.
struct ServedShares {
  /// Shares, ascending, with their chances.
  private var shares: [(share: Double, chance: Double)]

  /// What a group serves, by how many of its units are up and how many are down unnoticed.
  init(_ work: SharedWork, _ counts: UnitCounts) {
    let count = work.capacity.units.count
    shares = []
    for (down, row) in counts.rows.enumerated() where count - down >= work.capacity.required {
      for (place, chance) in row.chances.enumerated() where chance > 0 {
        shares.append((work.served(up: count - down, unnoticed: row.first + place), chance))
      }
    }
    shares.sort { $0.share < $1.share }
  }

  /// One of several, by chance; `nil` serves nothing that counts.
  init(oneOf cases: [(chance: Double, shares: ServedShares?)]) {
    var places: [Double: Int] = [:]
    shares = []
    for (chance, own) in cases {
      for (share, part) in own?.shares ?? [] {
        if let place = places[share] {
          shares[place].chance += chance * part
        } else {
          places[share] = shares.count
          shares.append((share, chance * part))
        }
      }
    }
    shares.sort { $0.share < $1.share }
  }

  /// The least of two independent shares.
  func least(_ other: ServedShares) -> ServedShares {
    let (own, others) = (atLeast, other.atLeast)
    var result = self
    result.shares = []
    var (place, next) = (0, 0)
    while place < shares.count || next < other.shares.count {
      let isOwn =
        next >= other.shares.count
        || (place < shares.count && shares[place].share <= other.shares[next].share)
      if isOwn {
        result.shares.append((shares[place].share, shares[place].chance * others[next]))
        place += 1
      } else {
        result.shares.append((other.shares[next].share, other.shares[next].chance * own[place]))
        next += 1
      }
    }
    return result
  }

  /// The chance of each share or more; 0 after the last.
  private var atLeast: [Double] {
    var sums = [Double](repeating: 0, count: shares.count + 1)
    for place in shares.indices.reversed() { sums[place] = sums[place + 1] + shares[place].chance }
    return sums
  }

  /// How likely all groups are up.
  var up: Double { shares.reduce(0) { $0 + $1.chance } }

  /// What is not served while they are up.
  var lost: Double { shares.reduce(0) { $0 + $1.chance * (1 - $1.share) } }

  /// What of it lies between two levels of share.
  func served(from level: Double, to next: Double) -> Double {
    shares.reduce(0) { $0 + $1.chance * max(0, min($1.share, next) - level) }
  }
}
