internal import ServiceGraph
internal import Stochastics

/// What one forced window showed.
struct ForcedWindow: Sendable {
  /// The share of the counted time that was downtime.
  let share: Double
  /// How many outages began in it.
  let outages: Int
  /// Natural over drawn probability.
  let weight: Double
  /// The processes that were down when the capability first was, as places among the timelines.
  let failed: [Int32]
}

/// Simulates forced windows of one capability.
struct ForcedRun: Sendable {
  let layout: SimulationLayout
  let plan: SimulationPlan
  let capability: Int
  let burnInHours: Double
  /// For each process of the graph: its place among the timelines.
  private let placeOfProcess: [Int32]

  private static let mixture = ProcessKey(name: "rare#mixture")

  init(layout: SimulationLayout, plan: SimulationPlan, capability: Int, burnInHours: Double) {
    self.layout = layout
    self.plan = plan
    self.capability = capability
    self.burnInHours = burnInHours
    var places = [Int32](repeating: 0, count: layout.graph.processes.count)
    for (place, process) in layout.timelines.processes.enumerated() {
      places[Int(process.number)] = Int32(place)
    }
    placeOfProcess = places
  }

  var name: String { layout.graph.capabilities[capability].name }

  /// The counted part of a window.
  var countedHours: Double { plan.horizonHours - burnInHours }

  /// Windows in the order of their replications, by as many threads as the plan has.
  func windows(_ count: Int, from first: Int, _ forcing: FailureForcing) -> [ForcedWindow] {
    let observer = DowntimeObserver(
      capability: capability, from: Ticks.from(hours: burnInHours), to: layout.horizon)
    let workers = Workers(count: plan.workerCount) { _ in
      ReplicationWorker(layout: layout, plan: plan, observer: observer)
    }
    let slots = Slots(count: count)
    ReplicationBatches.deal(count, from: first, threads: plan.workerCount) { thread, replication in
      slots[replication - first] = window(replication, forcing, workers[thread])
    }
    return slots.windows
  }

  private func window(
    _ replication: Int, _ forcing: FailureForcing,
    _ worker: UnsafeMutablePointer<ReplicationWorker<DowntimeObserver>>
  ) -> ForcedWindow {
    let number = UInt32(truncatingIfNeeded: replication)
    var stream = RandomStream(seed: plan.seed, process: ForcedRun.mixture, replication: number)
    let chances = forcing.chances(at: stream.uniform())
    var outages = OutageList()
    var touched: [Int32] = []
    layout.timelines.unrollForced(
      replication: number, seed: plan.seed, natural: forcing.natural, chances: chances, into: &outages,
      touched: &touched)
    worker.pointee.run(replication: replication, outages: &outages)
    let seen = worker.pointee.observer.seen
    let isHit = seen.share > 0 || seen.outages > 0
    return ForcedWindow(
      share: seen.share, outages: seen.outages, weight: isHit ? forcing.weight(touched) : 0,
      failed: isHit ? worker.pointee.observer.failed.map { placeOfProcess[Int($0)] } : [])
  }
}

/// A place for each window, written by different threads at different places.
private final class Slots: @unchecked Sendable {
  private let places: UnsafeMutableBufferPointer<ForcedWindow>

  init(count: Int) {
    places = .allocate(capacity: count)
    places.initialize(repeating: ForcedWindow(share: 0, outages: 0, weight: 0, failed: []))
  }

  deinit {
    places.deinitialize()
    places.deallocate()
  }

  subscript(number: Int) -> ForcedWindow {
    get { places[number] }
    set { places[number] = newValue }
  }

  var windows: [ForcedWindow] { Array(places) }
}
