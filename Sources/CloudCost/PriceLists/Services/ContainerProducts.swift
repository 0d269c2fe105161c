/// Clusters of Kubernetes and tasks without machines of one's own.
enum ContainerProducts {
  static func cluster(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "AmazonEKS-Hours:perCluster": .item("eks", "cluster/standard-support", per: "hour")
    case "AmazonEKS-Hours:extendedSupport": .item("eks", "cluster/extended-support", per: "hour")
    default: task(product)
    }
  }

  static func task(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "Fargate-vCPU-Hours:perCPU": .item("fargate", "vcpu/x86", per: "vCPU-hour")
    case "Fargate-GB-Hours": .item("fargate", "memory/x86", per: "GB-hour")
    case "Fargate-ARM-vCPU-Hours:perCPU": .item("fargate", "vcpu/arm", per: "vCPU-hour")
    case "Fargate-ARM-GB-Hours": .item("fargate", "memory/arm", per: "GB-hour")
    case "Fargate-EphemeralStorage-GB-Hours": .item("fargate", "storage", per: "GB-hour")
    default: .unknown
    }
  }
}
