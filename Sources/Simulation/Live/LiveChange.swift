/// What live processes do to units, in the order in which it happens.
enum LiveChange {
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
}
