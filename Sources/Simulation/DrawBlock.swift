internal import Stochastics

/// The exponential draws of one stream, made a block at a time: the same numbers as one by one, in a third of the
/// time.
struct DrawBlock: ~Copyable {
  /// Eight counters of two draws each, which is what one pass over vector registers makes.
  private static let length = 16

  private let values = FixedArray<Double>(repeating: 0, count: DrawBlock.length + 1)
  private var position = 0
  private var end = 0

  /// Forgets what is left of another stream. `isOdd`: the stream has given half a counter's draws already, and the
  /// other half comes first.
  @inline(__always)
  mutating func begin(_ stream: inout RandomStream, isOdd: Bool) {
    fill(&stream, count: isOdd ? DrawBlock.length + 1 : DrawBlock.length)
  }

  /// The next standard exponential.
  @inline(__always)
  mutating func next(_ stream: inout RandomStream) -> Double {
    if position == end { fill(&stream, count: DrawBlock.length) }
    position += 1
    return values[position - 1]
  }

  private mutating func fill(_ stream: inout RandomStream, count: Int) {
    stream.fillExponentials(UnsafeMutableBufferPointer(rebasing: values.buffer[..<count]))
    position = 0
    end = count
  }
}
