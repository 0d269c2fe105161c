internal import Dispatch
internal import Synchronization

/// Deals replications out to threads, batch by batch; between two batches a run may end.
struct ReplicationBatches: Sendable {
  /// What is to happen after a batch.
  enum AfterBatch {
    case more
    case enough
  }

  let threads: Int
  /// Replications between two looks at the estimate; fixed by model and plan, never by the threads.
  let batch: Int

  /// Runs some replications.
  ///
  /// - Parameters:
  ///   - replicate: simulates one replication on one thread; a thread does one at a time.
  ///   - shouldStop: asked between batches; `true` ends the run with what is there.
  ///   - look: told after every batch whether more is to come; says whether what is there is good enough.
  /// - Returns: whether the run was stopped before it had enough.
  func run(
    _ replications: Range<Int>, _ replicate: @Sendable (_ thread: Int, _ replication: Int) -> Void,
    shouldStop: () -> Bool, look: (_ isPartial: Bool) -> AfterBatch
  ) -> Bool {
    var done = replications.lowerBound
    while done < replications.upperBound {
      let next = min(batch, replications.upperBound - done)
      ReplicationBatches.deal(next, from: done, threads: threads, replicate)
      done += next
      let isPartial = done < replications.upperBound
      if look(isPartial) == .enough { return false }
      if isPartial, shouldStop() { return true }
    }
    return false
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
