internal import Quantities
internal import Resilience

/// The long run of M/M/c/K where whoever finds the queue full takes the place of the one who has waited longest, as Java's
/// `DiscardOldestPolicy` and ring buffers have it.
///
/// As many are lost as where newcomers are refused, and as many wait, but others: those who are served have waited less.
/// A request at place j of n waits until all before it are served or pushed out. It moves up at rate cμ (n − 1 are left) and,
/// once n is all places, at rate λ (n stays); from the head the one is its service, the other its loss.
///
/// Source: first-step analysis of that chain; the numbers of the queue are those of Gross et al. 2008, section 2.5.
public struct PushOutLine: Hashable, Sendable {
  /// What is asked, and the numbers in the queue.
  public let line: BoundedLine
  /// The share of requests that are pushed out.
  public let lostShare: Double
  /// The mean wait of those that are served.
  public let meanWaitOfServedHours: Double
  /// The mean time that those wait who are pushed out.
  public let meanWaitOfLostHours: Double

  /// The most places for which it is worked out.
  public static let mostPlaces = 5_000

  /// The long run; throws everything that is wrong with the number of places.
  ///
  /// - Complexity: O(places²).
  public init(_ workload: Workload, places: Int) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      (1...PushOutLine.mostPlaces).contains(places), "queue-buffer",
      "\(places) places, the oldest of which is dropped; expected 1 to \(PushOutLine.mostPlaces)",
      help: "--buffer 100")
    try check.finish()
    line = try BoundedLine(workload, places: places)
    lostShare = line.queue.refusedShare
    let served = workload.arrivals.perHour * (1 - lostShare)
    let busy = Double(workload.servers) / workload.service.hours
    let waited = PushOutLine.waitedAndServed(
      arrivals: workload.arrivals.perHour, completions: busy, places: places,
      joining: PushOutLine.joining(line, places: places))
    meanWaitOfServedHours = served > 0 ? waited * workload.arrivals.perHour / served : 0
    let lost = workload.arrivals.perHour * lostShare
    // Little: all who are in the queue are there as served or as lost.
    meanWaitOfLostHours =
      lost > 0 ? max(0, line.queue.meanWaiting - meanWaitOfServedHours * served) / lost : 0
  }

  /// The shares of requests that come to be first, second … of so many in the queue; a full queue is joined at its end.
  private static func joining(_ line: BoundedLine, places: Int) -> [Double] {
    // P(w wait, all servers busy) = p ρʷ, with p from their mean; scaled so that no power is too large.
    let utilization = line.workload.utilization
    var powers = [Double](repeating: 1, count: places + 1)
    if utilization <= 1 {
      for waiting in 1...places { powers[waiting] = powers[waiting - 1] * utilization }
    } else {
      for waiting in (0..<places).reversed() { powers[waiting] = powers[waiting + 1] / utilization }
    }
    let mean = powers.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    let shares = powers.map { mean > 0 ? $0 / mean * line.queue.meanWaiting : 0 }
    // Who finds w waiting joins as the w + 1st; who finds the queue full, as the last.
    return (1...places).map { shares[$0 - 1] + ($0 == places ? shares[places] : 0) }
  }

  /// E[wait; served] of a request: the mean of its wait where it is served, and 0 where it is not.
  private static func waitedAndServed(
    arrivals: Double, completions: Double, places: Int, joining: [Double]
  ) -> Double {
    let total = arrivals + completions
    let (served, joined) = (completions / total, arrivals / total)
    // Of the place before: the chance of service, and E[wait; served], by how many are in the queue.
    var (chance, wait) = (
      [Double](repeating: 1, count: places + 1), [Double](repeating: 0, count: places + 1)
    )
    var sum = 0.0
    for place in 1...places {
      var (own, waits) = (chance, wait)
      for waiting in stride(from: places, through: place, by: -1) {
        let isFull = waiting == places
        let (pushedChance, pushedWait) = place == 1 ? (0, 0) : (chance[places], wait[places])
        let (nextChance, nextWait) =
          isFull ? (pushedChance, pushedWait) : (own[waiting + 1], waits[waiting + 1])
        own[waiting] = served * chance[waiting - 1] + joined * nextChance
        waits[waiting] = served * wait[waiting - 1] + joined * nextWait + own[waiting] / total
      }
      sum += joining[place - 1] * waits[place]
      (chance, wait) = (own, waits)
    }
    return sum
  }
}
