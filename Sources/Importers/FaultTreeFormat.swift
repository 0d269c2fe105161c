/// A file format of fault trees.
public enum FaultTreeFormat: Sendable, Hashable, CaseIterable {
  /// The XML of the Open-PSA Model Exchange Format, version 2.0d.
  case openPSA
  /// The text of Galileo, as Storm reads it.
  case galileo

  /// The name of the format.
  public var name: String {
    switch self {
    case .openPSA: "Open-PSA XML"
    case .galileo: "Galileo text"
    }
  }

  /// The mission time at which a tree is read when none is stated: a year of hours, or one unit of time.
  public var missionTime: Double {
    switch self {
    case .openPSA: 8760
    case .galileo: 1
    }
  }

  /// The format of a file, told by how it begins; `nil` when it is neither.
  ///
  /// XML begins with `<`; Galileo, comments aside, with `toplevel`, `param` or a name in quotes.
  public static func detected(in bytes: some Sequence<UInt8>) -> FaultTreeFormat? {
    var head = Array(bytes.prefix(1 << 16))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
    var scanner = GalileoScanner(ImportedFile(name: "", bytes: head), file: 0)
    if head.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { return .openPSA }
    switch scanner.next()?.kind {
    case .word(let word, isQuoted: let isQuoted):
      return isQuoted || ["toplevel", "param"].contains(word.lowercased()) ? .galileo : nil
    default: return nil
    }
  }
}
