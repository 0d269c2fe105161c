package import ServiceModel
package import Stochastics

extension RenewalProcess {
  /// The same process with other numbers.
  ///
  /// - Parameters:
  ///   - uptime: the law of up times; `nil` when only an availability is known.
  ///   - outage: as many parts as before.
  package func with(
    uptime: (any Distribution)?, outage: [any Distribution], unavailability: Double
  ) -> RenewalProcess {
    let down = outage.reduce(0) { $0 + $1.mean }
    let held = unavailability * situation.boundShare
    let started = uptime.map {
      RenewalProcess.unavailability(
        uptime: $0, outage: down, holding: held * ($0.mean + down), startHours: startHours,
        clock: situation.clock)
    }
    var process = self
    (process.uptime, process.outage) = (uptime, outage)
    process.unavailability = startHours > 0 ? started ?? held : min(1, held)
    return process
  }
}

extension MovingFailover {
  /// The same with other numbers; as many parts of the detection as before.
  package func with(
    detection: [any Distribution], takes: any Distribution, works: Double, manual: (any Distribution)?
  ) -> MovingFailover {
    MovingFailover(
      candidates: candidates, detection: detection, takes: takes, works: works, manual: manual, needs: needs,
      seeingGate: seeingGate)
  }
}

extension MovingRole {
  /// The same with another failover.
  package func with(_ failover: MovingFailover?) -> MovingRole {
    MovingRole(
      component: component, role: role, name: name, required: required, units: units, failover: failover)
  }
}

extension DependentGroup.Pool {
  /// The same with other spares.
  package func with(_ standby: Standby?) -> DependentGroup.Pool {
    DependentGroup.Pool(
      component: component, units: units, running: running, standby: standby, loadSharing: loadSharing,
      alert: alert, otherwise: otherwise)
  }
}

extension DependentGroup {
  /// The same with other pools, as many as before.
  package func with(_ pools: [Pool]) -> DependentGroup {
    DependentGroup(classes: classes, pools: pools, crews: crews)
  }
}
