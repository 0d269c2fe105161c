import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import ModelFormat
import Reports
import ServiceModel

/// `relmodel cost`.
struct Cost: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a month costs, line by line, from a dated price book; unknown prices stay unknown.",
    discussion: """
      What is paid for stands under costs: of the model, its domains and its components. Lines whose use is not \
      stated are shown with their unit price and left out of the total, as are lines without a known price.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Another model, billed before this one: which lines are the same, changed, vanished, new.",
      valueName: "model"))
  var compare: String?

  func run() throws {
    let reading = try modelOptions.reading()
    let bill = try bill(of: reading)
    var sections: [any ReportSection] = []
    if let compare {
      let before = try ModelOptions.reading(at: compare, assignments: [])
      sections.append(
        BillComparisonSection(
          BillComparison(try self.bill(of: before), bill), with: before.model.name))
    }
    let report = CostReport(model: reading.model, bill: bill, sections: sections)
    try output.print(report.document, json: report.json)
  }

  /// The bill of a model at the prices that were asked for.
  private func bill(of reading: ModelReader.Reading) throws -> Bill {
    let book = try prices.book(for: reading.model)
    do {
      return try Bill(of: reading.model, at: book)
    } catch let findings as Findings {
      throw findings.adding(sources: reading.sources)
    }
  }
}
