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
  ///   - isInterrupted: asked within batches, by any thread; `true` ends the run with the replications begun by then.
  ///   - shouldStop: asked between batches; `true` ends the run with what is there.
  ///   - look: told after every whole batch whether more is to come; says whether what is there is good enough.
  /// - Returns: whether the run was stopped before it had enough. The replications done are always the first ones.
  func run(
    _ replications: Range<Int>, _ replicate: @Sendable (_ thread: Int, _ replication: Int) -> Void,
    isInterrupted: @Sendable () -> Bool = { false }, shouldStop: () -> Bool = { false },
    look: (_ isPartial: Bool) -> AfterBatch
  ) -> Bool {
    var done = replications.lowerBound
    while done < replications.upperBound {
      let next = min(batch, replications.upperBound - done)
      let dealt = ReplicationBatches.deal(
        next, from: done, threads: threads, isInterrupted: isInterrupted, replicate)
      guard dealt == next else { return true }
      done += next
      let isPartial = done < replications.upperBound
      if look(isPartial) == .enough { return false }
      if isPartial, isInterrupted() || shouldStop() { return true }
    }
    return false
  }

  /// Does consecutive replications on some threads, each when a thread is free.
  ///
  /// - Parameter isInterrupted: asked by each thread before it takes more; what was taken is always done.
  /// - Returns: how many were done: without an interruption all. They are the first ones, however the threads ran.
  @discardableResult
  static func deal(
    _ count: Int, from first: Int, threads: Int, isInterrupted: @Sendable () -> Bool = { false },
    _ replicate: @Sendable (_ thread: Int, _ replication: Int) -> Void
  ) -> Int {
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      while let dealt = ReplicationBatches.take(from: next, of: count, threads: threads) {
        for offset in dealt { replicate(thread, first + offset) }
        if isInterrupted() { break }
      }
    }
    return next.load(ordering: .relaxed)
  }

  /// A share of what is left, smaller and smaller, so that all threads end together (guided self-scheduling; Polychronopoulos
  /// and Kuck 1987).
  private static func take(from next: borrowing Atomic<Int>, of count: Int, threads: Int) -> Range<Int>? {
    var start = next.load(ordering: .relaxed)
    while start < count {
      let end = start + max(1, min(16, (count - start) / (4 * threads)))
      let (isTaken, found) = next.compareExchange(expected: start, desired: end, ordering: .relaxed)
      if isTaken { return start..<end }
      start = found
    }
    return nil
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

  /// Makes the workers, each on a thread of its own: what they tally in is large.
  init(count: Int, _ make: @Sendable (Int) -> Worker) {
    // Lines of the cache come in pairs; none is shared.
    let bytes = MemoryLayout<Worker>.stride + 128
    nonisolated(unsafe) let pointers = (0..<count).map { _ in
      UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 128).bindMemory(
        to: Worker.self, capacity: 1)
    }
    DispatchQueue.concurrentPerform(iterations: count) { number in
      pointers[number].initialize(to: make(number))
    }
    self.pointers = pointers
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
