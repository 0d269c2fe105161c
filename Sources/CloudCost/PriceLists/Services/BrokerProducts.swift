/// Products of the lists of Amazon MQ and of Managed Streaming for Kafka.
enum BrokerProducts {
  static func queue(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    switch usage {
    case "TimedStorage-ByteHrs": return .item("mq", "storage/efs", per: "GB-month")
    case "TimedStorage-EBS-ByteHrs": return .item("mq", "storage/ebs", per: "GB-month")
    default: break
    }
    let name = product[.instanceType]
    guard name.hasPrefix("mq.") else { return .unknown }
    guard !product[.deploymentOption].hasPrefix("Multi-AZ") else {
      return .leftOut("pairs and clusters of brokers, which are priced by the broker")
    }
    let engine = [product[.brokerEngine], product[.operation]].joined(separator: " ").lowercased()
    if engine.contains("rabbit") { return .item("mq", "broker/\(name)/rabbitmq", per: "hour", facts: name) }
    if engine.contains("activemq") { return .item("mq", "broker/\(name)/activemq", per: "hour", facts: name) }
    return .unknown
  }

  static func stream(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    switch usage {
    case "Kafka.Storage.GP2": return .item("msk", "storage", per: "GB-month")
    case "KafkaServerless-ClusterHours": return .item("msk", "serverless/cluster", per: "hour")
    case "KafkaServerless-PartitionHours": return .item("msk", "serverless/partition", per: "partition-hour")
    default: break
    }
    guard usage.hasPrefix("Kafka."), let size = usage.split(separator: ".", maxSplits: 1).last,
      size.split(separator: ".").count == 2
    else { return .unknown }
    return .item("msk", "broker/kafka.\(size)", per: "hour")
  }
}
