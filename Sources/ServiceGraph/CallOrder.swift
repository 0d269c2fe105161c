/// Which of several calls are made at once, and which one after the other.
///
/// A tree of lanes: what is in one lane is done one after the other, and the lanes of a fork at once, so that a fork takes as long
/// as its slowest lane. What several lanes wait for is in each of them.
public struct CallOrder: Sendable, Hashable {
  /// A lane beside others.
  public struct Lane: Sendable, Hashable {
    /// The lane that waits for it, as a place before its own.
    public let parent: Int
    /// Lanes of one parent with the same number begin at once.
    public let fork: Int
  }

  /// The lanes; the first is that of the calls themselves, and no other's.
  public private(set) var lanes = [Lane(parent: 0, fork: 0)]
  /// The lanes of each group of units, in their order; empty where there is but one lane.
  public private(set) var ofGroups: [[Int]] = []
  /// The lanes of each dependency likewise.
  public private(set) var ofEdges: [[Int]] = []
  /// The lanes of each choice likewise.
  public private(set) var ofAlternatives: [[Int]] = []

  /// Everything one after the other.
  public static let serial = CallOrder()

  /// Whether all is done one after the other.
  public var isSerial: Bool { lanes.count == 1 }

  private init() {}

  /// The order in which what is reached without policies is called.
  init(_ lanes: [Lane], ofGroups: [Int], ofEdges: [Int], ofAlternatives: [Int]) {
    guard lanes.count > 1 else { return }
    self.lanes = lanes
    (self.ofGroups, self.ofEdges, self.ofAlternatives) = (
      ofGroups.map { [$0] }, ofEdges.map { [$0] }, ofAlternatives.map { [$0] }
    )
  }

  /// The order of several that are called at once, each as it has it by itself.
  init(
    atOnce several: [FurtherCalls],
    together: (groups: [FurtherCalls.Group], edges: [Int], alternatives: [FurtherCalls.Alternatives])
  ) {
    ofGroups = together.groups.map { _ in [] }
    ofEdges = together.edges.map { _ in [] }
    ofAlternatives = together.alternatives.map { _ in [] }
    for calls in several {
      let first = lanes.count
      lanes.append(Lane(parent: 0, fork: -1))
      lanes += calls.order.lanes.dropFirst().map { Lane(parent: first + $0.parent, fork: $0.fork) }
      func note<Item: Equatable>(
        _ own: [Item], _ inLanes: [[Int]], among all: [Item], _ found: inout [[Int]]
      ) {
        for (place, item) in own.enumerated() {
          guard let number = all.firstIndex(of: item) else { continue }
          found[number] += (calls.order.isSerial ? [0] : inLanes[place]).map { first + $0 }
        }
      }
      note(calls.groups, calls.order.ofGroups, among: together.groups, &ofGroups)
      note(calls.edges, calls.order.ofEdges, among: together.edges, &ofEdges)
      note(calls.alternatives, calls.order.ofAlternatives, among: together.alternatives, &ofAlternatives)
    }
  }

  /// The lanes of one of the dependencies, by its place.
  public func lanes(ofEdge place: Int) -> [Int] { isSerial ? [0] : ofEdges[place] }
  /// The lanes of one of the choices, by its place.
  public func lanes(ofAlternatives place: Int) -> [Int] { isSerial ? [0] : ofAlternatives[place] }
}

extension FurtherCalls {
  /// Those of several that are called at once, each once.
  public static func atOnce(_ several: [FurtherCalls]) -> FurtherCalls {
    let groups = several.flatMap(\.groups).withoutRepetitions
    let edges = Set(several.flatMap(\.edges)).sorted()
    let alternatives = several.flatMap(\.alternatives).withoutRepetitions
    return FurtherCalls(
      groups: groups, edges: edges, alternatives: alternatives,
      order: CallOrder(atOnce: several, together: (groups, edges, alternatives)))
  }

  /// The lanes in which a unit is called.
  public func lanes(ofUnit unit: Int) -> [Int] {
    guard !order.isSerial else { return [0] }
    let found = Set(groups.indices.filter { groups[$0].units.contains(unit) }.flatMap { order.ofGroups[$0] })
    return found.isEmpty ? [0] : found.sorted()
  }
}
