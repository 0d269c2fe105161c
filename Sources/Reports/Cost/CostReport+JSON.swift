internal import Billing
internal import CloudCost
internal import Foundation
public import Quantities
internal import ServiceModel

extension CostReport {
  /// The report for programs.
  public var json: JSONValue {
    var results: [String: JSONValue] = [
      "monthly": [
        "total": .decimal(bill.monthly), "recurring": .decimal(bill.recurring),
        "upfront": .decimal(bill.upfront), "unknownLines": .integer(bill.unknown.count),
        "perUseLines": .integer(bill.perUse.count),
      ],
      "yearly": ["total": .decimal(bill.yearly)],
      "prices": .string(bill.book),
      "currency": .string(bill.currency),
      "lines": .array(bill.lines.map(Self.json)),
      "components": sums { $0.owner }, "services": sums { $0.service },
      "commitmentUse": .array(bill.commitments.map(Self.json)),
      "counts": .array(bill.counts.map(Self.json)),
    ]
    for section in sections { results[section.key] = section.json }
    return [
      "format": "relmodel/1", "command": "cost", "model": .string(name),
      "conventions": stated.json, "results": .object(results),
    ]
  }

  private func sums(by key: (LineItem) -> String) -> JSONValue {
    .object(
      Dictionary(bill.sums(by: key).map { ($0.name, .decimal($0.monthly)) }, uniquingKeysWith: { $1 }))
  }

  static func json(_ line: LineItem) -> JSONValue {
    var members: [String: JSONValue] = [
      "resource": .string(line.resource), "component": .string(line.owner), "service": .string(line.service),
      "label": .string(line.label), "region": .string(line.region), "unit": .string(line.unit),
      "purchase": .string(line.purchase.text),
    ]
    if let key = line.key { members["item"] = .string(key.description) }
    if let quantity = line.quantity { members["quantity"] = .decimal(quantity) }
    if let tier = line.tier {
      members["tier"] = ["from": .decimal(tier.from), "upTo": tier.upTo.map { .decimal($0) } ?? .null]
    }
    if let origin = line.origin {
      members["price"] = [
        "standing": .string(origin.standing.rawValue), "source": .string(origin.source),
        "date": .string(origin.date),
      ]
    }
    members["unitPrice"] = line.unitPrice.map { .decimal($0) } ?? unknownJSON("no price is known")
    switch line.amount {
    case .known(let amount):
      members["monthly"] = .decimal(amount.amortised)
      members["recurring"] = .decimal(amount.recurring)
      members["upfront"] = .decimal(amount.upfront)
    case .perUse(let what): members["monthly"] = unknownJSON("use is not stated: \(what)")
    case .unknown(let reason): members["monthly"] = unknownJSON(reason)
    }
    return .object(members)
  }

  private static func json(_ use: CommitmentUse) -> JSONValue {
    let unknown = unknownJSON(use.unknown ?? "there is nothing to divide by")
    return [
      "name": .string(use.name), "purchase": .string(use.purchase.text), "monthly": .decimal(use.paid),
      "utilisation": use.utilisation.map { .decimal($0) } ?? unknown,
      "coverage": use.coverage.map { .decimal($0) } ?? unknown,
      "saved": use.unknown == nil ? .decimal(use.saved) : unknown,
    ]
  }

  private static func json(_ count: RunningCount) -> JSONValue {
    [
      "name": .string(count.name), "count": .decimal(count.likely), "fewest": .decimal(count.fewest),
      "most": .decimal(count.most), "reason": .string(count.reason),
    ]
  }
}

extension Conventions {
  /// The constants behind every result.
  var json: JSONValue {
    [
      "hoursPerMonth": .number(hoursPerMonth), "hoursPerYear": .number(hoursPerYear),
      "currency": .string(currency), "gigabytesPerTerabyte": .number(gigabytesPerTerabyte),
    ]
  }
}
