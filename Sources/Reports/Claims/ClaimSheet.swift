internal import Quantities
internal import ServiceGraph
internal import ServiceModel

/// The claims of a model with their answers, those that matter most first.
public struct ClaimSheet: Sendable {
  /// The claims: by verdict, then by weight, bad news first, then by what the difference is worth and how large it is.
  public let claims: [CheckedClaim]
  /// Which claims can not all be true, whatever is computed.
  public let contradictions: [ClaimContradiction]

  /// Holds the claims of a model against evidence.
  public init(_ header: ResultHeader, _ evidence: ClaimEvidence) {
    let reader = ClaimReader(header, evidence)
    let prices = ClaimPrices(model: header.graph.model)
    let checked = header.graph.model.claims.all.map { claim in
      CheckedClaim(
        claim, claim.term.map { reader.reading($0, against: claim.bound) },
        remark: claim.term.flatMap { reader.remark($0) },
        priced: prices.monthly)
    }
    claims = checked.enumerated().sorted { Self.precedes($0, $1) }.map(\.element)
    contradictions = ClaimContradiction.all(of: header.graph.model)
  }

  /// The claims with a verdict.
  public func claims(_ verdict: ClaimVerdict) -> [CheckedClaim] { claims.filter { $0.verdict == verdict } }

  /// Whether a claim fails.
  public var hasFailures: Bool { claims.contains { $0.verdict == .fails } }

  /// What a claim contradicts, by the names of the others.
  public func names(contradicting name: String) -> [String] {
    var names: [String] = []
    for one in contradictions where one.names.contains(name) {
      for other in one.names where other != name && !names.contains(other) { names.append(other) }
    }
    return names
  }

  private typealias Ranked = EnumeratedSequence<[CheckedClaim]>.Element

  private static func precedes(_ left: Ranked, _ right: Ranked) -> Bool {
    let (a, b) = (rank(left.element), rank(right.element))
    for (first, second) in zip(a, b) where first != second { return first < second }
    return left.offset < right.offset
  }

  private static func rank(_ checked: CheckedClaim) -> [Double] {
    let verdict = ClaimVerdict.allCases.firstIndex(of: checked.verdict) ?? 0
    let weight = Claim.Weight.allCases.firstIndex(of: checked.claim.weight) ?? 0
    let news = checked.isBetter == false ? 0.0 : checked.isBetter == nil ? 1 : 2
    let size = checked.ratio.map { $0 >= 1 ? $0 : 1 / max($0, 1e-12) } ?? 1
    return [Double(verdict), Double(weight), news, -(checked.monthlyWorth ?? 0), -size]
  }
}

/// What a difference from what is stated is worth, where the model has a price for it.
struct ClaimPrices {
  let model: Model

  /// In a month, for a difference of so much of a measure.
  func monthly(_ measure: ClaimMeasure, _ difference: Double) -> Double? {
    let hours = model.conventions.hoursPerMonth
    switch (measure.subject, measure.word) {
    case (.capability(let index), .availability), (.capability(let index), .downtime):
      return model.capabilities[index].downtimeCost.map { $0.perHour * hours * difference }
    case (.capability, .downtimeCost), (.option, .savings), (.option, .net): return difference * hours
    case (.bill, .monthly), (.bill, .increase), (.billed, .monthly): return difference
    case (.bill, .yearly): return difference / 12
    default: return nil
    }
  }
}
