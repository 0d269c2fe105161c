/// The fixed 64-bit hash of a random process's full name, which selects its stream.
///
/// It depends on nothing but the UTF-8 of the name: not on the order of declaration, the machine or the run.
/// So a process keeps its draws when others are added or removed. Two names with one hash would share a
/// stream; whoever builds the processes checks that all hashes differ.
///
/// Source: FNV-1a, 64 bits (Fowler, Noll and Vo; RFC 9923), then the finaliser of splitmix64 (Steele, Lea
/// and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) so that all bits take part.
public struct ProcessKey: Hashable, Sendable, BitwiseCopyable {
  /// The hash: the two high words of every counter of the process's stream.
  public let hash: UInt64

  /// The key of the process with this full name, for example `ledger/crash#2`.
  public init(name: String) {
    hash = Self.finalized(Self.fnv1a(name.utf8))
  }

  /// FNV-1a with 64 bits: `fnv1a("a".utf8)` is `af63dc4c8601ec8c`.
  package static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func finalized(_ hash: UInt64) -> UInt64 {
    var mixed = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
