import Billing
import CloudCost
import Foundation
import Testing

/// The tables of the JiVS hardening plan §5.1 at list prices (assumption AS-27: 3,052.60 today, 5,959.63 with the four lines
/// that the second table leaves out, 2,907.03 more).
@Suite struct SeedBillTests {
  private func bill(_ path: String) throws -> Bill {
    let model = try BilledModel.shipped(path)
    return try Bill(of: model, at: BilledModel.book("aws-prices/2026-11-22", for: model))
  }

  @Test func currentAtListPrices() throws {
    #expect(try bill("jivs/current.relmodel.yaml").monthly == BilledModel.dollars("3052.60"))
  }

  @Test func linesVanishFromTheTarget() throws {
    let comparison = BillComparison(
      try bill("jivs/current.relmodel.yaml"), try bill("jivs/target.relmodel.yaml"))
    let vanished = comparison.rows(.vanished).compactMap { $0.before?.monthly }.reduce(0, +)
    #expect(vanished == 370)
    #expect(Cents.rounded(comparison.after.monthly + vanished) == BilledModel.dollars("5959.63"))
    #expect(Cents.rounded(comparison.difference + vanished) == BilledModel.dollars("2907.03"))
    #expect(
      comparison.rows(.vanished).filter { $0.before?.isKnown == true }.map(\.resource)
        == ["objects", "traffic", "load-balancer", "logs"])
  }

  /// Every row is in exactly one of the kinds, and differences add up.
  @Test func comparisonLosesNothing() throws {
    let comparison = BillComparison(
      try bill("jivs/current.relmodel.yaml"), try bill("jivs/target.relmodel.yaml"))
    let kinds = BillComparison.Row.Change.allCases.map { comparison.rows($0).count }
    #expect(kinds.reduce(0, +) == comparison.rows.count)
    let differences = comparison.rows.map { ($0.after?.monthly ?? 0) - ($0.before?.monthly ?? 0) }
    #expect(differences.reduce(0, +) == comparison.difference)
  }
}
