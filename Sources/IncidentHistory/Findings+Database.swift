internal import StructuredText

import Diagnostics
import GRDB

/// What can be wrong with a database, in the user's words.
extension Findings {
  static func databaseMissing(_ path: String) -> Findings {
    database("missing", "there is no incident database at \(named(path))", help: importHelp(path))
  }

  static func databaseEmpty(_ path: String) -> Findings {
    database("empty", "\(named(path)) is an empty file, not an incident database", help: importHelp(path))
  }

  static func databaseFolderMissing(_ folder: String) -> Findings {
    database("missing", "the folder \(named(folder)) does not exist", help: "mkdir -p \(shellWord(folder))")
  }

  static func databaseNotAFile(_ path: String, what: String) -> Findings {
    database("not-a-file", "\(named(path)) is \(what); expected a database file", help: otherFile)
  }

  static func databaseUnreadable(_ path: String) -> Findings {
    database("unreadable", "\(named(path)) may not be read", help: "ls -l \(shellWord(path))")
  }

  static func databaseNotSQLite(_ path: String) -> Findings {
    database("not-sqlite", "\(named(path)) is not an SQLite file; it was left as it is", help: otherFile)
  }

  static func databaseForeign(_ path: String) -> Findings {
    let message = "\(named(path)) is an SQLite file of another program; it was left as it is"
    return database("foreign", message, help: otherFile)
  }

  static func databaseNewer(_ path: String) -> Findings {
    let message = "\(named(path)) was written by a newer relmodel; it was left as it is"
    return database("newer", message, help: "install the newer relmodel, or give another file with --db")
  }

  static func databaseOlder(_ path: String) -> Findings {
    let message = "\(named(path)) was written by an older relmodel, or making it was interrupted"
    return database("older", message, help: "open it once for writing: " + importHelp(path))
  }

  static func databaseReadOnly(_ path: String) -> Findings {
    let message = "\(named(path)) may not be written; expected write access to the file and its folder"
    return database(
      "read-only", message, help: "chmod u+w \(shellWord(path)), or give another file with --db")
  }

  /// The finding for a database to be made where nothing may be written.
  static func databaseFolderReadOnly(_ path: String, folder: String) -> Findings {
    database(
      "read-only", "\(named(path)) can not be made: the folder \(named(folder)) may not be written",
      help: "name a file in a folder of your own: --db ~/relmodel.db")
  }

  static func databaseCorrupt(_ path: String, detail: String) -> Findings {
    database(
      "corrupt", "\(named(path)) is damaged (\(detail)); it was left as it is",
      help: "restore a copy, or save what can be read: sqlite3 \(shellWord(path)) .recover")
  }

  /// The finding for an error of SQLite, as `sqlite3.h` names them.
  static func database(_ error: DatabaseError, path: String) -> Findings {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return database(
        "locked", "another process is using \(named(path))",
        help: "wait until it has finished, then try again")
    case .SQLITE_READONLY, .SQLITE_PERM: return databaseReadOnly(path)
    case .SQLITE_CORRUPT: return databaseCorrupt(path, detail: error.message ?? "malformed")
    case .SQLITE_NOTADB: return databaseNotSQLite(path)
    case .SQLITE_FULL:
      return database(
        "full", "no space is left for \(named(path)); nothing was written", help: "df -h \(shellWord(path))")
    default:
      return database(
        "unusable", "\(named(path)) can not be used: \(error.message ?? "\(error.resultCode)")")
    }
  }

  private static func database(_ slug: String, _ message: String, help: String? = nil) -> Findings {
    Findings([Diagnostic(slug: "database-\(slug)", message, at: nil, help: help)])
  }

  private static let otherFile = "give another file with --db"

  private static func importHelp(_ path: String) -> String {
    "relmodel incidents import incidents.csv --db \(shellWord(path)) --window START/END"
  }
}
