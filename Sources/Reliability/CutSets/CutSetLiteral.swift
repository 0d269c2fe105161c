/// An event of a cut set, occurring or, when negated, not.
package struct CutSetLiteral: Sendable, Hashable, Comparable {
  /// Twice the variable's number, plus one when negated.
  package let code: UInt32

  /// A literal of a variable.
  package init(variable: Int, isNegated: Bool = false) { code = UInt32(variable) << 1 | (isNegated ? 1 : 0) }

  init(code: UInt32) { self.code = code }

  /// The variable's number.
  package var variable: Int { Int(code >> 1) }
  /// Whether the event does not occur.
  package var isNegated: Bool { code & 1 == 1 }

  /// By variable, a negated literal after the plain one.
  package static func < (left: CutSetLiteral, right: CutSetLiteral) -> Bool { left.code < right.code }

  /// The probability that it holds.
  ///
  /// - Parameter trueProbabilities: P(true) of each variable, 0…1.
  func probability(_ trueProbabilities: [Double]) -> Double {
    let p = trueProbabilities[variable]
    return isNegated ? 1 - p : p
  }
}
