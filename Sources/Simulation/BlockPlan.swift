internal import DrawKernels
internal import Stochastics

/// Which processes take their draws from kernels, and by which laws.
struct BlockPlan: Sendable {
  /// How a process comes by its draws.
  enum Way: Sendable {
    /// One by one.
    case singly
    /// One by one, unless its first number, made with those of others, tells that it does not fail: it seldom does.
    case rarely(Int)
    /// Sixteen at a time; the first sixteen with those of others. The places are those in the batch and among the laws.
    case inBlocks(batch: Int, laws: Int)
    /// Sixteen at a time, after a start from the long run that kernels can not do.
    case inBlocksLater(laws: Int)
    /// The same for a process with one up time and one part of an outage in turn, both made by kernels from end to end.
    case inPairs(batch: Int, laws: Int)
    case inPairsLater(laws: Int)
    /// Uniform numbers sixteen at a time, of which its laws take as many as they need.
    case inUniforms(batch: Int, laws: Int)
    /// All its cycles side by side with those of others; one that begins in a way that the kernel can not do, such as down, is
    /// unrolled in pairs, by the laws at a place, or one by one where that is −1.
    case inCycles(laws: Int)
  }

  private static let uniform = draw_law(kind: Int32(DRAW_UNIFORM.rawValue), first: 0, second: 0)
  /// Draws below which making sixteen does not pay.
  private static let fewestDraws = 5.0
  /// Cycles above which a process would outlast those beside it; sixteen of its own draws are made at a time instead.
  private static let mostCycles = 32.0

  let level: Int32
  let seed: UInt64
  private let start: SimulationPlan.Start
  /// The processes of the batch, an even number, and their laws.
  private(set) var batchKeys: [UInt64] = []
  private(set) var batchLaws: [draw_laws] = []
  /// The processes that seldom fail, a multiple of eight.
  private(set) var rareKeys: [UInt64] = []
  /// Two for each process: with its up times at even draws, and at odd ones.
  private(set) var laws: [draw_laws] = []

  init(plan: SimulationPlan) {
    level = draw_best_level()
    seed = plan.seed
    start = plan.start
  }

  /// Takes a process in.
  ///
  /// - Parameters:
  ///   - uptime: the law of its up time.
  ///   - outage: the laws of the parts of its outage.
  ///   - isNoticed: whether some parts come before it is noticed.
  ///   - cycles: how many outages it has on average.
  ///   - start: how it begins in the long run.
  mutating func add(
    _ key: ProcessKey, uptime: Draw, outage: [Draw], isNoticed: Bool, cycles: Double, start: LongRunStart
  ) -> Way {
    let startsInBlocks = self.start == .new || start.isOfOneNumber
    let drawn = ([uptime] + outage).filter { !$0.isConstant }
    if cycles <= BlockPlan.mostCycles, outage.count == 1, !isNoticed, startsInBlocks,
      let up = uptime.wholeKernelLaw,
      let down = outage[0].wholeKernelLaw
    {
      return .inCycles(laws: 2 * cycles < BlockPlan.fewestDraws ? -1 : add(draw_laws(even: up, odd: down)))
    }
    guard cycles * Double(drawn.count) >= BlockPlan.fewestDraws else {
      return addRare(key, uptime: uptime, start: start)
    }
    if outage.count == 1, !isNoticed, let up = uptime.wholeKernelLaw, let down = outage[0].wholeKernelLaw {
      let laws = add(draw_laws(even: up, odd: down))
      guard startsInBlocks else { return .inPairsLater(laws: laws) }
      return .inPairs(batch: addToBatch(key, laws: laws), laws: laws)
    }
    let kernelLaws = drawn.compactMap(\.kernelLaw)
    guard kernelLaws.count == drawn.count, let own = BlockPlan.alternating(kernelLaws, uptime) else {
      guard startsInBlocks, drawn.allSatisfy(\.takesUniforms) else {
        return addRare(key, uptime: uptime, start: start)
      }
      let laws = add(draw_laws(even: BlockPlan.uniform, odd: BlockPlan.uniform))
      return .inUniforms(batch: addToBatch(key, laws: laws), laws: laws)
    }
    let laws = add(own)
    guard startsInBlocks else { return .inBlocksLater(laws: laws) }
    return .inBlocks(batch: addToBatch(key, laws: laws), laws: laws)
  }

  private mutating func add(_ own: draw_laws) -> Int {
    laws += [own, draw_laws(even: own.odd, odd: own.even)]
    return laws.count / 2 - 1
  }

  private mutating func addToBatch(_ key: ProcessKey, laws place: Int) -> Int {
    batchKeys.append(key.hash)
    batchLaws.append(laws[2 * place])
    return batchKeys.count - 1
  }

  private mutating func addRare(_ key: ProcessKey, uptime: Draw, start: LongRunStart) -> Way {
    guard self.start == .new ? uptime.isInverted : start.isOfOneNumber else { return .singly }
    rareKeys.append(key.hash)
    return .rarely(rareKeys.count - 1)
  }

  /// The laws of draws of even and odd number, the first of them an up time; `nil` unless that repeats.
  private static func alternating(_ laws: [draw_law], _ uptime: Draw) -> draw_laws? {
    guard let first = laws.first, let last = laws.last else { return nil }
    if laws.allSatisfy({ $0.isSame(as: first) }) { return draw_laws(even: first, odd: first) }
    guard laws.count == 2, !uptime.isConstant else { return nil }
    return draw_laws(even: first, odd: last)
  }

  /// Fills up to whole vectors with processes that nobody asks for.
  mutating func close() {
    if !batchKeys.count.isMultiple(of: 2) {
      batchKeys.append(0)
      batchLaws.append(draw_laws(even: BlockPlan.uniform, odd: BlockPlan.uniform))
    }
    while !rareKeys.count.isMultiple(of: 8) { rareKeys.append(0) }
  }
}

extension draw_law {
  fileprivate func isSame(as other: draw_law) -> Bool {
    kind == other.kind && first == other.first && second == other.second
  }
}
