internal import ServiceGraph

/// What becomes active with the inputs of spare gates, and what is in use from the start.
///
/// An input of a spare gate takes with it all events that hang together with it through gates other than
/// spare gates, upwards and downwards; a spare gate among them passes on to the input that it uses. Events
/// that hang together with the top, or with no spare gate, are in use from the start. Source: Junges,
/// *Simplifying dynamic fault trees by graph rewriting*, RWTH Aachen (2015), as refined by Storm-dft.
struct SpareModules {
  /// Whether an event is in use from the start; of a spare gate: whether what it uses is.
  private(set) var isActive: [Bool]
  /// Of each element that a spare gate can claim: the events and spare gates that become active with it.
  private(set) var members: [Int: [Int]] = [:]

  init(_ graph: ElementGraph, top: Int?) {
    isActive = [Bool](repeating: true, count: graph.elementCount)
    var groups = DisjointSets(count: graph.elementCount)
    var parents: [Int: [Int]] = [:]
    var claimable: [Int] = []
    for gate in graph.tree.gates.indices {
      let element = graph.eventCount + gate
      let operation = graph.tree.gates[gate].operation
      if operation.isRestraint { continue }
      for input in graph.elements(ofGate: gate) {
        if operation == .spare {
          claimable.append(input)
        } else if graph.isSpare(input) {
          parents[input, default: []].append(element)
        } else {
          groups.join(element, input)
        }
      }
    }
    if claimable.isEmpty { return }
    let topGroup = top.flatMap { graph.isSpare($0) ? nil : groups.root(of: $0) }
    var isClaimed = [Bool](repeating: false, count: graph.elementCount)
    for element in claimable { isClaimed[groups.root(of: element)] = true }
    if let topGroup { isClaimed[topGroup] = false }
    var inGroup: [Int: [Int]] = [:]
    for event in 0..<graph.eventCount {
      let group = groups.root(of: event)
      isActive[event] = !isClaimed[group]
      if isClaimed[group] { inGroup[group, default: []].append(event) }
    }
    for element in graph.eventCount..<graph.elementCount where graph.isSpare(element) {
      let around = (parents[element] ?? []).map { groups.root(of: $0) }
      let isAlone = around.isEmpty && !isClaimed[element]
      isActive[element] = element == top || isAlone || around.contains { !isClaimed[$0] }
      for group in around where isClaimed[group] && inGroup[group]?.last != element {
        inGroup[group, default: []].append(element)
      }
    }
    for element in claimable where members[element] == nil {
      members[element] = graph.isSpare(element) ? [element] : inGroup[groups.root(of: element)] ?? []
    }
  }
}
