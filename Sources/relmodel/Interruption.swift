@preconcurrency import Glibc
import Synchronization

/// Whether somebody pressed Ctrl-C.
///
/// The first one asks the run to end with what it has; the second ends the program at once.
enum Interruption {
  private static let count = Atomic(0)

  /// Starts to listen for interrupts.
  static func listen() {
    signal(SIGINT) { _ in
      if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(Exit.interrupted) }
    }
    signal(SIGTERM) { _ in
      if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(Exit.interrupted) }
    }
  }

  /// Whether there was one.
  static var happened: Bool { count.load(ordering: .relaxed) > 0 }
}
