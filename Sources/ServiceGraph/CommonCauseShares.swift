internal import Quantities
public import ServiceModel

extension CommonCause {
  /// How often one given set of k units fails together, as a share of the total failures of one unit.
  ///
  /// The total is a unit's own: Σ over k of C(n − 1, k − 1) × share(k) = 1. With n units, ρ₁ = 1, ρ₂ = β, ρ₃ = γ, … and
  /// ρₙ₊₁ = 0:
  ///
  ///     multiple Greek letters   ρ₁ … ρₖ (1 − ρₖ₊₁) / C(n − 1, k − 1)
  ///     alpha, staggered         αₖ / C(n − 1, k − 1)
  ///     alpha, not staggered     k αₖ / Σ i αᵢ / C(n − 1, k − 1)
  ///     phi                      φₖ / C(n − 1, k − 1)
  ///
  /// Source: Mosleh, Rasmuson and Marshall, *Guidelines on Modeling Common-Cause Failures in Probabilistic Risk
  /// Assessment*, NUREG/CR-5485 (1998), tables 5-2 and 5-3. Alpha and phi factors are divided by their sum, so that
  /// rounded ones keep a unit's total. With three units and β = 10 %, γ = 30 %: 0.9, 0.035, 0.03.
  ///
  /// - Parameter units: how many units the group has, at least 2.
  /// - Returns: the shares for k = 1, 2, …, `units`.
  public func shares(units: Int) -> [Double] {
    sharesBySize(units: units).enumerated().map { index, share in
      share > 0 ? share / CommonCause.binomial(units - 1, index) : 0
    }
  }

  private static func binomial(_ count: Int, _ size: Int) -> Double {
    (0..<Swift.min(size, count - size)).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }
  }

  /// Of a unit's failures, the share that hits exactly k units.
  private func sharesBySize(units: Int) -> [Double] {
    switch self {
    case .beta(let beta):
      return (1...units).map { $0 == 1 ? beta.complement : $0 == units ? beta.value : 0 }
    case .multipleGreekLetters(let letters):
      var reached = 1.0
      return (1...units).map { size in
        guard size <= letters.count else { return size == units ? reached : 0 }
        defer { reached *= letters[size - 1].value }
        return reached * letters[size - 1].complement
      }
    case .alpha(let factors, let isStaggered):
      return CommonCause.normalised(
        factors.enumerated().map { isStaggered ? $1.value : Double($0 + 1) * $1.value })
    case .phi(let factors):
      return CommonCause.normalised(factors.map(\.value))
    }
  }

  private static func normalised(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    return total > 0 ? weights.map { $0 / total } : weights
  }

  /// What the factors are, and what they were taken to mean: named beside every result that rests on them.
  public var convention: String {
    let model =
      switch self {
      case .beta: "beta factor"
      case .multipleGreekLetters: "multiple Greek letters"
      case .alpha(_, true): "alpha factors, staggered testing"
      case .alpha(_, false): "alpha factors, testing not staggered"
      case .phi: "phi factors"
      }
    return "\(model); the stated rate is a unit's total; shocks to groups are independent and OR-ed"
  }
}

/// The sets of `size` numbers below `count`, in lexicographic order.
struct Combinations: Sequence, IteratorProtocol {
  private let count: Int
  private var upcoming: [Int]?

  init(of size: Int, from count: Int) {
    self.count = count
    upcoming = size <= count ? Array(0..<size) : nil
  }

  /// How many there are; `nil` beyond `limit`.
  static func count(of size: Int, from count: Int, limit: Int) -> Int? {
    var total = 1
    for step in 0..<Swift.min(size, count - size) {
      // Each step gives the number of sets of step + 1, a whole number.
      total = total * (count - step) / (step + 1)
      if total > limit { return nil }
    }
    return total
  }

  mutating func next() -> [Int]? {
    guard let current = upcoming else { return nil }
    let size = current.count
    upcoming = nil
    for position in stride(from: size - 1, through: 0, by: -1)
    where current[position] < count - size + position {
      var following = current
      for offset in position..<size { following[offset] = current[position] + 1 + offset - position }
      upcoming = following
      break
    }
    return current
  }
}

extension CompiledGraph {
  /// What was taken for granted about each common cause: `api/crash: beta factor; …`, in the order declared.
  public var commonCauseConventions: [String] {
    model.components.flatMap { component in
      component.modes.compactMap { mode in
        mode.commonCause.map { "\(component.name)/\(mode.name)/common-cause: \($0.convention)" }
      }
    }
  }
}
