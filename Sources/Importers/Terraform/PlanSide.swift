/// One side of a plan, before or after, with its resources joined to each other.
package struct PlanSide: Sendable {
  /// The instances, sorted by address.
  package let resources: [PlannedResource]
  let configuration: TerraformConfiguration
  private let byBlock: [Block: [Int]]
  private let byIdentity: [Identity: [Int]]

  private struct Block: Hashable {
    let module: [String]
    let resource: String
  }

  private struct Identity: Hashable {
    let type: String
    let value: String
  }

  /// The attributes by which other resources name one.
  static let identities = [
    "id", "arn", "name", "identifier", "cluster_identifier", "bucket", "replication_group_id",
    "global_replication_group_id", "domain_name", "cluster_name", "db_instance_identifier",
  ]

  /// A side of a plan.
  package init(_ resources: [PlannedResource], _ configuration: TerraformConfiguration) {
    self.resources = resources
    self.configuration = configuration
    var byBlock: [Block: [Int]] = [:]
    var byIdentity: [Identity: [Int]] = [:]
    for (index, resource) in resources.enumerated() {
      let address = resource.address
      byBlock[Block(module: address.modulePath, resource: "\(address.type).\(address.name)"), default: []]
        .append(index)
      for value in Set(Self.identities.compactMap { resource[$0].text }) {
        byIdentity[Identity(type: address.type, value: value), default: []].append(index)
      }
    }
    self.byBlock = byBlock
    self.byIdentity = byIdentity
  }

  /// The resources of certain types that an attribute of a resource names: by value where it is known, else by what the
  /// configuration refers to.
  func targets(of resource: PlannedResource, through attribute: String, types: [String]) -> [PlannedResource]
  {
    let named = resource[attribute].items.compactMap(\.text).flatMap { value in
      types.flatMap { byIdentity[Identity(type: $0, value: value)] ?? [] }
    }
    guard named.isEmpty else { return unique(named) }
    let block = configuration.resource(of: resource.address)
    let top = attribute.prefix { $0 != "." }
    guard let references = block?.expressions[String(top)]?.references, !references.isEmpty else { return [] }
    let resolver = ReferenceResolver(configuration: configuration)
    let found = resolver.targets(of: references, in: resource.address.modulePath)
      .filter { target in types.contains { target.resource.hasPrefix("\($0).") } }
      .flatMap { instances(of: $0, for: resource.address, references: references) }
    return unique(found)
  }

  /// The only resource that an attribute names; `nil` when it names none or several.
  func target(of resource: PlannedResource, through attribute: String, types: [String]) -> PlannedResource? {
    let found = targets(of: resource, through: attribute, types: types)
    return found.count == 1 ? found.first : nil
  }

  /// The resources of certain types that name one by an attribute, sorted by address.
  func sources(of target: PlannedResource, through attribute: String, types: [String]) -> [PlannedResource] {
    resources.filter { resource in
      types.contains(resource.type)
        && self.target(of: resource, through: attribute, types: [target.type])?.address == target.address
    }
  }

  private func unique(_ indices: [Int]) -> [PlannedResource] { Set(indices).sorted().map { resources[$0] } }

  /// The instances of a block that an instance of another can mean.
  private func instances(
    of target: ReferenceResolver.Target, for address: ResourceAddress, references: [String]
  ) -> [Int] {
    let all = byBlock[Block(module: target.module, resource: target.resource)] ?? []
    let near = all.filter { Self.isNear(resources[$0].address, address) }
    let key =
      target.key
      ?? (references.contains { $0.hasPrefix("count.index") || $0.hasPrefix("each.") } ? address.key : nil)
    let exact = near.filter { resources[$0].address.key == key }
    return key == nil || exact.isEmpty ? near : exact
  }

  /// Whether two addresses are in the same instances of the modules that they share.
  private static func isNear(_ one: ResourceAddress, _ other: ResourceAddress) -> Bool {
    for (a, b) in zip(one.modules, other.modules) {
      if a.name != b.name { return true }
      if a.key != b.key { return false }
    }
    return true
  }
}
