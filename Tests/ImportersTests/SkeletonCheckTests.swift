import Diagnostics
import Importers
import ModelFormat
import ServiceModel
import Testing

/// Skeletons are models: what is written from any plan passes the check of the language.
@Suite struct SkeletonCheckTests {
  private func check(_ plan: PlanText, region: String? = "us-east-1") throws -> ModelReader.Reading {
    let text = try plan.imported(region: region).modelText(name: "plan")
    let file = "plan.relmodel.yaml"
    return try ModelReader(texts: [file: text]).reading(at: file)
  }

  /// Every resource that a mapping knows, alone.
  @Test(arguments: TerraformCostTests.rows) func everyResource(_ row: TerraformCostTests.Row) throws {
    let plan = PlanText(resources: [PlanText.change("\(row.type).a", row.after, unknown: row.unknown)])
    _ = try check(plan)
    _ = try check(plan, region: nil)
  }

  /// All of them together, several times, in several regions.
  @Test func everythingTogether() throws {
    var resources: [String] = []
    for (index, row) in TerraformCostTests.rows.enumerated() {
      for module in ["module.a.", #"module.b["x"]."#, ""] {
        resources.append(PlanText.change("\(module)\(row.type).r\(index)", row.after, unknown: row.unknown))
      }
    }
    resources += ["a", "b"].map {
      PlanText.change("aws_subnet.\($0)", #"{"availability_zone":"us-east-1\#($0)"}"#)
    }
    resources.append(
      PlanText.change("aws_instance.far", #"{"instance_type":"m5.large","availability_zone":"eu-west-1b"}"#))
    let reading = try check(PlanText(resources: resources))
    #expect(reading.model.components.count > 40)
    #expect(Set(reading.model.costs.entries.map(\.region)) == ["us-east-1", "eu-west-1"])
  }

  /// A plan of nothing has a part that stands for what the user knows.
  @Test func nothing() throws {
    #expect(try check(PlanText()).model.components.map(\.name) == ["workload"])
  }
}
