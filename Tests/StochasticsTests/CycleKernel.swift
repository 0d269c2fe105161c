import DrawKernels
import Stochastics

/// Calls the kernel of cycles for processes with the same laws.
struct CycleKernel {
  /// The chance that a process is up at 0.
  static let chance = 0.8

  let count: Int
  let even: draw_law
  let odd: draw_law
  /// What is left of a Weibull up time.
  var residual: WeibullResidual?
  /// Whether first numbers are looked at alone before anything is made of them, and below which one is of no account.
  var isCalm = false
  var calmBelow = 0.0
  var capacity = 200_000

  /// What the kernel tells.
  struct Found {
    /// The starts and ends of each process's outages in turn.
    var outages: [[Int64]]
    /// The processes that it could not do.
    var apart: [Int]
    var isComplete: Bool
  }

  init(count: Int, even: draw_law, odd: draw_law) {
    (self.count, self.even, self.odd) = (count, even, odd)
  }

  func outages(level: Int32, isSteady: Bool, process: (Int) -> UInt64) -> Found {
    let all = count + Int(DRAW_PADDING)
    let (numbers, processes) = (Memory((0..<all).map(UInt64.init)), Memory((0..<all).map(process)))
    let laws = [
      even.first, even.second, odd.first, odd.second, Self.chance, 1 / Self.chance, residual?.least ?? 1,
    ].map { Memory([Double](repeating: $0, count: all)) }
    let table = Memory(residual?.coefficients ?? [])
    let begin = (residual?.firstInterval ?? 0) * WeibullResidual.rowLength * MemoryLayout<Double>.stride
    let address = UInt64(UInt(bitPattern: table.start) &- UInt(begin))
    let calms = Memory([Double](repeating: calmBelow, count: all))
    let residuals = Memory([UInt64](repeating: address, count: all))
    let out = (0..<4).map { _ in Memory([Int64](repeating: 0, count: capacity)) }
    var cycles = draw_cycles(
      count: Int64(count), is_steady: isSteady ? 1 : 0, is_calm: isCalm ? 1 : 0, even_kind: even.kind,
      odd_kind: odd.kind,
      horizon_hours: 8760, number: numbers.start, process: processes.start, even_first: laws[0].start,
      even_second: laws[1].start, odd_first: laws[2].start, odd_second: laws[3].start,
      chance: laws[4].start, reciprocal: laws[5].start, residual: residuals.start, least: laws[6].start,
      calm: calms.start)
    var made = draw_outages(
      starts: out[0].start, ends: out[1].start, numbers: out[2].start, capacity: Int64(capacity), count: 0,
      apart: out[3].start, apart_count: 0)
    var keys = draw_keys_of_seed(42)
    // Only pointers are seen from here on, so their owners must outlive them.
    return withExtendedLifetime((numbers, processes, laws, out, table, residuals, calms)) {
      let isComplete = draw_cycles(level, &keys, 7, &cycles, &made) != 0
      var found = Found(outages: [[Int64]](repeating: [], count: count), apart: [], isComplete: isComplete)
      for place in 0..<Int(made.count) {
        found.outages[Int(out[2].start[place])] += [out[0].start[place], out[1].start[place]]
      }
      found.apart = (0..<Int(made.apart_count)).map { Int(out[3].start[$0]) }
      return found
    }
  }
}

/// Numbers that stay where they are.
private final class Memory<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    start = .allocate(capacity: max(1, elements.count))
    for (place, element) in elements.enumerated() { start[place] = element }
  }

  deinit { start.deallocate() }
}
