internal import DrawKernels
internal import Stochastics

/// The draws of a replication that kernels make: the same numbers as one by one, in a fraction of the time.
///
/// Processes are visited in the order of the plan. What they begin with is made for some of them at a time, so that it is
/// still in the cache when it is used.
struct StreamDraws: ~Copyable {
  /// Draws that one call makes of one stream.
  private static let length = 16
  /// Processes of the batch, and processes that seldom fail, that are made at a time.
  private static let batchPart = 32
  private static let rarePart = 64

  private let level: Int32
  private let seed: FixedArray<draw_keys>
  private let batchKeys: FixedArray<UInt64>
  private let batchLaws: FixedArray<draw_laws>
  private let rareKeys: FixedArray<UInt64>
  private let allLaws: FixedArray<draw_laws>
  private let firsts = FixedArray<Double>(repeating: 0, count: StreamDraws.batchPart * StreamDraws.length)
  private let uniforms = FixedArray<Double>(repeating: 0, count: StreamDraws.batchPart)
  private let rareUniforms = FixedArray<Double>(repeating: 0, count: StreamDraws.rarePart)
  private let later = FixedArray<Double>(repeating: 0, count: StreamDraws.length)
  private var replication: UInt32 = 0
  private var batchEnd = 0
  private var rareEnd = 0

  /// The outages of processes that are unrolled side by side.
  var cycles: CycleDraws

  // The stream in hand.
  private var sixteen: UnsafeMutablePointer<Double>
  private(set) var position = 0
  private var nextBlock: UInt32 = 0
  private var process: UInt64 = 0
  private var laws = 0

  init(_ plan: BlockPlan, _ cycles: CyclePlan) {
    level = plan.level
    seed = FixedArray([draw_keys_of_seed(plan.seed)])
    batchKeys = FixedArray(plan.batchKeys)
    batchLaws = FixedArray(plan.batchLaws)
    rareKeys = FixedArray(plan.rareKeys)
    allLaws = FixedArray(plan.laws)
    sixteen = later.start
    self.cycles = CycleDraws(cycles, level: plan.level, seed: plan.seed)
  }

  /// Starts a replication.
  mutating func begin(replication: UInt32) {
    self.replication = replication
    batchEnd = 0
    rareEnd = 0
  }

  /// The first number of a process that seldom fails; places are asked for in ascending order.
  @inline(__always)
  mutating func rare(_ place: Int) -> Double {
    if place >= rareEnd { fillRare(from: place) }
    return rareUniforms[place & (StreamDraws.rarePart - 1)]
  }

  /// The first number of a process of the batch; places are asked for in ascending order.
  @inline(__always)
  mutating func uniform(ofBatch place: Int) -> Double {
    if place >= batchEnd { fillBatch(from: place) }
    return uniforms[place & (StreamDraws.batchPart - 1)]
  }

  /// Takes the first sixteen draws of a process of the batch in hand, from draw number `position` on.
  @inline(__always)
  mutating func take(batch place: Int, laws: Int, position: Int) {
    if place >= batchEnd { fillBatch(from: place) }
    sixteen = firsts.start + (place & (StreamDraws.batchPart - 1)) * StreamDraws.length
    self.position = position
    nextBlock = 8
    process = batchKeys[place]
    self.laws = laws
  }

  /// Goes on with a stream whose next draw is of the law that comes second in `laws`, the law of outages.
  mutating func take(_ stream: borrowing RandomStream, of key: ProcessKey, laws place: Int) {
    let (block, isOdd) = stream.position
    process = key.hash
    nextBlock = block
    laws = 2 * place + (isOdd ? 0 : 1)
    refill()
    position = isOdd ? 1 : 0
  }

  /// The next draw of the stream in hand.
  @inline(__always)
  mutating func next() -> Double {
    if position == StreamDraws.length { refill() }
    let place = (position & 1) << 3 | position >> 1
    position += 1
    return sixteen[place]
  }

  /// One of the sixteen draws in hand: those of even number stand in places 0 to 7, those of odd number in 8 to 15.
  @inline(__always)
  subscript(place: Int) -> Double { sixteen[place] }

  /// The next sixteen draws of the stream in hand.
  mutating func refill() {
    precondition(nextBlock <= UInt32.max - 7, "a stream holds 2³³ values")
    draw_sixteen(level, seed.start, replication, process, nextBlock, allLaws.start + laws, later.start)
    nextBlock &+= 8
    sixteen = later.start
    position = 0
  }

  private mutating func fillBatch(from place: Int) {
    let count = min(StreamDraws.batchPart, batchKeys.count - place)
    draw_batch(
      level, seed.start, replication, batchKeys.start + place, batchLaws.start + place, Int64(count),
      uniforms.start, firsts.start)
    batchEnd = place + count
  }

  private mutating func fillRare(from place: Int) {
    let count = min(StreamDraws.rarePart, rareKeys.count - place)
    draw_first_uniforms(
      level, seed.start, replication, rareKeys.start + place, Int64(count), rareUniforms.start)
    rareEnd = place + count
  }
}
