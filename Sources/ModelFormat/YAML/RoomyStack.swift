#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread with a stack that no nesting can exhaust.
///
/// Yams recurses once a level and libyaml gives up at 1,000 indents and brackets, which can be 2,000 levels:
/// up to 6 MB of stack, where a thread may have as little as 512 KB. The depth that a model may have is far below,
/// but it can be told only after parsing.
enum RoomyStack {
  private static let size = 32 << 20

  /// What the thread does; a class because C hands a thread one pointer. The waiting thread does not touch it.
  private final class Work: @unchecked Sendable {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// The result of `body`, computed on a roomy thread while this one waits.
  ///
  /// When the system refuses the thread, `body` runs on this one.
  static func result<Value>(of body: () -> Value) -> Value {
    var value: Value?
    withoutActuallyEscaping(body) { body in
      let work = Work { value = body() }
      let pointer = Unmanaged.passRetained(work).toOpaque()
      if !didRun(pointer) { _ = run(pointer) }
    }
    return value ?? body()
  }

  /// Whether a roomy thread could be had for the work; if so, it has ended.
  private static func didRun(_ work: UnsafeMutableRawPointer) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { _ = pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, size) == 0, let thread = thread(&attributes, work) else {
      return false
    }
    pthread_join(thread, nil)
    return true
  }

  private static func thread(
    _ attributes: UnsafePointer<pthread_attr_t>, _ work: UnsafeMutableRawPointer
  ) -> pthread_t? {
    #if canImport(Darwin)
      var thread: pthread_t?
      return pthread_create(&thread, attributes, { RoomyStack.run($0) }, work) == 0 ? thread : nil
    #else
      var thread = pthread_t()
      return pthread_create(&thread, attributes, { RoomyStack.run($0) }, work) == 0 ? thread : nil
    #endif
  }

  private static func run(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
    return nil
  }
}
