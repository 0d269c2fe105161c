internal import Glibc

extension MinimalCutSets {
  /// The sum of the sets' probabilities: the rare-event approximation, an upper bound for a coherent function.
  ///
  /// - Parameter trueProbabilities: P(true) of each variable, 0…1.
  /// - Complexity: O(nodes).
  package func probabilitySum(_ trueProbabilities: [Double]) -> Double {
    sums(trueProbabilities)[root]
  }

  /// The sum of probabilities of every node's sets.
  func sums(_ trueProbabilities: [Double]) -> [Double] {
    values(
      none: 0, empty: 1, literal: { $0.probability(trueProbabilities) },
      join: { low, element, high in low + element * high })
  }

  /// The highest probability of a set of every node.
  func highestProbabilities(_ trueProbabilities: [Double]) -> [Double] {
    values(
      none: 0, empty: 1, literal: { $0.probability(trueProbabilities) },
      join: { low, element, high in max(low, element * high) })
  }

  /// The min-cut upper bound, 1 − Π(1 − P(set)) over all sets, exact to rounding though nothing is listed.
  ///
  /// −ln Π(1 − P) = Σₖ Sₖ / k, where the power sum Sₖ = Σ P(set)ᵏ is a pass over the nodes with the probabilities
  /// raised to k. Sets of at least 1 % are listed and left out of the sums, so that eight terms reach 10⁻¹⁶. There
  /// are less than 4,000 of them unless S₁ ≥ 40, and then the bound is 1 to the last digit.
  ///
  /// - Complexity: O(nodes).
  package func minCutUpperBound(_ trueProbabilities: [Double]) -> Double {
    let sum = probabilitySum(trueProbabilities)
    if sum >= 40 { return 1 }
    var powers = powerSums(trueProbabilities)
    var exponent = 0.0
    var isCertain = false
    forEach(trueProbabilities, CutSetFilter(minimumProbability: 0.01)) { _, probability in
      if probability >= 1 { isCertain = true }
      exponent -= log1p(-probability)
      var power = SIMD8<Double>(repeating: 1)
      for place in 0..<8 { power[place] = pow(probability, Double(place + 1)) }
      powers -= power
    }
    if isCertain { return 1 }
    for place in (0..<8).reversed() { exponent += max(0, powers[place]) / Double(place + 1) }
    return -expm1(-exponent)
  }

  /// The sums over all sets of P, P², … P⁸.
  private func powerSums(_ trueProbabilities: [Double]) -> SIMD8<Double> {
    let sums: [SIMD8<Double>] = values(
      none: SIMD8(repeating: 0), empty: SIMD8(repeating: 1),
      literal: { literal in
        let first = literal.probability(trueProbabilities)
        let second = first * first
        let fourth = second * second
        return SIMD8(
          first, second, second * first, fourth, fourth * first, fourth * second, fourth * second * first,
          fourth * fourth)
      },
      join: { low, element, high in low + element * high })
    return sums[root]
  }

  /// The Fussell–Vesely importance of every variable by the sets: the share of the sum of their probabilities that
  /// sets with the variable have.
  ///
  /// Σ P(sets with it) / Σ P(sets), after Fussell (1975) with the rare-event approximation, as PSA tools that work on
  /// cut sets use it. Fussell and Vesely's own is P(some set with it holds) / P(top). SCRAM's «DIF», the diagnosis
  /// importance factor, is neither: it is P(event | top) = p · RAW, which belongs to the decision diagram.
  ///
  /// A variable that stands both plain and negated has the share of its plain literal.
  ///
  /// - Complexity: O(nodes), for all variables together.
  package func fussellVeselyImportance(_ trueProbabilities: [Double]) -> [Double] {
    let sums = sums(trueProbabilities)
    var importance = [Double](repeating: 0, count: trueProbabilities.count)
    guard sums[root] > 0 else { return importance }
    var reach = [Double](repeating: 0, count: nodes.count)
    reach[root] = 1
    for place in stride(from: root, to: 1, by: -1) where reach[place] > 0 {
      let node = nodes[place]
      let here = reach[place]
      reach[Int(node.low)] += here
      if node.isModule {
        reach[Int(node.high)] += here * sums[node.module]
        reach[node.module] += here * sums[Int(node.high)]
        continue
      }
      let p = node.literal.probability(trueProbabilities)
      reach[Int(node.high)] += here * p
      if !node.literal.isNegated || kind == .pathSets {
        importance[node.literal.variable] += here * p * sums[Int(node.high)]
      }
    }
    return importance.map { min(1, $0 / sums[root]) }
  }
}
