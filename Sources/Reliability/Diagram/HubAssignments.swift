/// The assignments of some independent variables, the most probable first.
///
/// Next to the most probable one stand those that differ in the variables whose less likely value costs least: from
/// each assignment whose last change is at place i, one changes place i + 1 too, and one moves the change there, so
/// that every set of changes is met once.
struct HubAssignments {
  private struct Candidate {
    let weight: Double
    /// The changed places, ascending in `sorted`.
    let changes: [Int]
  }

  private let isLikely: [Bool]
  /// Variables, those first whose change costs least; and what it costs.
  private let sorted: [Int]
  private let ratios: [Double]
  /// The probability of the most probable assignment.
  private let most: Double
  private var heap: [Candidate] = []

  /// Starts from P(true) of each variable.
  init(_ trueProbabilities: [Double]) {
    isLikely = trueProbabilities.map { $0 > 0.5 }
    let least = trueProbabilities.map { min($0, 1 - $0) / max($0, 1 - $0) }
    sorted = least.indices.sorted { (-least[$0], $0) < (-least[$1], $1) }
    ratios = sorted.map { least[$0] }
    most = trueProbabilities.reduce(1) { $0 * max($1, 1 - $1) }
    push([])
  }

  /// Whether every assignment that can happen was given.
  var isExhausted: Bool { heap.isEmpty }

  /// The next assignment and its probability; `nil` when there is none left that can happen.
  mutating func next() -> (state: [Bool], weight: Double)? {
    guard let best = pop() else { return nil }
    let following = (best.changes.last ?? -1) + 1
    if following < sorted.count {
      push(best.changes + [following])
      if !best.changes.isEmpty { push(best.changes.dropLast() + [following]) }
    }
    var state = isLikely
    for place in best.changes { state[sorted[place]].toggle() }
    return (state, best.weight)
  }

  // MARK: The heap, the greatest weight on top

  private mutating func push(_ changes: [Int]) {
    let weight = changes.reduce(most) { $0 * ratios[$1] }
    if weight == 0 { return }
    heap.append(Candidate(weight: weight, changes: changes))
    var place = heap.count - 1
    while place > 0, heap[(place - 1) / 2].weight < heap[place].weight {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func pop() -> Candidate? {
    guard let best = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return best }
    heap[0] = last
    var place = 0
    while true {
      let (left, right) = (2 * place + 1, 2 * place + 2)
      var greatest = place
      if left < heap.count, heap[left].weight > heap[greatest].weight { greatest = left }
      if right < heap.count, heap[right].weight > heap[greatest].weight { greatest = right }
      if greatest == place { return best }
      heap.swapAt(place, greatest)
      place = greatest
    }
  }
}
