package import Diagnostics
internal import FoundationEssentials

/// Message brokers of ActiveMQ and RabbitMQ: their nodes and what they keep.
package struct MQBroker: CostResource {
  package static let kind = "aws-mq"
  package static let title = "Amazon MQ"
  package static let summary = "A broker of RabbitMQ or ActiveMQ, alone or with others."
  package static let services = ["mq"]
  package static let fields: [ResourceField] = [
    ResourceField("class", .text, required: true, "The class of its nodes.", example: "mq.m5.large"),
    ResourceField("engine", .choice(["rabbitmq", "activemq"]), "The broker; rabbitmq."),
    ResourceField(
      "deployment", .choice(["single", "active-standby", "cluster"]),
      "One node, two of ActiveMQ that share storage, or a cluster of three of RabbitMQ; single."),
    ResourceField(
      "storage", .size, "The messages kept; in a cluster every node keeps them.", example: "50 GB"),
    ResourceField(
      "storage-type", .choice(["efs", "ebs"]), "Where ActiveMQ keeps them; efs. RabbitMQ uses ebs."),
  ]

  let nodeClass: Located<String>
  let engine: String
  let deployment: String
  let storage: Decimal?
  let storageType: String

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    nodeClass = stated.text("class") ?? Located("", at: stated.location)
    engine = stated.text("engine")?.value ?? "rabbitmq"
    deployment = stated.text("deployment")?.value ?? "single"
    storage = stated.gigabytes("storage")
    storageType = stated.text("storage-type")?.value ?? (engine == "activemq" ? "efs" : "ebs")
    let other = ["rabbitmq": "active-standby", "activemq": "cluster"]
    if let place = stated.text("deployment"), other[engine] == place.value {
      findings.append(
        Diagnostic(
          slug: "not-of-this-engine", "deployment: \(engine) has no \(place.value)", at: place.location,
          help: "deployment: \(engine == "rabbitmq" ? "cluster" : "active-standby")"))
    }
    if let place = stated.text("storage-type"), engine == "rabbitmq", place.value == "efs" {
      findings.append(
        Diagnostic(
          slug: "not-of-this-engine", "storage-type: rabbitmq keeps messages on ebs", at: place.location,
          help: "storage-type: ebs"))
    }
  }

  private var nodes: Decimal {
    switch deployment {
    case "cluster": 3
    case "active-standby": 2
    default: 1
    }
  }

  package var agreement: String? { deployment == "single" ? nil : "mq/multi-az" }

  package func charges(in context: ChargeContext) -> [Charge] {
    let copies: Decimal = deployment == "cluster" ? 3 : 1
    return [
      Charge(
        "Brokers (\(nodeClass.value), \(engine), \(deployment))",
        .listed(PriceKey("mq", "broker/\(nodeClass.value)/\(engine)")), .known(context.hours * nodes),
        unit: "hour", stated: nodeClass),
      Charge(
        "Storage (\(storageType))", PriceKey("mq", "storage/\(storageType)"), storage.map { $0 * copies },
        unit: "GB-month", otherwise: "storage: 50 GB"),
    ]
  }
}
