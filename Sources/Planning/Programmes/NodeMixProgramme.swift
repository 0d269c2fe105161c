/// The cheapest nodes for some pods as an integer programme, for a solver of one's own.
///
/// Variable `y_z_t_i` is 1 where at least i nodes of type t are bought in zone z, and `x_s_g_z_t_i` the pods of group g on
/// the i-th of them in case s: 0 with all nodes, else without zone s. In each case every pod has a node, but those whose
/// volumes are in the zone that is lost. Nodes are as many as the price allows that is known to be enough. Spread rules
/// count the nodes that are bought: `m` is the fewest pods of any place, `w` whether a zone has nodes, `b` whether there are
/// as many places as a rule wants. Names are numbers of zones, types, groups and apps from 1.
public struct NodeMixProgramme: Sendable {
  /// What a solver is given.
  public private(set) var programme = IntegerProgramme("nodes", objective: "price", isForMost: false)
  private let check: NodeMixCheck
  private var slots: [NodeSlot] = []
  private var cases: [PlacedCase] = []

  /// The unknowns of a case: the pods of each group on each node that is left.
  private struct PlacedCase {
    let lost: Int?
    let columns: [[Int?]]
  }

  /// The programme of some pods.
  ///
  /// - Parameter price: a price that is enough; what costs more is not looked at.
  public init(
    _ pods: PlacementProblem, types: [NodeType], zones: Int, surviving loss: NodeMix.Loss, price: Int
  ) {
    check = NodeMixCheck(pods, types: types, zones: zones, loss: loss)
    for zone in 0..<zones {
      for type in types.indices {
        addNodes(of: type, in: zone, count: min(pods.podCount, price / types[type].price))
      }
    }
    programme.bound(
      "most", slots.map { ($0.column, types[$0.type].price) }, .atMost, price)
    for lost in check.cases.map(\.lost) {
      let columns = NodeMixCase(check, slots, lost: lost).add(to: &programme)
      cases.append(PlacedCase(lost: lost, columns: columns))
    }
  }

  /// The nodes that an answer stands for; `nil` where it breaks a bound, or its pods a rule in any case.
  public func mix(of values: [Int]) -> (counts: [[Int]], packing: Packing)? {
    guard programme.worth(of: values) != nil else { return nil }
    var counts = NodeCounts(zones: check.zones, types: check.types.count)
    for slot in slots { counts[slot.zone, slot.type] += values[slot.column] }
    var whole: Packing?
    for own in cases {
      let packing = packing(own, values)
      let problem = check.problem(counts, without: own.lost)
      guard packing.keeps(problem), packing.pendingCount(of: problem) == 0 else { return nil }
      if own.lost == nil { whole = packing }
    }
    return (whole ?? check.packing(counts, steps: NodeMixCheck.steps)).map { (counts.rows, $0) }
  }

  /// Where pods are in a case, on the nodes that are bought and left.
  private func packing(_ own: PlacedCase, _ values: [Int]) -> Packing {
    let left = slots.filter { $0.zone != own.lost }
    let bought = left.indices.filter { values[left[$0].column] == 1 }
    return Packing(
      counts: own.columns.map { columns in bought.map { slot in columns[slot].map { values[$0] } ?? 0 } })
  }

  /// Nodes of a type in a zone, which are bought in order.
  private mutating func addNodes(of type: Int, in zone: Int, count: Int) {
    for number in 0..<count {
      let name = "\(zone + 1)_\(type + 1)_\(number + 1)"
      let column = programme.unknown("y_\(name)", worth: check.types[type].price, atMost: 1)
      if number > 0, let last = slots.last {
        programme.bound("o_\(name)", [(last.column, 1), (column, -1)], .atLeast, 0)
      }
      slots.append(NodeSlot(zone: zone, type: type, name: name, column: column))
    }
  }
}

/// A node that may be bought.
struct NodeSlot: Hashable, Sendable {
  let zone: Int
  let type: Int
  let name: String
  /// Its unknown: whether it is bought.
  let column: Int
}
