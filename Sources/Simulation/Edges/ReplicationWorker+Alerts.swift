internal import ServiceGraph

extension ReplicationWorker {
  /// Lets alerts on failing calls follow what becomes of these, and outages that wait for one be noticed.
  mutating func driveAlerts(atHours hours: Double) {
    let alerts = layout.edges.alerts
    for (alert, plan) in alerts.alerts.enumerated() {
      let canSee = plan.sight < 0 || units.gates.isUp(plan.sight)
      edges.followAlert(alert, plan, canSee: canSee, atHours: hours)
    }
    if mover.unseen > 0 {
      for detector in layout.edges.alerts.detectors where edges.alerts.isFiring(detector: detector) {
        mover.alertFires(detector, at: Ticks.notBefore(hours: hours), units, events: &events)
      }
    }
    guard !layout.live.watches.sight.alerts.isEmpty else { return }
    for detector in layout.live.watches.sight.alerts {
      live.setAlert(detector, isFiring: edges.alerts.isFiring(detector: detector), at: hours)
    }
    liveTime = live.nextTime
  }

  /// Before time 0 no policies are played: calls fail while the callee is down, and no others.
  mutating func followAlertsBeforeTime0() {
    for detector in layout.live.watches.sight.alerts {
      let isFiring = layout.edges.alerts.alerts.contains { plan in
        plan.detector == detector && !units.gates.isUp(layout.edges.gates[plan.edge].callee)
          && (plan.sight < 0 || units.gates.isUp(plan.sight))
      }
      live.setAlert(detector, isFiring: isFiring, at: live.nowHours)
    }
  }
}
