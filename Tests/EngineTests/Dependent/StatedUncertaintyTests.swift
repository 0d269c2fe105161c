import Reliability
import ServiceGraph
import Stochastics
import Testing

@Suite("Uncertainty stated in a model")
struct StatedUncertaintyTests {
  @Test("each stated factor finds the parameter it is about")
  func factors() throws {
    let graph = try ModelText.graph(
      """
      detectors: {probe: {value: 30 s, uncertain: {error-factor: 2}}}
      components:
        a:
          replicas: {count: 2, required: 1}
          fails:
            x:
              rate: {value: 2 /y, uncertain: {error-factor: 3}}
              lasts: {exponential: {value: 1 h, uncertain: {error-factor: 5}}}
              common-cause: {beta: {value: 10 %, uncertain: {low: 5 %, high: 20 %}}}
            y: {mtbf: {value: 1 y, uncertain: {error-factor: 2}}, detect: probe, recover: 1 h}
        b: {availability: {value: 99.9 %, uncertain: {error-factor: 4}}}
      capabilities: {s: {depends-on: {a: hard, b: hard}}}
      """)
    let (factors, unmatched) = UncertainFactor.stated(in: graph)
    #expect(unmatched == ["detectors/probe"])
    #expect(
      factors.map { $0.multiplied + $0.divided.map { "1 / \($0)" } } == [
        ["components/a/fails/x/rate"], ["components/a/fails/x/lasts"],
        ["components/a/fails/x/common-cause/beta"], ["components/a/fails/y/mtbf"],
        ["components/b/fails/unspecified/availability"],
      ])
    #expect(factors.map { ($0.law.quantile(0.95) * 1000).rounded() / 1000 } == [3, 5, 2, 2, 4])
  }
}
