extension PlacementSearch {
  /// How many pods wait at least, whatever anybody does.
  ///
  /// Each count is true by itself; the largest is taken.
  var waitingAtLeast: Int {
    mutating get { groups.isEmpty ? 0 : max(waitingByApp(from: 0), waitingByResource(from: 0)) }
  }

  /// Whether more pods wait of the groups from a position on, beside what is placed, than may.
  mutating func waiting(from position: Int, above most: Int) -> Bool {
    waitingByApp(from: position) > most || waitingByResource(from: position) > most
  }

  /// Those that no node has openings for, and those above what anti-affinity leaves, app by app.
  private mutating func waitingByApp(from position: Int) -> Int {
    var (waiting, start) = (0, position)
    while start < groups.count {
      let app = facts.app[groups[start]]
      var (end, asked, unopened) = (start, 0, 0)
      while end < groups.count, facts.app[groups[end]] == app {
        let missing = facts.counts[groups[end]]
        (asked, unopened) = (
          asked + missing, unopened + max(0, missing - open(groups[end], missing, position))
        )
        end += 1
      }
      let isLimited = facts.mostPerNode[app] < Int.max || facts.mostPerZone[app] < Int.max
      waiting += isLimited ? max(unopened, asked - places(start..<end, position)) : unopened
      start = end
    }
    return waiting
  }

  /// How many more pods of a group all nodes take, as far as it is asked.
  private mutating func open(_ group: Int, _ missing: Int, _ position: Int) -> Int {
    var open = 0
    for node in 0..<facts.nodes where open < missing { open += openings(for: group, on: node, at: position) }
    return open
  }

  /// How many more pods of an app anti-affinity leaves places for.
  private mutating func places(_ own: Range<Int>, _ position: Int) -> Int {
    let app = facts.app[groups[own.lowerBound]]
    var inZone = [Int](repeating: 0, count: facts.zones)
    for node in 0..<facts.nodes {
      var open = 0
      for place in own { open += openings(for: groups[place], on: node, at: position) }
      let isThere = app == facts.app[groups[position]]
      let most = facts.mostPerNode[app] < Int.max ? facts.mostPerNode[app] - (isThere ? here(node) : 0) : open
      inZone[facts.zone[node]] += min(open, max(0, most))
    }
    return inZone.indices.reduce(0) { $0 + min(inZone[$1], mostInZone(app, $1)) }
  }

  /// Those above what there is of a resource when the largest wait first.
  private func waitingByResource(from position: Int) -> Int {
    var most = 0
    for resource in 0..<facts.resources {
      var (room, waiting) = (left(resource), 0)
      for group in bySize[resource] where self.position[group] >= position {
        let each = Double(facts.requests[group * facts.resources + resource])
        let count = facts.counts[group]
        let fitting = each > 0 ? Int(min(Double(count), room / each)) : count
        room -= each * Double(fitting)
        waiting += count - fitting
      }
      most = max(most, waiting)
    }
    return facts.nodes == 0 ? facts.counts.reduce(0, +) : most
  }
}
