internal import Diagnostics
internal import Recovery

extension ModelResolver {
  /// Planned work with its hours resolved.
  mutating func resolvePlanned(_ drafts: [PlannedWorkDraft], of owner: String) -> [PlannedWork] {
    drafts.map { work in
      PlannedWork(
        name: work.name.value, every: work.every, takes: work.takes, atOnce: work.atOnce,
        window: window(of: work, owner), location: work.name.location)
    }
  }

  private mutating func window(of work: PlannedWorkDraft, _ owner: String) -> OnCallHours? {
    guard let window = work.window else { return nil }
    do throws(InvalidRecovery) {
      return try OnCallHours(from: window.value.from, to: window.value.to, days: window.value.days)
    } catch {
      let fault = error.faults[0]
      report(
        "planned-window", "the window of \(work.name.value) of \(owner) has \(fault.message)",
        at: window.location, help: fault.help)
      return nil
    }
  }
}
