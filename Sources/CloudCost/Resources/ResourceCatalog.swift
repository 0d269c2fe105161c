/// Every kind of resource there is. A new kind is a file and a line here.
public enum ResourceCatalog {
  /// The kinds, in the order of the reference.
  public static let all: [any CostResource.Type] = [
    EC2Instance.self,
    EBSVolume.self,
    EKSCluster.self,
    FargateTasks.self,
    LoadBalancer.self,
    NATGateway.self,
    PublicIPv4.self,
    VPCEndpoint.self,
    DataTransfer.self,
    ManagedSecret.self,
    EncryptionKey.self,
    RDSInstance.self,
    AuroraCluster.self,
    ElastiCacheCluster.self,
    OpenSearchDomain.self,
    MQBroker.self,
    MSKCluster.self,
    S3Bucket.self,
    CloudWatch.self,
    FixedPrice.self,
  ]

  /// The kind with a key.
  public static func kind(named key: String) -> (any CostResource.Type)? {
    all.first { $0.kind == key }
  }
}
