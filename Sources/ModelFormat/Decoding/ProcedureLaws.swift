internal import Diagnostics
internal import Recovery
internal import ServiceModel

/// The laws of the procedures of a declaration, which take 20,000 runs each to work out.
struct ProcedureLaws: Sendable {
  /// What they follow from, all of it.
  let declaration: Declaration
  /// By name.
  let laws: [String: ProcedureLaw]

  /// `nil` when a model has none, or there is something wrong with them.
  init?(in model: Declaration) {
    guard let declaration = model["procedures"] else { return nil }
    var decoder = DraftDecoder()
    let plans = decoder.procedures(Reading(declaration))
    decoder.addLaws(of: plans, in: model)
    guard decoder.laws.findings.isEmpty else { return nil }
    (self.declaration, laws) = (declaration, decoder.laws.procedures)
  }
}
