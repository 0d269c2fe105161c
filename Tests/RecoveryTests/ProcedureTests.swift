import Quantities
import Recovery
import Stochastics
import Testing

@Suite("Procedures")
struct ProcedureTests {
  /// The steps of a procedure from (name, hours, after).
  static func steps(_ rows: [(String, Double, [String])]) throws -> [ProcedureStep] {
    try rows.map { ProcedureStep(name: $0.0, takes: try hours($0.1), after: $0.2) }
  }

  static let tierOne: [(String, Double, [String])] = [
    ("hcd", 0.5, []), ("metadata", 0.5, ["hcd"]), ("search", 1, ["metadata"]), ("services", 1, ["search"]),
    ("verify", 0.5, ["services"]),
  ]

  static let tierTwo: [(String, Double, [String])] = [
    ("pulsar", 2, []), ("consumers", 1, ["pulsar", "verify"]), ("monitoring", 2, []),
    ("verify-2", 1, ["consumers", "monitoring"]),
  ]

  @Test("the recovery of tier 1 takes 210 min, with tier 2 570 min with one crew and 330 min with two")
  func tiers() throws {
    let one = try Procedure(name: "tier-1", steps: Self.steps(Self.tierOne), crews: 1)
    #expect(agree(one.schedule().serviceHours * 60, 210))
    #expect(one.criticalPath().path == ["hcd", "metadata", "search", "services", "verify"])
    let both = try Procedure(name: "both", steps: Self.steps(Self.tierOne + Self.tierTwo), crews: 1)
    #expect(agree(both.schedule().serviceHours * 60, 570))
    let two = try both.with(crews: 2).schedule()
    #expect(agree(two.serviceHours * 60, 330))
    #expect(two.isProvenShortest)
    let all = try both.with(crews: nil).schedule()
    #expect(agree(all.serviceHours * 60, 330))
  }

  @Test("a failover serves after 25 s, and what runs behind it ends after 55 s")
  func sentinel() throws {
    var steps: [ProcedureStep] = []
    for (name, length) in [("detect", 5.0), ("quorum", 2), ("elect", 3), ("promote", 5), ("reconfigure", 10)]
    {
      steps.append(
        ProcedureStep(
          name: name, takes: try seconds(length), after: steps.last.map { [$0.name] } ?? [], doer: .automatic)
      )
    }
    steps.append(
      ProcedureStep(
        name: "resync", takes: try seconds(30), after: ["reconfigure"], doer: .automatic, isBehind: true))
    let schedule = try Procedure(name: "failover", steps: steps).schedule()
    #expect(agree(schedule.serviceHours * 3600, 25))
    #expect(agree(schedule.endHours * 3600, 55))
  }

  /// Hillier and Lieberman, "Introduction to operations research", Reliable Construction Co.: 14 activities in weeks,
  /// 44 weeks, critical path A B C E F J L N, slack of D, G, H and M 4, of I 2 and of K 1.
  @Test("a textbook network has its published times, slacks and critical path")
  func textbook() throws {
    let rows: [(String, Double, [String])] = [
      ("A", 2, []), ("B", 4, ["A"]), ("C", 10, ["B"]), ("D", 6, ["C"]), ("E", 4, ["C"]), ("F", 5, ["E"]),
      ("G", 7, ["D"]), ("H", 9, ["E", "G"]), ("I", 7, ["C"]), ("J", 8, ["F", "I"]), ("K", 4, ["J"]),
      ("L", 5, ["J"]), ("M", 2, ["H"]), ("N", 6, ["K", "L"]),
    ]
    let path = try Procedure(name: "construction", steps: Self.steps(rows)).criticalPath()
    #expect(path.hours == 44)
    #expect(path.path == ["A", "B", "C", "E", "F", "J", "L", "N"])
    let slack = Dictionary(uniqueKeysWithValues: path.steps.map { ($0.name, $0.slackHours) })
    #expect(slack.filter { $0.value > 0 } == ["D": 4, "G": 4, "H": 4, "I": 2, "K": 1, "M": 4])
    let late = try #require(path.steps.first { $0.name == "M" })
    #expect((late.earliestStartHours, late.latestFinishHours, late.freeSlackHours) == (38, 44, 4))
  }

  /// 0.1 h + 0.2 h is 6e-17 h longer than 0.3 h in floating point: both paths decide, and no step has slack.
  @Test("what rounding alone keeps apart is no slack")
  func roundedSlack() throws {
    let rows: [(String, Double, [String])] = [
      ("first", 0.1, []), ("second", 0.2, ["first"]), ("beside", 0.3, []), ("short", 0.2, []),
      ("last", 1, ["second", "beside", "short"]),
    ]
    let path = try Procedure(name: "restore", steps: Self.steps(rows)).criticalPath()
    let slack = path.steps.map(\.slackHours)
    #expect(slack.enumerated().filter { $0.element == 0 }.map(\.offset) == [0, 1, 2, 4])
    #expect(abs(slack[3] - 0.1) < 1e-15)
    #expect(path.steps.map(\.isCritical) == [true, true, true, false, true])
    #expect(path.steps[2].freeSlackHours == 0)
  }

  /// One of Graham's changes: nine tasks on three processors unless it says otherwise.
  struct Row: Sendable {
    var crews = 3
    var shorter = 0.0
    var relaxed = false
    var list = "123456789"
    let expected: Double
  }

  /// Graham 1969, figures 2 to 6: nine tasks, T9 after T1, T5 to T8 after T4, list T1 … T9.
  @Test(
    "list scheduling has Graham's anomalies",
    arguments: [
      Row(expected: 12), Row(crews: 4, expected: 15), Row(shorter: 1, expected: 13),
      Row(relaxed: true, expected: 16), Row(list: "124563978", expected: 14),
    ])
  func graham(_ row: Row) throws {
    let lengths: [Character: Double] = [
      "1": 3, "2": 2, "3": 2, "4": 2, "5": 4, "6": 4, "7": 4, "8": 4, "9": 9,
    ]
    let steps = try row.list.map { task in
      let after: [String] =
        switch task {
        case "9": ["1"]
        case "5", "6": row.relaxed ? [] : ["4"]
        case "7", "8": ["4"]
        default: []
        }
      return ProcedureStep(
        name: String(task), takes: try hours((lengths[task] ?? 0) - row.shorter), after: after)
    }
    let procedure = try Procedure(name: "tasks", steps: steps, crews: row.crews, rule: .asWritten)
    #expect(procedure.schedule().serviceHours == row.expected)
  }

  @Test("the longest rest first finds the shortest schedule here, and is between the bounds everywhere")
  func bounds() throws {
    for round in 0..<60 {
      var draws = stream("networks", UInt32(round))
      let rows = (0..<12).map { place -> (String, Double, [String]) in
        let after = (0..<place).filter { _ in draws.uniform() < 0.2 }.map { "s\($0)" }
        return ("s\(place)", draws.uniform(), after)
      }
      for crews in 1...4 {
        let procedure = try Procedure(name: "random", steps: Self.steps(rows), crews: crews)
        let schedule = procedure.schedule()
        let bound = max(schedule.pathBoundHours, schedule.workBoundHours ?? 0)
        #expect(schedule.serviceHours >= bound * (1 - 1e-12))
        // Graham 1969: at most the work's share and the longest path's rest.
        let work = rows.reduce(0) { $0 + $1.1 } / Double(crews)
        let most = work + (1 - 1 / Double(crews)) * schedule.pathBoundHours
        #expect(schedule.serviceHours <= most * (1 + 1e-12))
        #expect(crews > 1 || agree(schedule.serviceHours, work))
        try expectValid(schedule, rows: rows, crews: crews)
      }
      let free = try Procedure(name: "random", steps: Self.steps(rows))
      #expect(free.schedule().serviceHours == free.criticalPath().hours)
      #expect(free.schedule().steps.map(\.isCritical) == free.criticalPath().steps.map(\.isCritical))
    }
  }

  private func expectValid(
    _ schedule: CrewSchedule, rows: [(String, Double, [String])], crews: Int
  ) throws {
    for (place, step) in schedule.steps.enumerated() {
      for before in rows[place].2 {
        let other = try #require(schedule.steps.first { $0.name == before })
        #expect(other.finishHours <= step.startHours + 1e-12)
      }
      let atOnce = schedule.steps.count {
        $0.startHours <= step.startHours && $0.finishHours > step.startHours + 1e-12
      }
      #expect(atOnce <= crews)
    }
    #expect(schedule.steps.contains { $0.isCritical })
  }

  @Test("steps before the service is back take the crew before steps behind it")
  func behindWaits() throws {
    let steps = [
      ProcedureStep(name: "rebuild", takes: try hours(9), isBehind: true),
      ProcedureStep(name: "restore", takes: try hours(1)),
    ]
    let schedule = try Procedure(name: "p", steps: steps, crews: 1).schedule()
    #expect(schedule.serviceHours == 1 && schedule.endHours == 10)
    #expect(schedule.steps.map(\.waitHours) == [1, 0])
    #expect(schedule.steps.map(\.isCritical) == [false, true])
  }

  @Test("what is wrong is said all at once, a cycle with its path")
  func faults() throws {
    let unknown = #expect(throws: InvalidRecovery.self) {
      try Procedure(name: "p", steps: Self.steps([("a", 1, ["x"]), ("a", 1, ["y"])]))
    }
    #expect(unknown?.faults.map(\.slug) == ["step-twice", "unknown-step", "unknown-step"])
    let cycle = #expect(throws: InvalidRecovery.self) {
      try Procedure(
        name: "p", steps: Self.steps([("z", 1, []), ("a", 1, ["z", "c"]), ("b", 1, ["a"]), ("c", 1, ["b"])]))
    }
    #expect(
      cycle?.faults.first?.message
        == "a procedure that waits for itself: a → c → b → a, each waiting for the next")
    let itself = #expect(throws: InvalidRecovery.self) {
      try Procedure(name: "p", steps: Self.steps([("a", 1, ["a"])]))
    }
    #expect(itself?.faults.first?.message.contains("a → a") == true)
    let empty = #expect(throws: InvalidRecovery.self) { try Procedure(name: "p", steps: []) }
    #expect(empty?.faults.map(\.slug) == ["no-step"])
    let crews = #expect(throws: InvalidRecovery.self) {
      try Procedure(
        name: "p",
        steps: [
          ProcedureStep(name: "a", takes: try hours(1), doer: .crews(3)),
          ProcedureStep(
            name: "b", takes: try hours(1),
            attempts: StepAttempts(works: try chance(0.5), limit: 0, otherwise: try hours(2))),
          ProcedureStep(name: "c", takes: try hours(1), isBehind: true),
          ProcedureStep(name: "d", takes: try hours(1), after: ["c"]),
        ], crews: 2)
    }
    #expect(crews?.faults.map(\.slug) == ["too-few-crews", "attempts", "waits-for-behind"])
    let behind = #expect(throws: InvalidRecovery.self) {
      try Procedure(name: "p", steps: [ProcedureStep(name: "a", takes: try hours(1), isBehind: true)])
    }
    #expect(behind?.faults.map(\.slug) == ["all-behind"])
  }

  @Test("attempts: the mean, the law and draws agree with the hand's figures")
  func attempts() throws {
    let step = ProcedureStep(
      name: "restart", takes: try hours(1),
      attempts: StepAttempts(works: try chance(0.8), limit: 3, otherwise: try hours(10)))
    // 1 h with 0.8, 2 h with 0.16, 3 h with 0.032, 2 + 10 h with 0.008.
    #expect(agree(step.meanHours, 0.8 + 0.32 + 0.096 + 0.096))
    let law = try #require(step.law)
    for (x, p) in [(1.0, 0.8), (2, 0.96), (3, 0.992), (12, 1)] { #expect(agree(law.cumulative(x), p)) }
    let sample = (0..<40_000).map { replication in
      var stream = stream("attempts", UInt32(replication))
      return step.sample(using: &stream)
    }
    expectLaw(law, matches: sample, "attempts")
    let once = ProcedureStep(
      name: "once", takes: try hours(1),
      attempts: StepAttempts(works: try chance(0.9), otherwise: try hours(3)))
    #expect(agree(once.meanHours, 0.9 * 1 + 0.1 * 3))
  }
}

@Suite("Procedures whose steps vary")
struct ProcedureStudyTests {
  @Test("two equal exponential branches: the mean of the longer is 3/2, each critical in half of the runs")
  func exponentialBranches() throws {
    let steps = try ["a", "b"].map { ProcedureStep(name: $0, takes: try Exponential(mean: 1)) }
    let study = try Procedure(name: "p", steps: steps).study(confidence: 0.9999)
    let mean = try #require(study.service.mean(confidence: 0.9999))
    #expect(mean.low < 1.5 && mean.high > 1.5)
    #expect(study.planned.serviceHours == 1)
    for step in study.steps { #expect(step.criticality.low < 0.5 && step.criticality.high > 0.5) }
    // P(max ≤ 2) = (1 − e⁻²)².
    let within = try #require(study.service.probability(atMost: 2, confidence: 0.9999))
    let exact = (1 - portableExp(-2)) * (1 - portableExp(-2))
    #expect(within.low < exact && within.high > exact)
  }

  @Test("steps one after the other have an exact law, and draws agree")
  func serial() throws {
    let steps = [
      ProcedureStep(name: "a", takes: try Uniform(minimum: 1, maximum: 2)),
      ProcedureStep(
        name: "b", takes: try Uniform(minimum: 0, maximum: 1),
        attempts: StepAttempts(works: try chance(0.7), limit: 2, otherwise: try hours(4))),
      ProcedureStep(name: "c", takes: try hours(5), isBehind: true),
    ]
    let procedure = try Procedure(name: "p", steps: steps, crews: 1)
    let study = procedure.study()
    guard case .exact(let service) = study.service, case .exact(let end) = study.end else {
      Issue.record("a single crew's time is exact")
      return
    }
    let runs = (0..<40_000).map { replication in
      var stream = stream("serial", UInt32(replication))
      return procedure.sample(using: &stream)
    }
    expectLaw(service, matches: runs.map(\.serviceHours), "service")
    expectLaw(end, matches: runs.map(\.endHours), "end")
    #expect(agree(end.mean, service.mean + 5))
    #expect(agree(service.mean, steps[0].meanHours + steps[1].meanHours))
  }

  @Test("fixed steps need no draw")
  func fixed() throws {
    let steps = try ProcedureTests.steps(ProcedureTests.tierOne)
    let study = try Procedure(name: "p", steps: steps).study()
    #expect(study.service.isExact)
    #expect(study.service.quantile(0.99).value == 3.5)
    #expect(study.steps.allSatisfy { $0.criticality.value == 1 })
  }

  @Test(
    "a step that everything waits for is critical in every run; shares of branches add up to at least one")
  func criticality() throws {
    let steps = [
      ProcedureStep(name: "stop", takes: try Exponential(mean: 0.1)),
      ProcedureStep(name: "data", takes: try Lognormal(median: 1, p90: 3), after: ["stop"]),
      ProcedureStep(name: "index", takes: try Uniform(minimum: 0, maximum: 3), after: ["stop"]),
    ]
    let study = try Procedure(name: "p", steps: steps).study()
    #expect(study.steps[0].criticality.value == 1)
    #expect(agree(study.steps[1].criticality.value + study.steps[2].criticality.value, 1))
  }
}

@Suite("Start order")
struct StartOrderTests {
  static func stack() throws -> StartOrder {
    try StartOrder([
      StartingComponent(name: "hcd", takes: try seconds(90)),
      StartingComponent(name: "opensearch", takes: try seconds(60)),
      StartingComponent(name: "vault", takes: try seconds(10)),
      StartingComponent(
        name: "janusgraph", takes: try seconds(90), startsAfter: ["vault"], readyWith: ["hcd", "opensearch"]),
      StartingComponent(name: "pulsar", takes: try seconds(90)),
      StartingComponent(name: "consumers", takes: try hours(0), startsAfter: ["pulsar", "janusgraph"]),
      StartingComponent(name: "api", takes: try hours(0), readyWith: ["janusgraph"]),
    ])
  }

  @Test("a stack of seven is ready 180 s after everything is down, by way of hcd and janusgraph")
  func everything() throws {
    let order = try Self.stack()
    let rows = order.afterEverythingIsDown
    #expect(rows.map { ($0.readyHours * 3600).rounded() } == [90, 60, 10, 180, 90, 180, 180])
    #expect(order.criticalPath.starts(with: ["hcd", "janusgraph"]))
    #expect(rows.filter(\.isCritical).map(\.name) == ["hcd", "janusgraph", "consumers", "api"])
    #expect(rows[3].reason == .starts(waitHours: 90.0 / 3600))
  }

  @Test(
    "after one restarts, those that are ready with it wait, and those that only start after it could not start"
  )
  func one() throws {
    let order = try Self.stack()
    let search = order.readiness(restarting: ["opensearch"])
    #expect(search.map { ($0.readyHours * 3600).rounded() } == [0, 60, 0, 60, 0, 0, 60])
    #expect(search[6].reason == .waits(for: ["janusgraph"]) && search[5].reason == .ready)
    #expect(order.waiting(on: "opensearch").notReady == ["janusgraph", "api"])
    #expect(order.waiting(on: "opensearch").couldNotStart == ["consumers"])
    #expect(order.waiting(on: "vault").notReady.isEmpty)
    #expect(order.waiting(on: "vault").couldNotStart == ["janusgraph"])
    let both = order.readiness(restarting: ["vault", "janusgraph"])
    #expect((both[3].readyHours * 3600).rounded() == 100)
    let law = order.readyLaw(of: "api", restarting: ["opensearch"])
    #expect(law?.isExact == true && law?.maximum == search[6].readyHours)
    var draws = stream("start")
    #expect(order.sample(restarting: ["opensearch"], using: &draws) == search.map(\.readyHours))
  }

  @Test("gates that wait for each other are refused with their path")
  func cycle() throws {
    let error = #expect(throws: InvalidRecovery.self) {
      try StartOrder([
        StartingComponent(name: "a", takes: try hours(1), readyWith: ["b"]),
        StartingComponent(name: "b", takes: try hours(1), startsAfter: ["a"]),
      ])
    }
    #expect(error?.faults.first?.message.contains("a → b → a") == true)
  }

  /// Of a sample the law is a mixture of a dozen pieces, whose mean and variance are the sample's; of steps in turn with
  /// uniform times it is exact.
  @Test("as a law it has a density that is the slope of its survival, whatever its steps follow")
  func law() throws {
    for step in [try Uniform(minimum: 1, maximum: 2), try Lognormal(median: 1, p90: 3)] as [any Distribution]
    {
      let parts: [any Distribution] = [step, try Uniform(minimum: 0.5, maximum: 1)]
      let law = try ProcedureLaw(
        Procedure(
          name: "fix",
          steps: [
            ProcedureStep(name: "one", takes: parts[0]),
            ProcedureStep(name: "two", takes: parts[1], after: ["one"]),
          ]))
      let (mean, variance) = parts.reduce((0, 0)) { ($0.0 + $1.mean, $0.1 + $1.variance) }
      #expect(abs(law.mean / mean - 1) < (law.isExact ? 1e-14 : 0.02))
      #expect(abs(law.variance / variance - 1) < (law.isExact ? 1e-13 : 0.1))
      #expect(law.scaled(by: 3).mean == 3 * law.mean)
      for p in [0.13, 0.4, 0.77, 0.93] {
        let x = law.quantile(p)
        #expect(abs(law.survival(x) - (1 - p)) < 1e-12)
        let slope = (law.survival(x - 1e-5) - law.survival(x + 1e-5)) / 2e-5
        #expect(abs(law.density(x) - slope) < 1e-4 * slope, "\(law), \(p)")
        #expect(abs(law.scaled(by: 2).survival(2 * x) - law.survival(x)) < 1e-15)
      }
    }
  }

  /// A step that is tried takes a draw even where it always works.
  @Test(
    "a law of fixed steps plays no run for a draw, and a draw is what the run that it stands for takes, to the bit"
  )
  func fixedLaw() throws {
    for attempts in [nil, StepAttempts(works: try chance(1), limit: 2, otherwise: try hours(9))] {
      let procedure = try Procedure(
        name: "move",
        steps: [
          ProcedureStep(name: "vote", takes: try hours(0.1)),
          ProcedureStep(name: "elect", takes: try hours(0.2), after: ["vote"], attempts: attempts),
          ProcedureStep(name: "resync", takes: try hours(0.7), after: ["elect"], isBehind: true),
        ])
      let law = try ProcedureLaw(procedure)
      var (drawn, played) = (stream("move"), stream("move"))
      #expect(law.scaled(by: 3).sample(using: &drawn) == procedure.sample(using: &played).serviceHours * 3)
      #expect(drawn.position == played.position)
      #expect(drawn.position.isOdd == (attempts != nil))
      #expect(law.sample(using: &drawn) == 0.1 + 0.2)
      #expect(law.lengthBiasedSample(using: &drawn) == 0.1 + 0.2)
    }
  }
}
