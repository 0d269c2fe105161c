/// An order of elimination that keeps a sparse matrix sparse: always a state with the fewest neighbours left.
///
/// The neighbours of a state are kept as states and as cliques left by eliminated states, whose sizes give an upper
/// bound on the degree. Source: Amestoy, Davis and Duff, *An approximate minimum degree ordering algorithm*,
/// SIAM J. Matrix Analysis 17 (1996); without supervariables.
struct MinimumDegree {
  /// Where the lists of each state begin, and one end more; none ever outgrows the neighbours that it had at first.
  private let starts: [Int]
  /// The neighbours of each state by moves either way, without those covered by a clique.
  private var neighbours: [Int32]
  private var neighbourCounts: [Int]
  /// The cliques each state is in, by the state eliminated.
  private var cliques: [Int32]
  private var cliqueCounts: [Int]
  /// The states of all cliques, and for each clique those of it that are left.
  private var members: [Int32] = []
  private var ranges: [Range<Int>]
  private var isLeft: [Bool]
  private var isClique: [Bool]
  private var degrees: [Int]
  private var buckets: DegreeBuckets
  private var mark: [Int32]
  private var stamp: Int32 = 0
  /// How many members of a clique are outside the newest, where the stamp is current.
  private var outside: [Int]
  private var outsideStamp: [Int32]

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
    let count = rates.count
    let back = rates.transposed
    neighbours = []
    neighbours.reserveCapacity(2 * rates.columns.count)
    var starts = [0]
    for state in 0..<count {
      Self.append(
        rates.columns[rates.row(state)], and: back.columns[back.row(state)], to: &neighbours)
      starts.append(neighbours.count)
    }
    self.starts = starts
    degrees = (0..<count).map { starts[$0 + 1] - starts[$0] }
    neighbourCounts = degrees
    cliques = [Int32](repeating: 0, count: neighbours.count)
    cliqueCounts = [Int](repeating: 0, count: count)
    ranges = [Range<Int>](repeating: 0..<0, count: count)
    isLeft = [Bool](repeating: true, count: count)
    isClique = [Bool](repeating: false, count: count)
    buckets = DegreeBuckets(count: count)
    mark = [Int32](repeating: 0, count: count)
    outside = [Int](repeating: 0, count: count)
    outsideStamp = mark
    // Later states first among equals: those met first while exploring are the likeliest.
    for state in 0..<count { buckets.insert(state, degree: degrees[state]) }
  }

  /// Appends what stands in either of two ascending lists, once.
  private static func append(_ one: ArraySlice<Int>, and other: ArraySlice<Int>, to list: inout [Int32]) {
    var (place, next) = (one.startIndex, other.startIndex)
    while place < one.endIndex || next < other.endIndex {
      let first = place < one.endIndex ? one[place] : .max
      let second = next < other.endIndex ? other[next] : .max
      list.append(Int32(min(first, second)))
      if first <= second { place += 1 }
      if second <= first { next += 1 }
    }
  }

  /// - Returns: how many later states the state leads to.
  private mutating func eliminate(_ state: Int, left: Int) -> Int {
    isLeft[state] = false
    let clique = appendSurroundings(of: state)
    for place in starts[state]..<starts[state] + cliqueCounts[state] {
      let old = Int(cliques[place])
      isClique[old] = false
      ranges[old] = 0..<0
    }
    ranges[state] = clique
    isClique[state] = true
    cliqueCounts[state] = 0
    neighbourCounts[state] = 0
    countOutside(clique)
    for place in clique { update(Int(members[place]), clique: state, size: clique.count, left: left) }
    return clique.count
  }

  /// The states left that a state is a neighbour of, directly or in a clique, as new members.
  private mutating func appendSurroundings(of state: Int) -> Range<Int> {
    stamp += 1
    mark[state] = stamp
    let first = members.count
    for place in starts[state]..<starts[state] + neighbourCounts[state] { appendNew(neighbours[place]) }
    for place in starts[state]..<starts[state] + cliqueCounts[state] {
      for member in ranges[Int(cliques[place])] { appendNew(members[member]) }
    }
    return first..<members.count
  }

  private mutating func appendNew(_ other: Int32) {
    guard isLeft[Int(other)], mark[Int(other)] != stamp else { return }
    mark[Int(other)] = stamp
    members.append(other)
  }

  /// Counts, for each older clique that meets the new one, how many of its members are outside.
  private mutating func countOutside(_ clique: Range<Int>) {
    for place in clique {
      let member = Int(members[place])
      for place in starts[member]..<starts[member] + cliqueCounts[member] {
        let old = Int(cliques[place])
        guard isClique[old] else { continue }
        if outsideStamp[old] != stamp {
          outsideStamp[old] = stamp
          outside[old] = ranges[old].count
        }
        outside[old] -= 1
      }
    }
  }

  /// Enters the new clique into what is known of one of its members, which are all marked.
  private mutating func update(_ member: Int, clique: Int, size: Int, left: Int) {
    let start = starts[member]
    var kept = start
    for place in start..<start + neighbourCounts[member] {
      let other = neighbours[place]
      guard mark[Int(other)] != stamp, isLeft[Int(other)] else { continue }
      neighbours[kept] = other
      kept += 1
    }
    neighbourCounts[member] = kept - start
    var degree = kept - start + size - 1
    kept = start
    for place in start..<start + cliqueCounts[member] {
      let old = cliques[place]
      guard isClique[Int(old)], outside[Int(old)] > 0 else { continue }
      degree += outside[Int(old)]
      cliques[kept] = old
      kept += 1
    }
    cliques[kept] = Int32(clique)
    cliqueCounts[member] = kept + 1 - start
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
