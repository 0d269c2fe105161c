public import Quantities

/// Handing kept messages out again to make up for data that a consumer's store has lost.
public struct Replay: Hashable, Sendable {
  /// Messages that are handed out again.
  public let messages: Double
  /// How long that takes beside the messages that come in; `nil` when the queue has no replay or no capacity to spare.
  public let takes: TimeSpan?
  /// Messages that are worked on a second time, since nothing recognises them.
  public let duplicates: Double
  /// Messages that are gone: older than what is kept.
  public let unrecoverable: Double
}

extension MessageQueue {
  /// What a replay makes up for when a store has lost the last part of its data.
  ///
  /// Kept are the messages of the time `keep`; a replay from the earliest hands them all out, from a point in time those
  /// that were lost. It takes messages / min(replay rate, drains − arrivals). A message that was not lost is a duplicate
  /// unless the queue recognises it.
  ///
  /// - Parameters:
  ///   - lost: how far back the store's data is gone.
  ///   - fromEarliest: whether everything that is kept is replayed.
  public func replay(lost: TimeSpan, fromEarliest: Bool) -> Replay {
    let rate = arrivals.perHour
    guard let replayRate else {
      return Replay(messages: 0, takes: nil, duplicates: 0, unrecoverable: rate * lost.hours)
    }
    let useful = min(lost, keep)
    let replayed = fromEarliest ? keep : useful
    let perHour = min(replayRate.perHour, drains.perHour - rate)
    return Replay(
      messages: rate * replayed.hours, takes: TimeSpan(hours: rate * replayed.hours / perHour),
      duplicates: isDeduplicated ? 0 : rate * (replayed.hours - useful.hours),
      unrecoverable: rate * (lost.hours - useful.hours))
  }
}
