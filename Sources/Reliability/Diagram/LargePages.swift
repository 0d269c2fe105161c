#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension UnsafeMutablePointer {
  /// Room for so many values, in large pages where it is large and the system has them: tables that are read here and
  /// there miss the processor's address cache less often.
  static func allocate(paged count: Int) -> UnsafeMutablePointer {
    let bytes = count * MemoryLayout<Pointee>.stride
    #if os(Linux)
      let page = 1 << 21
      if bytes >= 2 * page {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: page)
        // Advice only: where it is refused, ordinary pages do as well.
        _ = madvise(memory, bytes, MADV_HUGEPAGE)
        return memory.bindMemory(to: Pointee.self, capacity: count)
      }
    #endif
    return .allocate(capacity: count)
  }
}
