/// What the configuration in a plan says about how resources refer to each other and to providers.
package struct TerraformConfiguration: Sendable {
  /// An expression: a constant, or what it refers to.
  package struct Expression: Sendable, Hashable {
    /// The text of a constant; `nil` for anything computed.
    package var constant: String?
    /// What it refers to, the longest first: `aws_db_instance.primary.identifier`, `aws_db_instance.primary`.
    package var references: [String] = []
  }

  /// A resource's block.
  package struct Resource: Sendable {
    /// The key of its provider: `aws`, `aws.west`, `module.data:aws`.
    package var provider = ""
    /// The expression of each attribute and of all within its blocks.
    package var expressions: [String: Expression] = [:]
  }

  /// The calls, resources and outputs of one module.
  package struct Module: Sendable {
    /// By type and name: `aws_db_instance.primary`.
    package var resources: [String: Resource] = [:]
    /// The inputs of the modules that it calls, by call and input.
    package var calls: [String: [String: Expression]] = [:]
    /// What it hands out.
    package var outputs: [String: Expression] = [:]
    /// Variables that must not be shown.
    package var sensitiveVariables: Set<String> = []
    /// What variables are when nobody sets them.
    package var defaults: [String: PlanValue] = [:]
  }

  /// A provider's region, and the module that configures it.
  package struct Provider: Sendable {
    /// The module that configures it.
    package var module: [String] = []
    /// Its `region`.
    package var region = Expression()
  }

  /// By key.
  package var providers: [String: Provider] = [:]
  /// By path of names; the root has an empty one.
  package var modules: [[String]: Module] = [:]
  /// The variables of the root that may be shown.
  package var variables: [String: PlanValue] = [:]

  /// The block that an instance comes from.
  package func resource(of address: ResourceAddress) -> Resource? {
    modules[address.modulePath]?.resources["\(address.type).\(address.name)"]
  }
}
