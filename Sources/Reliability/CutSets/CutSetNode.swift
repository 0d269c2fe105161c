/// A node of laid-out families of sets: those without its element, and the rests of those with it.
///
/// Node 0 stands for no sets and node 1 for the empty set alone; every other node comes after its children, and
/// after the families of the modules that it stands on.
struct CutSetNode: Sendable {
  /// The code of a literal, or the place of a module's family with the highest bit set.
  let label: UInt32
  let low: UInt32
  let high: UInt32

  private static let moduleBit: UInt32 = 0x8000_0000

  static func label(_ literal: CutSetLiteral) -> UInt32 { literal.code }
  static func label(module root: UInt32) -> UInt32 { root | moduleBit }

  /// Whether it stands for the sets of a module.
  var isModule: Bool { label & CutSetNode.moduleBit != 0 }
  /// The place of the module's family.
  var module: Int { Int(label & ~CutSetNode.moduleBit) }
  /// The literal, unless it is a module.
  var literal: CutSetLiteral { CutSetLiteral(code: label) }
}
