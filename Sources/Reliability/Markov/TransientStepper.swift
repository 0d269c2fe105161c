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

  /// The multiplications of one step.
  var work: Double {
    if power != nil { return Double(rates.count) * Double(rates.count) }
    let jumps = jumpRate * step
    return (jumps + 15 * jumps.squareRoot() + 60) * Double(rates.values.count + 4 * rates.count)
  }

  /// One step.
  mutating func advance() {
    if let power {
      probabilities = MatrixSquaring(rates, time: step, squarings: 0).row(probabilities, times: power)
    } else {
      var series = Uniformisation(rates, incoming: incoming, time: step, initial: probabilities)
      probabilities = series.answer().distribution
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
    let squarings = max(0, Int((jumpRate * step).exponent) + 1)
    let cube = Double(rates.count) * Double(rates.count) * Double(rates.count) / Self.denseAdvantage
    let isBetter = Self.stepsForeseen * work > (Double(squarings) + 40) * cube
    guard rates.count <= Self.alwaysDense || isBetter else { return }
    power = MatrixSquaring(rates, time: step, squarings: squarings).power()
  }
}
