public import Diagnostics
public import Quantities

/// A statement that somebody makes about a service, to be held against what is computed.
public struct Claim: Sendable {
  /// How much it matters to those who decide.
  public enum Weight: String, Sendable, Hashable, CaseIterable {
    /// The decision stands or falls with it.
    case high
    /// Most statements.
    case medium
    /// A detail.
    case low
  }

  /// The name, unique among claims.
  public let name: String
  /// What is stated, in words.
  public let says: String?
  /// Where it is stated.
  public let source: String?
  /// What is done against it, where it is a risk.
  public let mitigation: String?
  /// How much it matters.
  public let weight: Weight
  /// What it is about; `nil`: nothing that can be computed.
  public let term: ClaimTerm?
  /// What is stated of it, as a comparison; `nil`: nothing that can be compared.
  public let bound: ClaimBound?
  /// Where it stands.
  public let location: SourceLocation
}

/// The claims of a model. They are held against results and decide none.
public struct ModelClaims: Sendable {
  /// The claims, in the order declared.
  public let all: [Claim]

  /// No claims.
  public static let none = ModelClaims(all: [])
}

/// What a claim states of a quantity.
public struct ClaimBound: Sendable, Hashable {
  /// How the quantity is said to lie to what is stated.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    /// As stated, to the last digit that is stated.
    case equals
    /// Not below.
    case atLeast = "at-least"
    /// Not above.
    case atMost = "at-most"
    /// Between two, which count.
    case between
  }

  /// How it is compared.
  public let relation: Relation
  /// What is stated: two quantities for `between`, else one.
  public let stated: [WrittenQuantity]
  /// How far it may be off; `nil`: of `equals` half a unit of the last digit stated, else nothing.
  public let tolerance: WrittenQuantity?

  /// A comparison; `nil` unless as many quantities are stated as it needs.
  public init?(_ relation: Relation, _ stated: [WrittenQuantity], tolerance: WrittenQuantity? = nil) {
    guard stated.count == (relation == .between ? 2 : 1) else { return nil }
    self.relation = relation
    self.stated = stated
    self.tolerance = tolerance
  }

  /// The dimension of what is stated.
  public var dimension: Dimension { stated[0].dimension }

  /// The numbers that it accepts: 99.45 % to 99.55 % for `equals: 99.5 %`.
  public var accepted: ClosedRange<Double> {
    let slack = tolerance?.value ?? (relation == .equals ? stated[0].halfStep : 0)
    let (first, last) = (stated[0].value, stated[stated.count - 1].value)
    let low = relation == .atMost ? -Double.infinity : first - slack - rounding(first)
    let high = relation == .atLeast ? Double.infinity : last + slack + rounding(last)
    return low...max(low, high)
  }

  /// What binary fractions may add to a number that is met exactly.
  private func rounding(_ value: Double) -> Double { abs(value) * 1e-9 }

  /// As it reads: `at most 30 s`.
  public var text: String {
    let texts = stated.map(\.text)
    let close = tolerance.map { " ± \($0.text)" } ?? ""
    switch relation {
    case .equals: return texts[0] + close
    case .atLeast: return "at least \(texts[0])\(close)"
    case .atMost: return "at most \(texts[0])\(close)"
    case .between: return "\(texts[0]) to \(texts[1])\(close)"
    }
  }

  /// How far a number is from what is accepted: 0 inside, else from the nearest number stated, with its sign.
  public func distance(to value: Double) -> Double {
    guard !accepted.contains(value) else { return 0 }
    return value - nearest(to: value)
  }

  /// The number stated that a value outside has missed.
  public func nearest(to value: Double) -> Double {
    value < accepted.lowerBound ? stated[0].value : stated[stated.count - 1].value
  }
}

/// What a claim is about.
public indirect enum ClaimTerm: Sendable, Hashable {
  /// A number that the claim itself states.
  case stated(WrittenQuantity)
  /// A number of the model, by its path.
  case number(WrittenQuantity, path: String)
  /// Something that is computed.
  case measure(ClaimMeasure)
  /// Several of them together.
  case operation(ClaimOperation, [ClaimTerm])
  /// Something that a what-if has removed, and what is missing.
  case removed(String)

  /// Everything in it that is computed, in the order written.
  public var measures: [ClaimMeasure] {
    switch self {
    case .stated, .number, .removed: []
    case .measure(let measure): [measure]
    case .operation(_, let terms): terms.flatMap(\.measures)
    }
  }

  /// Whether nothing of it was removed.
  var isWhole: Bool {
    if case .removed = self { false } else { true }
  }

  /// As it reads.
  public var text: String {
    switch self {
    case .stated(let quantity): quantity.text
    case .number(_, let path): path
    case .measure(let measure): measure.text
    case .operation(let operation, let terms): operation.text(terms.map(\.text))
    case .removed: "what is removed"
    }
  }
}

extension ClaimTerm {
  /// What its number is made of; `nil` where that can not be put together.
  public var dimension: Dimension? {
    switch self {
    case .stated(let quantity), .number(let quantity, _): return quantity.dimension
    case .measure(let measure): return measure.dimension
    case .removed: return nil
    case .operation(let operation, let terms):
      let own = terms.compactMap(\.dimension)
      return own.count == terms.count ? operation.dimension(of: own) : nil
    }
  }
}
