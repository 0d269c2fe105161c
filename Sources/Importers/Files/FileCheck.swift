internal import Diagnostics

/// Reads a file and makes sure that it is text.
struct FileCheck {
  /// Where files come from.
  let files: ImportFiles
  /// The most bytes of a file.
  let limit: Int

  /// The file at `path`, without a byte order mark.
  func file(at path: String) throws(Diagnostic) -> ImportedFile {
    let bytes: [UInt8]
    do throws(ImportFiles.Problem) {
      bytes = try files.contents(path, limit)
    } catch {
      throw diagnostic(error, file: path)
    }
    let start = SourceLocation(file: path, line: 1, column: 1)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Diagnostic(
        slug: "not-utf8", "the file is UTF-16; files are read as UTF-8", at: start,
        help: "iconv -f UTF-16 -t UTF-8 \(path) > utf8.xml")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let file = ImportedFile(name: path, bytes: body)
    guard body.contains(where: { $0 > 0x20 }) else {
      throw Diagnostic(slug: "empty-file", "the file is empty; a fault tree was expected", at: start)
    }
    if let zero = body.firstIndex(of: 0) {
      throw Diagnostic(
        slug: "binary-file", "a NUL byte: this is not a text file", at: PlaceMap(file).location(zero))
    }
    if String(validating: body, as: UTF8.self) == nil { throw invalidUTF8(file) }
    return file
  }

  /// Says that a file is no fault tree.
  static func unknownFormat(_ path: String) -> Diagnostic {
    Diagnostic(
      slug: "unknown-format", "this is neither Open-PSA XML nor Galileo text",
      at: SourceLocation(file: path, line: 1, column: 1),
      help: "Open-PSA begins with <opsa-mef>, Galileo with toplevel \"…\";")
  }

  private func invalidUTF8(_ file: ImportedFile) -> Diagnostic {
    var parser = Unicode.UTF8.ForwardParser()
    var input = file.bytes.makeIterator()
    var length = 0
    while case .valid(let scalar) = parser.parseScalar(from: &input) { length += scalar.count }
    let offset = min(length, file.bytes.count - 1)
    let byte = String(file.bytes[offset], radix: 16, uppercase: true)
    return Diagnostic(
      slug: "not-utf8", "the byte 0x\(byte) is not UTF-8", at: PlaceMap(file).location(offset),
      help: "iconv -f WINDOWS-1252 -t UTF-8 \(file.name) > utf8.xml")
  }

  private func diagnostic(_ problem: ImportFiles.Problem, file: String) -> Diagnostic {
    switch problem {
    case .missing: Diagnostic(slug: "file-missing", "there is no file `\(file)`", at: nil)
    case .folder:
      Diagnostic(slug: "file-is-folder", "`\(file)` is a folder; a fault tree is a file", at: nil)
    case .notAFile:
      Diagnostic(slug: "not-a-file", "`\(file)` is a pipe or a device; a fault tree is a file", at: nil)
    case .tooLarge(let bytes):
      Diagnostic(
        slug: "file-too-large", "`\(file)` has \(bytes) bytes; at most \(limit) are read", at: nil)
    case .refused(let why):
      Diagnostic(slug: "file-unreadable", "`\(file)` can not be read: \(why)", at: nil)
    }
  }
}
