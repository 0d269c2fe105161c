import Quantities
import Resilience
import Stochastics

/// Single requests through retry, breaker, bulkhead and the caller's pool over one outage: what the closed forms are held
/// to. It shares nothing with them but the policies. Times are seconds, the outage begins at 0.
struct RequestSimulation {
  /// What one run saw.
  struct Result {
    /// Calls that arrived from the outage's beginning on and failed.
    var failed = 0
    /// Of those, the ones that found no slot of the caller's free.
    var refusedByCaller = 0
    /// When the caller's pool first refused a call.
    var callerFull: Double?
    var openings: [Double] = []
    var closings: [Double] = []
    /// Attempts that reached the callee while it was down.
    var attemptsDuringOutage = 0
    /// When a call first failed for want of attempts.
    var firstFailure: Double?
  }

  private enum Event {
    case arrival
    case attempt(call: Int)
    case result(call: Int, failed: Bool, took: Double, epoch: Int, usesBulkhead: Bool)
    case gaveUp(Int)
  }

  /// An attempt that waits for a slot of the bulkhead, or has done so.
  private struct Waiting {
    let call: Int, since: Double, epoch: Int
    var isOver = false
  }

  let policies: EdgePolicies
  let failure: CalleeFailure
  let outageSeconds: Double
  /// How long calls arrive, before and after the outage's beginning.
  let warmUpSeconds: Double
  let lastArrivalSeconds: Double

  private var events = EventList<Event>()
  private var arrivals: [Double] = []
  private var attempts: [Int] = []
  private var breaker: RequestBreaker?
  private var busy = 0
  private var inBulkhead = 0
  private var waiting: [Waiting] = []
  private var firstWaiting = 0
  private var result = Result()
  private var random: RandomStream

  init(
    _ policies: EdgePolicies, _ failure: CalleeFailure, outage: Double, until last: Double,
    warmUp: Double = 20,
    run: UInt32, name: String
  ) {
    (self.policies, self.failure, outageSeconds) = (policies, failure, outage)
    (warmUpSeconds, lastArrivalSeconds) = (warmUp, last)
    breaker = policies.breaker.map(RequestBreaker.init)
    random = RandomStream(seed: 20_261, process: ProcessKey(name: name), replication: run)
  }

  mutating func run() -> Result {
    scheduleArrival(after: -warmUpSeconds)
    while let (time, event) = events.next() {
      switch event {
      case .arrival: arrive(at: time)
      case .attempt(let call): attempt(call, at: time)
      case .result(let call, let failed, let took, let epoch, let usesBulkhead):
        if usesBulkhead { inBulkhead -= 1 }
        breaker?.record(failed: failed, took: took, at: time, epoch: epoch)
        finish(call, failed: failed, at: time)
        letIn(at: time)
      case .gaveUp(let place) where !waiting[place].isOver:
        waiting[place].isOver = true
        refuse(waiting[place].call, since: waiting[place].since, epoch: waiting[place].epoch, at: time)
      case .gaveUp: break
      }
    }
    (result.openings, result.closings) = (breaker?.openings ?? [], breaker?.closings ?? [])
    return result
  }

  private mutating func scheduleArrival(after time: Double) {
    let callsPerSecond = (policies.traffic?.calls.perHour ?? 0) / 3600
    let next = time + random.standardExponential() / callsPerSecond
    if next < lastArrivalSeconds { events.add(.arrival, at: next) }
  }

  private mutating func arrive(at time: Double) {
    scheduleArrival(after: time)
    if let pool = policies.callerPool, busy >= pool.capacity {
      if time >= 0 {
        result.failed += 1
        result.refusedByCaller += 1
        result.callerFull = result.callerFull ?? time
      }
      return
    }
    busy += 1
    arrivals.append(time)
    attempts.append(0)
    attempt(arrivals.count - 1, at: time)
  }

  private mutating func attempt(_ call: Int, at time: Double) {
    attempts[call] += 1
    if var breaker {
      let allows = breaker.allows(at: time)
      self.breaker = breaker
      guard allows else { return finish(call, failed: true, at: time) }
    }
    let epoch = breaker?.epoch ?? 0
    if let bulkhead = policies.bulkhead, inBulkhead >= bulkhead.capacity {
      guard case .wait(let longest) = bulkhead.overflow else {
        return refuse(call, since: time, epoch: epoch, at: time)
      }
      waiting.append(Waiting(call: call, since: time, epoch: epoch))
      return events.add(.gaveUp(waiting.count - 1), at: time + longest.seconds)
    }
    begin(call, since: time, epoch: epoch, at: time)
  }

  /// The bulkhead refuses it, which is a failure to the breaker around it.
  private mutating func refuse(_ call: Int, since: Double, epoch: Int, at time: Double) {
    breaker?.record(failed: true, took: time - since, at: time, epoch: epoch)
    finish(call, failed: true, at: time)
  }

  /// The first that waits for a slot gets the one that is free.
  private mutating func letIn(at time: Double) {
    while firstWaiting < waiting.count {
      let next = waiting[firstWaiting]
      firstWaiting += 1
      guard !next.isOver else { continue }
      waiting[firstWaiting - 1].isOver = true
      return begin(next.call, since: next.since, epoch: next.epoch, at: time)
    }
  }

  private mutating func begin(_ call: Int, since: Double, epoch: Int, at time: Double) {
    inBulkhead += 1
    let (failed, took) = outcome(at: time, waited: time - since)
    events.add(
      .result(
        call: call, failed: failed, took: time - since + took, epoch: epoch, usesBulkhead: true),
      at: time + took)
  }

  private mutating func outcome(at time: Double, waited: Double) -> (failed: Bool, took: Double) {
    let timeout = (policies.timeout?.seconds ?? .infinity) - waited
    let usual = min(timeout, (policies.traffic?.latency.sample(using: &random) ?? 0) * 3600)
    guard time >= 0, time < outageSeconds else {
      return (random.uniform() < policies.traffic?.errors.value ?? 0, usual)
    }
    result.attemptsDuringOutage += 1
    switch failure {
    case .hangs: return (true, timeout)
    case .failsFast(let share, let after):
      return random.uniform() < share.value ? (true, after.seconds) : (false, usual)
    case .slow(let law, let errors):
      if errors.share > 0, random.uniform() < errors.share {
        return (true, min(timeout, errors.afterHours * 3600))
      }
      let took = law.sample(using: &random) * 3600
      return took > timeout ? (true, timeout) : (false, took)
    }
  }

  private mutating func finish(_ call: Int, failed: Bool, at time: Double) {
    guard failed, attempts[call] < policies.attempts, let waits = policies.retry?.waits else {
      busy -= 1
      if failed, arrivals[call] >= 0 {
        result.failed += 1
        result.firstFailure = result.firstFailure ?? time
      }
      return
    }
    let law = waits[attempts[call] - 1]
    events.add(.attempt(call: call), at: time + draw(law) * 3600)
  }

  /// A wait, drawn from what the law says of itself.
  private mutating func draw(_ law: WaitLaw) -> Double {
    if law.isFixed || random.uniform() < law.shareAtHigh { return law.highHours }
    return law.lowHours + (law.highHours - law.lowHours) * random.uniform()
  }
}
