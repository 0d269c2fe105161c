internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension RoiReport {
  /// The report for somebody who signs: what to do, what it is worth, when it pays, what would change that, and on what all
  /// of it rests.
  ///
  /// - Parameters:
  ///   - headers: what every result says about the base and about each option, in their order.
  ///   - command: what was typed.
  public func approverReport(headers: [ResultHeader], command: String) -> ReaderReport {
    ReaderReport(
      for: .approver, title: "Is it worth it? \(frame.base) and \(optionNames)", headline: decision,
      sections: approverSections,
      unknowns: ReportUnknowns(
        of: Array(zip([frame.base] + options.map(\.name), headers)), notes: leftOut),
      assumptions: ReportAssumptions(of: headers.map(\.graph.model), and: []), method: approverMethod(command)
    )
  }

  /// One line for each part, in the order in which it is read.
  private var approverSections: [any ReportSection] {
    [OptionsSection(self), CashFlowSection(self), SpreadSection(self), FlipSection(self)]
  }

  private var optionNames: String {
    let names = options.map(\.name)
    return names.count > 3 ? "\(names.count) options" : names.joined(separator: ", ")
  }

  private func approverMethod(_ command: String) -> ReportMethod {
    ReportMethod(
      "Every design was simulated over \(years) with the same luck, event by event; bills are those of the price book, month by "
        + "month.", conventions + [frame.header.conventionText], command: command, seed: plan.seed,
      replications: frame.comparison.replications, blocks: frame.header.historyBlocks)
  }
}
