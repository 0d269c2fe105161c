import Diagnostics
import FoundationEssentials
import ModelFormat
import Reliability
import Reports
import ServiceGraph
import ServiceModel

/// A model bound to its history and compiled: what both engines start from.
struct Preparation {
  let header: ResultHeader
  /// The graph with its roles that move, which are solved for the first question about it.
  let roles: SolvedRoles
  var graph: CompiledGraph { header.graph }

  init(_ modelOptions: ModelOptions, _ history: HistoryOptions, _ output: OutputOptions) throws {
    try self.init(ModelInput(modelOptions, history, output))
  }

  /// - Throws: what is wrong with the model once it is bound, with the texts to quote from.
  init(_ input: ModelInput) throws(Findings) {
    do throws(Findings) {
      let (model, bindings) = try input.model.binding(input.observations)
      self.init(ResultHeader(graph: try CompiledGraph(model), bindings: bindings))
    } catch {
      throw error.adding(sources: input.reading.sources)
    }
  }

  init(_ header: ResultHeader) {
    self.header = header
    roles = SolvedRoles(header.graph)
  }

  /// The number of processors that may be used.
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The exact results.
  ///
  /// - Throws: a finding when the diagram outgrows its limit.
  func exactResults() throws -> [SteadyStateResult] {
    try explainingSize { () throws(SteadyState.TooLarge) in try SteadyState.results(of: roles) }
  }

  /// The exact answer with what the history leaves possible, without a cross-check.
  func exactReport(seed: UInt64 = 42) throws -> SolveReport {
    let results = try exactResults()
    var posterior = PosteriorOptions()
    posterior.posterior = UncertainUnavailability.usualSamples
    return SolveReport(
      header: header, results: results, intervals: try intervals(for: results), checks: [],
      capabilitySections: posterior.sections(self, seed: seed))
  }

  /// The intervals that few incidents deserve.
  func intervals(for results: [SteadyStateResult]) throws -> [HistoryInterval?] {
    try explainingSize { () throws(SteadyState.TooLarge) in
      try HistoryInterval.intervals(for: results, graph: graph, bindings: header.bindings)
    }
  }

  /// Turns a diagram that outgrew its limit into a finding.
  func explainingSize<Value>(_ body: () throws(SteadyState.TooLarge) -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      if let reason = error.unsolvedChain {
        throw Findings([
          Diagnostic(slug: "too-large", "there is no exact answer: \(reason)", at: nil)
        ])
      }
      throw Findings([
        Diagnostic(
          slug: "too-large",
          "the decision diagram of this model outgrew \(error.nodeLimit) nodes; there is no exact answer",
          at: nil,
          help: "relmodel simulate answers it with an interval")
      ])
    }
  }
}
