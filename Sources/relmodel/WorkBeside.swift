import Dispatch
import Synchronization

/// A value that is worked out on a thread of its own while something else goes on.
final class WorkBeside<Value: Sendable>: Sendable {
  // A class, since two threads share it.
  private let work: @Sendable () -> Value
  private let done = DispatchGroup()
  private let found = Mutex<Value?>(nil)

  /// - Parameter isBeside: whether to begin at once, on another thread; else the work is done when its value is asked for.
  init(isBeside: Bool, _ work: @escaping @Sendable () -> Value) {
    self.work = work
    guard isBeside else { return }
    // A queue of its own takes no thread from those that share out replications.
    DispatchQueue(label: "beside").async(group: done) {
      let value = work()
      self.found.withLock { $0 = value }
    }
  }

  /// The value, waited for.
  var value: Value {
    done.wait()
    return found.withLock { $0 } ?? work()
  }
}
