internal import Planning

/// How many pods disruption budgets let go: now, and after losses.
struct PlacementBudgets {
  /// One budget in one situation.
  struct Row {
    let app: Int
    let kept: Int
    let when: String
    let running: Int
    let evictions: Int
  }

  let rows: [Row]

  init(_ plan: PlacementPlan) {
    let problem = plan.placement.problem
    rows = problem.apps.indices.flatMap { app -> [Row] in
      guard let kept = problem.apps[app].kept else { return [] }
      func row(_ when: String, _ running: Int) -> Row {
        Row(
          app: app, kept: kept, when: when, running: running,
          evictions: problem.evictions(of: app, running: running) ?? running)
      }
      var rows: [Row] = []
      if let drawn = plan.placement.drawn, !plan.isAsDrawn {
        rows += PlacementBudgets.situations(of: drawn, in: plan, app).map { row("\($0), as drawn", $1) }
      }
      let now = PlacementBudgets.situations(of: plan.current, in: plan, app)
      rows += now.map { row($0, $1) }
      let repacked = plan.zoneLosses.map { plan.count(of: app) - plan.sum($0.waitingRepacked, of: app) }
      if let worst = repacked.min() { rows.append(row("a zone lost, all re-packed", worst)) }
      return rows
    }
  }

  /// What runs now, and before anything comes up elsewhere after the worst loss of a node and of a zone.
  private static func situations(of packing: Packing, in plan: PlacementPlan, _ app: Int) -> [(String, Int)] {
    let problem = plan.placement.problem
    let groups = problem.groups.indices.filter { problem.groups[$0].app == app }
    let onNodes = problem.nodes.indices.map { node in groups.reduce(0) { $0 + packing.counts[$1][node] } }
    let running = onNodes.reduce(0, +)
    let inZones = plan.placement.zones.indices.filter { plan.placement.zones[$0] != nil }.map { zone in
      problem.nodes.indices.reduce(0) { $0 + (problem.nodes[$1].zone == zone ? onNodes[$1] : 0) }
    }
    return [("now", running)]
      + (onNodes.max().map { [("a node lost", running - $0)] } ?? [])
      + (inZones.max().map { [("a zone lost", running - $0)] } ?? [])
  }
}
