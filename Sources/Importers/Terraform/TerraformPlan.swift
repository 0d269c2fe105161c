package import Diagnostics

/// What `terraform show -json` says about a plan, as far as costs and places go.
package struct TerraformPlan: Sendable {
  /// The file, as the user wrote it.
  package let file: String
  /// The instances that there are before the plan is applied, sorted by address.
  package let before: [PlannedResource]
  /// The instances that there will be, sorted by address.
  package let after: [PlannedResource]
  /// How resources refer to each other and to providers.
  package let configuration: TerraformConfiguration
  /// What probably is not as the user believes, such as a plan that failed half-way.
  package let warnings: [Diagnostic]

  /// A plan.
  package init(
    file: String, before: [PlannedResource], after: [PlannedResource],
    configuration: TerraformConfiguration, warnings: [Diagnostic] = []
  ) {
    self.file = file
    self.before = before.sorted { $0.address < $1.address }
    self.after = after.sorted { $0.address < $1.address }
    self.configuration = configuration
    self.warnings = warnings
  }
}
