/// A dictionary of the dual simplex: what is in the basis, in terms of what is not (Chvátal, *Linear Programming*, 1983, §10).
struct CoveringDictionary {
  /// What costs is `cost` and `prices` times what is not in the basis; no price is below 0.
  private(set) var cost = 0.0
  private var prices: [Double]
  /// Rows of the basis: a constant, and coefficients of what is not in it.
  private var constants: [Double] = []
  private var coefficients: [Double] = []
  /// The unknowns by index, others −1: in the basis, and out of it.
  private var basic: [Int] = []
  private var others: [Int]
  private let count: Int
  private var width: Int { others.count }

  init(prices: [Double]) {
    self.prices = prices
    others = Array(prices.indices)
    count = prices.count
  }

  /// What the unknowns are; those out of the basis are 0.
  var values: [Double] {
    var values = [Double](repeating: 0, count: count)
    for (row, column) in basic.enumerated() where column >= 0 { values[column] = constants[row] }
    return values
  }

  /// Σ value · x ≥ limit.
  mutating func add(_ values: [Double], atLeast limit: Double) {
    var (constant, terms) = (-limit, [Double](repeating: 0, count: others.count))
    for (place, column) in others.enumerated() where column >= 0 { terms[place] += values[column] }
    for (row, column) in basic.enumerated() where column >= 0 && values[column] != 0 {
      constant += values[column] * constants[row]
      for place in 0..<width { terms[place] += values[column] * coefficients[row * width + place] }
    }
    constants.append(constant)
    coefficients += terms
    basic.append(-1)
  }

  mutating func bound(_ column: Int, atMost limit: Double) {
    add((0..<count).map { $0 == column ? -1 : 0 }, atLeast: -limit)
  }

  mutating func bound(_ column: Int, atLeast limit: Double) {
    add((0..<count).map { $0 == column ? 1 : 0 }, atLeast: limit)
  }

  /// Whether there are values that keep to all rows; then these are the cheapest.
  mutating func solve() -> Bool {
    for _ in 0..<(50 * (constants.count + count)) {
      guard let row = constants.indices.min(by: { constants[$0] < constants[$1] }), constants[row] < -1e-9
      else { return true }
      var entering: (place: Int, ratio: Double)?
      for place in others.indices where coefficients[row * width + place] > 1e-9 {
        let ratio = prices[place] / coefficients[row * width + place]
        if ratio < entering?.ratio ?? .infinity { entering = (place, ratio) }
      }
      guard let entering else { return false }
      pivot(row, entering.place)
    }
    return true
  }

  private mutating func pivot(_ row: Int, _ place: Int) {
    // s = c + a·x, for x: x = (s − c − other terms) / a.
    let width = width
    let scale = 1 / coefficients[row * width + place]
    var terms = coefficients[(row * width)..<((row + 1) * width)].map { -$0 * scale }
    terms[place] = scale
    let constant = -constants[row] * scale
    for other in constants.indices where other != row {
      let factor = coefficients[other * width + place]
      guard factor != 0 else { continue }
      constants[other] += factor * constant
      coefficients[other * width + place] = 0
      for index in 0..<width { coefficients[other * width + index] += factor * terms[index] }
    }
    let price = prices[place]
    cost += price * constant
    prices[place] = 0
    for index in 0..<width { prices[index] = max(0, prices[index] + price * terms[index]) }
    constants[row] = constant
    coefficients.replaceSubrange((row * width)..<((row + 1) * width), with: terms)
    (basic[row], others[place]) = (others[place], basic[row])
  }
}
