import Diagnostics
import Importers
import Testing

/// What is read as a plan, and what is told of everything else.
@Suite struct PlanReaderTests {
  /// A file that is no plan, the rule that says so, and what its remedy names.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let slug: String
    var remedy = "terraform show -json plan.out > plan.json"

    init(_ what: String, _ bytes: [UInt8], _ slug: String, remedy: String? = nil) {
      testDescription = what
      self.bytes = bytes
      self.slug = slug
      if let remedy { self.remedy = remedy }
    }

    init(_ what: String, _ text: String, _ slug: String, remedy: String? = nil) {
      self.init(what, Array(text.utf8), slug, remedy: remedy)
    }
  }

  static let whole = PlanText(resources: [
    PlanText.change("aws_instance.web", #"{"instance_type":"m5.large","password":"hunter2-pw"}"#)
  ]).text

  static let wrong = [
    Wrong("an empty file", "", "empty-file"),
    Wrong("nothing but lines", "\n\n", "empty-file"),
    Wrong("a plan that is cut off", String(whole.dropLast(40)), "json-syntax"),
    Wrong("a plan that is cut off in a text", String(whole.prefix(30)), "json-syntax"),
    Wrong("text behind the plan", whole + "}", "json-syntax"),
    Wrong("text", "Terraform will perform the following actions:\n", "not-a-plan"),
    Wrong("a list", "[]", "not-a-plan"),
    Wrong("configuration", "# main\nresource \"aws_instance\" \"web\" {}\n", "not-a-plan"),
    Wrong("configuration without a comment", "\nterraform {\n}\n", "not-a-plan"),
    Wrong("the binary plan", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x08], "binary-plan"),
    Wrong("a compressed plan", [0x1F, 0x8B, 0x08, 0x00], "compressed", remedy: "gunzip"),
    Wrong("UTF-16", [0xFF, 0xFE, 0x7B, 0x00], "invalid-utf8", remedy: "iconv"),
    Wrong(
      "another major version", #"{"format_version":"2.0","planned_values":{}}"#, "plan-version"),
    Wrong("a version that is none", #"{"format_version":null,"planned_values":{}}"#, "plan-version"),
    Wrong("no version", #"{"planned_values":{"root_module":{}}}"#, "not-a-plan"),
    Wrong("a state as JSON", #"{"format_version":"1.0","values":{"root_module":{}}}"#, "not-a-plan"),
    Wrong("a state file", #"{"version":4,"serial":3,"lineage":"x","resources":[]}"#, "not-a-plan"),
    Wrong("the log of a plan", #"{"@level":"info","type":"version"}"#, "not-a-plan"),
    Wrong("no planned values", #"{"format_version":"1.2","configuration":{}}"#, "not-a-plan"),
    Wrong("another document", #"{"openapi":"3.0"}"#, "not-a-plan"),
  ]

  @Test(arguments: wrong) func whatIsNoPlanIsTold(_ wrong: Wrong) throws {
    let findings = try #require(throws: Findings.self) { try PlanText.plan(wrong.bytes) }
    let finding = try #require(findings.diagnostics.first)
    #expect(finding.slug == wrong.slug)
    #expect(finding.location?.file == "plan.json")
    #expect(finding.help?.contains(wrong.remedy) == true)
  }

  /// Wherever a plan is cut off, it is told, and nothing that it holds.
  @Test func everyBeginningIsRefused() throws {
    let bytes = Array(Self.whole.utf8)
    for length in 0..<bytes.count {
      let findings = try #require(throws: Findings.self) { try PlanText.plan(Array(bytes.prefix(length))) }
      #expect(findings.diagnostics.allSatisfy { $0.location != nil })
      #expect(!FindingsRenderer().text(findings).contains("hunter2"))
    }
    #expect(try PlanText.plan(bytes).after.count == 1)
  }

  /// Damaged bytes are read or refused, and never more.
  @Test func damagedPlansDoNoHarm() {
    let bytes = Array(Self.whole.utf8)
    for place in bytes.indices {
      for byte: UInt8 in [0, 0x22, 0x5B, 0x7D, 0xFF] {
        var damaged = bytes
        damaged[place] = byte
        guard let plan = try? PlanText.plan(damaged) else { continue }
        #expect(!TerraformImport(plan).modelText(name: "x").contains("hunter2"))
      }
    }
  }

  /// What happens to a resource, and on which sides it is.
  struct Action: Sendable {
    let words: String
    let before: Bool
    let after: Bool
  }

  /// Terraform, “JSON output format”, change representation.
  static let actions = [
    Action(words: #"["no-op"]"#, before: true, after: true),
    Action(words: #"["create"]"#, before: false, after: true),
    Action(words: #"["update"]"#, before: true, after: true),
    Action(words: #"["delete"]"#, before: true, after: false),
    Action(words: #"["delete","create"]"#, before: true, after: true),
    Action(words: #"["create","delete"]"#, before: true, after: true),
    Action(words: #"["forget"]"#, before: true, after: false),
    Action(words: #"["create","forget"]"#, before: true, after: true),
    Action(words: #"["read"]"#, before: false, after: false),
  ]

  @Test(arguments: actions) func actionsDecideTheSides(_ action: Action) throws {
    let plan = try PlanText.plan(
      PlanText(resources: [
        PlanText.change(
          "aws_instance.web", action.after ? #"{"instance_type":"m5.large"}"# : "null", actions: action.words,
          before: action.before ? #"{"instance_type":"m4.large"}"# : "null")
      ]).text)
    #expect(plan.before.map { $0["instance_type"].text } == (action.before ? ["m4.large"] : []))
    #expect(plan.after.map { $0["instance_type"].text } == (action.after ? ["m5.large"] : []))
  }

  @Test func anActionNobodyKnowsIsNamed() throws {
    let plan = try PlanText.plan(
      PlanText(resources: [PlanText.change("aws_instance.web", "{}", actions: #"["evaporate"]"#)]).text)
    #expect(plan.after.isEmpty)
    #expect(plan.warnings.map(\.slug) == ["unknown-action"])
  }

  @Test func dataSourcesAreNoResources() throws {
    let data = PlanText.change("aws_instance.web", "{}").replacing("managed", with: "data")
    #expect(try PlanText.plan(PlanText(resources: [data]).text).after.isEmpty)
  }

  @Test func plansOfARunThatFailedAreReported() throws {
    var text = PlanText()
    text.head = #""format_version":"1.2","errored":true,"complete":false,"#
    let warnings = try PlanText.plan(text.text).warnings
    #expect(warnings.map(\.slug) == ["plan-incomplete", "plan-incomplete"])
  }

  /// A plan that holds only `planned_values` has the same instances.
  @Test func plannedValuesAlone() throws {
    let text = #"""
      {"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_instance.a","mode":"managed",
      "type":"aws_instance","name":"a","values":{"instance_type":"t3.micro"},"sensitive_values":{}}],"child_modules":[
      {"address":"module.m[0]","resources":[{"address":"module.m[0].aws_instance.b[\"k\"]","mode":"managed","index":"k",
      "type":"aws_instance","name":"b","values":{"instance_type":"t3.small"},"sensitive_values":{"instance_type":true}}]}]}}}
      """#
    let plan = try PlanText.plan(text)
    #expect(plan.after.map(\.address.text) == ["aws_instance.a", #"module.m[0].aws_instance.b["k"]"#])
    #expect(plan.after.map { $0["instance_type"] } == [.text("t3.micro"), .sensitive])
    #expect(plan.after.last?.address.modules.map { [$0.name, $0.key] } == [["m", "0"]])
    #expect(plan.before.isEmpty)
  }

  /// Keys in brackets sort by number, and may hold dots and brackets.
  @Test func addresses() throws {
    let keys = ["10", "9", #""a.b[0]""#]
    let plan = try PlanText.plan(
      PlanText(
        resources: keys.map {
          PlanText.change("aws_instance.web", "{}").replacing(
            #""name":"web""#, with: #""name":"web","index":\#($0)"#
          ).replacing(
            #""address":"aws_instance.web""#,
            with: #""address":\#(PlanText.quoted("aws_instance.web[\($0)]"))"#)
        }
      ).text)
    #expect(
      plan.after.map(\.address.key) == [#""a.b[0]""#, "9", "10"]
        || plan.after.map(\.address.key) == ["9", "10", #""a.b[0]""#])
    #expect(plan.after.allSatisfy { $0.address.resource == "aws_instance.web" })
  }
}

/// Values that are known, unknown or sensitive.
@Suite struct PlanValueTests {
  private func value(_ after: String, unknown: String = "{}", sensitive: String = "{}") throws
    -> PlannedResource
  {
    let text = PlanText(resources: [
      PlanText.change("aws_eks_node_group.a", after, unknown: unknown, sensitive: sensitive)
    ]).text
    return try #require(try PlanText.plan(text).after.first)
  }

  @Test func blocksAreFollowedByPath() throws {
    let resource = try value(
      #"{"scaling_config":[{"desired_size":6,"min_size":3}],"instance_types":["a","b"]}"#)
    #expect(resource["scaling_config.desired_size"] == .number("6"))
    #expect(resource["scaling_config.max_size"] == .null)
    #expect(resource["scaling_config.desired_size"].count == 6)
    #expect(resource["instance_types"].items.compactMap(\.text) == ["a", "b"])
  }

  @Test func unknownsStayUnknown() throws {
    let resource = try value(
      #"{"scaling_config":[{"min_size":3}]}"#,
      unknown: #"{"disk_size":true,"scaling_config":[{"desired_size":true}],"instance_types":true}"#)
    #expect(resource["disk_size"] == .unknown)
    #expect(resource["scaling_config.desired_size"] == .unknown)
    #expect(resource["scaling_config.min_size"] == .number("3"))
    #expect(resource["instance_types"].items.isEmpty)
  }

  @Test func sensitiveValuesAreNeverRead() throws {
    let resource = try value(
      #"{"capacity_type":"secret-1","scaling_config":[{"desired_size":6}]}"#,
      sensitive: #"{"capacity_type":true,"scaling_config":[{"desired_size":true}]}"#)
    #expect(resource["capacity_type"] == .sensitive)
    #expect(resource["scaling_config.desired_size"] == .sensitive)
    #expect(try value(#"{"capacity_type":"secret-1"}"#, sensitive: "true").attributes == .sensitive)
  }

  /// Attributes that nobody reads are not kept at all.
  @Test func passwordsAreNotKept() throws {
    let resource = try value(#"{"password":"hunter2","user_data":"hunter2","capacity_type":"SPOT"}"#)
    #expect(resource["password"] == .null)
    #expect(!"\(resource.attributes)".contains("hunter2"))
  }
}
