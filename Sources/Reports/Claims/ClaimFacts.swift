internal import Quantities
internal import ServiceModel

/// What a model claims, in words, before anything is computed.
struct ClaimFacts {
  let claims: ModelClaims

  var blocks: [Document.Block] {
    guard !claims.all.isEmpty else { return [] }
    return [
      .heading("What it claims (relmodel claims holds it against what is computed)"),
      .facts(claims.all.map { Document.Fact($0.name, text($0), $0.source.map { [$0] } ?? []) }),
    ]
  }

  private func text(_ claim: Claim) -> String {
    guard let term = claim.term else { return claim.says ?? "" }
    return claim.bound.map { "\(term.text): \($0.text)" } ?? term.text
  }

  var json: JSONValue {
    .array(
      claims.all.map { claim in
        var members: [String: JSONValue] = [
          "name": .string(claim.name), "matters": .string(claim.weight.rawValue),
        ]
        members["of"] = claim.term.map { .string($0.text) }
        members["stated"] = claim.bound.map { .string($0.text) }
        members["says"] = claim.says.map { .string($0) }
        members["source"] = claim.source.map { .string($0) }
        return .object(members)
      })
  }
}
