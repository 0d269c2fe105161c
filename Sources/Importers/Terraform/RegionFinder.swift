internal import CloudCost

/// The regions and zones of resources, as far as the plan says.
struct RegionFinder {
  let side: PlanSide
  private let seen: [String: String]
  private let stated: String?

  /// - Parameter stated: the region of everything of which the plan says nothing.
  init(_ side: PlanSide, stated: String?) {
    self.side = side
    self.stated = stated
    seen = Self.regionsOfProviders(side)
  }

  /// The code of a resource's region; `nil` when nothing says it.
  func region(of resource: PlannedResource) -> String? {
    Self.ownRegion(of: resource) ?? provider(of: resource).flatMap(regionOfProvider)
      ?? provider(of: resource).flatMap { seen[$0] } ?? stated
  }

  /// The zones that a resource's units can be in, sorted; empty when nothing says it.
  ///
  /// - Parameter subnets: the attributes that name subnets or groups of them.
  func zones(of resource: PlannedResource, subnets: [String]) -> [String] {
    let own = ["availability_zone", "availability_zones", "preferred_cache_cluster_azs"].flatMap {
      resource[$0].items.compactMap(\.text)
    }
    guard own.isEmpty else { return Self.known(own) }
    let zones = subnets.flatMap { attribute in
      side.targets(of: resource, through: attribute, types: Self.subnetTypes).flatMap {
        self.zones(ofPlace: $0)
      }
    }
    return Self.known(zones)
  }

  /// Zones of regions; local ones, which no region's code names, are left out.
  private static func known(_ zones: [String]) -> [String] {
    Set(zones.filter { AWSRegion(of: $0) != nil && AWSRegion(of: $0)?.code != $0 }).sorted()
  }

  static let subnetTypes = ["aws_subnet", "aws_db_subnet_group", "aws_elasticache_subnet_group"]

  private func zones(ofPlace place: PlannedResource) -> [String] {
    if place.type == "aws_subnet" { return [place["availability_zone"].text].compactMap { $0 } }
    return side.targets(of: place, through: "subnet_ids", types: ["aws_subnet"]).compactMap {
      $0["availability_zone"].text
    }
  }

  // MARK: Providers

  private func provider(of resource: PlannedResource) -> String? {
    side.configuration.resource(of: resource.address)?.provider
  }

  private func regionOfProvider(_ key: String) -> String? {
    guard let provider = side.configuration.providers[key] else { return nil }
    return constant(provider.region, in: provider.module).flatMap(Self.code)
  }

  /// The text of an expression that is constant, or that one variable gives.
  private func constant(_ expression: TerraformConfiguration.Expression, in module: [String]) -> String? {
    if let constant = expression.constant { return constant }
    let longest = expression.references.max { $0.count < $1.count }
    guard let longest, expression.references.allSatisfy({ longest.hasPrefix($0) }) else { return nil }
    let steps = ReferenceResolver.steps(of: longest)
    guard steps.count > 1, steps[0].name == "var", steps.allSatisfy({ $0.key == nil }) else { return nil }
    let path = steps.dropFirst(2).map(\.name).joined(separator: ".")
    return variable(steps[1].name, path: path, in: module)
  }

  private func variable(_ name: String, path: String, in module: [String]) -> String? {
    let configuration = side.configuration
    guard configuration.modules[module]?.sensitiveVariables.contains(name) != true else { return nil }
    guard let call = module.last else {
      let value = configuration.variables[name] ?? configuration.modules[[]]?.defaults[name]
      return value?[path].text
    }
    let caller = Array(module.dropLast())
    if let input = configuration.modules[caller]?.calls[call]?[name] { return constant(input, in: caller) }
    return configuration.modules[module]?.defaults[name]?[path].text
  }

  // MARK: What resources say themselves

  private static func ownRegion(of resource: PlannedResource) -> String? {
    if let region = resource["region"].text.flatMap(code) { return region }
    let zones = ["availability_zone", "availability_zones"].flatMap { resource[$0].items }
    if let zone = zones.compactMap(\.text).first.flatMap({ AWSRegion(of: $0)?.code }) { return zone }
    let arn = (resource["arn"].text ?? "").split(separator: ":", omittingEmptySubsequences: false)
    return arn.count > 3 ? code(String(arn[3])) : nil
  }

  private static func code(_ text: String) -> String? { AWSRegion.codes.contains(text) ? text : nil }

  /// The region that all resources of a provider agree on, as far as they say one.
  private static func regionsOfProviders(_ side: PlanSide) -> [String: String] {
    var found: [String: Set<String>] = [:]
    for resource in side.resources {
      guard let key = side.configuration.resource(of: resource.address)?.provider,
        let region = ownRegion(of: resource)
      else { continue }
      found[key, default: []].insert(region)
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }
}
