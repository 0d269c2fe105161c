/// One minimal set with its probability.
package struct CutSet: Sendable, Hashable {
  /// The events, by variable (or by the ranks that were given).
  package let literals: [CutSetLiteral]
  /// The product of the literals' probabilities, 0…1.
  package let probability: Double

  /// A set and its probability.
  package init(literals: [CutSetLiteral], probability: Double) {
    self.literals = literals
    self.probability = probability
  }

  /// How many events it has.
  package var order: Int { literals.count }

  /// Its share of a total, such as the top event's probability or the sum over all sets; 0 when that is 0.
  package func share(of total: Double) -> Double { total > 0 ? probability / total : 0 }
}

/// Which sets to list.
package struct CutSetFilter: Sendable, Hashable {
  /// The most elements of a set; `nil` for any number.
  package var maximumOrder: Int?
  /// The least probability of a set, 0…1; one that equals it up to rounding passes.
  package var minimumProbability: Double
  /// The most sets; the first ones in the diagram's order. `nil` for all.
  package var maximumCount: Int?

  /// All sets, unless said otherwise.
  package init(maximumOrder: Int? = nil, minimumProbability: Double = 0, maximumCount: Int? = nil) {
    self.maximumOrder = maximumOrder
    self.minimumProbability = minimumProbability
    self.maximumCount = maximumCount
  }

  /// Whether every set passes, as long as not too many have.
  var passesAll: Bool { maximumOrder == nil && !(minimumProbability > 0) }
}
