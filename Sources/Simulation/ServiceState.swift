/// What the outages under way mean for the capabilities, in memory with one owner: the event loop reads it for every event.
struct ServiceState: ~Copyable {
  /// Whether each capability is down.
  let isDown: FixedArray<Bool>
  /// The fraction of service that each capability loses while it is not down.
  let lost: FixedArray<Double>
  /// The same in whole 2²⁰ths of the service, as an account adds them up.
  let lostParts: FixedArray<Int64>
  /// Whether each capability is down for planned work alone, and what it loses for that alone, downtime included.
  let isPlanned: FixedArray<Bool>
  let lostToPlanned: FixedArray<Double>
  /// The capabilities that are down or lose anything, in the first `lackingCount` places.
  let lacking: FixedArray<Int32>
  private(set) var lackingCount = 0
  /// Causes whose repair alone would restore a capability that is down, in the first `restorationCount` places.
  private var restorations = FixedArray<Restoration>(repeating: .none, count: 4)
  private(set) var restorationCount = 0

  /// A cause whose repair alone would restore a capability.
  struct Restoration: BitwiseCopyable {
    let capability: Int32
    let cause: Int32
    /// Where an outage of that cause has begun that is under way.
    let origin: Int32

    /// A place that holds none yet.
    static let none = Restoration(capability: 0, cause: 0, origin: 0)
  }

  init(capabilities: Int) {
    isDown = FixedArray(repeating: false, count: capabilities)
    lost = FixedArray(repeating: 0, count: capabilities)
    lostParts = FixedArray(repeating: 0, count: capabilities)
    isPlanned = FixedArray(repeating: false, count: capabilities)
    lostToPlanned = FixedArray(repeating: 0, count: capabilities)
    lacking = FixedArray(repeating: 0, count: capabilities)
  }

  /// One of the causes whose repair alone would restore a capability, by its place.
  @inline(__always)
  func restoration(_ place: Int) -> Restoration { restorations[place] }

  /// Whether everything is up and fully served.
  var isPerfect: Bool { lackingCount == 0 }

  /// Forgets what it said, before every capability is `set`.
  mutating func clear() { (lackingCount, restorationCount) = (0, 0) }

  /// Notes whether a capability is down, and what fraction of its service it loses while it is not.
  mutating func set(_ capability: Int, isDown: Bool, lost fraction: Double) {
    self.isDown[capability] = isDown
    lost[capability] = fraction
    lostParts[capability] = fraction == 0 ? 0 : Int64((fraction * 0x1p20).rounded())
    (isPlanned[capability], lostToPlanned[capability]) = (false, 0)
    guard isDown || fraction != 0 else { return }
    lacking[lackingCount] = Int32(truncatingIfNeeded: capability)
    lackingCount += 1
  }

  /// Notes that the repair of a cause alone would restore a capability.
  mutating func note(_ restoration: Restoration) {
    if restorationCount == restorations.count { growRestorations(to: 2 * restorationCount) }
    restorations[restorationCount] = restoration
    restorationCount += 1
  }

  private mutating func growRestorations(to count: Int) {
    let larger = FixedArray<Restoration>(repeating: .none, count: count)
    for place in 0..<restorationCount { larger[place] = restorations[place] }
    restorations = larger
  }

  /// Takes over the state of another one of as many capabilities.
  mutating func copy(from other: borrowing ServiceState) {
    isDown.copy(from: other.isDown)
    lost.copy(from: other.lost)
    lostParts.copy(from: other.lostParts)
    isPlanned.copy(from: other.isPlanned)
    lostToPlanned.copy(from: other.lostToPlanned)
    lacking.copy(from: other.lacking)
    lackingCount = other.lackingCount
    restorationCount = 0
    for place in 0..<other.restorationCount { note(other.restorations[place]) }
  }
}
