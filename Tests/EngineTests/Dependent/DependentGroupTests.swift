import Diagnostics
import Reliability
import ServiceGraph
import ServiceModel
import Testing

@Suite("Crews, spares and shared load")
struct DependentGroupTests {
  static func result(_ body: String, capability: Int = 0) throws -> SteadyStateResult {
    try SteadyState.results(of: ModelText.graph(body))[capability]
  }

  static func close(_ found: Double?, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
    guard let found else { return false }
    return abs(found - expected) <= tolerance * abs(expected)
  }

  /// Two interchangeable units with one crew, and a zone that takes both down: the module stands beside independent
  /// failures, and 1 − (1 − U)(1 − u) holds exactly.
  @Test("a group is independent of everything else")
  func besideIndependentFailures() throws {
    let crew = "crews: {ops: 1}\n"
    let unit = "fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}, crew: ops}}"
    let alone = try Self.result(
      """
      \(crew)components: {api: {replicas: {count: 2, required: 1}, \(unit)}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let placed = try Self.result(
      """
      \(crew)domains: {host: {kind: node, fails: {loss: {mtbf: 990 h, lasts: {exponential: 10 h}}}}}
      components: {api: {in: host, replicas: {count: 2, required: 1}, \(unit)}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let loss = 0.01
    #expect(Self.close(alone.unavailability, 1.9603999215840031e-4))
    #expect(Self.close(placed.unavailability, 1 - (1 - alone.unavailability) * (1 - loss)))
    let frequency = try #require(alone.frequencyPerHour)
    let expected = frequency * (1 - loss) + (1 - alone.unavailability) / 1000
    #expect(Self.close(placed.frequencyPerHour, expected))
    #expect(placed.contributions.map(\.cause) == ["host/loss", "api/crash"])
    #expect(Self.close(placed.contributions.last?.share, 1 - loss / placed.unavailability, within: 1e-9))
    #expect(placed.singlePoints.map(\.entity) == ["host"])
    #expect(placed.approximations.isEmpty)
  }

  /// Which of the units that can be exchanged are down matters to a capability that needs a certain one.
  @Test("members of a class are told apart where it matters")
  func identities() throws {
    // Three nodes with one crew; a is on nodes 1 and 2, b on node 3. By symmetry node 3 is down for a third of E[n].
    let body = """
      crews: {ops: 1}
      domains:
        n1: {kind: node, fails: {loss: {mtbf: 100 h, lasts: {exponential: 20 h}, crew: ops}}}
        n2: {kind: node, like: n1}
        n3: {kind: node, like: n1}
      components:
        a: {replicas: {count: 2, required: 1, members: [n1, n2]}}
        b: {in: n3}
      capabilities:
        a: {depends-on: {a: hard}}
        b: {depends-on: {b: hard}}
        both: {depends-on: {a: hard, b: hard}}
        all-down: {depends-on: {any: {any-of: [a, b]}}}
      """
    let results = try SteadyState.results(of: ModelText.graph(body))
    // Birth and death with ρ = 0.2: weights 1, 3 ρ, 6 ρ², 6 ρ³.
    let weights = [1, 0.6, 0.24, 0.048]
    let shares = weights.map { $0 / 1.888 }
    let down = [
      shares[2] / 3 + shares[3], shares[1] / 3 + shares[2] * 2 / 3 + shares[3],
      shares[1] / 3 + shares[2] + shares[3], shares[3],
    ]
    for (result, expected) in zip(results, down) { #expect(Self.close(result.unavailability, expected)) }
    // Into “all down”: from two down, the third fails.
    #expect(Self.close(results[3].frequencyPerHour, shares[2] / 100))
    // Node 3 goes down at 1 / 100 h while it is up.
    #expect(Self.close(results[1].frequencyPerHour, (1 - down[1]) / 100))
    #expect(results[1].singlePoints.map(\.entity) == ["n3"])
    #expect(results[2].singlePoints.map(\.entity) == ["n3"])
  }

  @Test("a crew that is never short changes nothing")
  func idleCrew() throws {
    let body = """
      crews: {ops: 2}
      components:
        api: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 1000 h, lasts: 10 h, crew: ops}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let graph = try ModelText.graph(body)
    #expect(graph.dependentGroups.isEmpty)
    let found = try #require(try SteadyState.results(of: graph).first)
    #expect(Self.close(found.unavailability, 9.802960494069208e-5))
    #expect(found.approximations.isEmpty)
  }

  @Test("what is not exponential is approximated, and says so")
  func approximation() throws {
    let found = try Self.result(
      """
      crews: {ops: 1}
      components:
        api:
          replicas: {count: 3, required: 1}
          standby: {running: 2, dormancy: cold}
          fails: {crash: {mtbf: 1000 h, lasts: 10 h, crew: ops}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    #expect(
      found.approximations == [
        "the crew ops and api: times to fail, to notice, to switch and to repair are taken as exponential with the means stated"
      ])
  }

  /// Detection and response need no crew: M/M/1//2 with a delay in front, as a chain of counts.
  @Test("detection runs without the crew")
  func detection() throws {
    let found = try Self.result(
      """
      crews: {ops: 1}
      components:
        api:
          replicas: {count: 2, required: 1}
          fails: {crash: {mtbf: 100 h, detect: {exponential: 5 h}, recover: {exponential: 10 h}, crew: ops}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    // States (noticing, at the crew): 00, 10, 01, 20, 11, 02; λ = 0.01, ν = 0.2, μ = 0.1. Product form: the machines
    // think (up and noticing are delays), then queue: p(n, m) ∝ (λ / ν)ⁿ / n! × (λ / μ)ᵐ / k!, k = 2 − n − m up.
    let (a, b) = (0.05, 0.1)
    let weights = [0.5, a, b, a * a / 2, a * b, b * b]
    let expected = (weights[3] + weights[4] + weights[5]) / weights.reduce(0, +)
    #expect(Self.close(found.unavailability, expected))
    #expect(found.approximations.isEmpty)
  }

  @Test("twenty units and one crew are 21 states, and come out as the birth and death they are")
  func manyUnits() throws {
    let found = try Self.result(
      """
      crews: {ops: 1}
      components:
        api: {replicas: {count: 20, required: 10}, fails: {crash: {mtbf: 500 h, lasts: {exponential: 10 h}, crew: ops}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    var weights = [1.0]
    for down in 0..<20 { weights.append(weights[down] * Double(20 - down) * 0.02) }
    let expected = weights[11...].reduce(0, +) / weights.reduce(0, +)
    #expect(Self.close(found.unavailability, expected, within: 1e-11))
  }

  /// Cold spares with perfect switching are exactly so many repairs in a row: with all units running it is hot.
  @Test("a hot spare with a perfect switch is a parallel unit")
  func hotSpare() throws {
    let fails = "fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}}}"
    let found = try Self.result(
      """
      components: {api: {replicas: {count: 3, required: 2}, standby: {running: 2, dormancy: hot}, \(fails)}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let parallel = try Self.result(
      """
      components: {api: {replicas: {count: 3, required: 2}, \(fails)}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    #expect(Self.close(found.unavailability, parallel.unavailability))
    #expect(Self.close(found.frequencyPerHour, try #require(parallel.frequencyPerHour)))
    #expect(Self.close(found.contributions.first?.share, 1))
  }

  @Test("load that is not shared leaves units independent")
  func noLoadSharing() throws {
    for sharing in ["{exponent: 0}", "{factors: [1, 1, 1]}"] {
      let found = try Self.result(
        """
        components:
          api:
            replicas: {count: 3, required: 1}
            load-sharing: \(sharing)
            fails:
              crash: {mtbf: 1000 h, lasts: {exponential: 10 h}}
        capabilities: {service: {depends-on: {api: hard}}}
        """)
      let share = 10.0 / 1010
      #expect(Self.close(found.unavailability, share * share * share))
    }
  }

  static let refusals: [(name: String, body: String, slug: String)] = [
    ("a crew nobody declared", "{fails: {x: {mtbf: 1 y, lasts: 1 h, crew: nobody}}}", "unknown-name"),
    (
      "a priority without a crew", "{fails: {x: {mtbf: 1 y, lasts: 1 h, priority: 2}}}", "priority-needs-crew"
    ),
    ("a repair of unknown length", "{fails: {x: {availability: 99 %, crew: ops}}}", "crew-needs-length"),
    (
      "a repair of no length", "{fails: {x: {mtbf: 1 y, detect: 1 min, recover: 0 s, crew: ops}}}",
      "crew-needs-length"
    ),
    (
      "more running than there are", "{replicas: 2, standby: {running: 3, dormancy: cold}, \(fails)}",
      "running-above-count"
    ),
    (
      "more needed than run",
      "{replicas: {count: 3, required: 3}, standby: {running: 2, dormancy: cold}, \(fails)}",
      "required-above-running"
    ),
    (
      "roles", "{roles: {w: {count: 2}, r: {count: 1}}, standby: {running: 1, dormancy: cold}, \(fails)}",
      "standby-roles"
    ),
    (
      "a common cause among spares",
      "{replicas: 2, standby: {running: 1, dormancy: cold}, fails: {x: {mtbf: 1 y, lasts: 1 h, common-cause: {beta: 5 %}}}}",
      "standby-common-cause"
    ),
    (
      "an availability alone",
      "{replicas: 2, standby: {running: 1, dormancy: cold}, fails: {x: {availability: 99 %}}}",
      "standby-frequency"
    ),
    (
      "nothing that fails", "{replicas: 2, standby: {running: 1, dormancy: cold}}", "standby-without-failures"
    ),
    (
      "too few factors", "{replicas: 3, load-sharing: {factors: [1, 2]}, \(fails)}", "load-factors-count"
    ),
    (
      "a dormancy above one", "{replicas: 2, standby: {running: 1, dormancy: 120 %}, \(fails)}", "bad-value"
    ),
    (
      "a zone that takes some of the spares",
      "{replicas: {count: 2, spread: zones}, standby: {running: 1, dormancy: cold}, \(fails)}",
      "standby-in-part"
    ),
    (
      "a crew and a failover",
      "{roles: {w: {count: 1}, r: {count: 2}}, failover: {w: {from: [r], takes: 1 min}}, "
        + "fails: {x: {mtbf: 1 y, lasts: 1 h, crew: ops}}}", "crew-with-failover"
    ),
  ]
  static let fails = "fails: {x: {mtbf: 1 y, lasts: 1 h}}"

  @Test("what can not be is found where it stands", arguments: 0..<refusals.count)
  func refused(row: Int) throws {
    let (name, body, slug) = Self.refusals[row]
    do {
      _ = try ModelText.graph(
        """
        crews: {ops: 1}
        domains: {za: {kind: zone, fails: {loss: {mtbf: 1 y, lasts: 1 h}}}, zb: {kind: zone, like: za}}
        components: {a: \(body)}
        capabilities: {s: {depends-on: {a: hard}}}
        """)
      Issue.record("\(name) was accepted")
    } catch let findings as Findings {
      #expect(findings.diagnostics.map(\.slug) == [slug], "\(name): \(findings.diagnostics)")
      #expect(findings.diagnostics.allSatisfy { $0.location != nil }, "\(name)")
    }
  }

  @Test("a group with too many states is refused, not approximated")
  func tooLarge() throws {
    let many = (1...30).map { "c\($0): {fails: {x: {mtbf: \($0 + 99) h, lasts: 1 h, crew: ops}}}" }
    let graph = try ModelText.graph(
      """
      crews: {ops: 1}
      components: {\(many.joined(separator: ", "))}
      capabilities: {s: {depends-on: {c1: hard}}}
      """)
    let error = #expect(throws: SteadyState.TooLarge.self) { try SteadyState.results(of: graph) }
    #expect(error?.unsolvedChain == "the crew ops has more than 300000 states")
  }
}

extension DependentGroupTests {
  /// Two roles of one component share the crew: which units are down matters, and by symmetry the reader's share of n
  /// failures is drawn without replacement.
  @Test("units of two roles that wait for one crew")
  func roles() throws {
    let found = try SteadyState.results(
      of: ModelText.graph(
        """
        crews: {ops: 1}
        components:
          db:
            roles: {writer: {count: 2, required: 2}, reader: {count: 8, required: 5}}
            fails:
              crash: {mtbf: 200 h, lasts: {exponential: 10 h}, crew: ops}
        capabilities:
          write: {depends-on: {db/writer: hard}}
          read: {depends-on: {db/reader: hard}}
          both: {depends-on: {db: hard}}
        """))
    var weights = [1.0]
    for down in 0..<10 { weights.append(weights[down] * Double(10 - down) * 0.05) }
    let total = weights.reduce(0, +)
    var (write, read, both) = (0.0, 0.0, 0.0)
    for (down, weight) in weights.enumerated() {
      for ofWriters in max(0, down - 8)...min(2, down) {
        let sets = Self.choose(2, ofWriters) * Self.choose(8, down - ofWriters) / Self.choose(10, down)
        if ofWriters > 0 { write += weight * sets / total }
        if down - ofWriters > 3 { read += weight * sets / total }
        if ofWriters > 0 || down - ofWriters > 3 { both += weight * sets / total }
      }
    }
    for (result, expected) in zip(found, [write, read, both]) {
      #expect(Self.close(result.unavailability, expected, within: 1e-11))
    }
  }

  private static func choose(_ count: Int, _ size: Int) -> Double {
    (0..<size).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }
  }
}
