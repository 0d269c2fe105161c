internal import Dispatch
public import ServiceGraph
internal import Synchronization

/// Simulates a graph by independent replications.
public struct Simulator: Sendable {
  private let layout: SimulationLayout
  private let plan: SimulationPlan

  /// Prepares a simulation.
  ///
  /// Ask `SimulationObstacle.all` first: processes of which only an availability is known are left out.
  public init(_ graph: CompiledGraph, plan: SimulationPlan) {
    self.plan = plan
    layout = SimulationLayout(graph, plan: plan)
  }

  /// About how many seconds one replication takes on one core; known before any is run.
  public var expectedSeconds: Double { layout.work * 1e-9 }

  /// Runs the replications.
  ///
  /// The result depends on the graph, the seed and the number of replications done, never on the threads.
  ///
  /// - Parameters:
  ///   - shouldStop: asked between batches; `true` ends the run with what is there.
  ///   - progress: told after every batch what the estimate is.
  public func run(
    shouldStop: @Sendable () -> Bool = { false }, progress: (SimulationResult) -> Void = { _ in }
  ) -> SimulationResult {
    let workers = Workers(count: max(1, plan.threads)) {
      ReplicationWorker(layout: layout, plan: plan)
    }
    var done = 0
    var result = self.result(workers, isPartial: true)
    while done < plan.replications {
      let batch = min(layout.batch, plan.replications - done)
      run(batch, from: done, workers)
      done += batch
      result = self.result(workers, isPartial: done < plan.replications)
      if plan.relativeError.map({ result.reaches(relativeError: $0) }) ?? false {
        return self.result(workers, isPartial: false)
      }
      progress(result)
      if done < plan.replications, shouldStop() { break }
    }
    return result
  }

  private func run(_ batch: Int, from first: Int, _ workers: Workers) {
    let next = Atomic(0)
    let chunk = max(1, min(16, batch / (4 * workers.count)))
    DispatchQueue.concurrentPerform(iterations: workers.count) { number in
      while true {
        let start = next.add(chunk, ordering: .relaxed).oldValue
        guard start < batch else { return }
        for offset in start..<min(batch, start + chunk) {
          workers[number].pointee.run(replication: first + offset)
        }
      }
    }
  }

  private func result(_ workers: Workers, isPartial: Bool) -> SimulationResult {
    var tally = Tally(layout: layout)
    for number in 0..<workers.count { tally.merge(workers[number].pointee.tally) }
    return SimulationResult(tally: tally, layout: layout, plan: plan, isPartial: isPartial)
  }
}

/// The workers of a run, each used by one thread at a time.
///
/// A class, since threads share it; the workers are reached through constant pointers, which saves the run-time
/// exclusivity checks of stored properties.
private final class Workers: @unchecked Sendable {
  private let pointers: [UnsafeMutablePointer<ReplicationWorker>]

  init(count: Int, _ make: () -> ReplicationWorker) {
    pointers = (0..<count).map { _ in
      let pointer = UnsafeMutablePointer<ReplicationWorker>.allocate(capacity: 1)
      pointer.initialize(to: make())
      return pointer
    }
  }

  deinit {
    for pointer in pointers {
      pointer.deinitialize(count: 1)
      pointer.deallocate()
    }
  }

  var count: Int { pointers.count }

  subscript(number: Int) -> UnsafeMutablePointer<ReplicationWorker> { pointers[number] }
}
