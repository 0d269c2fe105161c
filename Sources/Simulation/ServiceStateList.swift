/// States that are kept, in memory with one owner: reading one neither copies nor retains anything.
struct ServiceStateList: ~Copyable, @unchecked Sendable {
  private var memory: UnsafeMutablePointer<ServiceState>
  private var capacity = 64
  private(set) var count = 0

  init() { memory = .allocate(capacity: capacity) }

  deinit {
    memory.deinitialize(count: count)
    memory.deallocate()
  }

  @inline(__always)
  subscript(index: Int) -> ServiceState {
    _read {
      assert(index >= 0 && index < count)
      yield memory[index]
    }
  }

  /// Keeps a copy of a state as the last.
  mutating func append(copyOf state: borrowing ServiceState) {
    if count == capacity { grow() }
    (memory + count).initialize(to: ServiceState(capabilities: state.isDown.count))
    count += 1
    replace(count - 1, by: state)
  }

  /// Keeps a copy of a state in place of another.
  mutating func replace(_ index: Int, by state: borrowing ServiceState) { memory[index].copy(from: state) }

  private mutating func grow() {
    capacity *= 2
    let larger = UnsafeMutablePointer<ServiceState>.allocate(capacity: capacity)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    memory = larger
  }
}
