internal import Planning
internal import Quantities
internal import Resilience

extension ExecutorLine {
  /// What becomes of work in a bounded pool of threads.
  func facts(callerRuns: Bool) -> [Document.Fact] {
    let overflow = Document.Fact(
      callerRuns ? "Run by the caller" : "Refused", percentage(overflowShare),
      ["\(perTimeText(workload.arrivals.perHour * overflowShare))"], number: Document.Number(overflowShare))
    return [
      overflow, waitFact("Mean wait", meanWaitHours, ["of those that get in"]),
      waitFact("Mean time to the answer", meanWaitHours + workload.service.hours),
      Document.Fact(
        "Threads that run", amountText(meanBusy),
        ["of \(grouped(core)) to \(grouped(workload.servers))"], number: Document.Number(meanBusy)),
      Document.Fact("Waiting on average", amountText(meanWaiting), number: Document.Number(meanWaiting)),
    ]
  }

  /// What the numbers rest on.
  var assumption: String {
    "A pool of \(grouped(core)) to \(grouped(workload.servers)) threads and \(grouped(places)) places, as Java's "
      + "ThreadPoolExecutor: further threads start once the queue is full, and are taken to leave as soon as they are not needed. "
      + "Poisson arrivals, exponential service."
  }
}

extension ImpatientLine {
  /// What becomes of requests that give up.
  var facts: [Document.Fact] {
    [
      Document.Fact("Have to wait", percentage(waitingShare), number: Document.Number(waitingShare)),
      Document.Fact(
        "Give up", percentage(lostShare), ["\(perTimeText(workload.arrivals.perHour * lostShare))"],
        number: Document.Number(lostShare)),
      waitFact("Mean wait", meanWaitHours, ["of all, those that give up included"]),
      Document.Fact("Waiting on average", amountText(meanWaiting), number: Document.Number(meanWaiting)),
      Document.Fact("Busy on average", amountText(meanBusy), number: Document.Number(meanBusy)),
    ]
  }

  /// What the numbers rest on.
  var assumption: String {
    let law =
      switch patience {
      case .fixed(let time): "M/M/c+D: whoever has waited \(waitText(time.hours)) leaves"
      case .exponential(let mean):
        "M/M/c+M (Erlang A): whoever waits leaves after an exponential time with a mean of \(waitText(mean.hours))"
      }
    return
      "\(law). Poisson arrivals, exponential service, no bound on the queue. First come, first served; the long run."
  }
}

extension PushOutLine {
  /// What becomes of requests where the oldest is dropped.
  var facts: [Document.Fact] {
    let perHour = line.workload.arrivals.perHour
    return [
      Document.Fact(
        "Dropped", percentage(lostShare), ["\(perTimeText(perHour * lostShare)), after having waited"],
        number: Document.Number(lostShare)),
      waitFact("Mean wait", meanWaitOfServedHours, ["of those that are served"]),
      waitFact("Mean time to the answer", meanWaitOfServedHours + line.workload.service.hours),
      waitFact("Mean wait of the dropped", meanWaitOfLostHours),
      Document.Fact(
        "Waiting on average", amountText(line.queue.meanWaiting),
        number: Document.Number(line.queue.meanWaiting)),
      Document.Fact(
        "Inside on average", amountText(line.meanInside), number: Document.Number(line.meanInside)),
    ]
  }
}

extension WaitingLine {
  /// Who waits outside for a place of the queue: P(N ≥ c + K) = C ρᴷ, and the mean time of all, C ρᴷ⁺¹ / ((1 − ρ) λ) (Little).
  func blocked(places: Int) -> [Document.Fact] {
    let share = blockedShare(places: places)
    return [
      Document.Fact("Find no place", percentage(share), number: Document.Number(share)),
      waitFact("Mean wait outside", blockedHours(places: places), ["of all, part of the mean wait"]),
    ]
  }
}
