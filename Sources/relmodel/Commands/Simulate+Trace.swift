import ArgumentParser
import Quantities
import Reports
import Simulation

extension Simulate {
  func validateTrace() throws {
    if let trace, !(0..<simulation.replications).contains(trace) {
      throw ValidationError("--trace: a replication from 0 to \(grouped(simulation.replications - 1))")
    }
    guard let traceFile else { return }
    guard trace != nil else {
      throw ValidationError("--trace-file: say which replication, such as --trace 0")
    }
    guard traceFile.hasSuffix(".jsonl") || traceFile.hasSuffix(".json") else {
      throw ValidationError("--trace-file: a name that ends in .jsonl or .json")
    }
  }

  /// Prints one replication.
  func tell(replication: Int, _ prepared: Preparation, _ plan: SimulationPlan) throws {
    let trace = Simulator(prepared.graph, plan: plan).trace(replication: replication)
    let report = TraceReport(header: prepared.header, trace: trace)
    try output.print(report.document, json: report.json)
    if let traceFile {
      try OutputFile.replace(
        traceFile, by: traceFile.hasSuffix(".jsonl") ? report.jsonLines : report.chromeTrace)
    }
    if let pictures {
      try OutputFile.makeFolder(pictures)
      try OutputFile.replace("\(pictures)/\(report.timeline.name)", by: report.timeline.svg)
    }
  }
}
