public import Planning
public import Quantities
internal import Resilience

/// How many servers, or how busy they may be, as `relmodel capacity staffing` prints it.
public struct StaffingReport: Sendable {
  /// What is asked.
  public enum Question: Sendable {
    /// The servers for a share of requests to wait no longer than a time; those of the workload do not matter.
    case promise(Workload, share: Double, within: TimeSpan)
    /// How busy so many servers may be for no more than a share to wait.
    case headroom(servers: Int, waitingShare: Double)
    /// The share that waits with A + β √A servers, in large systems.
    case squareRoot(beta: Double)
  }

  private let question: Question

  /// The answer to a question.
  public init(_ question: Question) { self.question = question }

  private var title: String {
    switch question {
    case .promise(let workload, _, _): "\(amountText(workload.offered)) erlang"
    case .headroom(let servers, _): servers == 1 ? "1 server" : "\(grouped(servers)) servers"
    case .squareRoot(let beta): "A + \(amountText(beta)) √A servers"
    }
  }

  private var facts: [Document.Fact] {
    switch question {
    case .promise(let workload, let share, let within): promiseFacts(workload, share, within)
    case .headroom(let servers, let share): headroomFacts(servers, share)
    case .squareRoot(let beta):
      [
        {
          let share = Staffing.waitingShare(beta: beta)
          return Document.Fact("Have to wait", percentage(share), number: Document.Number(share))
        }()
      ]
    }
  }

  private func promiseFacts(_ workload: Workload, _ share: Double, _ within: TimeSpan) -> [Document.Fact] {
    let remark = "for \(percentage(share)) to wait \(waitText(within.hours)) or less"
    let found = Staffing.servers(
      arrivals: workload.arrivals, service: workload.service, share: 1 - share, waitLongerThan: within)
    let rule = Staffing.squareRootServers(offered: workload.offered, waitingShare: 1 - share)
    let rules = [
      Document.Fact(
        "Square-root rule", grouped(rule),
        ["for \(percentage(share)) not to wait at all, in large systems"],
        number: Document.Number(Double(rule)))
    ]
    guard let found else { return [Document.Fact("Servers needed", "more than 1,000,000", [remark])] + rules }
    return [
      Document.Fact("Servers needed", grouped(found), [remark], number: Document.Number(Double(found)))
    ] + kept(workload, servers: found, within) + rules
  }

  /// What becomes of the promise with the servers found.
  private func kept(_ workload: Workload, servers: Int, _ within: TimeSpan) -> [Document.Fact] {
    guard
      let staffed = try? Workload(
        arrivals: workload.arrivals, service: workload.service, servers: servers),
      case .steady(let line) = WaitingLine.longRun(of: staffed)
    else { return [] }
    let kept = 1 - line.shareWaiting(longerThanHours: within.hours)
    return [
      Document.Fact("Service level", percentage(kept), ["with these"], number: Document.Number(kept)),
      Document.Fact(
        "Utilization", percentage(staffed.utilization), number: Document.Number(staffed.utilization)),
    ]
  }

  private func headroomFacts(_ servers: Int, _ share: Double) -> [Document.Fact] {
    let most = Staffing.utilization(servers: servers, waitingShare: share)
    return [
      Document.Fact(
        "Utilization at most", percentage(most), ["for no more than \(percentage(share)) to wait"],
        number: Document.Number(most)),
      Document.Fact("Headroom", percentage(1 - most), number: Document.Number(1 - most)),
    ]
  }

  private var note: String {
    switch question {
    case .promise, .headroom:
      "M/M/c: Poisson arrivals, exponential service, no bound on the queue. First come, first served; the long run."
    case .squareRoot:
      "The limit of M/M/c as it grows with β held (Halfin and Whitt 1981); 1 / (1 + β Φ(β)/φ(β))."
    }
  }

  /// The report for people.
  public var document: Document { Document(title: title, blocks: [.facts(facts), .note(note)]) }

  /// The report for programs.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "capacity staffing", "model": .string(note),
      "results": factsJSON(facts),
    ]
  }
}
