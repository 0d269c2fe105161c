/// What nodes can have come to while a search fills them, each different state once.
///
/// Nodes in the same state take the same pods from here on. A state knows what is left of each resource, how many pods of the
/// app are there that is being placed, and whether those are that keep others away.
struct PackedNodeStates {
  private let facts: PackingFacts
  private let groups: Int
  /// The apps that some other one may not share a node or a zone with; where they are also tells states of zones apart.
  private let refusing: [Int]
  /// For each app, the places among `refusing` of those it may not share a node with.
  private let refused: [[Int]]
  /// How many numbers a state has.
  private let width: Int
  /// The states one after the other: what the node is, the pods of the app, what is left, then 1 for each refusing app there.
  private var contents: [Int] = []
  private var known: [[Int]: Int] = [:]
  /// By state, then group: the state with one more pod of it, and how many more it takes; −1: not yet looked at.
  private var next: [Int32] = []
  private var openings: [Int32] = []
  /// By state: the same once the app is placed.
  private var settled: [Int32] = []

  init(_ facts: PackingFacts) {
    self.facts = facts
    groups = facts.app.count
    let refusing = facts.problem.apps.indices.filter { !facts.refusers[$0].isEmpty }
    self.refusing = refusing
    refused = facts.refusers.map { own in
      own.filter { $0.topology == .node }.compactMap { refusing.firstIndex(of: $0.app) }
    }
    width = 2 + facts.resources + refusing.count
  }

  /// The state of an empty node.
  mutating func empty(_ node: Int) -> Int {
    let place = facts.problem.nodes[node]
    return state([place.isOpen ? place.kind + 1 : 0, 0] + place.room + refusing.map { _ in 0 })
  }

  private mutating func state(_ content: [Int]) -> Int {
    if let state = known[content] { return state }
    let state = known.count
    known[content] = state
    contents += content
    next += repeatElement(-1, count: groups)
    openings += repeatElement(-1, count: groups)
    settled.append(-1)
    return state
  }

  private func content(_ state: Int) -> [Int] { Array(contents[(state * width)..<((state + 1) * width)]) }

  /// How many pods of the app that is being placed are there.
  func pods(in state: Int) -> Int { contents[state * width + 1] }

  /// What is left of a resource; of a node that is cordoned nothing.
  func left(_ resource: Int, in state: Int) -> Int {
    contents[state * width] == 0 ? 0 : contents[state * width + 2 + resource]
  }

  /// The state with so many more pods of a group.
  mutating func adding(_ count: Int, _ group: Int, to state: Int) -> Int {
    var state = state
    for _ in 0..<count { state = adding(group, to: state) }
    return state
  }

  private mutating func adding(_ group: Int, to state: Int) -> Int {
    let entry = state * groups + group
    if next[entry] >= 0 { return Int(next[entry]) }
    var content = content(state)
    content[1] += 1
    for resource in 0..<facts.resources {
      content[2 + resource] -= facts.requests[group * facts.resources + resource]
    }
    if let place = refusing.firstIndex(of: facts.app[group]) { content[2 + facts.resources + place] = 1 }
    let found = self.state(content)
    next[entry] = Int32(found)
    return found
  }

  /// The state as the apps see it that are placed next.
  mutating func settled(_ state: Int) -> Int {
    if settled[state] >= 0 { return Int(settled[state]) }
    var content = content(state)
    content[1] = 0
    let found = self.state(content)
    settled[state] = Int32(found)
    return found
  }

  /// How many more pods of a group a node takes, zones and volumes aside.
  ///
  /// - Parameter isOwn: whether the pods of the app that are there are of the same.
  mutating func openings(in state: Int, for group: Int, isOwn: Bool) -> Int {
    guard isOwn || pods(in: state) == 0 else { return openings(in: settled(state), for: group, isOwn: true) }
    let entry = state * groups + group
    if openings[entry] >= 0 { return Int(openings[entry]) }
    let most = mostOpenings(in: state, for: group)
    openings[entry] = Int32(clamping: most)
    return most
  }

  private func mostOpenings(in state: Int, for group: Int) -> Int {
    let (start, app) = (state * width, facts.app[group])
    let kind = contents[start] - 1
    guard kind >= 0, facts.problem.groups[group].kinds?.contains(kind) ?? true else { return 0 }
    var most = min(facts.counts[group], facts.mostPerNode[app] - contents[start + 1])
    for resource in 0..<facts.resources {
      let left = contents[start + 2 + resource]
      let asked = facts.requests[group * facts.resources + resource]
      if asked > 0 { most = min(most, left / asked) }
    }
    let isRefused = refused[app].contains { contents[start + 2 + facts.resources + $0] > 0 }
    return isRefused ? 0 : max(0, most)
  }

  /// Whether one state comes before another: the fuller of a kind first.
  func precedes(_ one: Int, _ other: Int) -> Bool {
    for place in 0..<width where contents[one * width + place] != contents[other * width + place] {
      return contents[one * width + place] < contents[other * width + place]
    }
    return false
  }
}
