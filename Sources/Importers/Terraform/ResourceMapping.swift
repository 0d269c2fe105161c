/// How resources of some types become costs and parts of a model. A service is a file in `Mappings/` and a line in
/// ``ResourceMappings``.
struct ResourceMapping: Sendable {
  /// The types in Terraform's words.
  let types: [String]
  /// The attributes that are read; no others are kept.
  let attributes: [String]
  /// By which attributes resources of these types belong to others.
  let joins: [PlanContext.Join]
  /// What a resource becomes; `nil` when another takes it as its part, or it costs nothing.
  let part: @Sendable (PlannedResource, PlanContext) -> PlannedPart?

  init(
    _ types: [String], attributes: [String], joins: [PlanContext.Join] = [],
    part: @escaping @Sendable (PlannedResource, PlanContext) -> PlannedPart? = { _, _ in nil }
  ) {
    self.types = types
    self.attributes = attributes
    self.joins = joins
    self.part = part
  }
}

/// Every mapping there is.
enum ResourceMappings {
  static let all: [ResourceMapping] =
    network + compute + kubernetes + databases + caches + search + messaging + storage + balancing
    + observability + secrets

  private static let byType = Dictionary(
    all.flatMap { mapping in mapping.types.map { ($0, mapping) } }, uniquingKeysWith: { first, _ in first })

  /// Attributes that are read of every type that is read at all.
  private static let common = PlanSide.identities + ["region", "availability_zone", "availability_zones"]

  /// The mapping of a type.
  static func mapping(of type: String) -> ResourceMapping? { byType[type] }

  /// Whether resources of a type are read.
  static func isRead(_ type: String) -> Bool { byType[type] != nil }

  /// The attributes that are read of a type.
  static func attributes(of type: String) -> [String] { byType[type].map { $0.attributes + common } ?? [] }

  /// The joins that begin at a type.
  static func joins(of type: String) -> [PlanContext.Join] {
    byType[type]?.joins.filter { $0.type == type } ?? []
  }
}
