/// How a capability comes back after a loss, and after how long.
struct CapabilityRecovery {
  let kind: CapabilityLoss.Recovery
  /// When all goes well.
  let hours: Double?
  /// With moves that do not work counted in.
  let meanDowntime: Double?

  /// - Parameters:
  ///   - stages: the level right after the loss, after automatic failover, and after moves by hand.
  ///   - rescheduling: the level once units have come up on other nodes, and whose; `nil` when none does.
  ///   - moves: what becomes of the roles.
  ///   - roles: the moving roles that the capability waits for.
  ///   - domains: what is lost.
  ///   - alone: for each domain, the level after the loss of it alone.
  init(
    stages: (atOnce: ServiceLevel, settled: ServiceLevel, byHand: ServiceLevel),
    rescheduling: (level: ServiceLevel, components: [(name: String, hours: Double)])?, moves: [RoleMove],
    roles: [String], domains: [LostDomain], alone: [ServiceLevel]
  ) {
    let domainHours = Self.hoursUntilReturn(of: domains, alone: alone)
    func noLater(_ hours: Double?) -> Double? { hours.map { min($0, domainHours ?? $0) } }
    let own = moves.filter { roles.contains($0.role) }
    let elsewhere = rescheduling.flatMap { $0.level != .down ? $0.components.map(\.hours).max() : nil }
    let handHours = own.map { $0.isAutomatic ? $0.automaticHours : $0.byHandHours ?? 0 }.max()
    if stages.atOnce != .down && stages.settled != .down {
      (kind, hours, meanDowntime) = (.notNeeded, 0, 0)
    } else if stages.settled != .down {
      let automatic = own.filter(\.isAutomatic)
      kind = .failover(
        roles: automatic.map(\.role).uniqued(), probability: automatic.reduce(1) { $0 * $1.works })
      hours = noLater(automatic.map(\.automaticHours).max())
      meanDowntime = automatic.map(\.meanRoleOutageHours).longest
    } else if let elsewhere, stages.byHand == .down || elsewhere <= handHours ?? 0 {
      kind = .rescheduling(components: rescheduling?.components.map(\.name) ?? [])
      // Roles move meanwhile.
      hours = noLater(max(elsewhere, own.filter(\.isAutomatic).map(\.automaticHours).max() ?? 0))
      meanDowntime = hours
    } else if stages.byHand != .down {
      kind = .byHand(roles: own.filter { !$0.isAutomatic }.map(\.role).uniqued())
      hours = noLater(handHours)
      meanDowntime = own.map(\.meanRoleOutageHours).longest
    } else {
      (kind, hours, meanDowntime) = (.domainReturns, domainHours, domainHours)
    }
  }

  /// The mean time until what is still lost lets the capability be up: of two domains, the first whose return is
  /// enough, else the last.
  private static func hoursUntilReturn(of domains: [LostDomain], alone: [ServiceLevel]) -> Double? {
    if domains.count == 1 { return domains[0].meanOutageHours }
    guard domains.allSatisfy({ $0.meanOutageHours != nil }) else { return nil }
    let hours = domains.map { $0.meanOutageHours ?? 0 }
    guard domains.count == 2 else { return hours.max() }
    let enough = [alone[1] != .down ? hours[0] : nil, alone[0] != .down ? hours[1] : nil].compactMap { $0 }
    return enough.min() ?? hours.max()
  }
}

extension RoleMove {
  /// Whether a unit takes the role by itself.
  var isAutomatic: Bool {
    if case .automatic = outcome { true } else { false }
  }
}

extension [Double?] {
  /// The largest; `nil` when one is not known, or there is none.
  fileprivate var longest: Double? {
    let known = compactMap { $0 }
    return known.count == count ? known.max() : nil
  }
}

extension [String] {
  /// Each once, in order.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
