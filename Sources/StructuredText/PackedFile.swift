internal import Diagnostics

/// Files that hold text only once they are unpacked, by the bytes they begin with.
enum PackedFile {
  case gzip
  case zip
  case bzip2
  case xz
  case zstd
  case sqlite

  /// What begins with these bytes; `nil` for what may be text.
  init?(_ bytes: [UInt8]) {
    let known: [(PackedFile, [UInt8])] = [
      (.gzip, [0x1F, 0x8B]), (.zip, Array("PK\u{3}\u{4}".utf8)), (.bzip2, Array("BZh".utf8)),
      (.xz, [0xFD, 0x37, 0x7A, 0x58]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]),
      (.sqlite, Array("SQLite format 3".utf8)),
    ]
    guard let match = known.first(where: { bytes.starts(with: $0.1) }) else { return nil }
    // Letters may begin a text too; what is packed goes on with bytes that none has.
    if match.0 == .bzip2, bytes.prefix(16).allSatisfy({ $0 < 0x80 && $0 >= 0x09 }) { return nil }
    self = match.0
  }

  /// What it is, and how to get at the text.
  func finding(about file: String) -> Findings {
    let word = shellWord(file)
    let (what, help) =
      switch self {
      case .gzip: ("compressed by gzip", "gunzip -c \(word) > unpacked.csv")
      case .zip:
        (
          "a zip archive or a workbook (.xlsx)",
          "save the sheet as CSV (UTF-8), or: unzip -p \(word) > unpacked.csv"
        )
      case .bzip2: ("compressed by bzip2", "bunzip2 -c \(word) > unpacked.csv")
      case .xz: ("compressed by xz", "xz -dc \(word) > unpacked.csv")
      case .zstd: ("compressed by zstd", "zstd -dc \(word) > unpacked.csv")
      case .sqlite: ("an SQLite database", "a history is named with --db; a file to read is CSV or JSON")
      }
    return Findings([
      Diagnostic(
        slug: "file-packed", "\(named(file)) is \(what); expected text, CSV or JSON", at: nil, help: help)
    ])
  }
}
