package import Diagnostics

/// An instance of a resource as it is, or as it will be when the plan is applied.
package struct PlannedResource: Sendable {
  /// Its name.
  package let address: ResourceAddress
  /// The provider: `registry.terraform.io/hashicorp/aws`.
  package let provider: String
  /// What the plan does to it.
  package let action: PlanAction
  /// The attributes that the importer reads; others, such as passwords, are never kept.
  package let attributes: PlanValue
  /// Where the plan holds it.
  package let location: SourceLocation

  /// An instance.
  package init(
    address: ResourceAddress, provider: String, action: PlanAction, attributes: PlanValue,
    location: SourceLocation
  ) {
    self.address = address
    self.provider = provider
    self.action = action
    self.attributes = attributes
    self.location = location
  }

  /// Its type: `aws_db_instance`.
  package var type: String { address.type }

  /// The value at a path of attributes: `scaling_config.desired_size`.
  package subscript(path: String) -> PlanValue { attributes[path] }
}
