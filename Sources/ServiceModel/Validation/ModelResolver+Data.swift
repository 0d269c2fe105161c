internal import Diagnostics
internal import Quantities
internal import Recovery
internal import Stochastics

extension ModelResolver {
  /// The data of a component with its replica and how its writes reach the volume.
  mutating func resolveData(_ component: ComponentDraft, failovers: [Failover]) -> ComponentData? {
    guard let data = component.data else { return nil }
    for entry in data.defaults {
      defaults.append(DefaultNote(path: "components/\(component.name.value)/\(entry.path)", text: entry.text))
    }
    if let log = data.log, !data.schedules.contains(where: { $0.log != nil }) {
      report(
        "log-without-backup", "\(component.name.value) ships logs and has no full backup to begin from",
        at: log.location,
        help: "full: {every: 24 h, keep: 30 d, restore: 2 h}")
    }
    if let partial = data.partial, !data.schedules.contains(where: { $0.partial != nil }) {
      report(
        "increment-without-backup",
        "\(component.name.value) has \(partial.backups.kind.rawValue) backups and no full one to begin from",
        at: partial.location, help: "full: {every: 7 d, keep: 30 d, restore: 2 h}")
    }
    let replica = replica(data.replication, of: component, failovers: failovers)
    let volumes = data.volumes.map { ComponentData.Volume(name: $0.name.value, size: $0.size) }
    let store = DataStore(
      name: component.name.value, volumes: volumes.map(\.name), writes: writes(data),
      replication: replica.replication, backups: data.schedules)
    return ComponentData(
      importance: data.importance, volumes: volumes, store: store, rebuild: data.rebuild,
      replicaRoles: replica.roles)
  }

  /// Data on a volume is there again after a crash; how long a start with it takes may be for the mode to say.
  private func writes(_ data: ComponentDataDraft) -> FlushedWrites? {
    guard !data.volumes.isEmpty else { return nil }
    let restart = data.restart ?? (try? Deterministic(value: 0))
    return restart.map { FlushedWrites(every: data.flushed ?? .zero, restart: $0) }
  }

  /// The replica as stated; else that of the failover that states what it loses.
  private mutating func replica(
    _ draft: ReplicationDraft?, of component: ComponentDraft, failovers: [Failover]
  ) -> (replication: Replication?, roles: [Int]) {
    let failover = failovers.first { $0.loses != nil } ?? failovers.first
    guard let draft else {
      guard let failover, let loses = failover.loses, let lag = try? Deterministic(value: loses.hours) else {
        return (nil, [])
      }
      let replication = Replication(
        lag: lag, place: CopyPlace(.sameRegion), failover: Self.moving(failover))
      return (replication, failover.candidates)
    }
    let roles = draft.roles.compactMap { name -> Int? in
      let place = component.roles.firstIndex { $0.name?.value == name.value }
      if place == nil {
        reportUnknown(
          "role of \(component.name.value)", name, among: component.roles.compactMap(\.name?.value))
      }
      return place
    }
    guard let takes = draft.takes ?? failover.map(Self.moving) else {
      report(
        "replica-takes",
        "\(component.name.value) has a replica and no failover; how long does it take to move to it?",
        at: draft.location, help: "takes: 30 s")
      return (nil, [])
    }
    return (Replication(lag: draft.lag, place: draft.place, failover: takes), roles)
  }

  /// How long a role takes to move: by itself, or by hand when that does not work.
  private static func moving(_ failover: Failover) -> any Distribution {
    guard let manual = failover.manual, failover.works.complement > 0, failover.works.value > 0,
      let law = try? Mixture(
        weights: [failover.works.value, failover.works.complement], components: [failover.takes, manual])
    else { return failover.takes }
    return law
  }

  // MARK: Modes

  /// Whether a mode can lose what it says.
  mutating func checkLoses(
    _ mode: FailureModeDraft, of component: ComponentDraft, data: ComponentData?, units: [Component.Unit],
    in domains: [Domain]
  ) {
    guard let loses = mode.loses else { return }
    guard let data else {
      report(
        "no-data", "\(mode.name.value) loses data, and \(component.name.value) states none",
        at: loses.location,
        help: "data: {volumes: {\(component.name.value)-data: {size: 100 GB}}}")
      return
    }
    if mode.commonCause != nil {
      return report(
        "loses-common-cause",
        "a loss of data can not be split by common-cause: yet; its shocks hit replicas too",
        at: loses.location, help: "state a mode of its own: scope: component")
    }
    checkCopies(mode, loses, of: component, data: data, units: units, in: domains)
  }

  private mutating func checkCopies(
    _ mode: FailureModeDraft, _ loses: Located<FailureKind>, of component: ComponentDraft,
    data: ComponentData, units: [Component.Unit], in domains: [Domain]
  ) {
    let isReplicaHit = units.areAllHit(by: mode.scope?.value ?? .unit, in: domains)
    if loses.value == .failover, data.store.replication != nil {
      guard data.surviving(isReplicaHit: isReplicaHit).store.replication == nil else { return }
      report(
        "no-replica",
        "\(mode.name.value) takes down all units of \(component.name.value), and no replica is left to take over",
        at: loses.location, help: "scope: unit, or state what is lost: loses: volume")
    } else if loses.value == .failover {
      report(
        "no-replica", "\(component.name.value) has no replica to lose transactions to", at: loses.location,
        help: "backups: {replication: {to: [reader], lag: 10 s}}")
    } else if mode.scope?.value != .component, units.count > 1, data.replicaRoles.isEmpty {
      report(
        "loses-scope",
        "\(mode.name.value) hits one of \(units.count) units of \(component.name.value), and nothing says whether the others hold "
          + "the same data", at: loses.location, help: "scope: component")
    }
  }

  /// The outage of a mode that loses data and does not say how long it takes to recover: as long as the restore does.
  ///
  /// - Returns: `nil` when the mode says it, or loses nothing; a finding is reported when a restore has no time.
  mutating func restoreOutage(of mode: FailureModeDraft, owner: ModeOwner) -> Outage?? {
    guard let loses = mode.loses, let data = owner.data, mode.lastsAsLongAsRestore else { return .none }
    var (detect, respond): (Delay?, Delay?) = (nil, nil)
    if case .parts(let noticed, let responds, _) = mode.length { (detect, respond) = (noticed, responds) }
    let user = "\(owner.name)/\(mode.name.value)"
    guard let detection = delay(detect, .detector, of: user),
      let response = delay(respond, .response, of: user),
      let scenario = try? RecoveryScenario(
        store: data.store, kind: loses.value, noticed: detection, responds: response, rebuild: data.rebuild)
    else { return .some(nil) }
    return .some(outage(of: mode, scenario, detection, response))
  }

  private mutating func outage(
    of mode: FailureModeDraft, _ scenario: RecoveryScenario, _ detection: [any Distribution],
    _ response: [any Distribution]
  ) -> Outage? {
    guard let law = try? RestoreLaw(scenario) else {
      // Sources that never have anything, such as backups that have expired when a failure is noticed.
      if !scenario.sources.isEmpty, scenario.outcome().recovery.maximum == nil {
        reportNothingRestored(of: scenario, after: mode, probability: 1)
        return nil
      }
      report(
        "restore-time",
        scenario.sources.isEmpty
          ? "nothing is left of \(scenario.store.name) after \(mode.name.value), and nothing says how long it takes to go on without"
          : "restoring \(scenario.store.name) after \(mode.name.value) takes no time; expected restart:, restore: or recover:",
        at: mode.name.location,
        help: scenario.sources.isEmpty ? "data: {rebuild: 8 h}" : "recover: 15 min")
      return nil
    }
    if law.probabilityOfNever > Self.negligible {
      reportNothingRestored(of: scenario, after: mode, probability: law.probabilityOfNever)
      return nil
    }
    return .parts(detection: detection, response: response, recovery: [law])
  }

  private mutating func reportNothingRestored(
    of scenario: RecoveryScenario, after mode: FailureModeDraft, probability: Double
  ) {
    report(
      "restore-may-fail",
      "with \(significant(probability * 100, digits: 2)) % nothing of \(scenario.store.name) can be restored after "
        + "\(mode.name.value), which then never ends", at: mode.name.location, help: "data: {rebuild: 8 h}")
  }

  /// Below this a probability that nothing can be restored is left out of the mean.
  private static let negligible = 1e-12

  // MARK: Names

  /// Volumes have one owner each, and procedures restore volumes or components that there are.
  mutating func checkVolumes() {
    var seen: Set<String> = []
    for volume in draft.components.flatMap({ $0.data?.volumes ?? [] })
    where !seen.insert(volume.name.value).inserted {
      report("name-taken", "there is a volume \(volume.name.value) already", at: volume.name.location)
    }
    let known = draft.components.flatMap { $0.data?.volumes.map(\.name.value) ?? [] } + componentNames
    for procedure in draft.procedures {
      for name in procedure.restores where !known.contains(name.value) {
        reportUnknown("volume or component", name, among: known)
      }
    }
  }

  /// The failure that a drill rehearses is one that loses data.
  mutating func checkDrills(_ components: [Component], _ domains: [Domain]) {
    let own = components.flatMap { component in
      component.modes.filter { $0.loses != nil && component.data != nil }.map {
        "\(component.name)/\($0.name)"
      }
    }
    let places = domains.flatMap { domain in
      domain.modes.filter { $0.loses != nil }.map { "\(domain.causeName)/\($0.name)" }
    }
    for procedure in draft.procedures {
      guard let name = procedure.drill?.rehearses, !(own + places).contains(name.value) else { continue }
      reportUnknown("failure mode with loses:", name, among: own + places)
    }
  }
}

extension FailureModeDraft.Frequency {
  /// Whether a mode of this frequency must say how long it lasts.
  var needsLength: Bool {
    switch self {
    case .availability, .incidents: false
    default: true
    }
  }
}

extension ModeOwner {
  /// The data of the component.
  var data: ComponentData? {
    switch self {
    case .domain(_, let data), .component(_, _, let data): data
    }
  }
}
