public import Planning
public import Quantities
internal import Resilience

/// What becomes of requests at servers, as `relmodel capacity queue` prints it.
public struct QueueReport: Sendable {
  /// What is asked beside the workload.
  public struct Question: Sendable {
    /// Requests, their service and the servers.
    public var workload: Workload
    /// Places in the queue; `nil`: without bound.
    public var places: Int?
    /// The coefficient of variation of the time between arrivals; `nil`: 1, Poisson.
    public var arrivalsCV: Double?
    /// The same of the service; `nil`: 1, exponential.
    public var serviceCV: Double?
    /// Threads that run before work queues; `nil`: all of them.
    public var core: Int?
    /// What becomes of work that finds no place.
    public var overflow = Overflow.reject
    /// When a request that waits gives up; `nil`: never.
    public var patience: ImpatientLine.Patience?
    /// At least this share is to wait no longer than a time.
    public var promise: (share: Double, wait: TimeSpan)?

    /// A question about a workload.
    public init(_ workload: Workload) { self.workload = workload }
  }

  /// What becomes of work that finds no place in the queue.
  public enum Overflow: Sendable {
    /// It is refused.
    case reject
    /// Whoever brought it does it.
    case callerRuns
    /// It takes the place of what has waited longest.
    case dropOldest
    /// Whoever brought it waits until there is one.
    case block
  }

  private let question: Question
  private let answer: Answer

  private enum Answer: Sendable {
    case unbounded(LongRun<WaitingLine>)
    case general(LongRun<GeneralLine>)
    case bounded(BoundedLine)
    case pushingOut(PushOutLine)
    case blocking(LongRun<WaitingLine>, places: Int)
    case executor(ExecutorLine)
    case impatient(ImpatientLine)
  }

  /// The answer; throws what is wrong with the question.
  public init(_ question: Question) throws(InvalidQuestion) {
    self.question = question
    if let patience = question.patience {
      answer = .impatient(try ImpatientLine(question.workload, patience: patience))
    } else if let places = question.places, let core = question.core {
      answer = .executor(try ExecutorLine(question.workload, core: core, places: places))
    } else if let places = question.places, question.overflow == .dropOldest {
      answer = .pushingOut(try PushOutLine(question.workload, places: places))
    } else if let places = question.places, question.overflow == .block {
      _ = try BoundedLine(question.workload, places: places)
      answer = .blocking(WaitingLine.longRun(of: question.workload), places: places)
    } else if let places = question.places {
      answer = .bounded(try BoundedLine(question.workload, places: places))
    } else if question.arrivalsCV != nil || question.serviceCV != nil {
      answer = .general(
        try GeneralLine.longRun(
          of: question.workload, arrivalsCV: question.arrivalsCV ?? 1, serviceCV: question.serviceCV ?? 1))
    } else {
      answer = .unbounded(WaitingLine.longRun(of: question.workload))
    }
  }

  private var workload: Workload { question.workload }

  /// The report for people.
  public var document: Document {
    var document = Document(
      title: "\(workload.servers == 1 ? "1 server" : "\(grouped(workload.servers)) servers")")
    document.blocks.append(.facts(loadFacts + answerFacts + promiseFacts))
    document.blocks.append(.note(assumption))
    return document
  }

  private var loadFacts: [Document.Fact] {
    [
      Document.Fact(
        "Offered load", "\(amountText(workload.offered)) erlang",
        ["\(perTimeText(workload.arrivals.perHour)) of \(waitText(workload.service.hours)) each"],
        number: Document.Number(workload.offered)),
      Document.Fact(
        "Utilization", percentage(workload.utilization), number: Document.Number(workload.utilization)),
    ]
  }

  private var answerFacts: [Document.Fact] {
    switch answer {
    case .unbounded(.steady(let line)): facts(line)
    case .general(.steady(let line)): facts(line)
    case .bounded(let line): facts(line)
    case .executor(let line): line.facts(callerRuns: question.overflow == .callerRuns)
    case .impatient(let line): line.facts
    case .pushingOut(let line): line.facts
    case .blocking(.steady(let line), let places): line.blocked(places: places) + facts(line)
    case .unbounded(.grows(let perHour)), .general(.grows(let perHour)), .blocking(.grows(let perHour), _):
      [
        Document.Fact(
          "Queue", "grows without end", ["by \(perTimeText(perHour))"],
          number: Document.Number(perHour / 3600, "1/s")),
        Document.Fact(
          "Servers at least", grouped(Int(workload.offered.rounded(.down)) + 1),
          number: Document.Number(workload.offered.rounded(.down) + 1)),
      ]
    }
  }

  private func facts(_ line: WaitingLine) -> [Document.Fact] {
    [
      Document.Fact(
        "Have to wait", percentage(line.waitingShare), number: Document.Number(line.waitingShare)),
      waitFact("Mean wait", line.meanWaitHours), waitFact("Mean time to the answer", line.meanResponseHours),
    ]
      + [0.5, 0.9, 0.95, 0.99].map {
        waitFact("Wait of \(percentage($0))", line.waitQuantileHours($0), ["or less"])
      } + [
        Document.Fact(
          "Waiting on average", amountText(line.meanWaiting), number: Document.Number(line.meanWaiting)),
        Document.Fact(
          "Inside on average", amountText(line.meanInside), number: Document.Number(line.meanInside)),
        Document.Fact("Nobody there", percentage(line.emptyShare), number: Document.Number(line.emptyShare)),
      ]
  }

  private func facts(_ line: GeneralLine) -> [Document.Fact] {
    let means = [
      waitFact(
        "Mean wait", line.meanWaitHours,
        [line.isExact ? "exact" : "between \(waitText(line.leastHours)) and \(waitText(line.mostHours))"]),
      waitFact("Mean time to the answer", line.meanWaitHours + workload.service.hours),
    ]
    guard !line.isExact else { return means }
    return means + [
      waitFact("Mean wait by Sakasegawa", line.sakasegawaWaitHours),
      waitFact("Mean wait at least", line.leastHours), waitFact("Mean wait at most", line.mostHours),
    ]
  }

  private func facts(_ line: BoundedLine) -> [Document.Fact] {
    [
      Document.Fact(
        question.overflow == .callerRuns ? "Run by the caller" : "Refused",
        percentage(line.queue.refusedShare),
        ["\(perTimeText(line.acceptedPerHour)) get in"],
        number: Document.Number(line.queue.refusedShare)),
      waitFact("Mean wait", line.meanWaitHours, ["of those that get in"]),
      waitFact("Mean time to the answer", line.meanResponseHours),
      Document.Fact(
        "Waiting on average", amountText(line.queue.meanWaiting),
        number: Document.Number(line.queue.meanWaiting)),
      Document.Fact(
        "Inside on average", amountText(line.meanInside), number: Document.Number(line.meanInside)),
      Document.Fact("Nobody there", percentage(line.emptyShare), number: Document.Number(line.emptyShare)),
    ]
  }

  private var promiseFacts: [Document.Fact] {
    guard let promise = question.promise else { return [] }
    let label = "Servers needed"
    let remark = "for \(percentage(promise.share)) to wait \(waitText(promise.wait.hours)) or less"
    let servers = Staffing.servers(
      arrivals: workload.arrivals, service: workload.service, share: 1 - promise.share,
      waitLongerThan: promise.wait)
    let rule = Staffing.squareRootServers(offered: workload.offered, waitingShare: 1 - promise.share)
    return [
      servers.map { Document.Fact(label, grouped($0), [remark], number: Document.Number(Double($0))) }
        ?? Document.Fact(label, "more than 1,000,000", [remark]),
      Document.Fact(
        "Square-root rule", grouped(rule),
        ["for \(percentage(promise.share)) not to wait at all, in large systems"],
        number: Document.Number(Double(rule))),
    ]
  }

  private var assumption: String {
    let order = "First come, first served; the long run."
    switch answer {
    case .unbounded: return "M/M/c: Poisson arrivals, exponential service, no bound on the queue. \(order)"
    case .bounded(let line):
      return line.places == 0
        ? "M/G/c/c: Poisson arrivals, no queue; holds for any law of service (Erlang B)."
        : "M/M/c/K: Poisson arrivals, exponential service, \(grouped(line.places)) places in the queue. \(order)"
    case .executor(let line): return "\(line.assumption) \(order)"
    case .impatient(let line): return line.assumption
    case .pushingOut(let line):
      return
        "M/M/c/K: Poisson arrivals, exponential service, \(grouped(line.line.places)) places in the queue; whoever finds it full "
        + "takes the place of the one who has waited longest. \(order)"
    case .blocking(_, let places):
      return
        "M/M/c: Poisson arrivals, exponential service; whoever finds all \(grouped(places)) places taken waits outside for one, and "
        + "nobody gives up. Waits are those outside and inside together. \(order)"
    case .general:
      return
        "G/G/c by Allen and Cunneen, exact for M/M/c and M/G/1, else an approximation; the bounds (Kingman, Brumelle) "
        + "hold for any laws with these two moments. \(order)"
    }
  }

  /// The report for programs.
  public var json: JSONValue {
    .object([
      "format": "relmodel/1", "command": "capacity queue", "model": .string(assumption),
      "servers": .integer(workload.servers), "results": factsJSON(loadFacts + answerFacts + promiseFacts),
    ])
  }
}
