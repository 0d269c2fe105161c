public import Quantities
internal import ServiceModel

extension ClaimReport {
  /// The report for programs.
  ///
  /// - Parameter run: about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    header.json(
      command: "claims",
      results: [
        "claims": .array(sheet.claims.map(json)),
        "counts": .object(
          Dictionary(
            ClaimVerdict.allCases.map { (key($0), .integer(sheet.claims($0).count)) },
            uniquingKeysWith: { first, _ in first })),
        "contradictions": .array(
          sheet.contradictions.map {
            ["claims": .array($0.names.map { .string($0) }), "text": .string($0.text)]
          }),
        "notes": .array(evidence.notes.map { .string($0) }),
      ], run: run)
  }

  private func key(_ verdict: ClaimVerdict) -> String {
    switch verdict {
    case .cannotTell: "cannotTell"
    case .saidOnly: "saidOnly"
    case .fails, .unknown, .holds: verdict.rawValue
    }
  }

  private func json(_ checked: CheckedClaim) -> JSONValue {
    let claim = checked.claim
    var members: [String: JSONValue] = [
      "name": .string(claim.name), "verdict": .string(key(checked.verdict)),
      "matters": .string(claim.weight.rawValue),
      "contradicts": .array(sheet.names(contradicting: claim.name).map { .string($0) }),
    ]
    members["says"] = claim.says.map { .string($0) }
    members["source"] = claim.source.map { .string($0) }
    members["mitigatedBy"] = claim.mitigation.map { .string($0) }
    members["counted"] = checked.remark.map { .string($0) }
    members["of"] = claim.term.map { .string($0.text) }
    let unit = claim.term?.dimension?.unit ?? claim.bound?.dimension.unit ?? "1"
    members["stated"] = claim.bound.map { json($0, unit: unit) }
    members["computed"] = checked.reading.map { json($0, unit: unit) }
    members["distance"] = checked.distance.map { exactJSON($0, unit: unit) }
    members["ratio"] = checked.ratio.map { .number($0) }
    members["isBetter"] = checked.isBetter.map { .bool($0) }
    members["worthPerMonth"] = checked.monthlyWorth.map { exactJSON($0, unit: currency) }
    return .object(members)
  }

  /// An end that is not stated is left out.
  private func json(_ bound: ClaimBound, unit: String) -> JSONValue {
    var members: [String: JSONValue] = ["text": .string(bound.text), "unit": .string(unit)]
    let accepted = bound.accepted
    if accepted.lowerBound.isFinite { members["low"] = .number(accepted.lowerBound) }
    if accepted.upperBound.isFinite { members["high"] = .number(accepted.upperBound) }
    return .object(members)
  }

  private func json(_ reading: ClaimReading, unit: String) -> JSONValue {
    switch reading {
    case .unknown(let reason): return unknownJSON(reason)
    case .known(let range, let engine):
      var members: [String: JSONValue] = [
        "value": .number(range.value), "unit": .string(unit), "from": .string(engine.rawValue),
      ]
      if !range.isExact {
        members["low"] = range.low.isFinite ? .number(range.low) : nil
        members["high"] = range.high.isFinite ? .number(range.high) : nil
        if [.exact, .simulated, .history].contains(engine) { members["confidence"] = .number(0.95) }
      }
      return .object(members)
    }
  }
}
