import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Queues over an outage")
struct QueueTests {
  static func queue(
    drains: Double = 5, handler: Retry? = nil, end: MessageQueue.DeadLetters.End = .archive,
    durable: Bool = true,
    buffer: Int = 0, deduplicated: Bool = true, keepHours: Double = 0
  ) throws -> MessageQueue {
    try MessageQueue(
      arrivals: try #require(Rate(perHour: 3600)), drains: try #require(Rate(perHour: 3600 * drains)),
      redelivery: try MessageQueue.Redelivery(after: try seconds(60), times: 3),
      deadLetters: MessageQueue.DeadLetters(handler: handler, end: end), isDurable: durable,
      isDeduplicated: deduplicated, keep: try #require(TimeSpan(hours: keepHours)),
      replayRate: Rate(perHour: 180_000), producerBuffer: buffer)
  }

  @Test("A store down for no longer than after × times sends nothing to the dead letters: 60 s × 3")
  func deadLetters() throws {
    let queue = try Self.queue()
    #expect(abs(try #require(queue.longestWithoutDeadLetters).seconds - 180) < 1e-9)
    #expect(queue.outcome(of: .target, downHours: 180.0 / 3600).deadLetters == 0)
    let long = queue.outcome(of: .target, downHours: 300.0 / 3600)
    #expect(abs(long.deadLetters - 120) < 1e-6)
    #expect(long.archived == 0 && abs(long.deadLettersLeft - 120) < 1e-6)
    #expect(abs(long.largestBacklog - 180) < 1e-6)
    #expect(abs(long.catchUpHours * 3600 - 60) < 1e-6)
  }

  @Test("The handler gives up after its own attempts, and archives or drops")
  func handler() throws {
    let handler = try Retry(attempts: 3, wait: try seconds(10), factor: 2)
    let queue = try Self.queue(handler: handler)
    #expect(abs(try #require(queue.longestWithoutGivingUp).seconds - 210) < 1e-9)
    let outcome = queue.outcome(of: .target, downHours: 300.0 / 3600)
    #expect(abs(outcome.deadLetters - 120) < 1e-6 && abs(outcome.archived - 90) < 1e-6)
    #expect(abs(outcome.deadLettersLeft - 30) < 1e-6)
    let dropping = try Self.queue(handler: handler, end: .drop)
    let dropped = dropping.outcome(of: .target, downHours: 300.0 / 3600)
    #expect(abs(dropped.lost - 90) < 1e-6 && dropped.archived == 0)
    #expect(abs(dropped.deadLettersLeft - 30) < 1e-6)
  }

  @Test("Consumers that are down leave a backlog, drained at what they have to spare")
  func backlog() throws {
    let queue = try Self.queue()
    let outcome = queue.outcome(of: .consumers, downHours: 1)
    #expect(abs(outcome.largestBacklog - 3600) < 1e-6)
    #expect(abs(outcome.catchUpHours - 0.25) < 1e-9)
    #expect(outcome.deadLetters == 0 && outcome.lost == 0)
    var half = QueueState()
    half.set(.consumers, upShare: 0.1, atHours: 0, queue)
    half.advance(toHours: 2, queue)
    // 1 /s come in, 0.5 /s are drained.
    #expect(abs(half.backlog - 3600) < 1e-6 && half.caughtUpHours(queue) == nil)
    half.set(.consumers, upShare: 1, atHours: 2, queue)
    #expect(abs(try #require(half.caughtUpHours(queue)) - 2.25) < 1e-9)
  }

  @Test("A broker that is down takes no messages, and loses those it has unless it is durable")
  func broker() throws {
    let buffered = try Self.queue(buffer: 600)
    let outcome = buffered.outcome(of: .broker, downHours: 0.5)
    #expect(abs(outcome.lost - 1200) < 1e-6 && abs(outcome.largestBacklog - 600) < 1e-6)
    #expect(abs(outcome.catchUpHours * 3600 - 150) < 1e-6)
    let volatile = try Self.queue(durable: false)
    var state = QueueState()
    state.set(.consumers, upShare: 0, atHours: 0, volatile)
    state.set(.broker, upShare: 0, atHours: 1, volatile)
    #expect(abs(state.outcome.lost - 3600) < 1e-6 && state.backlog == 0)
  }

  /// The store is down for 600 s, the consumers for the first 200 s of it: deliveries are in vain from then on.
  @Test("Tries begin when somebody tries")
  func inVain() throws {
    let queue = try Self.queue()
    var state = QueueState()
    state.set(.target, upShare: 0, atHours: 0, queue)
    state.set(.consumers, upShare: 0, atHours: 0, queue)
    state.set(.consumers, upShare: 1, atHours: 200.0 / 3600, queue)
    state.set(.target, upShare: 1, atHours: 600.0 / 3600, queue)
    // 1.25 /s get a first delivery while 200 wait, from 380 s on as dead letters.
    #expect(abs(state.outcome.deadLetters - 220 * 1.25) < 1e-6)
    #expect(state.outcome.deadLetterOutages == 1)
  }

  /// The store is down for 600 s. 120 die from 180 s to 300 s, when the consumers go; 180 wait and are tried anew from 400 s on:
  /// they die at 580 s, and after them 1.25 /s.
  @Test("What waits for a consumer is tried anew, and dies as well", arguments: [false, true])
  func triedAnew(hasHandler: Bool) throws {
    let handler = try Retry(attempts: 2, wait: try seconds(10))
    let queue = try Self.queue(handler: hasHandler ? handler : nil)
    var state = QueueState()
    state.set(.target, upShare: 0, atHours: 0, queue)
    state.set(.consumers, upShare: 0, atHours: 300.0 / 3600, queue)
    state.set(.consumers, upShare: 1, atHours: 400.0 / 3600, queue)
    state.set(.target, upShare: 1, atHours: 600.0 / 3600, queue)
    #expect(abs(state.outcome.deadLetters - (120 + 180 + 25)) < 1e-6)
    #expect(abs(state.outcome.largestBacklog - (100 + 180 + 180)) < 1e-6)
    // Given up 10 s later: 110 before 300 s, the 180 at 590 s and 12.5 after; the rest is brought in.
    #expect(abs(state.outcome.archived - (hasHandler ? 110 + 180 + 12.5 : 0)) < 1e-6)
  }

  /// Dead letters from 180 s on; the handler is away from 100 s to 250 s, and then tries for 30 s.
  @Test("Dead letters wait for a handler that is down")
  func handlerDown() throws {
    let queue = try Self.queue(handler: try Retry(attempts: 3, wait: try seconds(10), factor: 2))
    func outcome(storeBackAt seconds: Double) -> QueueState {
      var state = QueueState()
      state.set(.target, upShare: 0, atHours: 0, queue)
      state.set(.handler, upShare: 0, atHours: 100.0 / 3600, queue)
      state.set(.handler, upShare: 1, atHours: 250.0 / 3600, queue)
      state.set(.target, upShare: 1, atHours: seconds / 3600, queue)
      return state
    }
    let saved = outcome(storeBackAt: 270)
    #expect(abs(saved.outcome.deadLetters - 90) < 1e-6 && saved.outcome.archived == 0)
    #expect(saved.trying == 0 && saved.untried == 0)
    // At 280 s the 70 that waited are given up, then as many as come in; the last 30 s are in hand.
    let long = outcome(storeBackAt: 400)
    #expect(abs(long.outcome.deadLetters - 220) < 1e-6 && abs(long.outcome.archived - 190) < 1e-6)
  }

  @Test("Those who begin with the latest pass over what waits")
  func latest() throws {
    let queue = try MessageQueue(
      arrivals: try #require(Rate(perHour: 3600)), drains: try #require(Rate(perHour: 18_000)),
      beginsWithLatest: true)
    let outcome = queue.outcome(of: .consumers, downHours: 0.5)
    #expect(abs(outcome.lost - 1800) < 1e-6 && outcome.catchUpHours == 0)
    #expect(abs(queue.utilization - 0.2) < 1e-12)
  }

  @Test("A thousand years on, a rest of a backlog still comes to its end")
  func lateClock() throws {
    let queue = try Self.queue()
    var state = QueueState()
    let begin = 8.76e9
    state.set(.consumers, upShare: 0, atHours: begin, queue)
    state.set(.consumers, upShare: 1, atHours: begin + 1.0 / 3, queue)
    state.advance(toHours: begin + 100, queue)
    #expect(state.backlog == 0 && abs(state.outcome.largestBacklog - 1200) < 1)
  }

  @Test("A replay makes up for what is kept, and costs time and duplicates")
  func replay() throws {
    let hour = try #require(TimeSpan(hours: 1))
    let nothing = try Self.queue().replay(lost: hour, fromEarliest: false)
    #expect(nothing.messages == 0 && nothing.unrecoverable == 3600)
    let kept = try Self.queue(deduplicated: false, keepHours: 24)
    let exact = kept.replay(lost: hour, fromEarliest: false)
    #expect(exact.messages == 3600 && exact.duplicates == 0 && exact.unrecoverable == 0)
    // 50 /s could be replayed, but 5 − 1 /s are to spare.
    #expect(abs(try #require(exact.takes).hours - 0.25) < 1e-12)
    let all = kept.replay(lost: hour, fromEarliest: true)
    #expect(all.duplicates == 23 * 3600 && all.messages == 24 * 3600)
    #expect(try Self.queue(keepHours: 24).replay(lost: hour, fromEarliest: true).duplicates == 0)
  }

  /// Message by message: each is tried when it comes in and again every 60 s, at most four times.
  @Test("Messages one by one give as many dead letters", arguments: [120.0, 200, 300, 900])
  func messageByMessage(outage: Double) throws {
    let queue = try Self.queue()
    let expected = queue.outcome(of: .target, downHours: outage / 3600)
    let samples = (UInt32(0)..<200).map { run in
      var random = RandomStream(seed: 3, process: ProcessKey(name: "messages"), replication: run)
      var (time, dead, latest) = (0.0, 0.0, 0.0)
      while true {
        time += random.standardExponential()
        guard time < outage else { break }
        let tries = (0...3).map { time + 60 * Double($0) }
        if let worked = tries.first(where: { $0 >= outage }) {
          latest = max(latest, worked)
        } else {
          dead += 1
        }
      }
      return (dead, latest - outage)
    }
    #expect(Sample(samples.map(\.0)).agrees(with: expected.deadLetters))
    // The last redelivery comes just before `after` is over.
    #expect(Sample(samples.map(\.1)).agrees(with: expected.catchUpHours * 3600, leftOut: 1.1))
  }
}
