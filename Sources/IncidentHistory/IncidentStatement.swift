import Foundation
import GRDB
import GRDBSQLite

/// A statement whose first parameters are ``Incident/columnNames``, bound through SQLite's own interface.
///
/// GRDB makes a value, an existential and a key path of every argument, which for a million incidents of 22 columns
/// takes longer than SQLite does; this writes the bytes directly. Texts lie beside each other on the stack while the
/// statement runs, so that SQLite need not keep copies of them.
struct IncidentStatement {
  private let statement: Statement
  private let database: Database

  /// Prepares a statement that returns no rows.
  init(_ database: Database, sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
  }

  /// Runs the statement for an incident, with whole numbers for the parameters behind its columns.
  ///
  /// - Returns: Whether a row was inserted or changed.
  func run(_ incident: Incident, _ numbers: Int...) throws -> Bool {
    let code = withUnsafeTemporaryAllocation(byteCount: 1_024, alignment: 1) { texts in
      let handle = statement.sqliteStatement
      var binder = Binder(handle: handle, texts: texts)
      binder.bind(incident)
      for number in numbers { binder.bind(number) }
      let step = sqlite3_step(handle)
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
      return binder.failure ?? step
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
    return database.changesCount > 0
  }

  /// Binds parameters one after the other; what is unknown stays NULL.
  private struct Binder {
    let handle: OpaquePointer
    private(set) var failure: Int32?
    private var index: Int32 = 0
    private let texts: UnsafeMutableRawBufferPointer
    private var used = 0

    /// - Parameter texts: Memory for the texts, which stays as it is until the statement has run.
    init(handle: OpaquePointer, texts: UnsafeMutableRawBufferPointer) {
      self.handle = handle
      self.texts = texts
    }

    /// The columns of an incident in the order of ``Incident/columnNames``.
    mutating func bind(_ incident: Incident) {
      bind(incident.source)
      bind(incident.externalID)
      bind(incident.service)
      bind(incident.component)
      for text in [incident.mode, incident.severity, incident.urgency, incident.title, incident.note] {
        bind(text)
      }
      bind(incident.started.milliseconds)
      for time in [incident.detected, incident.acknowledged, incident.mitigated, incident.resolved] {
        bind(time?.milliseconds)
      }
      bind(incident.impactStart?.milliseconds)
      bind(incident.impactEnd?.milliseconds)
      bind(incident.isPlanned ? 1 : 0)
      index += 1
      if let fraction = incident.impactFraction { note(sqlite3_bind_double(handle, index, fraction)) }
      bind(incident.users)
      bind(incident.cost.map { "\($0)" })
      bind(incident.parent)
      bind(incident.duplicateOf)
      bind(incident.otherComponentsText)
    }

    mutating func bind(_ number: Int?) {
      index += 1
      if let number { note(sqlite3_bind_int64(handle, index, Int64(number))) }
    }

    private mutating func bind(_ text: String?) {
      index += 1
      guard var text else { return }
      text.withUTF8 { bytes in
        if used + bytes.count <= texts.count {
          let place = UnsafeMutableRawBufferPointer(rebasing: texts[used..<used + bytes.count])
          place.copyMemory(from: UnsafeRawBufferPointer(bytes))
          used += bytes.count
          bind(UnsafeRawBufferPointer(place), copying: false)
        } else {
          bind(UnsafeRawBufferPointer(bytes), copying: true)
        }
      }
    }

    private mutating func bind(_ bytes: UnsafeRawBufferPointer, copying: Bool) {
      // SQLite's constant for "make a copy" is the pointer -1, for "it stays" the null pointer.
      let lifetime = copying ? unsafeBitCast(-1, to: sqlite3_destructor_type.self) : nil
      let characters = bytes.assumingMemoryBound(to: CChar.self)
      note(sqlite3_bind_text(handle, index, characters.baseAddress, Int32(clamping: bytes.count), lifetime))
    }

    private mutating func note(_ code: Int32) {
      if code != SQLITE_OK, failure == nil { failure = code }
    }
  }
}
