internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// The claims with their paths resolved and their dimensions checked.
  mutating func resolveClaims(_ components: [Component], _ domains: [Domain]) -> ModelClaims {
    let paths = ClaimPaths(draft: draft, components: components, domains: domains)
    return ModelClaims(all: draft.claims.map { resolve($0, paths) })
  }

  private mutating func resolve(_ draft: ClaimDraft, _ paths: ClaimPaths) -> Claim {
    checkParts(of: draft)
    let known = findings.count
    let lost = draft.lost.flatMap { lostDomain($0) }
    var term = draft.term.flatMap { resolve($0, lost: lost, paths) }
    if let missing = removal(since: known, of: draft) { term = .removed(missing) }
    if let term, term.isWhole { checkLoss(draft, term) }
    let bound = bound(of: draft)
    if let term, let bound, let written = draft.bound {
      checkDimension(of: term, against: bound, written, draft)
    }
    return Claim(
      name: draft.name.value, says: draft.says, source: draft.source, mitigation: draft.mitigation,
      weight: draft.weight ?? .medium, term: term, bound: bound, location: draft.name.location)
  }

  /// What a claim lacks that stands in another file than the one asked for: a what-if may remove what its base makes
  /// statements about. Whoever asks for the base itself is told of every misspelt name.
  private mutating func removal(since known: Int, of claim: ClaimDraft) -> String? {
    guard findings.count > known, claim.name.location.file != draft.ownFile,
      findings[known...].allSatisfy({
        ["unknown-name", "unknown-path", "claim-needs-loss"].contains($0.slug)
      })
    else { return nil }
    let missing = findings[known].message
    findings.removeLast(findings.count - known)
    return missing
  }

  // MARK: What belongs together

  private mutating func checkParts(of claim: ClaimDraft) {
    if claim.says == nil, claim.bound == nil {
      report(
        "claim-says-nothing", "\(claim.name.value) states nothing: neither a number nor words",
        at: claim.name.location, help: "says: \"no single point of failure\"")
    }
    if let bound = claim.bound, claim.term == nil {
      report(
        "claim-of-nothing", "nothing says what \(bound.relation.value.rawValue): is stated of",
        at: bound.relation.location,
        help: "of: \(self.draft.capabilities.first?.name.value ?? "service")/availability")
    }
    if let tolerance = claim.tolerance, claim.bound == nil {
      report(
        "claim-of-nothing", "tolerance: says how far a number may be off, and no number is stated",
        at: tolerance.location, help: "equals: \(tolerance.value.text)")
    }
  }

  /// A domain that is lost.
  private typealias Lost = (index: Int, name: String)

  private mutating func lostDomain(_ name: Located<String>) -> Lost? {
    guard let index = domainIndex[name.value] else {
      reportUnknown("domain", name, among: domainNames)
      return nil
    }
    return (index, name.value)
  }

  private mutating func checkLoss(_ draft: ClaimDraft, _ term: ClaimTerm) {
    guard let lost = draft.lost, !term.measures.contains(where: { $0.lost != nil }) else { return }
    report(
      "claim-without-loss", "nothing in this claim asks what a loss leaves, so when: has no part in it",
      at: lost.location, help: "leave when: out, or ask for …/left")
  }

  // MARK: Terms

  private mutating func resolve(_ term: ClaimDraft.Term, lost: Lost?, _ paths: ClaimPaths) -> ClaimTerm? {
    switch term {
    case .stated(let quantity): return .stated(quantity.value)
    case .number(let quantity, let path): return .number(quantity, path: path.value)
    case .path(let path): return measure(path, lost: lost, paths).map { .measure($0) }
    case .nowhere(_, let finding):
      findings.append(finding)
      return nil
    case .operation(let operation, let terms):
      let resolved = terms.compactMap { resolve($0, lost: lost, paths) }
      guard resolved.count == terms.count, checkCount(operation, terms) else { return nil }
      guard operation.value.dimension(of: resolved.compactMap(\.dimension)) != nil else {
        reportMixed(operation, resolved)
        return nil
      }
      return .operation(operation.value, resolved)
    }
  }

  private mutating func checkCount(_ operation: Located<ClaimOperation>, _ terms: [ClaimDraft.Term]) -> Bool {
    guard !operation.value.counts.contains(terms.count) else { return true }
    let counts = operation.value.counts
    let expected =
      counts.lowerBound == counts.upperBound ? "\(counts.lowerBound)" : "at least \(counts.lowerBound)"
    report(
      "claim-count", "\(operation.value.rawValue): has \(terms.count) quantities; expected \(expected)",
      at: operation.location, help: "\(operation.value.rawValue): [14 d, 45 d]")
    return false
  }

  private mutating func reportMixed(_ operation: Located<ClaimOperation>, _ terms: [ClaimTerm]) {
    let kinds = terms.map { "\($0.text) is \($0.dimension?.description ?? "unknown")" }
    report(
      "claim-dimension",
      "\(operation.value.rawValue): can not put these together: \(kinds.prefix(4).joined(separator: ", "))",
      at: operation.location)
  }

  private mutating func measure(
    _ path: Located<String>, lost: Lost?, _ paths: ClaimPaths
  ) -> ClaimMeasure? {
    switch paths.entry(for: path.value) {
    case .found(let subject, let entry):
      let domain = entry.loss == .always ? lost : nil
      if entry.loss == .always, lost == nil {
        reportMissingLoss(path)
        return nil
      }
      let text = domain.map { "\(path.value) without \($0.name)" } ?? path.value
      return ClaimMeasure(subject, entry, lost: domain?.index, text: text)
    case .unknownSubject(let name, let known):
      reportUnknown(
        "capability, component, procedure or detector", Located(name, at: path.location), among: known)
    case .unknownWord(let word, let of, let known):
      report(
        "unknown-measure",
        "“\(word)” is nothing that is computed of \(of); expected \(known.joined(separator: ", "))",
        at: path.location,
        help: nearestName(to: word, among: known).map { "of: \(path.value.dropLast(word.count))\($0)" })
    }
    return nil
  }

  /// A name that no domain bears has a finding of its own.
  private mutating func reportMissingLoss(_ path: Located<String>) {
    guard !draft.claims.contains(where: { $0.lost != nil && $0.term?.holds(path.location) == true }) else {
      return
    }
    report(
      "claim-needs-loss", "\(path.value) is asked for after a loss; nothing says of what", at: path.location,
      help: "when: \(domainNames.first ?? "us-east-1a")")
  }

  // MARK: Bounds

  private mutating func bound(of claim: ClaimDraft) -> ClaimBound? {
    guard let written = claim.bound else { return nil }
    let relation = written.relation
    let stated = written.stated.map(\.value)
    guard let bound = ClaimBound(relation.value, stated, tolerance: claim.tolerance?.value) else {
      report(
        "claim-count", "between: needs two quantities, and has \(stated.count)", at: relation.location,
        help: "between: [90 s, 270 s]")
      return nil
    }
    if stated.count == 2, !stated[0].dimension.isComparable(to: stated[1].dimension) {
      reportDifferent("between:", stated[0], stated[1], at: written.stated[1].location)
    } else if stated.count == 2, stated[0].value > stated[1].value {
      report(
        "claim-order",
        "between: goes from the smaller to the larger; \(stated[0].text) is more than \(stated[1].text)",
        at: relation.location, help: "between: [\(stated[1].text), \(stated[0].text)]")
    }
    if let tolerance = claim.tolerance {
      if !tolerance.value.dimension.isComparable(to: stated[0].dimension) {
        reportDifferent("tolerance:", stated[0], tolerance.value, at: tolerance.location)
      } else if tolerance.value.value < 0 {
        report(
          "claim-scale", "a tolerance is 0 or more; found \(tolerance.value.text)", at: tolerance.location)
      }
    }
    return bound
  }

  private mutating func reportDifferent(
    _ key: String, _ first: WrittenQuantity, _ second: WrittenQuantity, at location: SourceLocation
  ) {
    report(
      "claim-dimension",
      "\(key) \(first.text) is \(first.dimension), and \(second.text) is \(second.dimension)",
      at: location)
  }

  private mutating func checkDimension(
    of term: ClaimTerm, against bound: ClaimBound, _ written: ClaimDraft.Bound, _ draft: ClaimDraft
  ) {
    guard let dimension = term.dimension else { return }
    guard dimension.isComparable(to: bound.dimension) else {
      return report(
        "claim-dimension", "\(term.text) is \(dimension), and \(bound.stated[0].text) is \(bound.dimension)",
        at: written.stated[0].location)
    }
    guard case .measure(let measure) = term else { return }
    for quantity in written.stated { checkScale(quantity, of: measure) }
  }

  private mutating func checkScale(_ quantity: Located<WrittenQuantity>, of measure: ClaimMeasure) {
    let (stated, location) = (quantity.value, quantity.location)
    switch measure.scale {
    case .free: break
    case .share where !(0...1).contains(stated.value):
      report(
        "claim-scale", "\(measure.text) is a share from 0 % to 100 %; found \(stated.text)", at: location,
        help: !stated.isPercentage && (0...100).contains(stated.value) ? "\(stated.text) %" : nil)
    case .count where stated.isPercentage || stated.value < 0:
      report("claim-scale", "\(measure.text) is a count: 0, 1, 2, …; found \(stated.text)", at: location)
    case .share, .count: break
    }
  }
}
