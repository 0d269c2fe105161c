internal import Recovery
internal import ServiceModel

extension CompiledGraph {
  /// What is asked of an answer that knows no events.
  public enum Question: Sendable {
    /// A mean over the long run.
    case longRun
    /// A curve over time.
    case overTime
    /// How a mean over the long run moves with the numbers of the model, one by one.
    case variation
  }

  /// What only a simulation follows event by event of that which a capability feels, and what such an answer takes
  /// in its place.
  public func simulatedOnly(ofCapability index: Int, _ question: Question) -> [String] {
    [
      startNote(ofCapability: index, question), seasonNote(ofCapability: index),
      clockNote(ofCapability: index, question), reschedulingNote(ofCapability: index),
      plannedNote(ofCapability: index), alertedRoleNote(ofCapability: index),
      alertedSpareNote(ofCapability: index), sampledNote(ofCapability: index),
    ].compactMap { $0 } + demandNotes(ofCapability: index)
  }

  private func seasonNote(ofCapability index: Int) -> String? {
    guard processes.contains(where: { $0.season != nil }) else { return nil }
    let needed = unitsNeeded(byCapability: index)
    var names: [String] = []
    var cycles: [String] = []
    for process in processes {
      guard let season = process.season, !needed.isDisjoint(with: process.units) else { continue }
      if !names.contains(causes[process.cause]) { names.append(causes[process.cause]) }
      if !cycles.contains(season.cycle) { cycles.append(season.cycle) }
    }
    guard let named = names.brief() else { return nil }
    return
      "season of \(named): the mean rate of \(cycles.joined(separator: " or ")), at all hours alike"
  }

  /// Procedures and restores whose law is that of a sample.
  private func sampledNote(ofCapability index: Int) -> String? {
    let needed = unitsNeeded(byCapability: index)
    var names: [String] = []
    for process in processes where !needed.isDisjoint(with: process.units) {
      let parts = process.outage + [process.uptime].compactMap { $0 }
      let isSampled = parts.contains { ($0 as? any OutcomeDistribution)?.isExact == false }
      if isSampled, !names.contains(causes[process.cause]) { names.append(causes[process.cause]) }
    }
    guard let named = names.brief() else { return nil }
    return
      "procedure or restore of \(named): its times are those of 20,000 drawn ones; relmodel simulate draws its own"
  }

  /// Moves of roles that wait for calls to fail.
  private func alertedRoleNote(ofCapability index: Int) -> String? {
    let needed = unitsNeeded(byCapability: index)
    let names = movingRoles.filter { $0.failover?.alert != nil && !needed.isDisjoint(with: $0.units) }.map(
      \.name)
    guard let named = names.brief() else { return nil }
    return
      "failover of \(named): its alert on calls is taken as seeing every loss at once; relmodel simulate lets "
      + "calls fail"
  }

  /// Spares that wait for calls to fail.
  private func alertedSpareNote(ofCapability index: Int) -> String? {
    let needed = unitsNeeded(byCapability: index)
    let pools = dependentGroups.flatMap(\.pools).filter {
      $0.alert != nil && !needed.isDisjoint(with: $0.units)
    }
    guard let named = pools.map({ model.components[$0.component].name }).brief() else { return nil }
    return
      "standby of \(named): its alert on calls is taken as seeing every loss at once; relmodel simulate lets calls "
      + "fail"
  }

  private func startNote(ofCapability index: Int, _ question: Question) -> String? {
    guard !starts.isEmpty else { return nil }
    let needed = unitsNeeded(byCapability: index)
    let felt = processes.contains { !needed.isDisjoint(with: $0.unitsThatStart) }
    let gated = starts.contains { !$0.gates.isEmpty && !needed.isDisjoint(with: $0.units) }
    guard felt || gated else { return nil }
    if question == .variation { return "how long units take to start, which is not varied" }
    let crews = dependentGroups.isEmpty ? "" : "; none after failures that wait for a crew"
    return
      "starts: what a failure took down is down until it has started, on average, and a start begins anew after a failure "
      + "that hits it, with nothing else down" + crews + "; relmodel simulate follows each start"
  }
}
