/// Follows a chain from its start and tabulates sums over its states until its long run has come.
///
/// Steps begin at an eighth of the shortest mean stay and are doubled whenever every other point would have done: what a
/// chain does from one start only gets smoother.
struct ChainTabulation {
  let chain: MarkovChain
  let functionals: ChainFunctionals
  /// How far the table is asked.
  let horizon: Double
  /// The most multiplications: some seconds of one core.
  var mostWork = 2e9

  /// How far every other point may be off for the others to be left out; each point more leaves 2⁻¹² of that.
  private static let tolerance = 1e-11
  /// Steps of chains with faster moves would be too short for numbers.
  private static let highestRate = 1e300
  /// How near the long run is near enough.
  private static let settled = 1e-12
  /// A step is at most this share of the time passed, so that no delay of up to sixty stages is stepped over.
  private static let longestStep = 1.0 / 64

  /// The table, in the unit of the rates.
  ///
  /// - Throws: `tooStiff` when that takes too much work, `notConverged` when the long run is not found.
  func table() throws(MarkovChain.Unsolved) -> ChainTable {
    var table = ChainTable(count: functionals.count)
    let jumpRate = chain.rates.totals.max() ?? 0
    guard jumpRate > 0 else {
      table.settle(at: functionals.values(chain.initial))
      return table
    }
    guard jumpRate < Self.highestRate else {
      throw .tooStiff(states: chain.stateCount, jumps: jumpRate * horizon)
    }
    let long = functionals.values(try chain.steadyState())
    let steps = Double(ChainTable.stepsInBlock)
    var stepper = TransientStepper(chain, step: min(1 / (8 * jumpRate), horizon / steps))
    var progress = Progress(count: functionals.count, tolerance: Self.tolerance)
    var (time, work) = (0.0, 0.0)
    var last = functionals.values(chain.initial)
    while time < horizon {
      work += stepper.work(ChainTable.stepsInBlock, of: functionals)
      guard work <= mostWork else { throw .tooStiff(states: chain.stateCount, jumps: jumpRate * horizon) }
      let points = [last] + stepper.advance(ChainTable.stepsInBlock, functionals)
      table.append(from: time, step: stepper.step, points)
      time = table.end
      last = points[points.count - 1]
      progress.watch(points)
      if progress.isSettled(last, long) {
        table.settle(at: long)
        break
      }
      if 2 * stepper.step <= Self.longestStep * time, progress.mayDouble(points) { stepper.doubleStep() }
    }
    table.mayBeOff(by: progress.error)
    return table
  }

  /// What is known of the way so far.
  private struct Progress {
    private var tolerance: Double
    private var refusals = 0
    private var peaks: [Double]
    private(set) var error = 0.0

    init(count: Int, tolerance: Double) {
      peaks = [Double](repeating: 0, count: count)
      self.tolerance = tolerance
    }

    mutating func watch(_ points: [[Double]]) {
      for point in points {
        for (number, value) in point.enumerated() where value > peaks[number] { peaks[number] = value }
      }
    }

    /// Whether every other point would have done. Where that is long in coming more is allowed, and told.
    mutating func mayDouble(_ points: [[Double]]) -> Bool {
      let coarse = ChainTable.coarseError(points)
      // The points left in are closer by 2¹² where the function is smooth, and 2⁶ where it hardly is.
      error = max(error, coarse / 64)
      if coarse <= tolerance {
        refusals = 0
        return true
      }
      refusals += 1
      if refusals.isMultiple(of: 24) { tolerance *= 4 }
      return false
    }

    func isSettled(_ values: [Double], _ long: [Double]) -> Bool {
      values.indices.allSatisfy { number in
        let scale = long[number] > 0 ? long[number] : peaks[number]
        return abs(values[number] - long[number]) <= ChainTabulation.settled * 10 * scale
      }
    }
  }
}
