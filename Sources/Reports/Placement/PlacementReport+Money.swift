internal import Foundation
internal import Planning
internal import Quantities
internal import ServiceModel

extension PlacementReport {
  /// Fixes and the cheapest nodes.
  var moneyBlocks: [Document.Block] {
    var blocks: [Document.Block] = []
    if let unpriced = answers.unpriced { blocks.append(.note(unpriced)) }
    if !answers.fixes.isEmpty { blocks += [.heading("What would do, each by itself"), .table(fixes)] }
    if let mix = answers.mix {
      let what = answers.surviving == .zone ? ", any zone lost" : ""
      blocks += [
        .heading("The cheapest nodes found for all pods\(what)"), .table(table(mix)), .facts(facts(mix)),
      ]
    }
    return blocks
  }

  private var fixes: Document.Table {
    Document.Table(
      columns: ["Change", "a month", "then", "and without any one zone"],
      cells: answers.fixes.map { fix in
        [
          Document.Cell(text(fix.change)),
          Document.Cell(monthly(fix.microsPerHour), number: amount(fix.microsPerHour)),
          "all have a node",
          Document.Cell(
            fix.waitingWithoutZone.map { $0 == 0 ? "all have a node" : "\($0) pending" }
              ?? "there are no zones"),
        ]
      })
  }

  func text(_ change: PlacementFix.Change) -> String {
    switch change {
    case .add(let nodes, let type): "\(counted(nodes, "node")) more, \(type)"
    case .relax(let constraint): "preferred only: \(words.text(constraint))"
    case .lower(let app, let resource, let amount):
      "\(problem.apps[app].name) asks for \(words.amount(amount, of: resource.rawValue)) \(words.name(resource.rawValue))"
    case .fewer(let app, let units):
      "\(counted(units, "pod")) of \(problem.apps[app].name) in place of \(plan.count(of: app))"
    }
  }

  private func table(_ mix: NodeMix) -> Document.Table {
    let zones = plan.placement.zones.indices.filter { plan.placement.zones[$0] != nil }
    let used = answers.offers.indices.filter { type in mix.counts.contains { $0[type] > 0 } }
    return Document.Table(
      columns: ["Type"] + (zones.isEmpty ? ["nodes"] : zones.map { words.zones[$0] }) + ["a month"],
      cells: used.map { type in
        let counts = mix.counts.map { $0[type] }
        let price = answers.offers[type].microsPerHour * counts.reduce(0, +)
        return [Document.Cell(answers.offers[type].name)]
          + counts.map { Document.Cell("\($0)", number: Double($0)) }
          + [Document.Cell(monthly(price), number: amount(price))]
      })
  }

  private func facts(_ mix: NodeMix) -> [Document.Fact] {
    let remark =
      mix.isProved
      ? "proved: none cost less"
      : "within \(percentage(mix.gap)): none cost less than \(monthly(mix.priceAtLeast))"
    return [
      Document.Fact(
        "Together", monthly(mix.price), [remark],
        number: Document.Number(amount(mix.price), "\(model.conventions.currency)/month"))
    ]
  }

  /// A month on demand.
  func amount(_ microsPerHour: Int) -> Double {
    Double(microsPerHour) / 1e6 * model.conventions.hoursPerMonth
  }

  func monthly(_ microsPerHour: Int) -> String {
    microsPerHour == 0
      ? "nothing"
      : AmountText(currency: model.conventions.currency).cents(Decimal(amount(microsPerHour)))
  }
}
