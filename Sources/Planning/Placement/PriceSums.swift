/// The sums that whole numbers of some prices make.
struct PriceSums {
  private let step: Int
  private let prices: [Int]

  init(_ prices: [Int]) {
    func divisor(_ left: Int, _ right: Int) -> Int { right == 0 ? left : divisor(right, left % right) }
    let step = max(1, prices.reduce(0, divisor))
    self.step = step
    self.prices = prices.map { $0 / step }
  }

  /// The least sum that is no less; with too many to list, the next multiple of what divides all prices.
  func next(from value: Double) -> Int {
    guard value > 0 else { return 0 }
    let units = value / Double(step) - 1e-6
    let least = units <= 0 ? 0 : Int(units) + (units > Double(Int(units)) ? 1 : 0)
    let most = least + (prices.min() ?? 1)
    guard most < 2_000_000 else { return least * step }
    var isSum = [Bool](repeating: false, count: most + 1)
    isSum[0] = true
    for sum in isSum.indices where sum > 0 {
      isSum[sum] = prices.contains { $0 <= sum && isSum[sum - $0] }
    }
    return (isSum[least...].firstIndex(of: true) ?? least) * step
  }
}
