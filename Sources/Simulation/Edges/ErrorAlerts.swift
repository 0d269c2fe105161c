internal import Stochastics

/// The alerts on failing calls in a replication.
///
/// An alert counts its delay from the moment at which the share of failed calls rises above its threshold; when the share
/// falls below it, or its detector can not see, it begins anew. Once the delay is over it fires, until the share falls.
struct ErrorAlerts {
  private struct State {
    var share: MovingShare
    var isAbove = false
    var canSee = true
    var isFiring = false
    /// When the share crosses the threshold, and when the alert fires; ∞ for never.
    var crossingHours = Double.infinity
    var firesHours = Double.infinity
    /// When the callee was lost, where the alert has not fired since.
    var lossHours: Double?
    var firedHours = 0.0

    var nextHours: Double {
      min(crossingHours, firesHours, isFiring || isAbove ? .infinity : share.settledHours)
    }
    var isQuiet: Bool { !isAbove && !isFiring && share.isSettled }
  }

  private let plans: [AlertPlan]
  private var states: [State]
  private var streams: [RandomStream]
  private var counts: [AlertCounts]

  init(_ layout: AlertLayout) {
    plans = layout.alerts
    states = plans.map(ErrorAlerts.unalarmed)
    streams = plans.map { RandomStream(seed: 0, process: $0.key, replication: 0) }
    counts = plans.map { _ in AlertCounts() }
  }

  private static func unalarmed(_ plan: AlertPlan) -> State {
    State(share: MovingShare(windowHours: plan.windowHours, share: plan.usualShare))
  }

  /// Starts a replication with everything well.
  mutating func begin(seed: UInt64, replication: UInt32) {
    for alert in plans.indices {
      states[alert] = ErrorAlerts.unalarmed(plans[alert])
      counts[alert] = AlertCounts()
      streams[alert] = RandomStream(seed: seed, process: plans[alert].key, replication: replication)
    }
  }

  /// Whether nothing is left of any errors.
  var isQuiet: Bool { states.allSatisfy(\.isQuiet) }

  /// When something changes by itself, in hours; ∞ when nothing will.
  var nextHours: Double { states.reduce(.infinity) { min($0, $1.nextHours) } }

  /// Whether an alert of a detector fires.
  func isFiring(detector: Int) -> Bool {
    plans.indices.contains { plans[$0].detector == detector && states[$0].isFiring }
  }

  /// Whether the alert on an edge fires.
  func isFiring(edge: Int) -> Bool {
    plans.indices.contains { plans[$0].edge == edge && states[$0].isFiring }
  }

  // MARK: Events

  /// The callee of a dependency was lost.
  mutating func calleeWentDown(_ edge: Int, atHours now: Double) {
    for alert in plans.indices where plans[alert].edge == edge { states[alert].lossHours = now }
  }

  /// Follows the share of calls that fail of those that otherwise would not, and whether the detector can see.
  mutating func follow(_ alert: Int, failedShare: Double, canSee: Bool, atHours now: Double) {
    advance(alert, toHours: now)
    let usual = plans[alert].usualShare
    states[alert].share.set(failedShare + (1 - failedShare) * usual, atHours: now)
    states[alert].canSee = canSee
    arm(alert, atHours: now)
    schedule(alert, atHours: now)
    advance(alert, toHours: now)
  }

  private mutating func advance(_ alert: Int, toHours now: Double) {
    while min(states[alert].crossingHours, states[alert].firesHours) <= now {
      if states[alert].firesHours <= states[alert].crossingHours {
        fire(alert, atHours: states[alert].firesHours)
      } else {
        let hours = states[alert].crossingHours
        states[alert].isAbove.toggle()
        arm(alert, atHours: hours)
        schedule(alert, atHours: hours)
      }
    }
  }

  /// Begins to count, or stops counting and firing.
  private mutating func arm(_ alert: Int, atHours now: Double) {
    guard states[alert].isAbove, states[alert].canSee else {
      stop(alert, atHours: now)
      states[alert].firesHours = .infinity
      return
    }
    guard !states[alert].isFiring, states[alert].firesHours == .infinity else { return }
    states[alert].firesHours = now + plans[alert].delay.sample(&streams[alert])
  }

  private mutating func schedule(_ alert: Int, atHours now: Double) {
    states[alert].crossingHours = states[alert].share.crossingHours(
      plans[alert].threshold, rising: !states[alert].isAbove, fromHours: now)
  }

  private mutating func fire(_ alert: Int, atHours now: Double) {
    (states[alert].isFiring, states[alert].firedHours) = (true, now)
    states[alert].firesHours = .infinity
    counts[alert].firings += 1
    guard let loss = states[alert].lossHours else { return }
    counts[alert].outagesSeen += 1
    counts[alert].delayHours += now - loss
    states[alert].lossHours = nil
  }

  private mutating func stop(_ alert: Int, atHours now: Double) {
    guard states[alert].isFiring else { return }
    states[alert].isFiring = false
    counts[alert].firingHours += now - states[alert].firedHours
  }

  /// Ends the replication.
  mutating func close(atHours now: Double, into tallies: inout [AlertTally]) {
    for alert in plans.indices {
      stop(alert, atHours: now)
      tallies[alert].add(counts[alert])
    }
  }
}
