internal import Diagnostics
internal import Quantities
internal import ServiceModel

/// The risks and statements that documents make of a service, as they are stated; `relmodel claims` holds them against what is
/// computed.
struct StatedRisksSection: ReportSection {
  let key = "claims"
  private let claims: [Claim]

  init(of model: Model) { claims = model.claims.all }

  /// Those that somebody does something against, and those that nothing can compute: a register of risks.
  private var risks: [Claim] { claims.filter { $0.mitigation != nil || $0.term == nil } }

  /// None for a model that claims nothing.
  var blocks: [Document.Block] {
    guard !claims.isEmpty else { return [] }
    let rest = claims.count - risks.count
    let others =
      rest == 0
      ? "relmodel claims holds them against what is computed, as far as it can be."
      : "\(rest == 1 ? "1 more claim" : "\(grouped(rest)) more claims") can be computed: relmodel claims says which hold."
    return [.part("Risks and claims, as stated")] + (risks.isEmpty ? [] : [.table(table)]) + [.note(others)]
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["claim", "says", "against it", "weight", "source", "where"],
      rows: risks.map { claim in
        [
          claim.name, claim.says ?? "", claim.mitigation ?? "nothing stated", claim.weight.rawValue,
          claim.source ?? "",
          "\(claim.location.file):\(claim.location.line)",
        ]
      })
  }

  var json: JSONValue {
    .array(
      claims.map { claim in
        [
          "name": .string(claim.name), "says": claim.says.map { .string($0) } ?? .null,
          "mitigation": claim.mitigation.map { .string($0) } ?? .null,
          "weight": .string(claim.weight.rawValue),
          "source": claim.source.map { .string($0) } ?? .null,
          "location": .string("\(claim.location.file):\(claim.location.line)"),
        ]
      })
  }
}
