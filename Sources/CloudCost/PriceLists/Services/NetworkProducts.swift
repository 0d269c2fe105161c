/// Load balancers, what belongs to a private network, and data that is moved.
enum NetworkProducts {
  private static let balancers = [
    "Load Balancer": "clb", "Load Balancer-Application": "alb", "Load Balancer-Network": "nlb",
    "Load Balancer-Gateway": "gateway",
  ]

  static func loadBalancer(_ product: ProductAttributes) -> ListedProduct {
    guard let kind = balancers[product[.productFamily]] else { return .unknown }
    return switch product.usage {
    case "LoadBalancerUsage": .item("elb", kind, per: "hour")
    case "LCUUsage": .item("elb", "\(kind)/lcu", per: "LCU-hour")
    case "DataProcessing-Bytes" where kind == "clb": .item("elb", "clb/data", per: "GB")
    default: .unknown
    }
  }

  static func gateway(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "NatGateway-Hours": .item("vpc", "nat-gateway", per: "hour")
    case "NatGateway-Bytes": .item("vpc", "nat-gateway/data", per: "GB")
    default: .leftOut("NAT gateways of provisioned bandwidth")
    }
  }

  static func privateNetwork(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "NatGateway-Hours", "NatGateway-Bytes": gateway(product)
    case "PublicIPv4:InUseAddress": .item("vpc", "public-ipv4", per: "hour")
    case "VpcEndpoint-Hours": .item("vpc", "endpoint/interface", per: "hour")
    case "VpcEndpoint-Bytes": .item("vpc", "endpoint/interface/data", per: "GB")
    default: .unknown
    }
  }

  /// Data out of a region: to the internet, to other regions, between zones.
  ///
  /// What comes in costs nothing; data to the other services of the provider are metered by those.
  static func transfer(_ product: ProductAttributes) -> ListedProduct {
    switch product[.transferType] {
    case "AWS Outbound":
      guard product[.toLocation] == "External" || product[.toLocation].isEmpty else { return .unknown }
      return product.usage == "DataTransfer-Out-Bytes"
        ? .item("transfer", "internet-out", per: "GB") : .leftOut("data out of single services")
    case "IntraRegion":
      return product.usage == "DataTransfer-Regional-Bytes"
        ? .item("transfer", "cross-az", per: "GB") : .leftOut("data out of single services")
    case "InterRegion Outbound": return interRegion(product)
    case "AWS Inbound", "InterRegion Inbound": return .leftOut("data in, which costs nothing")
    default: return .unknown
    }
  }

  private static func interRegion(_ product: ProductAttributes) -> ListedProduct {
    let code = product[.toRegionCode]
    guard let target = code.isEmpty ? ListedRegion.code(ofLocation: product[.toLocation]) : code,
      ListedRegion.isCode(target)
    else { return .leftOut("on Outposts, in Local Zones or at the edge") }
    return .item("transfer", "inter-region/\(target)", per: "GB")
  }
}
