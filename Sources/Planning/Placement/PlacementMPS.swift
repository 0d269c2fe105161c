/// A placement as an integer programme in free MPS, for a solver of one's own.
///
/// Variable `x_g_n` is the pods of group g on node n; the sum of all of them is to be as large as it can, so that the fewest
/// pods wait. Rows bound resources of nodes, pods of groups, and apps on nodes and in zones. A spread rule has a variable
/// for the fewest pods of any place. Names are numbers of groups, nodes, apps and zones, in the order of the problem, from 1.
public struct PlacementMPS: Sendable {
  private let problem: PlacementProblem
  private var rows: [(kind: Character, name: String, limit: Int)] = []
  private var columns: [(name: String, atMost: Int, entries: [(row: String, value: Int)])] = []

  /// The text of a problem.
  public static func text(of problem: PlacementProblem) -> String {
    var programme = PlacementMPS(problem)
    return programme.text()
  }

  private init(_ problem: PlacementProblem) { self.problem = problem }

  private mutating func text() -> String {
    addRows()
    addPods()
    for app in problem.apps.indices { addFewest(of: app) }
    var lines = ["NAME placement", "OBJSENSE", "    MAX", "ROWS", " N pods"]
    lines += rows.map { " \($0.kind) \($0.name)" } + ["COLUMNS", " MARKER MARKER 'MARKER' 'INTORG'"]
    for column in columns {
      lines += column.entries.map { " \(column.name) \($0.row) \($0.value)" }
    }
    lines += [" MARKER MARKER 'MARKER' 'INTEND'", "RHS"]
    lines += rows.filter { $0.limit != 0 }.map { " RHS \($0.name) \($0.limit)" } + ["BOUNDS"]
    lines += columns.map { " UP BOUND \($0.name) \($0.atMost)" } + ["ENDATA"]
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func addRows() {
    for (group, pods) in problem.groups.enumerated() { rows.append(("L", "g\(group + 1)", pods.count)) }
    for (node, place) in problem.nodes.enumerated() {
      for (resource, room) in place.room.enumerated() where room < PlacementNode.unlimited {
        rows.append(("L", "n\(node + 1)_r\(resource + 1)", max(0, room)))
      }
    }
    for (app, own) in problem.apps.enumerated() {
      for node in problem.nodes.indices where own.mostPerNode != nil {
        rows.append(("L", "a\(app + 1)_n\(node + 1)", own.mostPerNode ?? 0))
      }
      for zone in 0..<problem.zoneCount where own.mostPerZone != nil {
        rows.append(("L", "a\(app + 1)_z\(zone + 1)", own.mostPerZone ?? 0))
      }
      for (rule, place) in spreadPlaces(app) {
        rows.append(("L", above(app, rule, place), own.spreads[rule].maxSkew))
        rows.append(("G", below(app, rule, place), 0))
      }
    }
  }

  private mutating func addPods() {
    for (group, pods) in problem.groups.enumerated() {
      for (node, place) in problem.nodes.enumerated() {
        let isOpen = place.isOpen && problem.allows(group, on: node)
        columns.append(("x_\(group + 1)_\(node + 1)", isOpen ? pods.count : 0, entries(group, node)))
      }
    }
  }

  private func entries(_ group: Int, _ node: Int) -> [(row: String, value: Int)] {
    let (pods, place) = (problem.groups[group], problem.nodes[node])
    let app = problem.apps[pods.app]
    var entries = [("pods", 1), ("g\(group + 1)", 1)]
    for (resource, asked) in pods.requests.enumerated()
    where asked > 0 && place.room[resource] < PlacementNode.unlimited {
      entries.append(("n\(node + 1)_r\(resource + 1)", asked))
    }
    if app.mostPerNode != nil { entries.append(("a\(pods.app + 1)_n\(node + 1)", 1)) }
    if app.mostPerZone != nil { entries.append(("a\(pods.app + 1)_z\(place.zone + 1)", 1)) }
    for (index, rule) in app.spreads.enumerated() where rule.isRequired {
      let spot = rule.topology == .node ? node : place.zone
      guard spreadPlaces(pods.app).contains(where: { $0.rule == index && $0.place == spot }) else { continue }
      entries += [(above(pods.app, index, spot), 1), (below(pods.app, index, spot), 1)]
    }
    return entries
  }

  // MARK: Spread rules

  /// count − fewest ≤ maxSkew, and count − fewest ≥ 0, in every place that counts.
  private mutating func addFewest(of app: Int) {
    for (index, rule) in problem.apps[app].spreads.enumerated() where rule.isRequired {
      let places = spreadPlaces(app).filter { $0.rule == index }.map(\.place)
      let entries = places.flatMap { [(above(app, index, $0), -1), (below(app, index, $0), -1)] }
      let isZero = places.count < rule.minDomains
      columns.append(("m_\(app + 1)_\(index + 1)", isZero ? 0 : problem.podCount, entries))
    }
  }

  private func spreadPlaces(_ app: Int) -> [(rule: Int, place: Int)] {
    let state = PackingState(problem)
    return problem.apps[app].spreads.enumerated().flatMap { index, rule -> [(rule: Int, place: Int)] in
      guard rule.isRequired else { return [] }
      let eligible = rule.topology == .node ? state.eligibleNodes[app] : state.eligibleZones[app]
      return eligible.indices.filter { eligible[$0] }.map { (index, $0) }
    }
  }

  private func above(_ app: Int, _ rule: Int, _ place: Int) -> String {
    "s\(app + 1)_\(rule + 1)_\(place + 1)_up"
  }
  private func below(_ app: Int, _ rule: Int, _ place: Int) -> String {
    "s\(app + 1)_\(rule + 1)_\(place + 1)_lo"
  }
}
