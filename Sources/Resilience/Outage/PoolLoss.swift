internal import Quantities

/// The slots of a pool that the calls to one callee come to hold, by Little's law.
struct HeldSlots {
  /// What a full bulkhead makes of them.
  struct Wall {
    /// Its own slots, which are held however many calls come.
    let slots: Double
    /// The slots of the bulkhead that all calls together would hold.
    let load: Double
    /// The slots that calls hold which wait for one of those, or for their next attempt.
    let waiting: Double
  }

  /// Those of all its calls, as many as there are.
  let free: Double
  /// What a bulkhead makes of them; `nil` without one.
  var wall: Wall?

  /// Those that they hold if none is refused.
  var inAll: Double { atShare(1) }

  /// Those that they hold if the pool lets a share of the calls in.
  func atShare(_ share: Double) -> Double {
    guard let wall, isConfined(atShare: share) else { return share * free }
    return wall.slots + share * wall.waiting
  }

  /// Whether the bulkhead is full then.
  func isConfined(atShare share: Double) -> Bool {
    wall.map { share * $0.load > $0.slots } ?? false
  }
}

/// The share of a caller's requests that find no slot in the long run.
///
/// Where they are refused at once it is Erlang's loss for what the calls hold on average, in so many slots, whatever the law
/// of their times. A full bulkhead keeps its own slots taken; the others are left to the rest. Where requests queue or wait, it
/// is what exceeds the slots on average, 1 − slots / held.
///
/// Source: Erlang 1917; Little, "A proof for the queuing formula L = λ W", Operations Research 9 (1961).
struct PoolLoss {
  /// A share that is not worth telling from none.
  static let negligible = 0.001
  /// In pools of more slots chance is left out.
  private static let mostSlots = 10_000

  private let slots: Double
  /// Whether chance makes requests find no slot though there are enough on average.
  let countsChance: Bool

  /// The requests that a pool has slots for.
  init(_ pool: Pool) {
    slots = Double(pool.slots)
    countsChance = pool.overflow == .reject && pool.queue == 0 && pool.slots <= PoolLoss.mostSlots
  }

  /// The share that is refused of requests whose calls hold so many slots.
  func refusedShare(_ held: [HeldSlots]) -> Double {
    let share = held.contains { $0.isConfined(atShare: 1) } ? shareLetIn(held) : 1
    var (left, offered) = (slots, 0.0)
    for calls in held {
      if let wall = calls.wall, calls.isConfined(atShare: share) {
        (left, offered) = (left - wall.slots, offered + wall.waiting)
      } else {
        offered += calls.free
      }
    }
    left = max(0, left)
    let onAverage = max(1 - share, 1 - left / max(left, offered, .leastNormalMagnitude))
    // So far below its slots a load hardly ever reaches them: five standard deviations.
    guard countsChance, offered + 5 * offered.squareRoot() + 5 > left else { return onAverage }
    let lost = erlangB(offered: offered, servers: Int(left))
    return lost > PoolLoss.negligible ? lost : onAverage
  }

  /// Whether calls that hold their slots for equal times come and go in bursts, and are all refused in between: chance blurs
  /// bursts that are not far more than fit, four standard deviations.
  func comeInBursts(_ held: Double, in slots: Double) -> Bool {
    !countsChance || held - slots > 4 * slots.squareRoot()
  }

  /// What fits into the slots on average.
  private func shareLetIn(_ held: [HeldSlots]) -> Double {
    func fits(_ share: Double) -> Bool { held.reduce(0) { $0 + $1.atShare(share) } <= slots }
    if fits(1) { return 1 }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
