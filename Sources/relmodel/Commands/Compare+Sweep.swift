import ArgumentParser
import Diagnostics
import ModelFormat
import Reports
import Simulation

extension Compare {
  /// The most models of a sweep, or of the grid of two.
  private static let pointLimit = 200

  /// Simulates a model at each value of one or two sweeps, and prints the curve.
  func printSweep() throws {
    let stated = try ModelOptions.reading(at: models[0], assignments: assignments)
    let swept = try fitted(ValueSweep.sweeps(in: sweeps), to: stated)
    let count = swept.map(\.values.count).reduce(1, *)
    guard count <= Self.pointLimit else {
      throw Findings([
        Diagnostic(
          slug: "sweep-too-long", "\(count) models; at most \(Self.pointLimit) are swept", at: nil,
          help: "--sweep '\(swept[0].path)=…,5'")
      ])
    }
    let values = Self.combinations(swept)
    let designs =
      [try design("as stated", stated)]
      + (try values.map { own in
        let set = zip(swept, own).map { "\($0.path)=\($1)" }
        return try design(
          own.joined(separator: ", "), ModelOptions.reading(at: models[0], assignments: assignments + set))
      })
    try print(sweep: swept.map(\.name), of: designs, values: [[]] + values)
  }

  private func fitted(_ sweeps: [ValueSweep], to stated: ModelReader.Reading) throws -> [ValueSweep] {
    var fitted: [ValueSweep] = []
    var findings: [Diagnostic] = []
    for sweep in sweeps {
      do throws(Findings) {
        fitted.append(try sweep.fitted(to: stated))
      } catch {
        findings += error.diagnostics
      }
    }
    guard findings.isEmpty else { throw Findings(findings, sources: [ValueSweep.source(self.sweeps)]) }
    return fitted
  }

  /// Every value of the first with every value of the second.
  private static func combinations(_ swept: [ValueSweep]) -> [[String]] {
    swept.reduce([[]]) { rows, sweep in rows.flatMap { row in sweep.values.map { row + [$0] } } }
  }

  private func print(sweep names: [String], of designs: [ComparedDesign], values: [[String]]) throws {
    let plan = try simulation.plan()
    for design in designs { try simulation.checkObstacles(design.graph, plan) }
    var maker = BillMaker(prices)
    let bills = try designs.map { try maker.bill(of: $0.reading.model).monthly }
    let clock = ContinuousClock()
    let began = clock.now
    let comparison = simulate(designs, plan, keeping: nil)
    let seconds = (clock.now - began) / .seconds(1)
    let points = designs.indices.map { place in
      SweepReport.Point(
        values: values[place], header: designs[place].prepared.header,
        exact: try? designs[place].prepared.exactResults(), monthly: bills[place])
    }
    let report = SweepReport(names: names, points: points, comparison: comparison)
    let run = simulation.run(replications: comparison.replications, threads: plan.threads, seconds: seconds)
    try output.print(report.document, json: report.json(run: run))
    if comparison.isPartial { throw Exit.Code(value: Exit.interrupted) }
  }
}
