import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
import Importers
import ServiceModel

/// A Terraform plan priced twice: as things are, and as they will be.
struct PlanBills {
  let before: Bill
  let after: Bill
  let coverage: TerraformCoverage
  let warnings: [Diagnostic]

  /// The bills of a plan at a book that has the tables asked for.
  init(
    path: String, region: String?, conventions: CostConventions,
    book: (Set<PriceBookReader.Wanted>) throws -> PriceBook
  ) throws {
    let plan = try TerraformImport(path: path, region: region)
    let sides = [plan.costsBefore, plan.costsAfter].map { Side($0, conventions: conventions) }
    let book = try book(sides.map(\.entries.wantedTables).reduce([]) { $0.union($1) })
    before = try sides[0].bill(at: book, conventions)
    after = try sides[1].bill(at: book, conventions)
    coverage = plan.coverage
    warnings = plan.warnings
  }

  /// The costs of one side, those that can be priced and those that can not.
  private struct Side {
    var entries: [CostEntry] = []
    var unknown: [(path: String, reason: String)] = []

    init(_ costs: [PlannedCost], conventions: CostConventions) {
      for cost in costs {
        if let entry = cost.entry(conventions) {
          entries.append(entry)
        } else {
          unknown.append((cost.address, "\(cost.part): \(cost.obstacles.joined(separator: "; "))"))
        }
      }
    }

    func bill(at book: PriceBook, _ conventions: CostConventions) throws(Findings) -> Bill {
      try Bill(of: entries, unknown: unknown, at: book, conventions: conventions)
    }
  }
}

extension PlannedCost {
  /// The cost as one of a model; `nil` when it can not be priced.
  fileprivate func entry(_ conventions: CostConventions) -> CostEntry? {
    guard obstacles.isEmpty, let kind = ResourceCatalog.kind(named: kind), let region, let count else {
      return nil
    }
    let path = "\(address)/\(part)"
    let purchase = bought.flatMap(Purchase.init(text:)) ?? .onDemand
    return CostEntry(
      name: path, owner: .model, ownerName: address,
      resource: StatedResource(stated, path: path, conventions: conventions), kind: kind,
      count: Decimal(count), mix: [PurchaseShare(purchase, 1)], region: region,
      location: stated.location)
  }
}
