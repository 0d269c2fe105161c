internal import Diagnostics
internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

extension DraftDecoder {
  /// The procedures, which durations may name afterwards.
  mutating func procedures(_ reading: Reading?) -> [RecoveryPlanDraft] {
    var drafts: [RecoveryPlanDraft] = []
    laws.statedProcedures = Set(reading?.entries.map(\.name.value) ?? [])
    for entry in reading?.entries ?? [] {
      guard var draft = procedure(entry.name, entry.value) else { continue }
      draft.title = entry.value["title"]?.text
      draft.after = entry.value["after"]?.items.compactMap(\.locatedText) ?? []
      draft.restores = entry.value["restores"]?.items.compactMap(\.locatedText) ?? []
      draft.drill = entry.value["drilled"].flatMap { drill($0, of: entry.name.value) }
      drafts.append(draft)
    }
    laws.findings += laws.nestedProcedures.findings()
    return drafts
  }

  /// Lets durations name procedures, whose laws are taken from those that are known if nothing of them has changed.
  mutating func addLaws(of plans: [RecoveryPlanDraft], in model: Declaration) {
    if let known, known.declaration == model["procedures"] {
      laws.procedures = known.laws
    } else {
      for plan in plans { addLaw(of: plan) }
    }
  }

  private mutating func addLaw(of plan: RecoveryPlanDraft) {
    do throws(InvalidParameter) {
      laws.procedures[plan.name.value] = try ProcedureLaw(plan.procedure)
    } catch {
      laws.findings.append(
        Diagnostic(
          slug: "bad-distribution", "\(plan.name.value) takes no time at all; expected a step that does",
          at: plan.name.location))
    }
  }

  private mutating func procedure(_ name: Located<String>, _ reading: Reading) -> RecoveryPlanDraft? {
    let entries = reading["steps"]?.entries ?? []
    var steps: [ProcedureStep] = []
    laws.procedureRead = name.value
    defer { laws.procedureRead = nil }
    for entry in entries { if let step = step(entry.name.value, entry.value) { steps.append(step) } }
    guard steps.count == entries.count else { return nil }
    let rule: Procedure.Rule = reading["rule"]?.text == "as-written" ? .asWritten : .longestRemainingPath
    do throws(InvalidRecovery) {
      return RecoveryPlanDraft(
        name: name,
        procedure: try Procedure(
          name: name.value, steps: steps, crews: reading["crews"]?.integer?.value, rule: rule))
    } catch {
      for fault in error.faults {
        let place = entries.first { $0.name.value == fault.subject }?.name.location ?? name.location
        laws.findings.append(
          Diagnostic(slug: fault.slug, "\(name.value): \(fault.message)", at: place, help: fault.help))
      }
      return nil
    }
  }

  private mutating func step(_ name: String, _ reading: Reading) -> ProcedureStep? {
    guard let takes = reading["takes"].flatMap({ laws.law($0) }) else { return nil }
    var attempts: StepAttempts?
    if let works = reading["works"]?.probability?.value, let otherwise = reading["otherwise"] {
      guard let law = laws.law(otherwise) else { return nil }
      attempts = StepAttempts(works: works, limit: reading["attempts"]?.integer?.value ?? 1, otherwise: law)
    }
    let crew = reading["crew"]?.integer?.value ?? 1
    return ProcedureStep(
      name: name, takes: takes, after: reading["after"]?.items.compactMap(\.text) ?? [],
      doer: crew == 0 ? .automatic : .crews(crew), attempts: attempts,
      isBehind: reading["behind"]?.text == "yes")
  }

  private func drill(_ reading: Reading, of name: String) -> DrillPlan? {
    reading["every"]?.duration.map { every in
      DrillPlan(
        every: every,
        expects: RecoveryObjective(
          name: name, recoveryTime: reading["expects"]?["rto"]?.duration,
          recoveryPoint: reading["expects"]?["rpo"]?.duration),
        rehearses: reading["rehearses"]?.locatedText)
    }
  }
}
