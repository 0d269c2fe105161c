/// One side of a plan, before or after, with its resources joined to each other.
package struct PlanSide: Sendable {
  /// The instances, sorted by address.
  package let resources: [PlannedResource]
  let configuration: TerraformConfiguration
  private let byPlace: [Place: [Int]]
  private let byIdentity: [Identity: [Int]]

  /// Instances of a block within an instance of a module on the way to it.
  private struct Place: Hashable {
    let block: Block
    /// The outer modules, with their keys.
    let within: [ResourceAddress.Module]
    /// The instance; `nil`: all of them.
    let key: String?
  }

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
    var byPlace: [Place: [Int]] = [:]
    var byIdentity: [Identity: [Int]] = [:]
    for (index, resource) in resources.enumerated() {
      for place in Self.places(of: resource.address) { byPlace[place, default: []].append(index) }
      for value in Set(Self.identities.compactMap { resource[$0].text }) {
        byIdentity[Identity(type: resource.address.type, value: value), default: []].append(index)
      }
    }
    self.byPlace = byPlace
    self.byIdentity = byIdentity
  }

  /// The resources of certain types that an attribute of a resource names: by value where one resource alone bears it,
  /// else by what the configuration refers to.
  func targets(of resource: PlannedResource, through attribute: String, types: [String]) -> [PlannedResource]
  {
    let named = resource[attribute].items.compactMap(\.text).map { value in
      types.flatMap { byIdentity[Identity(type: $0, value: value)] ?? [] }
    }.filter { !$0.isEmpty }
    if !named.isEmpty, named.allSatisfy({ $0.count == 1 }) { return unique(named.flatMap { $0 }) }
    let referred = referred(of: resource, through: attribute, types: types)
    return unique(referred.isEmpty ? named.flatMap { $0 } : referred)
  }

  /// The resources of certain types that the configuration of an attribute refers to.
  private func referred(
    of resource: PlannedResource, through attribute: String, types: [String]
  ) -> [Int] {
    let block = configuration.resource(of: resource.address)
    let top = attribute.prefix { $0 != "." }
    guard let references = block?.expressions[String(top)]?.references, !references.isEmpty else { return [] }
    return ReferenceResolver(configuration: configuration)
      .targets(of: references, in: resource.address.modulePath)
      .filter { target in types.contains { target.resource.hasPrefix("\($0).") } }
      .flatMap { instances(of: $0, for: resource.address, references: references) }
  }

  /// The only resource that an attribute names; `nil` when it names none or several.
  func target(of resource: PlannedResource, through attribute: String, types: [String]) -> PlannedResource? {
    let found = targets(of: resource, through: attribute, types: types)
    return found.count == 1 ? found.first : nil
  }

  private func unique(_ indices: [Int]) -> [PlannedResource] { Set(indices).sorted().map { resources[$0] } }

  /// Every place under which an instance is looked for.
  private static func places(of address: ResourceAddress) -> [Place] {
    let block = Block(module: address.modulePath, resource: "\(address.type).\(address.name)")
    return (0...address.modules.count).flatMap { depth in
      let within = Array(address.modules.prefix(depth))
      let all = Place(block: block, within: within, key: nil)
      return address.key == nil ? [all] : [all, Place(block: block, within: within, key: address.key)]
    }
  }

  /// The instances of a block that an instance of another can mean: in the same instances of the modules that both are in.
  private func instances(
    of target: ReferenceResolver.Target, for address: ResourceAddress, references: [String]
  ) -> [Int] {
    let shared = zip(address.modules, target.module).prefix { $0.name == $1 }.count
    let block = Block(module: target.module, resource: target.resource)
    let within = Array(address.modules.prefix(shared))
    let hasIndex = references.contains { $0.hasPrefix("count.index") || $0.hasPrefix("each.") }
    if let key = target.key ?? (hasIndex ? address.key : nil),
      let exact = byPlace[Place(block: block, within: within, key: key)]
    {
      return exact
    }
    return byPlace[Place(block: block, within: within, key: nil)] ?? []
  }
}
