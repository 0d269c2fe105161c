@preconcurrency import Glibc

/// A program that is run and waited for, with its output in a file.
struct ChildProcess {
  /// How it ended.
  enum End: Equatable {
    case ended(Int32)
    case timedOut
    case interrupted
    case failed(String)
  }

  let path: String
  let arguments: [String]
  let log: String

  /// Runs it in a process group of its own, all of which is ended when the time is up or somebody interrupts.
  func run(atMost seconds: Double) -> End {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var pointers = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    let problem = posix_spawn(&child, path, &actions, &attributes, &pointers, environ)
    guard problem == 0 else { return .failed(String(cString: strerror(problem))) }
    return wait(for: child, atMost: seconds)
  }

  private func wait(for child: pid_t, atMost seconds: Double) -> End {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var status: Int32 = 0
    while true {
      let found = waitpid(child, &status, WNOHANG)
      if found == child {
        kill(-child, SIGKILL)
        return .ended(status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
      }
      if found < 0, errno != EINTR { return .failed(String(cString: strerror(errno))) }
      if Interruption.happened || clock.now >= deadline {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return Interruption.happened ? .interrupted : .timedOut
      }
      usleep(10_000)
    }
  }
}
