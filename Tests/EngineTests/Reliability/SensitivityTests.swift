import Foundation
import Reliability
import ServiceGraph
import Stochastics
import Testing

@Suite("Sensitivity")
struct SensitivityTests {
  static func uniform(_ names: [String], from low: Double = 0, to high: Double = 1) throws -> [UncertainInput]
  {
    try names.map { UncertainInput(name: $0, law: try Uniform(minimum: low, maximum: high)) }
  }

  // MARK: Sobol

  /// One published or closed-form answer.
  struct SobolRow: Sendable, CustomTestStringConvertible {
    let source: String
    let first: [Double]
    let total: [Double]
    let variance: Double
    let high: Double
    let evaluate: @Sendable ([Double]) -> Double
    var testDescription: String { source }
  }

  static let rows = [
    SobolRow(
      source:
        "Ishigami and Homma 1990; indices in Saltelli et al., Global sensitivity analysis, 2008, section 4.6",
      first: [0.3139, 0.4424, 0], total: [0.5576, 0.4424, 0.2437], variance: 13.8446, high: 2 * Double.pi,
      evaluate: { x in
        let (a, b, c) = (x[0] - Double.pi, x[1] - Double.pi, x[2] - Double.pi)
        return sin(a) + 7 * sin(b) * sin(b) + 0.1 * c * c * c * c * sin(a)
      }),
    SobolRow(
      source: "closed form: y = 1 a + 2 b + 3 c, shares 1 : 4 : 9, variance 14/12",
      first: [1.0 / 14, 4.0 / 14, 9.0 / 14], total: [1.0 / 14, 4.0 / 14, 9.0 / 14], variance: 14.0 / 12,
      high: 1, evaluate: { $0[0] + 2 * $0[1] + 3 * $0[2] }),
    SobolRow(
      source: "closed form: y = a b c, each with CV² 1/3: S = (1/3) / ((4/3)³ − 1), T = 3 (16/27) / (37/9) …",
      first: [9.0 / 37, 9.0 / 37, 9.0 / 37], total: [16.0 / 37, 16.0 / 37, 16.0 / 37],
      variance: 37.0 / 27 / 64,
      high: 1, evaluate: { $0[0] * $0[1] * $0[2] }),
    SobolRow(
      source: "Saltelli and Sobol 1995, g-function with a = 0, 1, 9: V = 1/3, 1/12, 1/300",
      first: [1.0 / 3, 1.0 / 12, 1.0 / 300].map { $0 / 0.449259259259 },
      total: [
        (1.0 / 3) * (13.0 / 12) * (301.0 / 300), (1.0 / 12) * (4.0 / 3) * (301.0 / 300),
        (1.0 / 300) * (4.0 / 3) * (13.0 / 12),
      ].map { $0 / 0.449259259259 },
      variance: 0.449259259259, high: 1,
      evaluate: { x in
        zip(x, [0.0, 1, 9]).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
      }),
  ]

  @Test("Sobol indices of known functions, within five standard errors", arguments: rows)
  func sobol(_ row: SobolRow) throws {
    let inputs = try Self.uniform(["a", "b", "c"], to: row.high)
    let indices = try #require(
      SobolIndices.estimates(of: inputs, samples: 16_384, seed: 7, outputs: 1) { [row.evaluate($0)] }[0])
    #expect(abs(indices.variance / row.variance - 1) < 0.03)
    for (place, index) in indices.indices.enumerated() {
      // A half width is 1.96 standard errors.
      let (first, total) = (2.552 * index.first.halfWidth, 2.552 * index.total.halfWidth)
      #expect(abs(index.first.value - row.first[place]) <= first + 1e-12, "first order of \(index.name)")
      #expect(abs(index.total.value - row.total[place]) <= total + 1e-12, "total order of \(index.name)")
      #expect(index.first.halfWidth < 0.05 && index.total.halfWidth < 0.05)
    }
  }

  @Test("95 % intervals of Sobol indices hold the truth in about 95 % of 200 seeds")
  func sobolCoverage() throws {
    let inputs = try Self.uniform(["a", "b"])
    var held = 0
    for seed in 0..<200 {
      let indices = try #require(
        SobolIndices.estimates(of: inputs, samples: 512, seed: UInt64(seed), outputs: 1) {
          [$0[0] + 2 * $0[1]]
        }[0])
      for (index, truth) in zip(indices.indices, [0.2, 0.8]) {
        held += index.first.low <= truth && truth <= index.first.high ? 1 : 0
        held += index.total.low <= truth && truth <= index.total.high ? 1 : 0
      }
    }
    // 800 trials at 95 %: 760 ± 3 × 6.2, and twice that since the trials of one seed go together.
    #expect(abs(Double(held) - 760) < 40, "\(held) of 800")
  }

  @Test("a result that does not vary, or has no value, has no indices")
  func sobolWithoutVariance() throws {
    let inputs = try Self.uniform(["a"])
    let found = SobolIndices.estimates(of: inputs, samples: 64, seed: 1, outputs: 3) {
      [5, $0[0] < 0.5 ? .nan : 1, $0[0]]
    }
    #expect(found[0] == nil && found[1] == nil)
    #expect(found[2]?.indices.map(\.name) == ["a"])
  }

  // MARK: Elasticity and tornado

  @Test("elasticities of a series system: each mtbf by −U, each length by +U, of the share of downtime")
  func seriesElasticities() throws {
    let graph = try ModelText.graph(
      """
      components:
        a: {fails: {crash: {mtbf: 990 h, lasts: 10 h}}}
        b: {fails: {crash: {mtbf: 98 h, lasts: 2 h}}}
      capabilities: {all: {depends-on: {a: hard, b: hard}}}
      """)
    let response = try ServiceResponse(graph)
    #expect(
      response.parameters.map(\.name) == [
        "components/a/fails/crash/mtbf", "components/a/fails/crash/lasts", "components/b/fails/crash/mtbf",
        "components/b/fails/crash/lasts",
      ])
    // U = 1 − 0.99 × 0.98; ∂U/∂u_a = 0.98, and x ∂u/∂x = ± u (1 − u).
    let total = 1 - 0.99 * 0.98
    let expected = [-0.98 * 0.01 * 0.99, 0.98 * 0.01 * 0.99, -0.99 * 0.02 * 0.98, 0.99 * 0.02 * 0.98]
    let found = response.elasticities(response.statedValues)[0]
    for (elasticity, value) in zip(found, expected) {
      #expect(abs(elasticity.value - value / total) < 1e-13, "\(elasticity.name)")
    }
    let tornado = response.tornadoes()[0]
    #expect(abs(tornado.base - total) < 1e-15)
    #expect(tornado.bars.first?.name == "components/b/fails/crash/lasts")
    // Twice the length of b: 4 / 102 down.
    let down: Double = 1 - 0.99 * 98 / 102
    #expect(abs((tornado.bars.first?.resultAtHigh ?? 0) - down) < 1e-15)
    #expect(zip(tornado.bars, tornado.bars.dropFirst()).allSatisfy { $0.swing >= $1.swing })
  }

  @Test("two units of which one is needed, with a beta factor: elasticities in closed form")
  func betaElasticity() throws {
    let graph = try ModelText.graph(
      """
      components:
        a:
          replicas: {count: 2, required: 1}
          fails: {crash: {availability: 99 %, common-cause: {beta: 10 %}}}
      capabilities: {all: {depends-on: {a: hard}}}
      """)
    let response = try ServiceResponse(graph)
    // U = p² + c − p² c with p = (1 − β) q and c = β q.
    let (q, beta) = (0.01, 0.1)
    let (p, c) = ((1 - beta) * q, beta * q)
    let total = p * p + c - p * p * c
    let byQ = 2 * p * (1 - c) * (1 - beta) + (1 - p * p) * beta
    let byBeta = -2 * p * (1 - c) * q + (1 - p * p) * q
    let found = response.elasticities(response.statedValues)[0]
    let path = "components/a/fails/crash"
    #expect(found.map(\.name) == ["\(path)/availability", "\(path)/common-cause/beta"])
    #expect(abs(found[0].value - byQ * q / total) < 1e-13)
    #expect(abs(found[1].value - byBeta * beta / total) < 1e-13)
  }

  @Test(
    "the chain rule agrees with differences, and stated values with the steady state, on 200 random models")
  func agreesOnRandomModels() throws {
    var compared = 0
    for number in 0..<200 {
      let graph = try ModelText.graph(RandomModel.text(number: number, style: .any))
      let response = try ServiceResponse(graph)
      let values = response.statedValues
      let results = try SteadyState.results(of: graph)
      for (result, found) in zip(results, response.unavailabilities(values)) {
        #expect(abs(found - result.unavailability) <= 1e-14 * result.unavailability, "random model \(number)")
      }
      for (result, found) in zip(results, response.frequencies(values)) {
        #expect((found == nil) == (result.frequencyPerHour == nil), "random model \(number)")
        guard let found, let expected = result.frequencyPerHour else { continue }
        #expect(abs(found - expected) <= 1e-13 * expected, "random model \(number)")
      }
      let names = response.parameters.map(\.name)
      #expect(Set(names).count == names.count, "random model \(number)")
      let differences = Elasticity.byDifferences(base: values, names: names, response.unavailabilities)
      for (chain, other) in zip(response.elasticities(values), differences) {
        let expected = Dictionary(uniqueKeysWithValues: other.map { ($0.name, $0.value) })
        for elasticity in chain {
          #expect(
            abs(elasticity.value - (expected[elasticity.name] ?? .infinity)) < 1e-8,
            "random model \(number), \(elasticity.name)")
          compared += 1
        }
      }
    }
    #expect(compared > 1000)
  }

  @Test("starts after outages of units and places are felt, by each bar as by a model of its numbers")
  func starts() throws {
    func text(zone: Double = 500, crash: Double = 300, lasts: Double = 3) -> String {
      """
      domains:
        za: {kind: zone, fails: {out: {lifetime: {weibull: {shape: 2, mean: \(zone) h}}, lasts: \(lasts) h}}}
      components:
        slow: {in: za, fails: {crash: {mtbf: \(crash) h, lasts: 1 h}}, start: {takes: 20 h}}
        quick: {in: za, fails: {crash: {mtbf: 400 h, lasts: 1 h}}, start: {takes: 2 h}}
      capabilities:
        slow: {depends-on: {slow: hard}}
        either: {depends-on: {one: {any-of: [slow, quick]}}}
      """
    }
    let response = try ServiceResponse(try ModelText.graph(text()))
    let results = try SteadyState.results(of: ModelText.graph(text()))
    for (result, found) in zip(results, response.unavailabilities(response.statedValues)) {
      #expect(relativeError(found, result.unavailability) <= 1e-12)
    }
    let names = response.parameters.map(\.name)
    func value(_ name: String, times factor: Double) -> [Double] {
      let place = names.firstIndex { $0.hasSuffix(name) } ?? 0
      return response.statedValues.enumerated().map { $0 == place ? $1 * factor : $1 }
    }
    let changed = [
      (value("slow/fails/crash/mtbf", times: 2), text(crash: 600)),
      (value("za/fails/out/lasts", times: 0.5), text(lasts: 1.5)),
    ]
    for (values, text) in changed {
      let expected = try SteadyState.results(of: ModelText.graph(text))
      for (result, found) in zip(expected, response.unavailabilities(values)) {
        #expect(relativeError(found, result.unavailability) <= 1e-9)
      }
    }
    let differences = Elasticity.byDifferences(
      base: response.statedValues, names: names, response.unavailabilities)
    for (chain, other) in zip(response.elasticities(response.statedValues), differences) {
      let expected = Dictionary(uniqueKeysWithValues: other.map { ($0.name, $0.value) })
      for elasticity in chain {
        #expect(abs(elasticity.value - (expected[elasticity.name] ?? .infinity)) < 1e-6, "\(elasticity.name)")
      }
    }
  }

  @Test("failover: detection, move, coverage and the outage itself count")
  func failoverElasticities() throws {
    let graph = try ModelText.graph(
      """
      components:
        store:
          roles: {primary: {count: 1}, standby: {count: 1, required: 0}}
          failover:
            primary: {from: [standby], detect: 30 s, takes: {exponential: 2 min}, works: 95 %, manual: 20 min}
          fails: {crash: {mtbf: 1000 h, detect: 1 min, recover: {exponential: 2 h}}}
      capabilities: {all: {depends-on: {store/primary: hard}}}
      """)
    let response = try ServiceResponse(graph)
    let values = response.statedValues
    let names = response.parameters.map(\.name)
    let path = "components/store/failover/primary"
    #expect(Array(names.suffix(4)) == ["\(path)/detect", "\(path)/takes", "\(path)/works", "\(path)/manual"])
    #expect(response.parameters.first { $0.name.hasSuffix("works") }?.written(0.05) == 0.95)
    let expected = Elasticity.byDifferences(base: values, names: names, response.unavailabilities)[0]
    let found = response.elasticities(values)[0]
    #expect(found.map(\.name) == names)
    for (chain, difference) in zip(found, expected) {
      #expect(abs(chain.value - difference.value) < 1e-8, "\(chain.name)")
      #expect(abs(chain.value) > 1e-3, "\(chain.name)")
    }
    // With all mean times k times as long, nothing changes.
    let hours = response.parameters.indices.filter { response.parameters[$0].quantity == .hours }
    var longer = values
    for place in hours { longer[place] *= 3 }
    let (before, after) = (response.unavailabilities(values)[0], response.unavailabilities(longer)[0])
    #expect(abs(after / before - 1) < 1e-9)
  }

  /// Numbers of chains: each against a model that says the other number.
  static let chainModels = [
    """
    crews: {one: 1}
    components: {m: {replicas: {count: 4, required: 3}, fails: {f: {mtbf: 100 h, lasts: {exponential: 20 h}, crew: one}}}}
    capabilities: {s: {depends-on: {m: hard}}}
    """,
    """
    components:
      m:
        replicas: {count: 2, required: 1}
        standby:
          running: 1
          dormancy: 20 %
          switch: {detect: {exponential: 1 min}, takes: {exponential: 4 min}, works: 95 %, manual: {exponential: 30 min}}
        fails: {f: {rate: 1 per 500 h, lasts: {exponential: 10 h}}}
    capabilities: {s: {depends-on: {m: hard}}}
    """,
    """
    components:
      m:
        roles: {writer: {count: 1}, standby: {count: 2, required: 1}}
        failover: {writer: {from: [standby], detect: 30 s, takes: {uniform: {min: 2 min, max: 5 min}}, works: 95 %, manual: 25 min}}
        fails: {f: {rate: 1 per 500 h, lasts: {lognormal: {median: 2 h, p90: 6 h}}}}
    capabilities: {s: {depends-on: {m/writer: hard}}, t: {depends-on: {m/standby: hard}}}
    """,
  ]

  @Test(
    "numbers of chains: what solving says as stated, then for twice each mean and each chance of failure",
    arguments: chainModels)
  func chains(_ text: String) throws {
    let graph = try ModelText.graph(text)
    let response = try ServiceResponse(graph)
    let stated = try SteadyState.results(of: graph)
    for (found, result) in zip(response.unavailabilities(response.statedValues), stated) {
      #expect(relativeError(found, result.unavailability) <= 1e-13)
    }
    let changes = [
      ("mtbf", "mtbf: 100 h", "mtbf: 200 h"), ("rate", "rate: 1 per 500 h", "rate: 2 per 500 h"),
      ("works", "works: 95 %", "works: 90 %"), ("dormancy", "dormancy: 20 %", "dormancy: 40 %"),
      ("manual", "exponential: 30 min", "exponential: 60 min"),
      ("manual", "manual: 25 min", "manual: 50 min"),
      ("detect", "detect: 30 s", "detect: 60 s"), ("lasts", "exponential: 20 h", "exponential: 40 h"),
      ("takes", "min: 2 min, max: 5 min", "min: 4 min, max: 10 min"),
      ("lasts", "median: 2 h, p90: 6 h", "median: 4 h, p90: 12 h"),
    ]
    for (key, old, new) in changes where text.contains(old) {
      let place = try #require(response.parameters.firstIndex { $0.name.hasSuffix("/\(key)") })
      var values = response.statedValues
      values[place] *= 2
      let pieces = text.split(separator: old, omittingEmptySubsequences: false)
      let changed = try ModelText.graph(pieces.joined(separator: new))
      for (found, result) in zip(response.unavailabilities(values), try SteadyState.results(of: changed)) {
        // As many stages stand for a law as for the stated one; with other shares of its parts it might have others.
        #expect(relativeError(found, result.unavailability) <= 2e-3, "\(response.parameters[place].name)")
      }
    }
    let names = response.parameters.map(\.name)
    let differences = Elasticity.byDifferences(
      base: response.statedValues, names: names, step: 2e-3, response.unavailabilities)
    for (found, other) in zip(response.elasticities(response.statedValues), differences) {
      let expected = Dictionary(uniqueKeysWithValues: other.map { ($0.name, $0.value) })
      for elasticity in found {
        #expect(abs(elasticity.value - (expected[elasticity.name] ?? .infinity)) < 1e-6, "\(elasticity.name)")
      }
      // Time in other units changes nothing: the elasticities of means and rates sum to 0.
      let times = Set(response.parameters.filter { $0.quantity == .hours }.map(\.name))
      let rates = Set(response.parameters.filter { $0.quantity == .perHour }.map(\.name))
      let sum = found.reduce(0) {
        times.contains($1.name) ? $0 + $1.value : rates.contains($1.name) ? $0 - $1.value : $0
      }
      #expect(abs(sum) < 1e-6)
    }
  }

  @Test("a domain that is like another has its numbers, and so have the nodes of a pool")
  func sharedNumbers() throws {
    let graph = try ModelText.graph(
      """
      domains:
        a: {kind: zone, fails: {outage: {mtbf: 99 h, lasts: 1 h}}}
        b: {kind: zone, like: a}
        pool: {kind: pool, nodes: {count: 3, fails: {failure: {mtbf: 9 d, lasts: 1 h}}}}
      components:
        x: {replicas: {count: 2, required: 2, spread: zones}}
        y: {replicas: {count: 3, required: 3, spread: nodes}}
      capabilities: {all: {depends-on: {x: hard}}, more: {depends-on: {y: hard}}}
      """)
    let response = try ServiceResponse(graph)
    #expect(
      response.parameters.map(\.name) == [
        "domains/a/fails/outage/mtbf", "domains/a/fails/outage/lasts",
        "domains/pool/nodes/fails/failure/mtbf", "domains/pool/nodes/fails/failure/lasts",
      ])
    // Both zones at once: twice the mtbf halves each.
    let twice = response.unavailabilities([198, 1, 216, 1])
    let down: Double = 1 - (198.0 / 199) * (198.0 / 199)
    #expect(abs(twice[0] - down) < 1e-15)
  }
}
