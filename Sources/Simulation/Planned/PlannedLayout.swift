internal import ServiceGraph
internal import Stochastics

/// Planned work laid out for the event loop.
struct PlannedLayout: Sendable {
  /// One kind of work.
  struct Work: Sendable {
    let key: ProcessKey
    /// The place of its cause among the causes.
    let cause: Int32
    /// From one occasion to the next, in ticks.
    let every: Int64
    let takes: DrawSum
    let window: WorkWindow?
    let waves: [Wave]
  }

  /// What is worked on at once.
  struct Wave: Sendable {
    let units: [Int32]
    /// The nodes that units leave for it, as places among those that units may be on.
    let nodes: [Int]
    /// The place of its origin among the origins.
    let origin: Int32
    /// The budgets that bound it, each with the wave's units that it counts.
    let budgets: [(number: Int, units: [Int32])]
  }

  let works: [Work]
  let budgets: [CompiledPlannedWork.Budget]
  /// Causes from this place on are planned work.
  let firstCause: Int32

  /// Lays out a graph's planned work, whose origins come after those of its processes.
  init(_ graph: CompiledGraph, _ places: PlacePlan, origins: inout [OutageOrigin]) {
    budgets = graph.planned.budgets
    firstCause = Int32(graph.causes.count)
    var works: [Work] = []
    for (number, work) in graph.planned.works.enumerated() {
      let cause = graph.causes.count + number
      let own = OutageOrigin.all(of: graph, waves: work.waves.map { $0.units + $0.leaving }, cause: cause)
      let first = origins.count
      origins += own
      works.append(
        Work(
          key: ProcessKey(name: work.name), cause: Int32(cause),
          every: max(1, Ticks.from(hours: work.everyHours)), takes: DrawSum([work.takes]),
          window: work.window.map { WorkWindow($0) },
          waves: work.waves.enumerated().map { place, wave in
            Wave(
              wave, origin: first + place, nodes: places.nodes(inside: wave.domains, graph),
              budgets: graph.planned.budgets)
          }))
    }
    self.works = works
  }

  /// Whether nothing is planned.
  var isEmpty: Bool { works.isEmpty }

  /// Whether a cause is planned work.
  @inline(__always)
  func isPlanned(cause: Int32) -> Bool { cause >= firstCause }
}

extension PlannedLayout.Wave {
  fileprivate init(
    _ wave: CompiledPlannedWork.Wave, origin: Int, nodes: [Int], budgets: [CompiledPlannedWork.Budget]
  ) {
    units = wave.units.map(Int32.init)
    self.nodes = nodes
    self.origin = Int32(origin)
    self.budgets = budgets.enumerated().compactMap { number, budget in
      let counted = wave.units.filter { budget.units.contains($0) }.map(Int32.init)
      return counted.isEmpty ? nil : (number, counted)
    }
  }
}

extension CompiledPlannedWork {
  /// About how many waves begin in an hour.
  var wavesPerHour: Double {
    works.reduce(0) { $0 + Double($1.waves.count) / $1.everyHours }
  }
}
