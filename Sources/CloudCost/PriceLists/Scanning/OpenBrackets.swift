/// The brackets that are open around a place of a JSON text, at most 63.
struct OpenBrackets {
  private(set) var depth = 0
  /// Whether each is that of a list, the innermost in the lowest bit.
  private var lists: UInt64 = 0

  /// Whether the innermost is that of a list.
  var isList: Bool { lists & 1 == 1 }

  /// Goes in; returns whether there was room.
  mutating func open(isList: Bool) -> Bool {
    guard depth < 63 else { return false }
    depth += 1
    lists = lists << 1 | (isList ? 1 : 0)
    return true
  }

  /// Goes out; returns whether the bracket is the one that closes the innermost.
  mutating func close(isList: Bool) -> Bool {
    guard isList == self.isList else { return false }
    depth -= 1
    lists >>= 1
    return true
  }
}
