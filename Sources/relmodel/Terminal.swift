@preconcurrency import Glibc

/// Standard output and standard error, and what they are connected to.
enum Terminal {
  /// Writes all of a text to standard output.
  static func writeOutput(_ text: String) throws {
    try write(text, to: STDOUT_FILENO, name: "standard output")
  }

  /// Writes a text to standard error; a failure there can not be reported anywhere.
  static func writeError(_ text: String) {
    try? write(text, to: STDERR_FILENO, name: "standard error")
  }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether the terminal takes colours and cursor movements.
  static func isCapable(_ environment: [String: String]) -> Bool {
    (environment["NO_COLOR"] ?? "").isEmpty && (environment["TERM"] ?? "dumb") != "dumb"
  }

  private static func write(_ text: String, to descriptor: Int32, name: String) throws {
    let bytes = Array(text.utf8)
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw OutputFailure(message: "writing to \(name) failed: \(String(cString: strerror(errno)))")
      }
      offset += written
    }
  }
}
