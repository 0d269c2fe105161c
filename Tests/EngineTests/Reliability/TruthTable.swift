/// A function of six variables as its value in each of the 64 states; bit i of a state is variable i.
struct TruthTable: Hashable {
  static let variables = 6

  var bits: UInt64

  static let never = TruthTable(bits: 0)
  static let always = TruthTable(bits: .max)

  /// The function that is true when a variable is.
  static func variable(_ number: Int) -> TruthTable { TruthTable { $0 >> number & 1 == 1 } }

  init(bits: UInt64) { self.bits = bits }

  init(_ value: (_ state: Int) -> Bool) {
    bits = (0..<64).reduce(0) { $0 | (value($1) ? 1 << UInt64($1) : 0) }
  }

  subscript(state: Int) -> Bool { bits >> UInt64(state) & 1 == 1 }

  static func ifThenElse(_ test: TruthTable, _ then: TruthTable, _ otherwise: TruthTable) -> TruthTable {
    TruthTable(bits: test.bits & then.bits | ~test.bits & otherwise.bits)
  }

  static func atLeast(_ count: Int, of tables: [TruthTable]) -> TruthTable {
    TruthTable { state in tables.count { $0[state] } >= count }
  }

  /// The probability that it is true, by adding up all states.
  func probability(_ trueProbabilities: [Double]) -> Double {
    (0..<64).filter { self[$0] }.reduce(0) { sum, state in
      sum
        + trueProbabilities.enumerated().reduce(1) { product, entry in
          product * (state >> entry.offset & 1 == 1 ? entry.element : 1 - entry.element)
        }
    }
  }
}
