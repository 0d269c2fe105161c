import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Testing

/// Claims against results with a closed form.
@Suite struct ClaimSheetTests {
  /// Two servers of which one is enough, u = 10/1000 each, and a database, u = 2/4002, that is a single point.
  private static let body = """
    domains: {z1: {kind: zone}, z2: {kind: zone}}
    components:
      web: {replicas: {count: 2, required: 1, members: [z1, z2]}, fails: {crash: {mtbf: 990 h, lasts: 10 h}}}
      db: {in: z1, roles: {writer: {count: 1}, reader: {count: 3, required: 1}}, failover: {writer: {from: [reader], detect: 30 s, takes: 2 min, loses: 5 s}}}
      disk: {fails: {full: {mtbf: 4000 h, lasts: 2 h}}}
    capabilities:
      s: {depends-on: {web: hard, disk: hard}, demand: {web: 2}, objectives: {m: {availability: 99.9 %, per: calendar month}}, downtime: {costs: $1000/h}}
    claims:

    """
  private static let unavailability = 1 - (1 - 0.01 * 0.01) * (1 - 2 / 4002.0)
  /// 1 / 4002 h of the disk while a server works, and 2 / 1000 h of one server while the other is down.
  private static let frequency = (1 - 1e-4) / 4002 + 2 / 1000.0 * 0.01 * (1 - 2 / 4002.0)

  private func sheet(
    _ claims: [String], simulating: Bool = false
  ) throws -> (claims: [CheckedClaim], sheet: ClaimSheet) {
    let lines = claims.enumerated().map { "  c\($0): {\($1)}\n" }.joined()
    let graph = try ModelText.graph(Self.body + lines)
    var evidence = ClaimEvidence()
    evidence.exact = .found(try SteadyState.results(of: graph))
    if simulating {
      evidence.simulation = .found(Simulator(graph, plan: SimulationPlan(replications: 400)).run())
    }
    let sheet = ClaimSheet(ResultHeader(graph: graph, bindings: []), evidence)
    return (sheet.claims.sorted { $0.claim.name.dropFirst() < $1.claim.name.dropFirst() }, sheet)
  }

  @Test func `service measures have their closed forms`() throws {
    let (u, f) = (Self.unavailability, Self.frequency)
    let rows: [(String, String, Double)] = [
      ("s/availability", "at-least: 1 %", 1 - u), ("s/downtime", "at-most: 1 h/h", u),
      ("s/outages", "at-least: 0 /y", f),
      ("s/mtbf", "at-least: 1 h", (1 - u) / f), ("s/mttr", "at-least: 1 s", u / f),
      ("s/single-points-of-failure", "at-least: 0", 1),
      ("db/writer/candidates", "equals: 3", 3), ("db/writer/failover", "equals: 150 s", 150.0 / 3600),
      ("db/writer/longest", "at-most: 1 h", 150.0 / 3600), ("db/writer/loses", "at-most: 1 h", 5.0 / 3600),
      ("web/crash/rate", "at-least: 0 /y", 2 / 1000.0), ("web/crash/mtbf", "equals: 990 h", 990),
      ("web/crash/duration", "equals: 10 h", 10), ("web/replicas", "equals: 2", 2),
      ("db/reader/replicas", "equals: 3", 3),
    ]
    for ((path, bound, expected), checked) in zip(
      rows, try rows.map { try sheet(["of: \($0.0), \($0.1)"]).claims[0] })
    {
      let value = try #require(checked.reading?.range?.value, "\(path)")
      #expect(abs(value - expected) <= 1e-9 * abs(expected), "\(path): \(value), not \(expected)")
      #expect(checked.verdict == .holds, "\(path) \(bound)")
    }
  }

  /// One of two servers is left of z1's loss, for demand of two: half; the writer moves nowhere else, since all is in z1.
  @Test func `losses leave what they leave`() throws {
    let checked = try sheet([
      "of: web/left, when: z1, equals: 1", "of: s/left, when: z2, equals: 50 %",
      "of: db/reader/left, when: z1, equals: 0",
      "of: db/reader/left, when: z2, equals: 3",
    ]).claims
    #expect(checked.map(\.verdict) == [.holds, .holds, .holds, .holds])
  }

  @Test func `the last digit that is written decides`() throws {
    // 99.94 % up, so 99.9 % is met and 99.94 % too, and 99.95 % is not.
    let verdicts = try sheet([
      "of: s/availability, equals: 99.9 %", "of: s/availability, equals: 99.94 %",
      "of: s/availability, equals: 99.95 %",
      "of: s/availability, equals: 99.95 %, tolerance: 0.02 %", "says: good",
      "of: s/downtime-cost, at-most: $1/y",
      "of: history/mtbf, equals: 14 d",
    ]).claims.map(\.verdict)
    #expect(verdicts == [.holds, .holds, .fails, .holds, .saidOnly, .unknown, .unknown])
  }

  /// $1,000/h × 730 h × the difference in availability.
  @Test func `a difference has its price`() throws {
    let checked = try sheet(["of: s/availability, equals: 99.5 %"]).claims[0]
    let difference = 0.995 - (1 - Self.unavailability)
    #expect(abs(try #require(checked.monthlyWorth) - abs(difference) * 730_000) < 1e-6)
    #expect(checked.isBetter == true)
    #expect(try sheet(["of: s/availability, equals: 99.99 %"]).claims[0].isBetter == false)
    #expect(try sheet(["of: s/mttr, at-most: 1 min"]).claims[0].isBetter == false)
  }

  /// With 400 years of it, 99.94 % to two digits is sure, to six it is not.
  @Test func `an interval that straddles tells nothing`() throws {
    let checked = try sheet(
      [
        "of: s/downtime-cost, between: [$1/y, $100000/y]", "of: s/downtime-cost, equals: $5259/y",
        "of: s/m/missed, equals: 0 %",
      ],
      simulating: true
    ).claims
    #expect(checked.map(\.verdict) == [.holds, .cannotTell, .fails])
    let cost = try #require(checked[0].reading?.range)
    #expect(cost.low < Self.unavailability * 1000 && Self.unavailability * 1000 < cost.high)
  }

  @Test func `a verdict follows from where the interval lies`() throws {
    let bound = try #require(ClaimBound(.atMost, [try WrittenQuantity(parsing: "10")]))
    func verdict(_ low: Double, _ high: Double) -> ClaimVerdict {
      ClaimVerdict(bound, .known(ClaimRange((low + high) / 2, low: low, high: high), .exact))
    }
    #expect(verdict(8, 10) == .holds)
    #expect(verdict(8, 11) == .cannotTell)
    #expect(verdict(11, 12) == .fails)
    #expect(verdict(8, .infinity) == .cannotTell)
    #expect(verdict(11, .infinity) == .fails)
    #expect(ClaimVerdict(bound, .unknown("why")) == .unknown)
    #expect(ClaimVerdict(nil, .known(ClaimRange(1), .exact)) == .saidOnly)
  }

  @Test func `what can not all be true is found`() throws {
    let found = try sheet([
      "of: s/availability, equals: 99.5 %", "of: s/mtbf, equals: 14 d", "of: s/mttr, equals: 12 min",
      "of: cost/monthly, equals: $3816", "of: cost/monthly, at-most: $3500", "of: s/outages, equals: 2 /y",
      "of: s/outages, at-least: 1 /y",
    ]).sheet
    #expect(found.contradictions.map(\.names) == [["c3", "c4"], ["c0", "c1", "c2"]])
    #expect(found.names(contradicting: "c1") == ["c0", "c2"])
    let fitting = try sheet([
      "of: s/availability, equals: 99.94 %", "of: s/mtbf, equals: 14 d", "of: s/mttr, equals: 12 min",
    ]).sheet
    #expect(fitting.contradictions.isEmpty)
  }

  @Test func `what matters most comes first, bad news before good`() throws {
    let sheet = try sheet([
      "of: s/mttr, at-most: 1 min", "of: s/availability, equals: 99.5 %, matters: high",
      "of: s/availability, equals: 99.99 %, matters: high", "says: good, matters: high",
      "of: s/mttr, at-most: 1 s, matters: low",
    ]).sheet
    #expect(sheet.claims.map(\.claim.name) == ["c2", "c1", "c0", "c4", "c3"])
    #expect(sheet.hasFailures)
  }

  @Test func `only the engines run that a claim needs`() throws {
    func needs(_ claim: String) throws -> ClaimNeeds {
      ClaimNeeds(of: try ModelText.model(Self.body + "  c: {\(claim)}\n").claims)
    }
    #expect(try needs("sum: [1, 2], equals: 3") == [])
    #expect(try needs("of: web/left, when: z1, equals: 1") == [])
    #expect(try needs("of: s/availability, equals: 99 %") == .exact)
    #expect(try needs("of: s/mttr, equals: 1 h") == [.exact, .frequencies])
    #expect(try needs("of: s/m/missed, equals: 1 %") == .simulation)
    #expect(try needs("of: roi/s/return, equals: 1 %") == .option)
    #expect(try needs("sum: [cost/increase, cost/monthly], equals: $1") == [.bill, .baseBill])
    #expect(try needs("difference: [history/mttr, drills/x/rto], equals: 1 h") == [.history, .drills])
  }

  @Test func `claims change no result`() throws {
    let plain = try ModelText.model(String(Self.body.split(separator: "claims:")[0]))
    let claiming = try ModelText.model(Self.body + "  c: {of: s/availability, equals: 99 %}\n")
    #expect(plain.digest(boundTo: []) == claiming.digest(boundTo: []))
  }
}
