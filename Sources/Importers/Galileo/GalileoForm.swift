internal import Diagnostics
internal import ServiceGraph

/// What the word after a gate's name means.
enum GalileoForm {
  /// A gate.
  case gate(GateOperation)
  /// Known, and wrong; a finding says how.
  case refused

  /// The words for gates, but for `2of3` and its like.
  static let words = plain.map(\.word) + ["pdep", "vot"]

  private static let plain: [(word: String, operation: GateOperation)] = [
    ("and", .and), ("or", .or), ("inhibit", .and),
    ("pand", .priorityAnd(isInclusive: true)), ("pand-inc", .priorityAnd(isInclusive: true)),
    ("pand-incl", .priorityAnd(isInclusive: true)), ("pand-ex", .priorityAnd(isInclusive: false)),
    ("pand-excl", .priorityAnd(isInclusive: false)),
    ("por", .priorityOr(isInclusive: true)), ("por-inc", .priorityOr(isInclusive: true)),
    ("por-incl", .priorityOr(isInclusive: true)), ("por-ex", .priorityOr(isInclusive: false)),
    ("por-excl", .priorityOr(isInclusive: false)),
    ("wsp", .spare), ("csp", .spare), ("hsp", .spare), ("spare", .spare),
    ("fdep", .functionalDependency(probability: 1)), ("seq", .sequence), ("mutex", .mutualExclusion),
  ]

  private static let operations = Dictionary(
    plain.map { ($0.word, $0.operation) }, uniquingKeysWith: { first, _ in first })

  /// The word closest to what somebody wrote.
  static func nearest(to word: String) -> String? { nearestName(to: word, among: words) }

  /// Reads the word and what belongs to it, and leaves the inputs; `nil` when it is no gate.
  static func read(
    _ word: String, _ rest: ArraySlice<GalileoScanner.Token>, _ findings: inout FindingList
  ) -> (form: GalileoForm?, inputs: ArraySlice<GalileoScanner.Token>) {
    let word = word.lowercased()
    if rest.first?.kind == .equals {
      switch word {
      case "pand<": return (.gate(.priorityAnd(isInclusive: true)), rest.dropFirst())
      case "por<": return (.gate(.priorityOr(isInclusive: true)), rest.dropFirst())
      case "pdep": return dependency(rest.dropFirst(), &findings)
      default: return (nil, rest)
      }
    }
    switch word {
    case "pand<": return (.gate(.priorityAnd(isInclusive: false)), rest)
    case "por<": return (.gate(.priorityOr(isInclusive: false)), rest)
    default: break
    }
    if let operation = operations[word] { return (.gate(operation), rest) }
    return vote(word, rest, &findings)
  }

  /// `pdep=0.2`, read from behind the `=`.
  private static func dependency(
    _ rest: ArraySlice<GalileoScanner.Token>, _ findings: inout FindingList
  ) -> (form: GalileoForm?, inputs: ArraySlice<GalileoScanner.Token>) {
    guard let token = rest.first else { return (.gate(.functionalDependency(probability: 1)), rest) }
    guard let text = token.bare, let probability = NumberForm.double(text) else {
      findings.add("bad-number", "the probability is \(token.text); a number was expected", at: token.place)
      return (.refused, rest)
    }
    guard probability >= 0, probability <= 1 else {
      findings.add(
        "probability-out-of-range", "the probability is \(text); it lies between 0 and 1", at: token.place,
        help: "pdep=0.5")
      return (.refused, rest)
    }
    return (.gate(.functionalDependency(probability: probability)), rest.dropFirst())
  }

  /// `3of5` or `vot3`.
  private static func vote(
    _ word: String, _ rest: ArraySlice<GalileoScanner.Token>, _ findings: inout FindingList
  ) -> (form: GalileoForm?, inputs: ArraySlice<GalileoScanner.Token>) {
    if word.hasPrefix("vot") {
      return (Int(word.dropFirst(3)).map { .gate(.atLeast($0)) }, rest)
    }
    guard let of = word.firstRange(of: "of"), let threshold = Int(word[..<of.lowerBound]),
      let count = Int(word[of.upperBound...])
    else { return (nil, rest) }
    if count != rest.count, let first = rest.first {
      findings.add(
        "wrong-arity", "`\(word)` has \(rest.count) inputs", at: first.place,
        help: "\(threshold)of\(rest.count)")
    }
    return (.gate(.atLeast(threshold)), rest)
  }
}
