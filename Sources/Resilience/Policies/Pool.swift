public import Quantities

/// A number of slots that calls take and give back: connections, or threads with a queue.
///
/// As a *bulkhead* it holds the attempts of one dependency, as the *caller's pool* the whole calls of all of them.
/// A call handed to a pool of threads leaves the caller's own thread free; one that takes a connection keeps it waiting.
///
/// Source: threads as in `java.util.concurrent.ThreadPoolExecutor`: first `core` threads, then the queue, then threads up
/// to `size`, then the overflow rule. Bulkheads: Nygard, "Release it!", 2nd edition 2018, section 5.3.
public struct Pool: Hashable, Sendable {
  /// What is pooled.
  public enum Kind: Hashable, Sendable { case connections, threads }

  /// What happens to a call that finds no slot and no place in the queue.
  public enum Overflow: Hashable, Sendable {
    /// It fails at once.
    case reject
    /// It waits for a slot, and fails after this time.
    case wait(TimeSpan)
    /// The caller's own thread does it.
    case callerRuns
  }

  /// What is pooled.
  public let kind: Kind
  /// Slots at most.
  public let size: Int
  /// Threads that are started before calls queue; as many as `size` where nothing else is stated.
  public let core: Int
  /// Places in the queue.
  public let queue: Int
  /// Slots that other work takes.
  public let used: Int
  /// What happens to a call beyond slots and queue.
  public let overflow: Overflow

  /// A pool; throws everything that is wrong with it.
  public init(
    kind: Kind, size: Int, core: Int? = nil, queue: Int = 0, used: Int = 0, overflow: Overflow
  ) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.require(
      (1...1_000_000).contains(size), "pool-size", "size", "\(size) slots; expected 1 to 1,000,000",
      help: "size: 50")
    check.require(
      core.map { (1...max(1, size)).contains($0) } ?? true, "pool-core", "core",
      "a core of \(core ?? size) threads in a pool of \(size); expected 1 to \(size)", help: "core: \(size)")
    check.require(queue >= 0, "pool-queue", "queue", "\(queue) places; expected 0 or more", help: "queue: 0")
    check.require(
      used >= 0 && used < max(1, size), "pool-used", "used",
      "\(used) of \(size) slots are taken by other work; expected fewer than all", help: "used: 0")
    check.require(
      kind == .threads || (core == nil && queue == 0), "pool-kind", "kind",
      "a pool of connections has neither core nor queue; it can wait for one", help: "overflow: wait")
    check.require(
      kind == .threads || overflow != .callerRuns, "pool-overflow", "overflow",
      "caller-runs is for threads; a caller can not be a connection", help: "overflow: reject")
    if case .wait(let time) = overflow {
      check.require(
        time > .zero, "pool-wait", "wait", "a wait of no time is a refusal", help: "overflow: reject")
    }
    try check.finish()
    (self.kind, self.size, self.core, self.queue) = (kind, size, core ?? size, queue)
    (self.used, self.overflow) = (used, overflow)
  }

  /// Slots that are left for these calls.
  public var slots: Int { size - used }

  /// How long a call waits for a slot at most, in hours; `nil` where calls do not wait.
  var longestWaitHours: Double? {
    guard case .wait(let longest) = overflow else { return nil }
    return longest.hours
  }

  /// Calls that are inside at most, in slots or queued.
  public var capacity: Int { slots + queue }
}
