import Billing
import CloudCost
import Foundation
import ModelFormat
import ServiceModel

/// Models from text and from the repository, billed.
enum BilledModel {
  /// The repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The model whose body, everything after its name, is `body`.
  static func model(_ body: String) throws -> Model {
    let text = "relmodel: 1\nname: test\nprices: {region: us-east-1}\n" + body
    return try ModelReader(files: .inMemory(["test.relmodel.yaml": text])).reading(at: "test.relmodel.yaml")
      .model
  }

  /// A component that does nothing but cost.
  static func costing(_ costs: String, replicas: String = "1", more: String = "") throws -> Model {
    try model(
      """
      capabilities: {service: {depends-on: {api: hard}}}
      components:
        api:
          replicas: \(replicas)
          costs:
            \(costs)
      \(more)
      """)
  }

  /// A model of the repository.
  static func shipped(_ path: String) throws -> Model {
    try ModelReader().reading(at: root.appending(path: "models/\(path)").path, assignments: []).model
  }

  /// A book of the repository with the tables that a model needs.
  static func book(_ path: String, for model: Model) throws -> PriceBook {
    try PriceBookReader().book(
      at: [root.appending(path: "datasets/\(path)").path], name: path,
      wanted: model.costs.wantedTables.union(DerivedTransfer(of: model).wantedTables))
  }

  static let origin = PriceOrigin(standing: .own, source: "test", date: "2026-01-01")

  /// A price of `us-east-1`.
  static func price(
    _ service: String, _ item: String, _ amount: String, unit: String, purchase: String = "on-demand",
    upfront: String = "0"
  ) -> Price {
    Price(
      key: PriceKey(service, item), region: "us-east-1", purchase: Purchase(text: purchase) ?? .onDemand,
      unit: unit, amount: dollars(amount), upfront: dollars(upfront), origin: origin)
  }

  /// A book of `us-east-1`.
  static func book(_ prices: [Price]) -> PriceBook {
    let tables = Dictionary(grouping: prices, by: \.key.service).map {
      PriceTable(service: $0.key, region: "us-east-1", prices: $0.value)
    }
    return PriceBook(name: "test", tables: tables)
  }

  /// A decimal as written.
  static func dollars(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }
}
