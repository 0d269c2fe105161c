import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import Importers
import Reports
import ServiceModel

/// The options of `relmodel cost` about plans of Terraform.
struct PlanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A Terraform plan as JSON, priced before and after; in place of a model.", valueName: "plan"))
  var diff: String?

  @Option(help: "With --diff: the region of resources of which the plan does not say it.")
  var region: String?

  func validate() throws {
    guard let region else { return }
    if diff == nil { throw ValidationError("--region: needs --diff, a plan") }
    if !TerraformImport.knowsRegion(region) { throw ValidationError("“\(region)” is no region of AWS") }
  }
}

extension Cost {
  /// Prices a plan before and after.
  func printDifference(of path: String) throws {
    let conventions = Conventions()
    let bills = try PlanBills(path: path, region: plan.region, conventions: CostConventions(conventions)) {
      try prices.book(wanted: $0)
    }
    let comparison = BillComparison(bills.before, bills.after)
    let gated = try GateOptions.section(gate.conditions(), GateFact.bill(bills.after, beside: comparison))
    let report = CostReport(
      name: path, conventions: conventions, bill: bills.after,
      sections: [BillComparisonSection(comparison, with: "as things are")] + (gated.map { [$0] } ?? []))
    try output.print(report.document, json: report.json)
    tell(of: bills)
    if gated?.isFailed == true { throw Exit.Code(value: Exit.gateMissed) }
  }

  private func tell(of bills: PlanBills) {
    guard !output.quiet else { return }
    if !bills.warnings.isEmpty {
      Terminal.writeError(FindingsRenderer().text(Findings(bills.warnings)) + "\n")
    }
    Terminal.writeError(bills.coverage.text)
  }
}
