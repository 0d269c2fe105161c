/// Carries the probabilities of a chain on in equal steps of time, which may be doubled.
///
/// By a full matrix of transition probabilities where the chain is small or its fast moves are many in a step, squared
/// when the step is doubled (`MatrixSquaring`); else by uniformisation. Either way all are sums of positive numbers.
struct TransientStepper {
  /// Up to so many states full matrices cost little.
  private static let alwaysDense = 300
  /// A product of full matrices does this many times more multiplications in the same time.
  private static let denseAdvantage = 12.0
  /// So many steps are foreseen when the two are compared, and so many doublings.
  private static let stepsForeseen = 64.0

  /// The probability of each state now.
  private(set) var probabilities: [Double]
  /// How long a step is.
  private(set) var step: Double
  private let rates: RateMatrix
  private let incoming: RateMatrix
  private let jumpRate: Double
  private var power: [Double]?

  /// - Parameter step: the first step; a fraction of the shortest mean stay in a state.
  init(_ chain: MarkovChain, step: Double) {
    rates = chain.rates
    incoming = rates.transposed
    jumpRate = rates.totals.max() ?? 0
    probabilities = chain.initial
    self.step = step
    chooseMethod()
  }

  /// The multiplications of some steps, with sums over the states at each.
  func work(_ count: Int, of functionals: ChainFunctionals) -> Double {
    let counts = Double(count)
    let sums = Double(functionals.weightCount)
    if power != nil { return counts * (Double(rates.count) * Double(rates.count) + sums) }
    let jumps = jumpRate * step * counts
    let all = Double(rates.values.count + 5 * rates.count) + sums + counts * Double(functionals.count)
    return (jumps + 15 * jumps.squareRoot() + 60) * all
  }

  /// Takes some steps; the sums over the states after each.
  mutating func advance(_ count: Int, _ functionals: ChainFunctionals) -> [[Double]] {
    guard let power else {
      var series = Uniformisation(
        rates, incoming: incoming, time: step * Double(count), initial: probabilities)
      let (sums, distribution) = series.points(count, of: functionals)
      probabilities = distribution
      return sums
    }
    let matrix = MatrixSquaring(rates, time: step, squarings: 0)
    return (0..<count).map { _ in
      probabilities = matrix.row(probabilities, times: power)
      return functionals.values(probabilities)
    }
  }

  /// Makes later steps twice as long.
  mutating func doubleStep() {
    step *= 2
    if power != nil {
      var old = power ?? []
      power = MatrixSquaring(rates, time: step, squarings: 0).doubled(&old)
    } else {
      chooseMethod()
    }
  }

  private mutating func chooseMethod() {
    guard rates.count <= MatrixSquaring.limit else { return }
    // A rate beyond all numbers has no matrix; the work that uniformisation foresees says so.
    guard (jumpRate * step).isFinite else { return }
    let squarings = max(0, Int((jumpRate * step).exponent) + 1)
    let cube = Double(rates.count) * Double(rates.count) * Double(rates.count) / Self.denseAdvantage
    let jumps = jumpRate * step * Self.stepsForeseen
    let sparse = (jumps + 15 * jumps.squareRoot() + 60) * Double(rates.values.count + 5 * rates.count)
    let isBetter = sparse > (Double(squarings) + 40) * cube
    guard rates.count <= Self.alwaysDense || isBetter else { return }
    power = MatrixSquaring(rates, time: step, squarings: squarings).power()
  }
}
