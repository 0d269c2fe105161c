/// Turns one decision diagram into the family of its prime implicants.
///
/// With f = x·f₁ + ¬x·f₀, the prime implicants without x are those of f₀·f₁; those with ¬x are the ones of f₀ that
/// are not among them, and those with x the ones of f₁ that are not.
///
/// Source: Coudert and Madre, *Implicit and incremental computation of primes and essential primes of Boolean
/// functions*, DAC (1992), equation (1).
struct PrimeImplicantConversion {
  private let function: FlatDiagram
  private let firstLevel: Int
  private let diagram: ZeroSuppressedDiagram
  private let functions: BinaryDecisionDiagram
  /// The family of each function met, `unknown` until it is made.
  private var families: [ZeroSuppressedDiagram.Family] = [0, 1]

  private static let unknown = ZeroSuppressedDiagram.Family.max

  /// A function whose family waits for those of its cofactors.
  private struct Frame {
    let function: BinaryDecisionDiagram.Function
    let low: BinaryDecisionDiagram.Function
    let high: BinaryDecisionDiagram.Function
    let both: BinaryDecisionDiagram.Function
    let variable: Int
  }

  /// - Parameter firstLevel: The level of the top variable's plain literal; the negated one's is the next.
  init(_ function: FlatDiagram, firstLevel: Int, into diagram: ZeroSuppressedDiagram) {
    self.function = function
    self.firstLevel = firstLevel
    self.diagram = diagram
    functions = BinaryDecisionDiagram(nodeLimit: diagram.nodeLimit)
  }

  /// The prime implicants of the function, or of its opposite.
  mutating func family(value: Bool) throws(ZeroSuppressedDiagram.TooLarge) -> ZeroSuppressedDiagram.Family {
    let loaded: BinaryDecisionDiagram.Function
    do { loaded = try load() } catch { throw ZeroSuppressedDiagram.TooLarge(nodeLimit: error.nodeLimit) }
    return try family(value ? loaded : functions.not(loaded))
  }

  /// The function in a diagram that can grow.
  private func load() throws(BinaryDecisionDiagram.TooLarge) -> BinaryDecisionDiagram.Function {
    var loaded: [BinaryDecisionDiagram.Function] = [BinaryDecisionDiagram.never]
    for node in function.nodes {
      let low = loaded[Int(node.low >> 1)]
      let high = loaded[Int(node.high >> 1)]
      loaded.append(
        try functions.ifThenElse(
          functions.variable(Int(node.variable)), node.high & 1 == 1 ? functions.not(high) : high,
          node.low & 1 == 1 ? functions.not(low) : low))
    }
    let root = loaded[Int(function.root >> 1)]
    return function.root & 1 == 1 ? functions.not(root) : root
  }

  private mutating func family(
    _ root: BinaryDecisionDiagram.Function
  ) throws(ZeroSuppressedDiagram.TooLarge) -> ZeroSuppressedDiagram.Family {
    var stack: [Frame] = []
    if known(root) == nil { stack.append(try frame(root)) }
    while let top = stack.last {
      guard let both = known(top.both) else {
        stack.append(try frame(top.both))
        continue
      }
      guard let low = known(top.low) else {
        stack.append(try frame(top.low))
        continue
      }
      guard let high = known(top.high) else {
        stack.append(try frame(top.high))
        continue
      }
      let level = firstLevel + top.variable * 2
      let negated = try diagram.node(level: level + 1, low: both, high: diagram.difference(low, both))
      families[Int(top.function)] = try diagram.node(
        level: level, low: negated, high: diagram.difference(high, both))
      stack.removeLast()
    }
    return known(root) ?? ZeroSuppressedDiagram.none
  }

  private func known(_ function: BinaryDecisionDiagram.Function) -> ZeroSuppressedDiagram.Family? {
    guard Int(function) < families.count, families[Int(function)] != PrimeImplicantConversion.unknown else {
      return nil
    }
    return families[Int(function)]
  }

  private mutating func frame(
    _ function: BinaryDecisionDiagram.Function
  ) throws(ZeroSuppressedDiagram.TooLarge) -> Frame {
    while families.count <= Int(function) { families.append(PrimeImplicantConversion.unknown) }
    guard let parts = functions.parts(of: function) else {
      return Frame(function: function, low: 0, high: 0, both: 0, variable: 0)
    }
    do {
      let both = try functions.and(parts.low, parts.high)
      return Frame(
        function: function, low: parts.low, high: parts.high, both: both, variable: parts.variable)
    } catch {
      throw ZeroSuppressedDiagram.TooLarge(nodeLimit: error.nodeLimit)
    }
  }
}
