extension PlacementSearch {
  /// Orders the nodes of each zone by their states, from the order of the position before, which is nearly the same.
  mutating func sortNodes(at position: Int) {
    let (start, count) = (position * facts.nodes, facts.nodes)
    if position > 0 { for place in 0..<count { order[start + place] = order[start - count + place] } }
    for place in 0..<count {
      let node = order[start + place]
      var free = place
      while free > 0, precedes(node, order[start + free - 1]) {
        order[start + free] = order[start + free - 1]
        free -= 1
      }
      order[start + free] = node
    }
  }

  private func precedes(_ node: Int, _ other: Int) -> Bool {
    guard facts.zone[node] == facts.zone[other] else { return false }
    let (one, two) = (nodes[node], nodes[other])
    return one == two ? node < other : states.precedes(one, two)
  }

  /// The state as those groups see it that are still to be placed: nodes of a zone in no order, and zones, unless a volume
  /// is in one.
  func key(_ position: Int, _ waiting: Int) -> [Int32] {
    let start = position * facts.nodes
    var key = [Int32(position), Int32(waiting)]
    key.reserveCapacity(2 + facts.nodes + facts.zones)
    for zone in orderedZones(start) {
      for place in facts.zoneStart[zone]..<facts.zoneStart[zone + 1] {
        key.append(Int32(nodes[order[start + place]]))
      }
      key.append(-1)
    }
    return key
  }

  private func orderedZones(_ start: Int) -> [Int] {
    var zones = Array(0..<facts.zones)
    guard !hasPins else { return zones }
    for place in zones.indices {
      var free = place
      while free > 0, isBefore(zones[free], zones[free - 1], start) {
        zones.swapAt(free, free - 1)
        free -= 1
      }
    }
    return zones
  }

  /// Whether a zone has fewer nodes than another one, or as many and the first that differs is in a state seen earlier.
  private func isBefore(_ zone: Int, _ other: Int, _ start: Int) -> Bool {
    let (one, two) = (facts.zoneStart[zone], facts.zoneStart[other])
    let (size, otherSize) = (facts.zoneStart[zone + 1] - one, facts.zoneStart[other + 1] - two)
    guard size == otherSize else { return size < otherSize }
    for place in 0..<size {
      let (left, right) = (nodes[order[start + one + place]], nodes[order[start + two + place]])
      if left != right { return left < right }
    }
    return false
  }
}
