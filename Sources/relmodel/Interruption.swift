@preconcurrency import Glibc
import Synchronization

/// Whether somebody pressed Ctrl-C.
///
/// The first one asks the run to end with what it has; the second ends the program at once. Where nothing can be shown
/// before all is there, the first one ends it.
enum Interruption {
  private static let count = Atomic(0)
  /// How many interrupts it takes to end the program at once.
  private static let enough = Atomic(2)

  /// What is said a second after the first interrupt, where the run has not ended by then. It stands in place of a progress
  /// line and of what the terminal shows of the keys.
  private static let notice = Array(
    "interrupted: finishing what is under way; a second Ctrl-C ends it at once\n".utf8)
  private static let noticeOnTerminal = Array("\r\u{1B}[K".utf8) + notice

  /// Starts to listen for interrupts.
  ///
  /// - Parameter keepsWhatIsThere: whether the first one lets the run end with what it has.
  static func listen(keepsWhatIsThere: Bool = true) {
    enough.store(keepsWhatIsThere ? 2 : 1, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        let interrupts = Interruption.count.add(1, ordering: .relaxed).newValue
        if interrupts >= Interruption.enough.load(ordering: .relaxed) { _exit(Exit.interrupted) }
        alarm(1)
      }
    }
    // Made before a handler wants them: a handler may neither allocate nor wait.
    _ = (happened, notice.count, noticeOnTerminal.count)
    if Terminal.errorIsTerminal {
      signal(SIGALRM) { _ in Interruption.write(Interruption.noticeOnTerminal) }
    } else {
      signal(SIGALRM) { _ in Interruption.write(Interruption.notice) }
    }
  }

  /// Whether there was one.
  static var happened: Bool { count.load(ordering: .relaxed) > 0 }

  /// Writes as a signal handler may.
  private static func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
