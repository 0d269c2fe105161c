package import Diagnostics

/// The records of a JSON file, one at a time: the elements of the arrays at certain paths.
///
/// What stands around them is passed over, so that memory does not grow with the file. Several documents may
/// follow each other, as when pages of an interface are appended to one file.
package struct JSONRecords {
  /// A record and the path of the array it stands in, such as `data.result`.
  package struct Found {
    package let path: String
    package let record: LocatedJSON
  }

  private var reader: JSONReader
  private let paths: Set<String>
  /// The keys of the objects that are open, from the outside in; `nil` for the document itself.
  private var open: [String] = []
  private var state = State.document

  private enum State {
    case document
    /// Before a member; `first` when none was read yet.
    case object(first: Bool)
    case array(first: Bool)
    case single
  }

  /// The records in arrays at `paths`; the empty path is an array that is the document.
  package init(_ cursor: ByteCursor, paths: [String]) {
    reader = JSONReader(cursor)
    self.paths = Set(paths)
  }

  /// The cursor, for the digest of what was read.
  package var cursor: ByteCursor { reader.cursor }

  /// The next record; `nil` at the end.
  package mutating func next() throws(Findings) -> Found? {
    while true {
      switch state {
      case .document: if try !enterDocument() { return nil }
      case .object(let first): try readMember(first: first)
      case .array(let first):
        if let record = try element(first: first) { return Found(path: path, record: record) }
      case .single:
        state = .document
        return Found(path: "", record: try reader.record())
      }
    }
  }

  private var path: String { open.joined(separator: ".") }

  private mutating func enterDocument() throws(Findings) -> Bool {
    guard let byte = try reader.peek() else { return false }
    switch byte {
    case UInt8(ascii: "[") where paths.contains(""):
      try reader.expect("[")
      state = .array(first: true)
    case UInt8(ascii: "{") where paths == [""]: state = .single
    case UInt8(ascii: "{"):
      try reader.expect("{")
      state = .object(first: true)
    default: throw try reader.unexpected("a list or an object of incidents")
    }
    return true
  }

  /// Reads one member of an object, or goes into it, or leaves the object.
  private mutating func readMember(first: Bool) throws(Findings) {
    if try reader.skip("}") { return leave() }
    if !first { try reader.expect(",") }
    state = .object(first: false)
    open.append(try reader.memberKey())
    switch try reader.peek() {
    case UInt8(ascii: "[") where paths.contains(path):
      try reader.expect("[")
      state = .array(first: true)
    case UInt8(ascii: "{") where paths.contains(where: { $0.hasPrefix(path + ".") }):
      try reader.expect("{")
      state = .object(first: true)
    default:
      _ = try reader.record()
      open.removeLast()
    }
  }

  private mutating func element(first: Bool) throws(Findings) -> LocatedJSON? {
    if try reader.skip("]") {
      leave()
      return nil
    }
    if !first { try reader.expect(",") }
    state = .array(first: false)
    return try reader.record()
  }

  /// Leaves an object or array for the object around it.
  private mutating func leave() {
    guard !open.isEmpty else { return state = .document }
    open.removeLast()
    state = .object(first: false)
  }
}
