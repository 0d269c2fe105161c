import DrawKernels
import Stochastics
import Testing

/// The kernels against single draws of `Stochastics`, to the bit, at every level that the processor has.
@Suite("Draw kernels")
struct DrawKernelTests {
  static let levels = Array(0...draw_best_level())

  private static func kernel(_ kind: draw_kind, _ first: Double = 0, _ second: Double = 0) -> draw_law {
    draw_law(kind: Int32(kind.rawValue), first: first, second: second)
  }

  /// A law as kernels take it, and one draw of it.
  private struct Row {
    let law: draw_law
    let draw: (inout RandomStream) -> Double
    /// The draw that is made of one uniform number.
    let value: (Double) -> Double
  }

  private static func rows() throws -> [Row] {
    let weibull = try Weibull(shape: 1.7, mean: 1696)
    let infant = try Weibull(shape: 0.04, scale: 2)
    let lognormal = try Lognormal(median: 8, p90: 20)
    return [
      Row(law: kernel(DRAW_UNIFORM), draw: { $0.uniform() }, value: { $0 }),
      Row(
        law: kernel(DRAW_EXPONENTIAL, 1696), draw: { 1696 * $0.standardExponential() },
        value: { 1696 * -portableLog($0) }),
      Row(
        law: kernel(DRAW_WEIBULL, weibull.scale, 1 / weibull.shape), draw: { weibull.sample(using: &$0) },
        value: { weibull.scale * portablePower(-portableLog($0), 1 / weibull.shape) }),
      Row(
        law: kernel(DRAW_WEIBULL, infant.scale, 1 / infant.shape), draw: { infant.sample(using: &$0) },
        value: { infant.scale * portablePower(-portableLog($0), 1 / infant.shape) }),
      Row(
        law: kernel(DRAW_LOGNORMAL, lognormal.mu, lognormal.sigma), draw: { lognormal.sample(using: &$0) },
        value: { portableExp(lognormal.mu + lognormal.sigma * -normalQuantile($0)) }),
    ]
  }

  private static func key(_ number: Int) -> ProcessKey { ProcessKey(name: "process-\(number)") }

  @Test("sixteen draws are those of single draws", arguments: levels)
  func sixteen(level: Int32) throws {
    var keys = draw_keys_of_seed(0x0123_4567_89ab_cdef)
    let rows = try Self.rows()
    for (number, even) in rows.enumerated() {
      let odd = rows[(number + 1) % rows.count]
      for replication in 0..<UInt32(500) {
        var stream = RandomStream(
          seed: 0x0123_4567_89ab_cdef, process: Self.key(number), replication: replication,
          startingAtBlock: replication * 3)
        var laws = draw_laws(even: even.law, odd: odd.law)
        var made = [Double](repeating: 0, count: 16)
        draw_sixteen(level, &keys, replication, Self.key(number).hash, replication * 3, &laws, &made)
        for place in 0..<8 {
          #expect(made[place].bitPattern == even.draw(&stream).bitPattern)
          #expect(made[place + 8].bitPattern == odd.draw(&stream).bitPattern)
        }
      }
    }
  }

  @Test("a batch is its processes one by one", arguments: levels)
  func batch(level: Int32) throws {
    var keys = draw_keys_of_seed(42)
    let rows = try Self.rows()
    let laws = (0..<6).map { draw_laws(even: rows[$0 % 5].law, odd: rows[($0 + 2) % 5].law) }
    let processes = (0..<6).map { Self.key($0).hash }
    var (coins, draws) = ([Double](repeating: 0, count: 6), [Double](repeating: 0, count: 96))
    draw_batch(level, &keys, 7, processes, laws, 6, &coins, &draws)
    for number in 0..<6 {
      var stream = RandomStream(seed: 42, process: Self.key(number), replication: 7)
      #expect(coins[number] == stream.uniform())
      var own = [Double](repeating: 0, count: 16)
      withUnsafePointer(to: laws[number]) { draw_sixteen(0, &keys, 7, processes[number], 0, $0, &own) }
      #expect(Array(draws[16 * number..<16 * number + 16]) == own)
    }
  }

  @Test("the first number of many processes is that of each", arguments: levels)
  func firstUniforms(level: Int32) {
    var keys = draw_keys_of_seed(42)
    let processes = (0..<64).map { Self.key($0).hash }
    var uniforms = [Double](repeating: 0, count: 64)
    draw_first_uniforms(level, &keys, 9, processes, 64, &uniforms)
    for number in 0..<64 {
      var stream = RandomStream(seed: 42, process: Self.key(number), replication: 9)
      #expect(uniforms[number] == stream.uniform())
    }
  }

  /// A process as its laws and its stream make it: the starts and ends of its outages, `nil` if it is down at 0.
  private static func cycles(_ number: Int, up: Row, down: Row, rest: ((Double) -> Double)?) -> [Int64]? {
    var stream = RandomStream(seed: 42, process: key(number), replication: 7)
    var (outages, now) = ([Int64](), 0.0)
    if let rest {
      let uniform = stream.uniform()
      guard uniform < CycleKernel.chance else { return nil }
      now = rest(-portableLog(uniform * (1 / CycleKernel.chance)))
    } else {
      now = up.draw(&stream)
    }
    while now < 8760 {
      let whole = down.draw(&stream)
      outages += [now, now + whole].map { Int64(min($0 * DRAW_TICKS_PER_HOUR + 0.5, DRAW_LATEST_TICK)) }
      now += whole + up.draw(&stream)
    }
    return outages
  }

  @Test(
    "new processes side by side are those of single draws",
    arguments: levels.flatMap { level in [1, 8, 17, 700].map { (level, $0) } })
  func newCycles(level: Int32, count: Int) throws {
    let rows = try Self.rows().dropFirst().filter { $0.law.first != 2 }
    for (number, up) in rows.enumerated() {
      let down = rows[(number + 2) % rows.count]
      let found = CycleKernel(count: count, even: up.law, odd: down.law)
        .outages(level: level, isSteady: false) { Self.key($0).hash }
      #expect(found.isComplete && found.apart.isEmpty)
      for process in 0..<count {
        #expect(found.outages[process] == Self.cycles(process, up: up, down: down, rest: nil))
      }
    }
  }

  @Test(
    "processes in the long run side by side are those of single draws",
    arguments: levels.flatMap { level in [1, 8, 17, 700].map { (level, $0) } })
  func steadyCycles(level: Int32, count: Int) throws {
    let rows = try Self.rows()
    let residual = try #require(WeibullResidual(shape: 1.7))
    let scale = rows[2].law.first
    for (up, table, rest) in [
      (rows[1], nil, { 1696 * $0 }), (rows[2], residual, { scale * residual.value($0) }),
    ] as [(Row, WeibullResidual?, (Double) -> Double)] {
      var kernel = CycleKernel(count: count, even: up.law, odd: rows[4].law)
      kernel.residual = table
      let found = kernel.outages(level: level, isSteady: true) { Self.key($0).hash }
      for process in 0..<count {
        let own = Self.cycles(process, up: up, down: rows[4], rest: rest)
        // Those that are down.
        #expect(found.apart.contains(process) == (own == nil))
        #expect(found.outages[process] == own ?? [])
      }
    }
  }

  /// What is left of 9,000 h above u = exp(−8760/9000) · 0.8 = 0.302 comes before the horizon.
  @Test(
    "of calm processes only those that stir are unrolled",
    arguments: levels.flatMap { level in [1, 8, 17, 700].map { (level, $0) } })
  func calmCycles(level: Int32, count: Int) throws {
    let laws = [Self.kernel(DRAW_EXPONENTIAL, 9000), Self.kernel(DRAW_EXPONENTIAL, 10)]
    for (isSteady, share) in [(true, 0.8), (false, 1)] {
      var kernel = CycleKernel(count: count, even: laws[0], odd: laws[1])
      let whole = kernel.outages(level: level, isSteady: isSteady) { Self.key($0).hash }
      kernel.isCalm = true
      kernel.calmBelow = share * portableExp(-8760.0 / 9000) * (1 - 1e-6)
      let calm = kernel.outages(level: level, isSteady: isSteady) { Self.key($0).hash }
      #expect(calm.outages == whole.outages)
      #expect(calm.apart == whole.apart)
    }
  }

  @Test("outages that find no room are not told of", arguments: levels)
  func noRoom(level: Int32) throws {
    let exponential = Self.kernel(DRAW_EXPONENTIAL, 100)
    var kernel = CycleKernel(count: 30, even: exponential, odd: exponential)
    kernel.capacity = 100
    #expect(kernel.outages(level: level, isSteady: false) { Self.key($0).hash }.isComplete == false)
  }

  /// The ends of the unit interval, where the normal quantile has a formula of its own, and overflow.
  @Test("extreme uniform numbers give the bits of Stochastics", arguments: levels)
  func extremes(level: Int32) throws {
    let uniforms = [
      0x1p-53, 1e-15, 1.3e-11, 1.4e-11, 0.0749, 0.0751, 0.5, 0x1.8p-1, 0.9249, 0.9251, 1 - 1.4e-11,
      1 - 1.3e-11,
      1 - 0x1p-50, 1 - 0x1p-53, 0.36787944117144233, 0.1,
    ]
    // To both ends of the range of the exponential function and beyond, where no law has a mean.
    let wild = Row(
      law: Self.kernel(DRAW_WEIBULL, 2, 200), draw: { $0.uniform() },
      value: { 2 * portablePower(-portableLog($0), 200) })
    #expect([0x1p-53, 1 - 0x1p-53].map(wild.value) == [.infinity, 0])
    for row in try Self.rows() + [wild] {
      var (law, made) = (row.law, [Double](repeating: 0, count: 16))
      draw_from_uniforms(level, &law, uniforms, 16, &made)
      for (place, uniform) in uniforms.enumerated() {
        #expect(made[place].bitPattern == row.value(uniform).bitPattern, "of \(uniform)")
      }
    }
  }

  @Test("a stream that starts at a block goes on as one that has drawn so far")
  func position() {
    var whole = RandomStream(seed: 1, process: Self.key(1), replication: 2)
    for _ in 0..<6 { _ = whole.uniform() }
    var late = RandomStream(seed: 1, process: Self.key(1), replication: 2, startingAtBlock: 3)
    #expect(whole.position == (3, false))
    #expect(late.uniform() == whole.uniform())
    #expect(whole.position == (3, true))
  }
}
