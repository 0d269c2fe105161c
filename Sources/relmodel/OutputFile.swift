@preconcurrency import Glibc

/// Files that appear whole or not at all.
enum OutputFile {
  /// Writes a text; see `replace(_:writing:)`.
  static func replace(_ path: String, by text: String) throws {
    try replace(path) { write in Array(text.utf8).withUnsafeBytes(write) }
  }

  /// Writes a file beside the target and renames it; devices and pipes are written directly.
  ///
  /// Before the new name shows, the bytes are on the disk; after a crash there is the old file, the new one, or one
  /// more whose name ends in `.part`, but never half of one.
  ///
  /// - Parameter writing: is given what takes the bytes, piece by piece.
  static func replace(_ path: String, writing: ((UnsafeRawBufferPointer) -> Void) -> Void) throws {
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let (temporary, file) = try isSpecial ? (path, opened(path)) : created(beside: path)
    var isWritten = true
    writing { bytes in
      if isWritten { isWritten = fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count }
    }
    isWritten = isWritten && fflush(file) == 0 && (isSpecial || fsync(fileno(file)) == 0)
    let isClosed = fclose(file) == 0
    guard isWritten, isClosed, isSpecial || rename(temporary, path) == 0 else {
      let problem = failure(path)
      if !isSpecial { unlink(temporary) }
      throw problem
    }
    if !isSpecial { syncFolder(of: path) }
  }

  /// Writes a text to a new file beside the target; returns its name, which ``publish(_:as:)`` changes to the target's.
  static func part(of path: String, text: String) throws -> String {
    let (temporary, file) = try created(beside: path)
    let bytes = Array(text.utf8)
    let isWritten =
      fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
      && fsync(fileno(file)) == 0
    guard fclose(file) == 0, isWritten else {
      let problem = failure(path)
      unlink(temporary)
      throw problem
    }
    return temporary
  }

  /// Gives a file that ``part(of:text:)`` wrote its name.
  static func publish(_ temporary: String, as path: String) throws {
    guard Glibc.rename(temporary, path) == 0 else {
      let problem = failure(path)
      unlink(temporary)
      throw problem
    }
    syncFolder(of: path)
  }

  private static func opened(_ path: String) throws -> UnsafeMutablePointer<FILE> {
    guard let file = fopen(path, "w") else { throw failure(path) }
    return file
  }

  /// A new file of a name that nobody else has: in containers that share a volume, all process ids may be 1.
  private static func created(beside path: String) throws -> (name: String, file: UnsafeMutablePointer<FILE>)
  {
    for _ in 0..<100 {
      let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).part"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0, let file = fdopen(descriptor, "w") else { break }
      return (name, file)
    }
    throw failure(path)
  }

  /// Makes the new name last; a file system that can not is no reason to fail.
  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Whether there is a file, folder or device of that name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes a folder where there is none.
  static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw failure(path)
  }

  /// Makes a folder, and those that it is in, where there are none.
  static func makeFolders(_ path: String) throws {
    for slash in path.indices.dropFirst() where path[slash] == "/" { try makeFolder(String(path[..<slash])) }
    if !path.hasSuffix("/") { try makeFolder(path) }
    var status = stat()
    guard stat(path, &status) != 0 else { return }
    throw failure(path)
  }

  private static func failure(_ path: String) -> OutputFailure {
    OutputFailure(message: "\(path) can not be written: \(String(cString: strerror(errno)))")
  }
}
