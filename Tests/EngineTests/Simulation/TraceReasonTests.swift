import Reports
import Resilience
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

/// What traces say of waits: each claim is played back against the state that the other events leave.
@Suite("What a trace says of waits")
struct TraceReasonTests {
  static let people = """
    crews: {ops: {count: 2, preempts: yes}, vendor: {count: 1}}
    components:
      web: {replicas: {count: 4, required: 2}, fails: {crash: {mtbf: 60 h, lasts: {exponential: 9 h}, crew: ops, priority: 2}}}
      store: {replicas: {count: 2, required: 1}, fails: {disk: {mtbf: 90 h, detect: 10 min, recover: 12 h, crew: ops, priority: 1}}}
      line: {replicas: {count: 3, required: 1}, fails: {cut: {mtbf: 50 h, lasts: {exponential: 20 h}, crew: vendor}}}
    capabilities: {service: {depends-on: {web: hard, store: hard, line: hard}}}
    """

  /// One crew as the told steps leave it.
  private struct Hands {
    var works: Set<Int> = []
    var waits: Set<Int> = []
  }

  @Test("a repair waits only while every hand is busy, and no hand is idle while one waits", arguments: 0..<4)
  func crews(_ replication: Int) throws {
    let graph = try ModelText.graph(Self.people)
    let trace = Simulator(graph, plan: SimulationPlan(replications: 4, seed: 3)).trace(
      replication: replication)
    var hands = [Hands](repeating: Hands(), count: 2)
    var (waits, interruptions, instant) = (0, 0, 0.0)
    for event in trace.events {
      if event.hours > instant {
        instant = event.hours
        for (crew, own) in hands.enumerated() {
          let count = graph.model.crews[crew].count
          #expect(own.works.count <= count && (own.waits.isEmpty || own.works.count == count))
        }
      }
      switch event.kind {
      case .repair(let process, let crew, let step):
        switch step {
        case .waits: waits += hands[crew].waits.insert(process).inserted ? 1 : 0
        case .begins(let hasWaited):
          #expect((hands[crew].waits.remove(process) != nil) == hasWaited)
          hands[crew].works.insert(process)
        case .interrupted:
          interruptions += 1
          #expect(hands[crew].works.remove(process) != nil)
          hands[crew].waits.insert(process)
        case .continues:
          #expect(hands[crew].waits.remove(process) != nil)
          hands[crew].works.insert(process)
        }
      case .restoration(let process):
        #expect(hands.contains { $0.works.contains(process) })
        for crew in hands.indices { hands[crew].works.remove(process) }
      default: break
      }
    }
    #expect(waits > 10 && interruptions > 3)
  }

  static let spareUnits = """
    components:
      node:
        replicas: {count: 4, required: 2}
        standby: {running: 2, dormancy: 30 %, switch: {takes: 10 min, works: 70 %, manual: 3 h}}
        fails: {crash: {mtbf: 80 h, lasts: {exponential: 20 h}}}
    capabilities: {service: {depends-on: {node: hard}}}
    """

  /// Who works is told, so that is when the service is down, too.
  @Test("a component with spares is down while fewer units are told to work than it needs", arguments: 0..<4)
  func spares(_ replication: Int) throws {
    let graph = try ModelText.graph(Self.spareUnits)
    let trace = Simulator(graph, plan: SimulationPlan(replications: 4, seed: 8)).trace(
      replication: replication)
    var (working, isDown): (Set<Int>, Bool) = ([0, 1], false)
    var (switches, instant, checked) = (Set<SpareStep>(), -1.0, 0)
    for event in trace.events {
      if event.hours > instant, instant >= 0 {
        #expect(isDown == (working.count < 2), "at \(instant)")
        checked += 1
      }
      instant = event.hours
      switch event.kind {
      case .failure(let process, _, _): working.subtract(graph.processes[process].units)
      case .restoration(let process): working.formUnion(graph.processes[process].units)
      case .spare(let unit, .standsBy): #expect(working.remove(unit) != nil || event.hours == 0)
      case .spare(let unit, .takesOver): working.insert(unit)
      case .spare(_, let step): switches.insert(step)
      case .service(_, let down, _): isDown = down
      default: break
      }
    }
    #expect(checked > 100)
    #expect(switches == [.isReplaced(byHand: false), .isReplaced(byHand: true)])
  }

  /// What is noticed at once is not told; else it is once, and so long after the failure as its detection takes. Replacing the
  /// unit, hours later, tells nobody anything.
  @Test(
    "an outage is noticed once, and not when its unit is replaced",
    arguments: zip(
      ["lasts: {exponential: 6 h}", "detect: 10 min, recover: {exponential: 6 h}"], [0, 1.0 / 6]))
  func noticedOnce(_ outage: String, _ detectionHours: Double) throws {
    let text = """
      crews: {ops: {count: 1}}
      components:
        web:
          replicas: {count: 4, required: 3}
          standby: {running: 3, dormancy: cold, switch: {takes: 2 h}}
          fails: {crash: {mtbf: 20 h, \(outage), crew: ops}}
      capabilities: {service: {depends-on: {web: hard}}}
      """
    let simulator = Simulator(
      try ModelText.graph(text), plan: SimulationPlan(years: 0.02, replications: 20, seed: 42))
    var (notices, replacedLate) = (0, 0)
    for replication in 0..<20 {
      var (failed, noticed): ([Int: Double], Set<Int>) = ([:], [])
      let trace = simulator.trace(replication: replication)
      for event in trace.events {
        switch event.kind {
        case .failure(let process, _, _):
          failed[trace.graph.processes[process].units[0]] = event.hours
          noticed.remove(process)
        case .restoration(let process): failed[trace.graph.processes[process].units[0]] = nil
        case .noticed(let process):
          notices += 1
          let since = try #require(failed[trace.graph.processes[process].units[0]])
          #expect(noticed.insert(process).inserted && event.hours - since <= detectionHours + 1e-5)
        case .spare(_, .takesOver(let from?)) where failed[from] == 0 && event.hours > detectionHours:
          replacedLate += 1
        default: break
        }
      }
    }
    #expect(replacedLate > 0 && (notices > 0) == (detectionHours > 0))
  }

  static let callers = """
    components:
      shop: {depends-on: {pay: {timeout: 2 s, breaker: {consecutive: 5, open: 60 s}, traffic: {calls: 10 /s}}}}
      pay: {fails: {refusal: {mtbf: 200 h, lasts: {exponential: 5 min}}, hang: {mtbf: 400 h, lasts: 4 min, fails-by: hangs}}}
    capabilities: {service: {depends-on: {shop: hard}}}
    """

  @Test("a caller that needs its callee is down exactly while all calls are told to fail", arguments: 0..<3)
  func calls(_ replication: Int) throws {
    let plan = SimulationPlan(replications: 3, seed: 2, start: .new)
    let trace = Simulator(try ModelText.graph(Self.callers), plan: plan).trace(replication: replication)
    var (failed, isOpen, isDown, instant) = (0.0, false, false, -1.0)
    var (openings, closings, tails) = (0, 0, 0)
    for event in trace.events {
      if event.hours > instant, instant >= 0 { #expect(isDown == (failed == 1), "at \(instant)") }
      instant = event.hours
      guard case .dependency(0, let step) = event.kind else {
        if case .service(_, let down, _) = event.kind { isDown = down }
        continue
      }
      switch step {
      case .calls(let share, let lost):
        #expect(share == lost && share != failed)
        failed = share
      case .breakerOpens(let again):
        #expect(isOpen == again)
        (isOpen, openings) = (true, openings + 1)
      case .breakerTries:
        #expect(isOpen)
        tails += 1
      case .breakerCloses(let tries):
        #expect(isOpen && tries > 0)
        (isOpen, closings) = (false, closings + 1)
      default: Issue.record("\(step) without a pool")
      }
    }
    #expect(openings > 5 && closings > 5 && tails > 5)
  }

  /// Ten calls a second hang, each for 2 s: 20 in 15 slots, which are full after 15/10 s until the first leave, and then refuse
  /// Erlang's loss.
  @Test("the caller's slots are told to fill when Little's law says so")
  func slots() throws {
    let text = """
      pools: {web: {of: shop, kind: threads, size: 15, serves: requests}}
      components:
        shop: {depends-on: {pay: {soft: 10 %, timeout: 2 s, traffic: {calls: 10 /s}}}}
        pay: {fails: {hang: {lifetime: {deterministic: 100 h}, lasts: 30 s, fails-by: hangs}}}
      capabilities: {service: {depends-on: {shop: hard}}}
      """
    let plan = SimulationPlan(years: 0.02, replications: 1, start: .new)
    let trace = Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0)
    let fills = try #require(trace.events.first { $0.kind == .dependency(0, .callerFills(refusedShare: 1)) })
    #expect(abs((fills.hours - 100) * 3600 - 1.5) < 0.01)
    let refused = erlangB(offered: 20, servers: 15)
    let later = try #require(
      trace.events.first {
        guard case .dependency(0, .callerFills(let share)) = $0.kind else { return false }
        return abs(share - refused) < 1e-9
      })
    #expect(abs((later.hours - 100) * 3600 - 2) < 0.01)
    let free = try #require(trace.events.first { $0.kind == .dependency(0, .callerIsFree) })
    #expect(abs((free.hours - 100) * 3600 - 30) < 0.01)
  }

  /// 300 s down: dead letters from 180 s on, 180 messages wait, and the last is worked on 60 s after the store is back.
  @Test("a queue is told to fill, to make dead letters and to be drained when its fluid does")
  func queue() throws {
    let text = QueueSimulationTests.model(
      store: QueueSimulationTests.once("50 h", "300 s"), queue: QueueSimulationTests.redelivery)
    let plan = SimulationPlan(years: 0.01, replications: 1, start: .new)
    let trace = Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0)
    let told = trace.events.compactMap { event -> (seconds: Double, step: QueueStep)? in
      guard case .queue(0, let step) = event.kind else { return nil }
      return ((event.hours - 50) * 3600, step)
    }
    #expect(told.count == 3)
    for (event, seconds) in zip(told, [0.0, 180, 360]) { #expect(abs(event.seconds - seconds) < 0.01) }
    #expect(told.first?.step == .fills && told.dropFirst().first?.step == .deadLetters)
    guard case .drained(let most, let letters, let lost) = told.last?.step else {
      Issue.record("never drained")
      return
    }
    #expect(abs(most - 180) < 0.01 && abs(letters - 120) < 0.01 && lost == 0)
  }

  /// Sixty messages come in a minute, twenty are held back; four a second are to spare when it is up again.
  @Test(
    "a queue is told to take nothing in while what stores it is down", arguments: [0, 20])
  func refusal(buffer: Int) throws {
    let text = QueueSimulationTests.model(
      broker: QueueSimulationTests.once("50 h", "60 s"), queue: "buffer: \(buffer)")
    let plan = SimulationPlan(years: 0.01, replications: 1, start: .new)
    let graph = try ModelText.graph(text)
    let trace = Simulator(graph, plan: plan).trace(replication: 0)
    let told = trace.events.compactMap { event -> (seconds: Double, step: QueueStep)? in
      guard case .queue(0, let step) = event.kind else { return nil }
      return ((event.hours - 50) * 3600, step)
    }
    let fills = buffer > 0 ? [(60.0, QueueStep.fills)] : []
    let first = [(0.0, QueueStep.refuses(holdingBack: buffer, lost: 0)), (60, .accepts)] + fills
    #expect(told.dropLast().map(\.step) == first.map { $0.1 })
    for (event, seconds) in zip(told, first.map { $0.0 } + [60 + Double(buffer) / 4]) {
      #expect(abs(event.seconds - seconds) < 0.01)
    }
    guard case .drained(let most, let letters, let lost) = told.last?.step else {
      Issue.record("never drained")
      return
    }
    #expect(abs(most - Double(buffer)) < 0.01 && letters == 0 && abs(lost - Double(60 - buffer)) < 0.01)
    let story = TextRenderer().text(
      TraceReport(header: ResultHeader(graph: graph, bindings: []), trace: trace).document)
    #expect(story.contains("messages are not accepted"))
    #expect(story.contains("messages begin to wait") == (buffer > 0))
  }

  /// It fails on Friday at 04:00, and somebody is there at 08:00; on Tuesday at 13:00 somebody is there.
  @Test("how long nobody comes is told where that depends on the hour")
  func onCall() throws {
    let text = """
      responses: {office: {after: 0 s, on-call: {\(WatchedOutageTests.weekdays)}}}
      components: {api: {fails: {crash: {lifetime: {deterministic: 100 h}, respond: office, recover: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let plan = SimulationPlan(years: 290.0 / 8760, replications: 1, start: .new)
    let trace = Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0)
    let told = trace.events.compactMap { event -> [Double]? in
      guard case .response(_, .comesAfter(let hours)) = event.kind else { return nil }
      return [event.hours, hours]
    }
    #expect(told == [[100, 4]])
  }

  @Test("a detector that can not see is told")
  func blind() throws {
    let text = """
      detectors: {alert: {after: 6 min, needs: [prometheus]}}
      components:
        prometheus: {fails: {down: {lifetime: {deterministic: 999 h}, lasts: 4 h}}}
        api: {fails: {crash: {lifetime: {deterministic: 1000 h}, detect: alert, recover: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let plan = SimulationPlan(years: 0.12, replications: 1, start: .new)
    let graph = try ModelText.graph(text)
    let trace = Simulator(graph, plan: plan).trace(replication: 0)
    let told = trace.events.filter {
      if case .response(_, .detectorIsBlind) = $0.kind { true } else { false }
    }
    #expect(told.map(\.hours) == [1000])
    #expect(Self.story(trace).contains("api/crash: alert can not see it"))
  }

  static func story(_ trace: ReplicationTrace) -> String {
    TextRenderer().text(
      TraceReport(header: ResultHeader(graph: trace.graph, bindings: []), trace: trace).document)
  }

  /// Of three copies one is enough: most outages do nothing, and neither does the start after them.
  @Test("an outage that did nothing is left out with its start")
  func quietStarts() throws {
    let text = """
      components: {api: {replicas: {count: 3, required: 1}, start: {takes: 5 min}, fails: {crash: {mtbf: 20 h, lasts: 10 min}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let plan = SimulationPlan(years: 0.2, replications: 1, seed: 4, start: .new)
    let story = Self.story(Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0))
    #expect(story.contains("that did nothing to anybody are left out"))
    #expect(story.contains("begins to start") == story.contains("goes down"))
  }

  /// A spare that failed and stands by again did nothing to anybody, and neither did a repair that began at once. So who is told to
  /// stand by was told to go down before.
  @Test("a spare that failed is left out with its return", arguments: ["", ", crew: ops"])
  func quietSpares(_ crew: String) throws {
    let text = """
      crews: {ops: {count: 2}}
      components: {api: {replicas: {count: 4, required: 1}, standby: {running: 1, dormancy: hot}, fails: {crash: {mtbf: 300 h, lasts: 1 h\(crew)}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let plan = SimulationPlan(replications: 1, seed: 4, start: .new)
    let story = Self.story(Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0))
    #expect(story.contains("that did nothing to anybody are left out"))
    var down: Set<Substring> = []
    var returns = 0
    for words in story.split(separator: "\n").map({ $0.split(separator: " ") }) where words.count > 4 {
      if words.suffix(2) == ["goes", "down"] { down.insert(words[words.count - 3]) }
      if words.suffix(2) == ["stands", "by"] {
        returns += 1
        #expect(down.remove(words[words.count - 3]) != nil)
      }
    }
    #expect(returns > 3)
  }

  /// The gate is down from 25 h to 26 h, and so holds up who is repaired in between; who is repaired at other times starts at once.
  @Test("a start that neither waits nor takes time needs no word")
  func instantStarts() throws {
    let text = """
      components:
        gate: {fails: {crash: {lifetime: {deterministic: 25 h}, lasts: 1 h}}}
        late: {depends-on: {gate: {start: also}}, fails: {crash: {lifetime: {deterministic: 24.9 h}, lasts: 10 min}}}
        free: {depends-on: {gate: {start: also}}, fails: {crash: {lifetime: {deterministic: 10 h}, lasts: 10 min}}}
      capabilities: {service: {depends-on: {late: hard, free: hard}}}
      """
    let plan = SimulationPlan(years: 40.0 / 8760, replications: 1, start: .new)
    let story = Self.story(Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0))
    let starts = story.split(separator: "\n").filter { $0.contains("started") }
    #expect(starts == ["  Tue  2 Jan 02:00:00  late has started"])
    #expect(story.contains("free/crash is restored"))
  }

  /// Nothing fails at the instant at which a replication begins, so what is told then has been under way.
  @Test("what is under way at time 0 is not told to begin then")
  func underWay() throws {
    let simulator = Simulator(
      try ModelText.graph(Self.people), plan: SimulationPlan(replications: 20, seed: 3))
    let lines = (0..<20).flatMap { Self.story(simulator.trace(replication: $0)).split(separator: "\n") }
    let first = lines.filter { $0.contains(" 1 Jan 00:00:00  ") }
    #expect(
      !first.contains { $0.contains("goes down") }
        && first.contains { $0.contains("/crash: ") && $0.hasSuffix("is down") })
    #expect(first.contains { $0.contains("waits for") })
    #expect(lines.contains { $0.contains("the repair of") && $0.contains("after a wait of more than") })
  }

  /// 5 min after 06:00:00 it is 06:05:00, though what counts time has ticks of its own.
  @Test("times are those of the nearest second")
  func nearestSecond() throws {
    let text = """
      components: {api: {fails: {crash: {lifetime: {deterministic: 30 h}, lasts: 5 min}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let plan = SimulationPlan(years: 0.005, replications: 1, start: .new)
    let story = Self.story(Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0))
    #expect(
      story.contains("Tue  2 Jan 06:00:00  api/crash") && story.contains("Tue  2 Jan 06:05:00  api/crash"))
  }

  /// The reader that has taken the writer's place is named as such when it goes down, and where the role is when what had it goes
  /// down without it. Its zone holds another component, so that this matters to somebody.
  @Test("who holds the role of another is told when it goes down")
  func heldRole() throws {
    let text = """
      domains:
        a: {kind: zone, fails: {o: {mtbf: 300 h, lasts: 1 h}}}
        b: {kind: zone, like: a}
      components:
        db:
          roles: {writer: {count: 1, members: [a]}, reader: {count: 1, required: 0, members: [b]}}
          failover: {writer: {from: [reader], detect: 0 s, takes: 1 min, works: 100 %}}
        other: {in: a}
      capabilities: {service: {depends-on: {db/writer: hard}}, beside: {depends-on: {other: hard}}}
      """
    let plan = SimulationPlan(years: 0.5, replications: 1, seed: 3, start: .new)
    let story = Self.story(Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0))
    #expect(story.contains("the role db/writer moves from db/writer to db/reader"))
    #expect(story.contains("db/reader (holds db/writer) goes down"))
    #expect(story.contains("db/writer (the role db/writer is on db/reader), other go down"))
  }

  /// Noticed after 30 s and moved in 4 min, or by hand in 15 min.
  @Test("what the time of a move went to is told")
  func moveTimes() throws {
    let text = """
      components:
        db:
          roles: {writer: {count: 1}, reader: {count: 1, required: 0}}
          failover: {writer: {from: [reader], detect: 30 s, takes: 4 min, works: 50 %, manual: 15 min}}
          fails: {crash: {mtbf: 100 h, lasts: 1 h}}
      capabilities: {service: {depends-on: {db/writer: hard}}}
      """
    let plan = SimulationPlan(years: 0.5, replications: 1, seed: 3, start: .new)
    let trace = Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0)
    let story = Self.story(trace)
    #expect(story.contains("to db/reader: 30 s until that was noticed, 4 min to move it\n"))
    #expect(story.contains("to db/reader: 30 s until that was noticed, 15 min to move it by hand\n"))
    #expect(story.contains("service is down: lacks db/writer\n"))
    for event in trace.events {
      guard case .roleMoved(_, _, _, let times) = event.kind else { continue }
      #expect(abs(times.noticedAfterHours - 30.0 / 3600) < 1e-5)
      #expect(abs(times.takesHours - (times.isByHand ? 0.25 : 1.0 / 15)) < 1e-5)
    }
  }

  /// The single unit fails alone, the others at one instant; the front is well, and stops with what it needs.
  @Test("what a service lacks is told as it goes down")
  func lacks() throws {
    let text = """
      components:
        front: {depends-on: {single: hard}}
        single: {fails: {crash: {lifetime: {deterministic: 30 h}, lasts: 1 h}}}
        pair: {replicas: {count: 2, required: 2}, fails: {crash: {lifetime: {deterministic: 10 h}, lasts: 25 h}}}
      capabilities: {service: {depends-on: {front: hard}}, both: {depends-on: {front: hard, pair: hard}}}
      """
    let plan = SimulationPlan(years: 40.0 / 8760, replications: 1, start: .new)
    let trace = Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0)
    let told = trace.events.filter { !$0.lacks.isEmpty }
    #expect(told.map(\.lacks) == [["pair"], ["single"]])
    #expect(Self.story(trace).contains("service is down: lacks single\n"))
    let alone = Simulator(
      try ModelText.graph(text.replacing("deterministic: 10 h", with: "deterministic: 90 h")), plan: plan)
    #expect(alone.trace(replication: 0).events.flatMap(\.lacks) == ["single", "single"])
  }

  /// Two shops have a breaker each.
  @Test("one breaker that is told stands for those of all units", arguments: [1, 2])
  func breakerOfAll(_ units: Int) throws {
    let text = Self.callers.replacing("shop: {", with: "shop: {replicas: \(units), ")
    let plan = SimulationPlan(replications: 3, seed: 2, start: .new)
    let story = Self.story(Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0))
    #expect(story.contains("the breaker opens"))
    let words = story.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("shop → pay (2 units)") == (units == 2))
  }

  @Test(
    "what is told changes nothing: the traces add up to the downtime of the run",
    arguments: [TraceReasonTests.people, TraceReasonTests.spareUnits, TraceReasonTests.callers])
  func addUp(_ text: String) throws {
    let simulator = Simulator(
      try ModelText.graph(text), plan: SimulationPlan(replications: 20, seed: 5))
    let whole = simulator.run().capabilities[0].unavailability.value * 8760
    let told = (0..<20).map { TraceTests.downtime(simulator.trace(replication: $0), capability: 0) }
    #expect(whole > 0 && abs(told.reduce(0, +) / 20 - whole) <= 1e-9 * whole)
  }
}
