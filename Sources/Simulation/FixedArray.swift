/// Memory of fixed length with one owner.
///
/// What the event loop reads and writes millions of times a second: unlike an array it asks neither whether it is
/// shared nor, in release builds, whether an index is inside.
struct FixedArray<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  private let memory: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    memory = .allocate(capacity: max(1, count))
    for (index, element) in elements.enumerated() { memory[index] = element }
  }

  /// The same, at an address that is a multiple of `alignment`.
  init(_ elements: [Element], alignment: Int) {
    count = elements.count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: alignment)
    memory = bytes.initializeMemory(as: Element.self, from: elements, count: count)
  }

  init(repeating element: Element, count: Int) {
    self.count = count
    memory = .allocate(capacity: max(1, count))
    memory.initialize(repeating: element, count: count)
  }

  deinit { memory.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return memory[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      memory[index] = newValue
    }
  }

  /// Where it begins; it stays there as long as its owner lives.
  @inline(__always)
  var start: UnsafeMutablePointer<Element> { memory }

  /// All of it.
  var buffer: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: memory, count: count) }

  func fill(with element: Element) { memory.update(repeating: element, count: count) }

  /// Takes over the elements of another of the same length.
  func copy(from other: borrowing FixedArray) {
    assert(count == other.count)
    memory.update(from: other.memory, count: count)
  }
}
