import Foundation
import Reliability
import ServiceGraph
import ServiceModel
import Stochastics
import Testing

@Suite("Uncertainty")
struct UncertaintyTests {
  // MARK: Published

  /// The fourteen lognormal failure rates of a hoist, in 1e-9 a year.
  static let hoist: [(mu: Double, sigma: Double)] =
    [(4.28, 1.1947), (3.39, 1.1947), (2.795, 1.1947), (2.717, 1.1947), (2.717, 1.1947), (1.444, 1.4632)]
    + [(mu: Double, sigma: Double)](repeating: (-0.040, 1.4632), count: 8)

  /// Percentiles of their sum by convolution on a grid of 2²⁰ points, 0.05 apart.
  static let hoistPercentiles: [(p: Double, value: Double)] = [
    (0.01, 76.06), (0.05, 106.38), (0.1, 128.10), (0.5, 260.44), (0.665, 338.41), (0.85, 509.28),
    (0.9, 608.68),
    (0.95, 807.48), (0.99, 1470.07), (0.9978, 2474.79),
  ]

  @Test("the waste hoist of Greenfield and Sargent as a fault tree: ten percentiles and the mean")
  func hoistPercentilesAgree() throws {
    // Greenfield and Sargent, A probabilistic analysis of a catastrophic transuranic waste hoist accident at the WIPP,
    // EEG-53 (1993), tables 10 and 11; by convolution in QuantEcon, Fault tree uncertainties.
    var table = ExpressionTable()
    let scale = table.add(.constant(1e-9))
    let laws = Self.hoist.enumerated().map { number, law -> EventLaw in
      let (mu, sigma) = (table.add(.constant(law.mu)), table.add(.constant(law.sigma)))
      let rate = table.add(.lognormal(location: mu, spread: sigma), name: "part-\(number + 1)")
      return .expression(table.add(.product([rate, scale])))
    }
    let events = laws.enumerated().map {
      FaultTree.BasicEvent(name: "part-\($0.offset + 1)", law: $0.element)
    }
    let gate = FaultTree.Gate(name: "hoist", operation: .or, inputs: events.indices.map { .event($0) })
    let tree = FaultTree(
      name: "hoist", events: events, gates: [gate], tops: [FaultTree.Top(name: "hoist", input: .gate(0))],
      expressions: table)
    let response = try FaultTreeResponse(tree, time: 1)
    let result = try #require(response.uncertainty(samples: 100_000, seed: 53)[0])
    #expect(result.undefined == 0)
    for (p, value) in Self.hoistPercentiles {
      // An order statistic is off by less than four standard errors.
      let found = result.percentile(p, confidence: 0.99993)
      #expect(found.low <= value * 1e-9 && value * 1e-9 <= found.high, "percentile \(p): \(found.value)")
      #expect(found.high / found.low < 1.25)
    }
    // The mean, Σ exp(μ + σ²/2) = 338.01, within four standard errors.
    #expect(abs(result.mean.value - 338.0118e-9) < 2.05 * result.mean.halfWidth)
    // Of the variance, each part's own share: Var = exp(2μ + σ²) (exp(σ²) − 1).
    let variances = Self.hoist.map { law -> Double in
      let square = law.sigma * law.sigma
      return exp(2 * law.mu + square) * (exp(square) - 1)
    }
    let first = try #require(response.percentileTornadoes().first?.bars.first)
    #expect(first.name == "part-1" && variances.max() == variances[0])
  }

  @Test("samples that are no probability are counted: a normal deviate whose mean is one deviation above 0")
  func cutSamples() throws {
    var table = ExpressionTable()
    let parts = (table.add(.constant(0.1)), table.add(.constant(0.1)), table.add(.constant(0.5)))
    let wide = table.add(.normal(mean: parts.0, deviation: parts.1), name: "wide")
    let events = [wide, parts.2].enumerated().map {
      FaultTree.BasicEvent(name: "e\($0.offset)", law: .expression($0.element))
    }
    let tree = FaultTree(
      name: "t", events: events,
      gates: [FaultTree.Gate(name: "g", operation: .and, inputs: [.event(0), .event(1)])],
      tops: [FaultTree.Top(name: "g", input: .gate(0))], expressions: table)
    let cut = try FaultTreeResponse(tree, time: 1).cutSamples(10_000, seed: 7)
    #expect(cut.events == ["e0"])
    // Φ(−1) = 0.158655; four standard errors.
    #expect(abs(Double(cut.count) / 10_000 - 0.158655) < 4 * (0.158655 * 0.841345 / 10_000).squareRoot())
  }

  // MARK: Closed form

  @Test("a product of lognormals is lognormal")
  func productOfLognormals() throws {
    let inputs = try [0.3, 0.4, 1.2].enumerated().map {
      UncertainInput(name: "x\($0.offset)", law: try Lognormal(mu: 0, sigma: $0.element))
    }
    let result = try #require(
      UncertaintyPropagation.distributions(of: inputs, samples: 40_000, seed: 3, outputs: 1) {
        [$0[0] * $0[1] / $0[2]]
      }[0])
    // σ² = 0.09 + 0.16 + 1.44 = 1.3²; p95 = exp(1.645 × 1.3).
    for (p, z) in [(0.05, -1.6448536269514722), (0.5, 0), (0.95, 1.6448536269514722)] {
      let found = result.percentile(p, confidence: 0.99993)
      let expected = exp(1.3 * z)
      #expect(found.low <= expected && expected <= found.high, "percentile \(p): \(found.value)")
      #expect(found.high / found.low < 1.12)
    }
    #expect(abs(result.mean.value - exp(0.845)) < 2.05 * result.mean.halfWidth)
  }

  @Test("a small sample by hand: mean, spread, percentiles between its values, and what is left out")
  func smallSample() throws {
    let sample = try #require(SampledDistribution([4, .nan, 1, 3, 2, .infinity]))
    #expect(sample.values == [1, 2, 3, 4] && sample.undefined == 2)
    #expect(abs(sample.mean.value - 2.5) < 1e-15)
    let deviation = (5.0 / 3).squareRoot()
    #expect(abs(sample.standardDeviation - deviation) < 1e-15)
    #expect(sample.percentile(0.5).value == 2.5)
    #expect(abs(sample.percentile(0.05).value - 1.15) < 1e-15)
    #expect(sample.percentile(0).value == 1 && sample.percentile(1).value == 4)
    #expect(SampledDistribution([1, .nan]) == nil)
  }

  // MARK: Service models

  static let two = """
    components:
      a: {fails: {crash: {scope: component, incidents: a/crash}}}
      b: {fails: {crash: {mtbf: {incidents: b/crash}, lasts: 2 h}}}
    capabilities:
      a: {depends-on: {a: hard}}
      both: {depends-on: {a: hard, b: hard}}
    """

  /// a: one outage of an hour in 251 h, seen so often.
  static func bound(_ count: Int = 4) throws -> (graph: CompiledGraph, bindings: [BoundMode]) {
    let seen = [
      ModeReference(component: "a", mode: "crash"): ModeObservation(
        count: count, downtimeHours: Double(count), windowHours: 251 * Double(count)),
      ModeReference(component: "b", mode: "crash"): ModeObservation(
        count: 9, downtimeHours: 9, windowHours: 9009),
    ]
    let (model, bindings) = try ModelText.model(Self.two).binding(seen)
    return (try CompiledGraph(model), bindings)
  }

  @Test("a history of n outages: rates gamma with shape n, durations only where the history gives them")
  func factorsOfHistory() throws {
    let (graph, bindings) = try Self.bound()
    let factors = UncertainFactor.fromHistory(bindings, graph: graph)
    #expect(
      factors.map(\.name) == [
        "incidents/a/crash/rate", "incidents/a/crash/duration", "incidents/b/crash/rate",
      ])
    #expect(factors[0].divided == ["components/a/fails/crash/mtbf"] && factors[0].multiplied.isEmpty)
    #expect(factors[1].divided == ["components/a/fails/crash/lasts"] && factors[1].multiplied.isEmpty)
    for (factor, shape) in zip(factors, [4.0, 4, 9]) {
      #expect(factor.law.mean == 1)
      #expect(abs(factor.law.variance - 1 / shape) < 1e-15, "\(factor.name)")
    }
    let jeffreys = UncertainFactor.fromHistory(bindings, graph: graph, jeffreys: true)
    #expect(abs(jeffreys[0].law.mean - 4.5 / 4) < 1e-15)
  }

  /// λ is gamma(n, T) and μ gamma(n, D), so λ / μ is (D / T) times beta prime(n, n), which is F(2n, 2n).
  @Test(
    "the posterior of one part in closed form: the odds of being down are beta prime", arguments: [4, 12])
  func posteriorOfOnePart(count: Int) throws {
    let (graph, bindings) = try Self.bound(count)
    let found = try UncertainUnavailability.all(graph, bindings: bindings, samples: 40_000, seed: 11)
    let posterior = try #require(found[0])
    #expect(posterior.parameters == ["incidents/a/crash/rate", "incidents/a/crash/duration"])
    #expect(abs(posterior.stated - 1.0 / 251) < 1e-15)
    for p in [0.05, 0.1, 0.5, 0.9, 0.95] {
      let share = inverseRegularizedBeta(p: p, a: Double(count), b: Double(count))
      let odds: Double = share / (1 - share) / 250
      let expected: Double = odds / (1 + odds)
      let interval = posterior.distribution.percentile(p, confidence: 0.9999)
      #expect(interval.low <= expected && expected <= interval.high, "p\(p)")
      #expect(interval.high / interval.low < 1.2)
    }
  }

  /// The odds of being down are 1 h times the rate, which is lognormal around 1 / 250 h with error factor 3.
  @Test("what a model states as uncertain counts like what few incidents leave possible")
  func statedAsUncertain() throws {
    let graph = try ModelText.graph(
      """
      components:
        a: {fails: {crash: {mtbf: {value: 250 h, uncertain: {error-factor: 3}}, lasts: 1 h}}}
      capabilities: {a: {depends-on: {a: hard}}}
      """)
    let found = try UncertainUnavailability.all(graph, bindings: [], samples: 40_000, seed: 7)
    let posterior = try #require(found[0])
    #expect(posterior.bound.isEmpty && posterior.believed.count == 1)
    let law = try #require(UncertainNumbers(graph, bindings: []).factors.first).law
    for p in [0.1, 0.5, 0.9] {
      // The factor multiplies the mean time between failures, so its upper end is the lower of the odds.
      let odds = 1 / (250 * law.quantile(1 - p))
      let interval = posterior.distribution.percentile(p, confidence: 0.9999)
      #expect(interval.low <= odds / (1 + odds) && odds / (1 + odds) <= interval.high, "p\(p)")
    }
  }

  @Test("the posterior of a capability is nil where nothing bound moves it, and the same for the same seed")
  func posteriorOfOthers() throws {
    let model = try ModelText.model(
      """
      components:
        a: {fails: {crash: {scope: component, incidents: a/crash}}}
        c: {fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
      capabilities: {a: {depends-on: {a: hard}}, c: {depends-on: {c: hard}}}
      """)
    let seen = ModeObservation(count: 3, downtimeHours: 3, windowHours: 900)
    let (bound, bindings) = try model.binding([ModeReference(component: "a", mode: "crash"): seen])
    let graph = try CompiledGraph(bound)
    let first = try UncertainUnavailability.all(graph, bindings: bindings, samples: 100, seed: 3)
    #expect(first[0] != nil && first[1] == nil)
    let again = try UncertainUnavailability.all(graph, bindings: bindings, samples: 100, seed: 3)
    #expect(first[0]?.distribution.values == again[0]?.distribution.values)
    #expect(
      try UncertainUnavailability.all(graph, bindings: [], samples: 100, seed: 3).allSatisfy { $0 == nil })
  }

  @Test("outages that vary more than exponential ones are worth fewer; one that lasts has no length")
  func worthOfDurations() throws {
    let seen = ModeObservation(
      count: 5, downtimeHours: 8, windowHours: 1_000, endedCount: 4, durationWorth: 2)
    let model = try ModelText.model(
      """
      components: {a: {fails: {crash: {scope: component, incidents: a/crash}}}}
      capabilities: {a: {depends-on: {a: hard}}}
      """)
    let (bound, bindings) = try model.binding([ModeReference(component: "a", mode: "crash"): seen])
    #expect(bindings[0].meanOutageHours == 2)
    #expect(bindings[0].meanTimeBetweenFailuresHours == 992.0 / 5)
    let factors = UncertainFactor.fromHistory(bindings, graph: try CompiledGraph(bound))
    #expect(abs(factors[0].law.variance - 1.0 / 5) < 1e-15)
    #expect(abs(factors[1].law.variance - 1.0 / 2) < 1e-15)
  }

  @Test("Sobol indices of a series: the shares of the variances, to first order")
  func sobolOfSeries() throws {
    let (graph, bindings) = try Self.bound(12)
    let response = try ServiceResponse(graph)
    let factors = UncertainFactor.fromHistory(bindings, graph: graph)
    let indices = try #require(try response.sobolIndices(factors, samples: 8192, seed: 5)[1])
    // a: 1/250 × X / Y with gamma factors of shape 12 and mean 1; b: 2/1000 × gamma of shape 9. 1/Y has the mean 12/11
    // and E[1/Y²] = 144/110. In units of 1e-3 the variances are 16 times those of X, 1/Y and both, and 4 / 9.
    let (mean, square) = (12.0 / 11, 144.0 / 110)
    let (rate, length, other) = (16 * mean * mean / 12, 16 * (square - mean * mean), 4.0 / 9)
    let total = rate + length + 16 * (square - mean * mean) / 12 + other
    let expected = [rate / total, length / total, other / total]
    for (index, value) in zip(indices.indices, expected) {
      let slack: Double = 2.552 * index.first.halfWidth + 0.01
      #expect(abs(index.first.value - value) < slack, "\(index.name)")
    }
    let last = indices.indices[2].total
    let slack: Double = 2.552 * last.halfWidth + 0.01
    #expect(abs(last.value - other / total) < slack)
  }

  @Test("the same seed gives the same bits, whatever else is uncertain; another seed others")
  func determinism() throws {
    let (graph, bindings) = try Self.bound()
    let response = try ServiceResponse(graph)
    let factors = UncertainFactor.fromHistory(bindings, graph: graph)
    func values(_ factors: [UncertainFactor], seed: UInt64) throws -> [Double] {
      try #require(try response.uncertainty(factors, samples: 500, seed: seed)[0]).values
    }
    let all = try values(factors, seed: 1)
    #expect(try values(factors, seed: 1) == all)
    #expect(try values(factors.reversed(), seed: 1) == all)
    // What b is does not touch a.
    #expect(try values(Array(factors.prefix(2)), seed: 1) == all)
    #expect(try values(factors, seed: 2) != all)
  }

  @Test("a factor on what the model does not have is told by name; probabilities stay below 1")
  func strayFactors() throws {
    let graph = try ModelText.graph(
      """
      components: {a: {fails: {crash: {availability: 60 %}}}}
      capabilities: {a: {depends-on: {a: hard}}}
      """)
    let response = try ServiceResponse(graph)
    let law = try Uniform(minimum: 1, maximum: 4)
    let stray = UncertainFactor(name: "f", law: law, multiplied: ["nothing"], basis: "")
    let error = #expect(throws: ServiceResponse.UnknownParameter.self) {
      try response.uncertainty([stray], samples: 2, seed: 1)
    }
    #expect(error?.name == "nothing")
    let name = "components/a/fails/crash/availability"
    let result = try response.uncertainty(
      [UncertainFactor(name: "f", law: law, multiplied: [name], basis: "")], samples: 1000, seed: 1)
    #expect(result[0]?.values.last == 1)
    let bar = try #require(response.tornadoes()[0].bars.first)
    #expect(bar.low == 0.2 && bar.high == 0.8 && bar.resultAtHigh == 0.8)
    let stated = response.tornadoes(stated: [name: 0.1...0.3])[0].bars.first
    #expect(stated?.resultAtLow == 0.1 && stated?.resultAtHigh == 0.3)
  }
}
