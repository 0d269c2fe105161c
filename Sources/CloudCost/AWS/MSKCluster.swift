package import Diagnostics
internal import FoundationEssentials

/// Kafka clusters: brokers of a class with their volumes, or serverless by partitions and data.
package struct MSKCluster: CostResource {
  package static let kind = "aws-msk"
  package static let title = "Amazon MSK"
  package static let summary = "A cluster of Apache Kafka."
  package static let services = ["msk"]
  package static let fields: [ResourceField] = [
    ResourceField(
      "mode", .choice(["provisioned", "serverless"]), "Brokers of a class, or by use; provisioned."),
    ResourceField("class", .text, "The class of the brokers, when provisioned.", example: "kafka.m5.large"),
    ResourceField("brokers", .count(minimum: 1), "Brokers, when provisioned.", example: "3"),
    ResourceField("storage-per-broker", .size, "The volume of each broker.", example: "1000 GB"),
    ResourceField("partitions", .number, "Partitions on average, when serverless.", example: "10"),
    ResourceField("storage", .size, "What is kept on average, when serverless.", example: "500 GB"),
    ResourceField("data-in", .dataRate, "What producers write, when serverless.", example: "1 TB/month"),
    ResourceField("data-out", .dataRate, "What consumers read, when serverless.", example: "3 TB/month"),
  ]

  let isServerless: Bool
  let brokerClass: Located<String>?
  let brokers: Decimal
  let storagePerBroker: Decimal?
  let partitions: Decimal?
  let storage: Decimal?
  let dataIn: Decimal?
  let dataOut: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    let isServerless = stated.text("mode")?.value == "serverless"
    self.isServerless = isServerless
    brokerClass = stated.text("class")
    brokers = stated.number("brokers") ?? 0
    storagePerBroker = stated.gigabytes("storage-per-broker")
    partitions = stated.number("partitions")
    storage = stated.gigabytes("storage")
    dataIn = stated.gigabytesPerMonth("data-in")
    dataOut = stated.gigabytesPerMonth("data-out")
    for (key, example) in [("class", "kafka.m5.large"), ("brokers", "3")] {
      stated.demand(
        key, if: !isServerless, for: "a provisioned cluster", example: example, findings: &findings)
    }
    for key in ["class", "brokers", "storage-per-broker"] {
      stated.refuse(key, unless: !isServerless, of: "serverless", findings: &findings)
    }
    for key in ["partitions", "storage", "data-in", "data-out"] {
      stated.refuse(key, unless: isServerless, of: "provisioned", findings: &findings)
    }
  }

  package var agreement: String? { "msk/multi-az" }

  package func charges(in context: ChargeContext) -> [Charge] {
    isServerless ? serverless(in: context) : provisioned(in: context)
  }

  private func provisioned(in context: ChargeContext) -> [Charge] {
    guard let brokerClass else { return [] }
    return [
      Charge(
        "Brokers (\(brokerClass.value))", .listed(PriceKey("msk", "broker/\(brokerClass.value)")),
        .known(context.hours * brokers), unit: "hour", stated: brokerClass),
      Charge(
        "Storage", PriceKey("msk", "storage"), storagePerBroker.map { $0 * brokers }, unit: "GB-month",
        otherwise: "storage-per-broker: 1000 GB"),
    ]
  }

  private func serverless(in context: ChargeContext) -> [Charge] {
    [
      Charge(
        "Serverless cluster", .listed(PriceKey("msk", "serverless/cluster")), .known(context.hours),
        unit: "hour"),
      Charge(
        "Partitions", PriceKey("msk", "serverless/partition"), partitions.map { $0 * context.hours },
        unit: "partition-hour", otherwise: "partitions: 10"),
      Charge(
        "Storage", PriceKey("msk", "serverless/storage"), storage, unit: "GB-month",
        otherwise: "storage: 500 GB"),
      Charge(
        "Data in", PriceKey("msk", "serverless/data-in"), dataIn, unit: "GB", otherwise: "data-in: 1 TB/month"
      ),
      Charge(
        "Data out", PriceKey("msk", "serverless/data-out"), dataOut, unit: "GB",
        otherwise: "data-out: 3 TB/month"),
    ]
  }
}
