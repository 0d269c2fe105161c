#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads files that may come from strangers.
package enum FileBytes {
  /// Why a file can not be read.
  package enum Problem: Error, Sendable, Equatable {
    /// There is no such file.
    case missing
    /// The path names a folder.
    case folder
    /// The path names a pipe, a device or a socket.
    case notAFile
    /// The file has this many bytes, or at least as many.
    case tooLarge(bytes: Int)
    /// The system refuses, in its own words.
    case refused(String)
  }

  /// The bytes of a file, refused by its size before it is read when it has more than `limit`.
  ///
  /// A file is opened without waiting and its kind and size are looked at before the first byte is read, so
  /// a pipe does not hang and a device does not fill memory.
  package static func contents(of path: String, limit: Int) throws(Problem) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw .missing }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .folder
    default: throw .notAFile
    }
    guard Int(status.st_size) <= limit else { throw .tooLarge(bytes: Int(status.st_size)) }
    return try bytes(of: descriptor, expected: Int(status.st_size), limit: limit)
  }

  /// Reads to the end; a file may grow meanwhile, or not tell its size.
  private static func bytes(of descriptor: Int32, expected: Int, limit: Int) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw problem(errno)
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count) }
    }
  }

  private static func problem(_ code: Int32) -> Problem {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EISDIR: .folder
    case ENXIO, ENODEV: .notAFile
    default: .refused(String(cString: strerror(code)))
    }
  }
}
