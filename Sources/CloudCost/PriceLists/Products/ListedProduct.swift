/// What a product of a provider's list is to us.
enum ListedProduct: Equatable {
  /// It has a price that a resource can ask for.
  case item(ListedItem)
  /// It is known and not wanted; the text is what people read: `tenancy other than shared`.
  case leftOut(String)
  /// No resource of ours would ask for it.
  case unknown

  /// An item by its name.
  static func item(_ service: String, _ item: String, per unit: String, facts: String? = nil) -> ListedProduct
  {
    .item(ListedItem(service: service, item: item, unit: unit, instanceClass: facts))
  }
}

/// The name under which a price is kept.
struct ListedItem: Hashable {
  /// The service of the price book.
  let service: String
  /// The item, as the resource that charges for it names it.
  let item: String
  /// What the price is for, as the resource counts it.
  let unit: String
  /// The instance class, when the product states its processors and memory.
  let instanceClass: String?
}

/// How the products of some services of the provider become items of ours.
///
/// A service of the provider is a function in `Services/` and a line in ``all``.
struct ProductMapping: Sendable {
  /// The codes of the services whose products it knows, as the attribute `servicecode` states them.
  let serviceCodes: [String]
  /// What a product is.
  let product: @Sendable (ProductAttributes) -> ListedProduct

  /// Every service that is known.
  static let all: [ProductMapping] = [
    ProductMapping(serviceCodes: ["AmazonEC2"], product: MachineProducts.product),
    ProductMapping(serviceCodes: ["AWSELB"], product: NetworkProducts.loadBalancer),
    ProductMapping(serviceCodes: ["AmazonVPC"], product: NetworkProducts.privateNetwork),
    ProductMapping(serviceCodes: ["AWSDataTransfer"], product: NetworkProducts.transfer),
    ProductMapping(serviceCodes: ["AmazonEKS"], product: ContainerProducts.cluster),
    ProductMapping(serviceCodes: ["AmazonECS"], product: ContainerProducts.task),
    ProductMapping(serviceCodes: ["AmazonRDS"], product: DatabaseProducts.product),
    ProductMapping(serviceCodes: ["AmazonElastiCache"], product: CacheProducts.product),
    ProductMapping(serviceCodes: ["AmazonES"], product: SearchProducts.product),
    ProductMapping(serviceCodes: ["AmazonMQ"], product: BrokerProducts.queue),
    ProductMapping(serviceCodes: ["AmazonMSK"], product: BrokerProducts.stream),
    ProductMapping(
      serviceCodes: ["AmazonS3", "AmazonS3GlacierDeepArchive"], product: ObjectProducts.product),
    ProductMapping(serviceCodes: ["AmazonCloudWatch"], product: MonitoringProducts.product),
    ProductMapping(serviceCodes: ["awskms"], product: SecretProducts.key),
    ProductMapping(serviceCodes: ["AWSSecretsManager"], product: SecretProducts.secret),
  ]

  private static let byCode = Dictionary(
    all.flatMap { mapping in mapping.serviceCodes.map { ($0, mapping) } },
    uniquingKeysWith: { first, _ in first })

  /// What a product is; the file's own code counts when the product states one that nobody knows.
  static func product(_ attributes: ProductAttributes, offer: String) -> ListedProduct {
    guard let mapping = byCode[attributes[.serviceCode]] ?? byCode[offer] else { return .unknown }
    if let reason = placeReason(attributes) { return .leftOut(reason) }
    return mapping.product(attributes)
  }

  /// Why the place of a product is none of ours: a part of a region that only some accounts use.
  private static func placeReason(_ attributes: ProductAttributes) -> String? {
    let types = [attributes[.locationType], attributes[.fromLocationType]]
    let other = types.contains { !$0.isEmpty && $0 != "AWS Region" && $0 != "Other" }
    let isOutposts =
      attributes[.usageType].contains("Outposts") || attributes[.usageType].contains("outposts")
    return other || isOutposts ? "on Outposts, in Local Zones or at the edge" : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }
}
