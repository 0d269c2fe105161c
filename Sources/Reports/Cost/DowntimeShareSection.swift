public import Billing
internal import CloudCost
internal import Foundation
public import Quantities
public import Reliability
public import ServiceModel

/// Cost of every component beside its share of the downtime: what is paid for what fails.
public struct DowntimeShareSection: ReportSection {
  /// The key under which programs find it.
  public let key = "downtime"
  private let model: Model
  private let bill: Bill
  private let results: [SteadyStateResult]
  private let text: AmountText

  /// A bill of a model beside its exact results.
  public init(model: Model, bill: Bill, results: [SteadyStateResult]) {
    self.model = model
    self.bill = bill
    self.results = results
    text = AmountText(currency: bill.currency)
  }

  /// Shares of the downtime of a capability by what its causes belong to. They need not sum to 1, as those of causes.
  private func shares(of result: SteadyStateResult) -> [String: Double] {
    var shares: [String: Double] = [:]
    for contribution in result.contributions {
      shares[String(contribution.cause.prefix { $0 != "/" }), default: 0] += contribution.share
    }
    return shares
  }

  /// Everything that costs or causes downtime, the dearest first.
  private var names: [String] {
    let costs = bill.sums { $0.owner }
    let failing = results.flatMap { shares(of: $0).keys }
    let paid = costs.sorted { ($0.monthly, $1.name) > ($1.monthly, $0.name) }.map(\.name)
    return paid + Set(failing).subtracting(paid).sorted()
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let costs = Dictionary(bill.sums { $0.owner }.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    let columns = results.flatMap { ["downtime of \($0.capability)", "a year"] }
    let rows = names.map { name -> [Document.Cell] in
      [Document.Cell(name)] + costCells(costs[name])
        + results.flatMap { result in downtimeCells(shares(of: result)[name] ?? 0, of: result) }
    }
    return [
      .heading("Cost beside downtime"),
      .table(Document.Table(columns: ["Component", "Monthly", "of the bill"] + columns, cells: rows)),
      .note(
        "Downtime exact, by cause: the share during which repairing it alone would restore the service; shares need not sum to 100 %."
      ),
    ]
  }

  private func costCells(_ sum: Bill.Sum?) -> [Document.Cell] {
    guard let sum else { return ["not priced", ""] }
    guard sum.known > 0 else { return ["unknown", ""] }
    let share = bill.monthly > 0 ? AmountText.number(sum.monthly / bill.monthly) : 0
    return [
      Document.Cell(text.cents(sum.monthly), number: AmountText.number(sum.monthly)), percent(share),
    ]
  }

  private func downtimeCells(_ share: Double, of result: SteadyStateResult) -> [Document.Cell] {
    guard share > 0 else { return ["–", ""] }
    let hours = share * result.unavailability * model.conventions.hoursPerYear
    return [percent(share), Document.Cell(TimeSpan(hours: hours)?.description ?? "", number: hours)]
  }

  private func percent(_ share: Double) -> Document.Cell {
    Document.Cell(share < 0.005 ? "< 1 %" : "\(Int((share * 100).rounded())) %", number: share)
  }

  /// What programs read.
  public var json: JSONValue {
    .object(
      Dictionary(
        results.map { result in
          (
            result.capability,
            .object(
              shares(of: result).mapValues { share in
                [
                  "share": .number(share),
                  "hoursPerYear": .number(share * result.unavailability * model.conventions.hoursPerYear),
                ]
              })
          )
        }, uniquingKeysWith: { $1 }))
  }
}
