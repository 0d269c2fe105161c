/// What live processes do to units, in the order in which it happens.
enum LiveChange {
  /// A process was up for less than a tick: its last outage ended at this instant, and it fails again.
  case wasUpWithinTick
  /// An outage of a process begins. `wasWorking`: its units had work, and were not standing by.
  case began(process: Int32, wasWorking: Bool)
  /// It is noticed, or its work has gone to another unit.
  case noticed(process: Int32)
  /// It ends.
  case ended(process: Int32)
  /// A healthy unit has no work: it stands by.
  case standsBy(unit: Int32)
  /// A unit that stood by does so no longer: it takes over, or has failed.
  case leavesStandby(unit: Int32)
  /// A unit is hit by an outage of the place where it is; that outage begins next, or was under way when it came.
  case binds(unit: Int32, process: Int32)
  /// It is hit no longer: the outage ends, or the unit has left.
  case frees(unit: Int32, process: Int32)
  /// A unit comes up on another node, so long after its own went down.
  case leaves(unit: Int32, domain: Int32, afterHours: Double)
  /// A unit that autoscaling has ordered has a node: a place among those that change their nodes.
  case comes(place: Int)
}
