/// An order of elimination that keeps a sparse matrix sparse: always a state with the fewest neighbours left.
///
/// The neighbours of a state are kept as states and as cliques left by eliminated states, whose sizes give an upper
/// bound on the degree. Source: Amestoy, Davis and Duff, *An approximate minimum degree ordering algorithm*,
/// SIAM J. Matrix Analysis 17 (1996); without supervariables.
struct MinimumDegree {
  private let count: Int
  /// The neighbours of each state by moves either way, without those covered by a clique.
  private var neighbours: [[Int]]
  /// The cliques each state is in, by the state eliminated.
  private var cliques: [[Int]]
  /// The states of each clique that are left.
  private var members: [[Int]]
  private var isLeft: [Bool]
  private var isClique: [Bool]
  private var degrees: [Int]
  private var buckets: DegreeBuckets
  private var mark: [Int]
  private var stamp = 0
  /// How many members of a clique are outside the newest, where the stamp is current.
  private var outside: [Int]
  private var outsideStamp: [Int]

  /// An order, and how many moves to later states there are once all is done.
  struct Order {
    var states: [Int] = []
    var fill = 0
    /// How many multiplications elimination takes.
    var work = 0.0
  }

  /// The order for a matrix of rates; `nil` as soon as more moves arise, or more work, than allowed.
  ///
  /// - Complexity: about the number of moves, times a small factor.
  static func order(of rates: RateMatrix, fillLimit: Int, workLimit: Double) -> Order? {
    var ordering = MinimumDegree(rates)
    var order = Order()
    order.states.reserveCapacity(rates.count)
    while let state = ordering.buckets.popSmallest() {
      let size = ordering.eliminate(state, left: rates.count - order.states.count - 1)
      order.states.append(state)
      order.fill += size
      order.work += Double(size) * Double(size)
      if order.fill > fillLimit || order.work > workLimit { return nil }
    }
    return order
  }

  private init(_ rates: RateMatrix) {
    count = rates.count
    neighbours = Self.neighbours(rates)
    cliques = [[Int]](repeating: [], count: count)
    members = cliques
    isLeft = [Bool](repeating: true, count: count)
    isClique = [Bool](repeating: false, count: count)
    degrees = neighbours.map(\.count)
    buckets = DegreeBuckets(count: count)
    mark = [Int](repeating: 0, count: count)
    outside = mark
    outsideStamp = mark
    // Later states first among equals: those met first while exploring are the likeliest.
    for state in 0..<count { buckets.insert(state, degree: degrees[state]) }
  }

  private static func neighbours(_ rates: RateMatrix) -> [[Int]] {
    let back = rates.transposed
    return (0..<rates.count).map { state in
      let all = (rates.row(state).map { rates.columns[$0] } + back.row(state).map { back.columns[$0] })
        .sorted()
      var distinct: [Int] = []
      for other in all where distinct.last != other { distinct.append(other) }
      return distinct
    }
  }

  /// - Returns: how many later states the state leads to.
  private mutating func eliminate(_ state: Int, left: Int) -> Int {
    isLeft[state] = false
    let clique = surroundings(of: state)
    for old in cliques[state] {
      isClique[old] = false
      members[old] = []
    }
    members[state] = clique
    isClique[state] = true
    cliques[state] = []
    neighbours[state] = []
    countOutside(clique)
    for member in clique { update(member, clique: state, size: clique.count, left: left) }
    return clique.count
  }

  /// The states left that a state is a neighbour of, directly or in a clique.
  private mutating func surroundings(of state: Int) -> [Int] {
    stamp += 1
    mark[state] = stamp
    var found: [Int] = []
    for other in neighbours[state] where isLeft[other] && mark[other] != stamp {
      mark[other] = stamp
      found.append(other)
    }
    for clique in cliques[state] {
      for other in members[clique] where isLeft[other] && mark[other] != stamp {
        mark[other] = stamp
        found.append(other)
      }
    }
    return found
  }

  /// Counts, for each older clique that meets the new one, how many of its members are outside.
  private mutating func countOutside(_ clique: [Int]) {
    for member in clique {
      for place in cliques[member].indices {
        let old = cliques[member][place]
        guard isClique[old] else { continue }
        if outsideStamp[old] != stamp {
          outsideStamp[old] = stamp
          outside[old] = members[old].count
        }
        outside[old] -= 1
      }
    }
  }

  /// Enters the new clique into what is known of one of its members, which are all marked.
  private mutating func update(_ member: Int, clique: Int, size: Int, left: Int) {
    neighbours[member].removeAll { mark[$0] == stamp || !isLeft[$0] }
    var degree = neighbours[member].count + size - 1
    cliques[member].removeAll { !isClique[$0] || outside[$0] <= 0 }
    for old in cliques[member] { degree += outside[old] }
    cliques[member].append(clique)
    degree = min(degree, left - 1, degrees[member] + size - 1)
    buckets.move(member, from: degrees[member], to: degree)
    degrees[member] = degree
  }
}

/// States by degree, as doubly linked lists.
private struct DegreeBuckets {
  private var heads: [Int]
  private var next: [Int]
  private var previous: [Int]
  private var smallest = 0

  init(count: Int) {
    heads = [Int](repeating: -1, count: count + 1)
    next = [Int](repeating: -1, count: count)
    previous = next
  }

  mutating func insert(_ state: Int, degree: Int) {
    let head = heads[degree]
    next[state] = head
    previous[state] = -1
    if head >= 0 { previous[head] = state }
    heads[degree] = state
    smallest = min(smallest, degree)
  }

  mutating func move(_ state: Int, from old: Int, to new: Int) {
    guard old != new else { return }
    remove(state, degree: old)
    insert(state, degree: max(0, new))
  }

  private mutating func remove(_ state: Int, degree: Int) {
    if previous[state] >= 0 { next[previous[state]] = next[state] } else { heads[degree] = next[state] }
    if next[state] >= 0 { previous[next[state]] = previous[state] }
  }

  /// Takes out a state of the smallest degree; `nil` when none is left.
  mutating func popSmallest() -> Int? {
    while smallest < heads.count, heads[smallest] < 0 { smallest += 1 }
    guard smallest < heads.count else { return nil }
    let state = heads[smallest]
    remove(state, degree: smallest)
    return state
  }
}
