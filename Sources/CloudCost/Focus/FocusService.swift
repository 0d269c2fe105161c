/// What FOCUS calls the services of a price book, and what bills call them.
///
/// - Source: FOCUS 1.2, ServiceCategory and ServiceSubcategory; names as AWS writes them in `ServiceName` of its exports
///   (product names) and in other tools' exports (offer codes).
struct FocusService {
  /// The category.
  let category: String
  /// The subcategory, which belongs to the category.
  let subcategory: String
  /// By the price book's name of the service.
  static func service(_ key: String?) -> FocusService {
    key.flatMap { all[$0] } ?? FocusService(category: "Other", subcategory: "Other (Other)")
  }

  /// A name that is the same for a service however a bill calls it: the title of what is planned, in lower case.
  ///
  /// Machines and their volumes, gateways and transfer stand under one name in bills of AWS, so they are one here.
  static func family(of name: String) -> String {
    let plain = name.lowercased()
    return families[plain] ?? plain
  }

  private static let all: [String: FocusService] = [
    "ec2": FocusService(category: "Compute", subcategory: "Virtual Machines"),
    "ebs": FocusService(category: "Storage", subcategory: "Block Storage"),
    "eks": FocusService(category: "Compute", subcategory: "Containers"),
    "fargate": FocusService(category: "Compute", subcategory: "Containers"),
    "elb": FocusService(category: "Networking", subcategory: "Application Networking"),
    "vpc": FocusService(category: "Networking", subcategory: "Network Infrastructure"),
    "transfer": FocusService(category: "Networking", subcategory: "Network Connectivity"),
    "rds": FocusService(category: "Databases", subcategory: "Relational Databases"),
    "aurora": FocusService(category: "Databases", subcategory: "Relational Databases"),
    "elasticache": FocusService(category: "Databases", subcategory: "Caching"),
    "opensearch": FocusService(category: "Analytics", subcategory: "Other (Analytics)"),
    "mq": FocusService(category: "Integration", subcategory: "Messaging"),
    "msk": FocusService(category: "Integration", subcategory: "Messaging"),
    "s3": FocusService(category: "Storage", subcategory: "Object Storage"),
    "cloudwatch": FocusService(category: "Management and Governance", subcategory: "Observability"),
    "secretsmanager": FocusService(category: "Security", subcategory: "Other (Security)"),
    "kms": FocusService(category: "Security", subcategory: "Other (Security)"),
  ]

  /// The names of a family: titles of plans, product names and offer codes of bills.
  private static let names: [(family: String, names: [String])] = [
    (
      "ec2",
      [
        "Amazon EC2", "AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute",
        "EC2 - Other", "Amazon EBS", "Amazon Elastic Block Store", "NAT gateway", "AWS data transfer",
        "AWSDataTransfer",
      ]
    ),
    (
      "eks",
      [
        "Amazon EKS", "AmazonEKS", "Amazon Elastic Kubernetes Service",
        "Amazon Elastic Container Service for Kubernetes",
      ]
    ),
    ("fargate", ["AWS Fargate", "AmazonECS", "Amazon Elastic Container Service"]),
    ("elb", ["Elastic Load Balancing", "AWSELB", "Amazon Elastic Load Balancing"]),
    (
      "vpc",
      ["Amazon VPC", "AmazonVPC", "Amazon Virtual Private Cloud", "VPC endpoint", "Public IPv4 addresses"]
    ),
    ("rds", ["Amazon RDS", "AmazonRDS", "Amazon Relational Database Service", "Amazon Aurora"]),
    ("elasticache", ["Amazon ElastiCache", "AmazonElastiCache"]),
    ("opensearch", ["Amazon OpenSearch Service", "AmazonES", "Amazon OpenSearch"]),
    ("mq", ["Amazon MQ", "AmazonMQ"]),
    ("msk", ["Amazon MSK", "AmazonMSK", "Amazon Managed Streaming for Apache Kafka"]),
    ("s3", ["Amazon S3", "AmazonS3", "Amazon Simple Storage Service"]),
    ("cloudwatch", ["Amazon CloudWatch", "AmazonCloudWatch"]),
    ("secretsmanager", ["AWS Secrets Manager", "AWSSecretsManager"]),
    ("kms", ["AWS KMS", "awskms", "AWS Key Management Service"]),
  ]

  private static let families = Dictionary(
    names.flatMap { row in row.names.map { ($0.lowercased(), row.family) } },
    uniquingKeysWith: { first, _ in first })
}
