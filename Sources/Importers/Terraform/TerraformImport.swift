internal import CloudCost
public import Diagnostics

/// A Terraform plan as costs before and after, and as the skeleton of a model.
public struct TerraformImport: Sendable {
  /// What is paid for as things are, by address; empty for a plan that begins with nothing.
  public let costsBefore: [PlannedCost]
  /// What will be paid for when the plan is applied, by address.
  public let costsAfter: [PlannedCost]
  /// Which resources are priced after the plan is applied.
  public let coverage: TerraformCoverage
  /// What probably is not as the user believes.
  public let warnings: [Diagnostic]
  private let skeleton: SkeletonModel

  /// Reads the JSON of a plan, as `terraform show -json plan.out` prints it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - region: the region of resources of which the plan does not say it.
  /// - Throws: located findings about a file that is no such plan, with the command that makes one.
  public init(path: String, region: String? = nil) throws(Findings) {
    self.init(try TerraformPlanReader(path: path).plan(), region: region)
  }

  /// The import of a plan that was read.
  package init(_ plan: TerraformPlan, region: String? = nil) {
    let before = PlanParts(PlanSide(plan.before, plan.configuration), region: region)
    let after = PlanParts(PlanSide(plan.after, plan.configuration), region: region)
    costsBefore = before.entries.flatMap(\.costs)
    costsAfter = after.entries.flatMap(\.costs)
    coverage = TerraformCoverage(after)
    warnings = plan.warnings
    skeleton = SkeletonModel(after, zones: Self.zones(of: plan))
  }

  /// Whether a text is the code of a region of AWS.
  public static func knowsRegion(_ text: String) -> Bool { AWSRegion.codes.contains(text) }

  /// The skeleton of a model, which is consistent and leaves to the user what a plan does not know.
  public func modelText(name: String) -> String { skeleton.text(name: name) }

  /// The zones of the plan's subnets, sorted.
  private static func zones(of plan: TerraformPlan) -> [String] {
    let subnets = plan.after.filter { $0.type == "aws_subnet" }
    return Set(subnets.compactMap { $0["availability_zone"].text }).sorted()
  }
}
