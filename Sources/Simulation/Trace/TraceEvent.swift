/// Something that happened.
public struct TraceEvent: Sendable, Hashable {
  /// What happened; the numbers are places in the compiled graph.
  public enum Kind: Sendable, Hashable {
    /// A process failed; where its outage does not depend on what happens meanwhile: when it will be noticed, if not at
    /// once, and how long it lasts.
    case failure(process: Int, noticedAfterHours: Double?, lastsHours: Double?)
    /// Somebody or something noticed the failure.
    case noticed(process: Int)
    /// The process is restored.
    case restoration(process: Int)
    /// A role has passed from one unit to another, and what that took.
    case roleMoved(role: Int, from: Int, to: Int, RoleMoveTimes)
    /// A unit that is repaired, and whose gates are up, begins to start.
    case starting(unit: Int)
    /// It has started.
    case started(unit: Int)
    /// A unit whose node may change goes down with the place where it is.
    case carried(unit: Int, process: Int)
    /// A unit comes up on another node, a domain of the model, so long after its own went down; `nil`: it has been there
    /// from before the beginning.
    case rescheduled(unit: Int, domain: Int, afterHours: Double?)
    /// Planned work goes on.
    case planned(work: Int, PlannedStep)
    /// Autoscaling wants another number of units for what is asked, in healthy units' worth.
    case scales(load: Int, from: Int, to: Int, asked: Double)
    /// The units that it ordered all run.
    case scaled(load: Int, running: Int)
    /// So many nodes are ordered for a pool; so many units wait for nodes of it, of these loads.
    case addsNodes(pool: Int, count: Int, waiting: Int, loads: [Int])
    /// So many nodes of a pool run now.
    case nodesRun(pool: Int, running: Int)
    /// A capability is now down, or serves a fraction.
    case service(capability: Int, isDown: Bool, servedFraction: Double)
    /// A repair and the crew that it needs, as a place among the model's crews.
    case repair(process: Int, crew: Int, RepairStep)
    /// What stands between a failure and its repair.
    case response(process: Int, ResponseStep)
    /// A unit of a component with spares.
    case spare(unit: Int, SpareStep)
    /// A role whose holder is down.
    case role(role: Int, holder: Int, RoleStep)
    /// The calls of a dependency with policies.
    case dependency(Int, DependencyStep)
    /// A queue, as one group of its consumers sees it.
    case queue(Int, QueueStep)
  }

  /// The hours since the beginning.
  public let hours: Double
  /// What happened.
  public let kind: Kind
  /// The components and roles that are short of units as a capability goes down; empty where that is known of none, and for
  /// whatever else happened.
  public internal(set) var lacks: [String] = []
}

/// What happens between a repair and its crew.
public enum RepairStep: Sendable, Hashable {
  /// Everybody is busy.
  case waits
  /// It begins.
  case begins(hasWaited: Bool)
  /// The crew leaves it for a more urgent one.
  case interrupted(for: Int)
  /// The crew goes on with it.
  case continues
}

/// What keeps somebody from working on a failure.
public enum ResponseStep: Sendable, Hashable {
  /// Its detector can not see, since what that needs is down.
  case detectorIsBlind
  /// Somebody comes only later, by the hours on call.
  case comesAfter(hours: Double)
}

/// What becomes of the units of a component with spares.
public enum SpareStep: Sendable, Hashable {
  /// The unit failed at work; a spare is being put in its place.
  case isReplaced(byHand: Bool)
  /// The switch to a spare did not work: the place stays empty until a unit comes back.
  case isStuck
  /// The unit takes over, from the one that failed where that is still known.
  case takesOver(from: Int?)
  /// It is well and has no work.
  case standsBy
}

/// Why a role does not move, or not by itself.
public enum RoleStep: Sendable, Hashable {
  /// Nothing moves it: it waits for its holder.
  case waitsForHolder
  /// No unit that could take it is up.
  case waitsForCandidate
  /// What would notice can not see.
  case isUnseen
  /// It is moved by hand.
  case byHand
}

/// What the time of a role's move went to.
public struct RoleMoveTimes: Sendable, Hashable {
  /// The hours until somebody knew: from the loss of the holder, or from when the move could begin, with a detector that sees and a
  /// unit that could take the role.
  public let noticedAfterHours: Double
  /// The hours from then on until the role had moved.
  public let takesHours: Double
  /// Whether the failover did not work, and the role was moved by hand.
  public let isByHand: Bool
}

/// What becomes of the calls of a dependency.
public enum DependencyStep: Sendable, Hashable {
  /// So many fail now, and so many of all get no fallback either.
  case calls(failedShare: Double, lostShare: Double)
  /// The breaker opens; `again`: the calls that it tried failed.
  case breakerOpens(again: Bool)
  /// It tries some calls, on a callee that is up or fails in part.
  case breakerTries
  /// It closes after it has tried so often.
  case breakerCloses(tries: Int)
  /// Hanging calls hold all slots of the caller, which refuses so many of its requests.
  case callerFills(refusedShare: Double)
  /// The caller has slots again.
  case callerIsFree
  /// The bulkhead is full and refuses calls.
  case bulkheadFills
  /// It has slots again.
  case bulkheadIsFree
  /// The alert on its calls begins to fire.
  case alertFires
  /// It stops.
  case alertStops
}

/// What becomes of a queue.
public enum QueueStep: Sendable, Hashable {
  /// What stores messages is down: producers hold back so many, what is more is lost, and so many that waited are.
  case refuses(holdingBack: Int, lost: Double)
  /// It is up again.
  case accepts
  /// Messages begin to wait.
  case fills
  /// Messages begin to become dead letters.
  case deadLetters
  /// No message waits any more, nor is late; what the stretch was like, in messages.
  case drained(mostWaiting: Double, deadLetters: Double, lost: Double)
}
