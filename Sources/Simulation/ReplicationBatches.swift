internal import Dispatch
internal import Synchronization

/// Deals a plan's replications out to threads, batch by batch; between two batches a run may end.
struct ReplicationBatches: Sendable {
  let plan: SimulationPlan
  /// Replications between two looks at the estimate; fixed by model and plan, never by the threads.
  let batch: Int

  /// Runs the replications.
  ///
  /// - Parameters:
  ///   - replicate: simulates one replication on one thread; a thread does one at a time.
  ///   - result: what is there, and whether it is only a part.
  ///   - isDone: whether a result is good enough to end before the last replication.
  ///   - shouldStop: asked between batches; `true` ends the run with what is there.
  ///   - progress: told after every batch what is there.
  func run<Result>(
    _ replicate: @Sendable (_ thread: Int, _ replication: Int) -> Void,
    result: (_ isPartial: Bool) -> Result, isDone: (Result) -> Bool, shouldStop: () -> Bool,
    progress: (Result) -> Void
  ) -> Result {
    var done = 0
    var current = result(true)
    while done < plan.replications {
      let next = min(batch, plan.replications - done)
      ReplicationBatches.deal(next, from: done, threads: plan.workerCount, replicate)
      done += next
      current = result(done < plan.replications)
      if isDone(current) { return result(false) }
      progress(current)
      if done < plan.replications, shouldStop() { break }
    }
    return current
  }

  /// Does consecutive replications on some threads, each when a thread is free.
  static func deal(
    _ count: Int, from first: Int, threads: Int,
    _ replicate: @Sendable (_ thread: Int, _ replication: Int) -> Void
  ) {
    let next = Atomic(0)
    let chunk = max(1, min(16, count / (4 * threads)))
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      while true {
        let start = next.add(chunk, ordering: .relaxed).oldValue
        guard start < count else { return }
        for offset in start..<min(count, start + chunk) { replicate(thread, first + offset) }
      }
    }
  }
}

extension SimulationPlan {
  /// How many workers there are, one for each thread.
  var workerCount: Int { max(1, threads) }
}

/// The workers of a run, each used by one thread at a time.
///
/// A class, since threads share it; the workers are reached through constant pointers, which saves the run-time
/// exclusivity checks of stored properties.
final class Workers<Worker: ~Copyable>: @unchecked Sendable {
  private let pointers: [UnsafeMutablePointer<Worker>]

  init(count: Int, _ make: (Int) -> Worker) {
    pointers = (0..<count).map { number in
      let pointer = UnsafeMutablePointer<Worker>.allocate(capacity: 1)
      pointer.initialize(to: make(number))
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

  subscript(number: Int) -> UnsafeMutablePointer<Worker> { pointers[number] }
}
