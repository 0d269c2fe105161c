import Diagnostics
import Importers
import Testing

/// How resources find each other, their regions and their zones.
@Suite struct TerraformJoinTests {
  static func configuration(
    _ resources: String, providers: String? = nil, rest: String = ""
  ) -> String {
    let aws = #""aws":{"name":"aws","expressions":{"region":{"constant_value":"us-east-1"}}}"#
    return #"{"provider_config":{\#(providers ?? aws)},"root_module":{"resources":[\#(resources)]\#(rest)}}"#
  }

  static func block(_ type: String, _ name: String, _ expressions: String = "{}", provider: String = "aws")
    -> String
  {
    #"{"address":"\#(type).\#(name)","mode":"managed","type":"\#(type)","name":"\#(name)","provider_config_key":"\#(provider)","expressions":\#(expressions)}"#
  }

  private func cost(_ plan: PlanText, of address: String, region: String? = nil) throws -> PlannedCost {
    try #require(try plan.imported(region: region).costsAfter.first { $0.address == address })
  }

  // MARK: Regions

  /// A way to say a region, as provider, variables and module.
  struct Region: Sendable {
    let what: String
    var expression = "{}"
    var variables = "{}"
    var rest = ""
    let expected: String?
  }

  static let regions = [
    Region(
      what: "constant", expression: #"{"region":{"constant_value":"eu-west-1"}}"#, expected: "eu-west-1"),
    Region(
      what: "variable", expression: #"{"region":{"references":["var.region"]}}"#,
      variables: #"{"region":{"value":"eu-central-1"}}"#, expected: "eu-central-1"),
    Region(
      what: "part of a variable", expression: #"{"region":{"references":["var.aws.region","var.aws"]}}"#,
      variables: #"{"aws":{"value":{"region":"eu-central-1"}}}"#, expected: "eu-central-1"),
    Region(
      what: "default of a variable", expression: #"{"region":{"references":["var.region"]}}"#,
      rest: #","variables":{"region":{"default":"us-west-2"}}"#, expected: "us-west-2"),
    Region(
      what: "sensitive variable", expression: #"{"region":{"references":["var.region"]}}"#,
      variables: #"{"region":{"value":"eu-central-1"}}"#,
      rest: #","variables":{"region":{"sensitive":true}}"#, expected: nil),
    Region(what: "local", expression: #"{"region":{"references":["local.region"]}}"#, expected: nil),
    Region(
      what: "two variables", expression: #"{"region":{"references":["var.a","var.b"]}}"#,
      variables: #"{"a":{"value":"eu-central-1"},"b":{"value":"eu-west-1"}}"#, expected: nil),
    Region(what: "nothing", expected: nil),
    Region(what: "no region of AWS", expression: #"{"region":{"constant_value":"mars-1"}}"#, expected: nil),
  ]

  @Test(arguments: regions) func regionOfTheProvider(_ region: Region) throws {
    var plan = PlanText(resources: [PlanText.change("aws_nat_gateway.a", "{}")])
    plan.configuration = Self.configuration(
      Self.block("aws_nat_gateway", "a"), providers: #""aws":{"expressions":\#(region.expression)}"#,
      rest: region.rest)
    plan.variables = region.variables
    let found = try cost(plan, of: "aws_nat_gateway.a")
    #expect(found.region == region.expected)
    #expect(found.obstacles.isEmpty == (region.expected != nil))
    #expect(
      try cost(plan, of: "aws_nat_gateway.a", region: "sa-east-1").region == region.expected ?? "sa-east-1")
  }

  /// Of aliases each resource has its own; a resource may say its region itself (provider version 6).
  @Test func regionsOfResources() throws {
    var plan = PlanText(resources: [
      PlanText.change("aws_nat_gateway.a", "{}"), PlanText.change("aws_nat_gateway.b", "{}"),
      PlanText.change("aws_nat_gateway.c", #"{"region":"eu-west-2"}"#),
      PlanText.change("aws_nat_gateway.d", #"{"arn":"arn:aws:ec2:ca-central-1:1:natgateway/x"}"#),
      PlanText.change("aws_instance.e", #"{"instance_type":"m5.large","availability_zone":"us-west-2c"}"#),
      PlanText.change("aws_nat_gateway.f", "{}"),
    ])
    plan.configuration = Self.configuration(
      ["a", "c", "d"].map { Self.block("aws_nat_gateway", $0) }.joined(separator: ",") + ","
        + Self.block("aws_nat_gateway", "b", provider: "aws.west") + ","
        + Self.block("aws_instance", "e", provider: "aws.open") + ","
        + Self.block("aws_nat_gateway", "f", provider: "aws.open"),
      providers: #"""
        "aws":{"expressions":{"region":{"constant_value":"us-east-1"}}},"aws.open":{},
        "aws.west":{"alias":"west","expressions":{"region":{"constant_value":"us-west-1"}}}
        """#)
    let costs = try plan.imported().costsAfter.filter { $0.part != "root-volume" }
    #expect(
      costs.map { "\($0.address.suffix(1)) \($0.region ?? "?")" }.sorted() == [
        "a us-east-1", "b us-west-1", "c eu-west-2", "d ca-central-1", "e us-west-2", "f us-west-2",
      ])
  }

  // MARK: Joins

  static let primary = PlanText.change(
    "aws_db_instance.primary",
    #"{"identifier":"main-db","instance_class":"db.r5.large","engine":"postgres","engine_version":"16.4","multi_az":true,"allocated_storage":100,"storage_type":"gp3"}"#,
    unknown: #"{"id":true,"iops":true}"#)

  static func replica(_ key: Int, source: String?, unknown: Bool = false) -> String {
    let name = source.map { #""replicate_source_db":"\#($0)","# } ?? ""
    return PlanText.change(
      "aws_db_instance.replica[\(key)]",
      #"{\#(name)"instance_class":"db.r5.large","availability_zone":"us-east-1a"}"#,
      unknown:
        #"{"engine":true,"allocated_storage":true,"storage_type":true\#(unknown ? #","replicate_source_db":true"# : "")}"#
    )
  }

  /// A replica has the engine and storage of its primary, whether joined by value or by reference.
  @Test(arguments: [true, false]) func replicasBelongToTheirPrimary(byValue: Bool) throws {
    var plan = PlanText(resources: [
      Self.primary, Self.replica(0, source: byValue ? "main-db" : nil, unknown: !byValue),
      Self.replica(1, source: byValue ? "main-db" : nil, unknown: !byValue),
    ])
    plan.configuration = Self.configuration(
      Self.block("aws_db_instance", "primary") + ","
        + Self.block(
          "aws_db_instance", "replica",
          byValue
            ? "{}"
            : #"{"replicate_source_db":{"references":["aws_db_instance.primary.identifier","aws_db_instance.primary"]}}"#
        ))
    let read = try plan.imported()
    let text = read.modelText(name: "x")
    #expect(text.contains("reader: {count: 2, members: [us-east-1a, us-east-1a]}"))
    #expect(text.contains("standby: {count: 1, required: 0, in: us-east-1}"))
    #expect(
      text.contains(
        "replica: {aws-rds: {class: db.r5.large, engine: postgres, deployment: single-az, "
          + "storage-type: gp3, storage: 100 GB, version: 16.4}, count: 2}"))
    #expect(read.coverage.priced.count == 3)
  }

  /// Through an output of one module, an input of another and the instance of a module.
  @Test func referencesGoThroughModules() throws {
    let plan = #"""
      {"format_version":"1.2","planned_values":{},"resource_changes":[
      \#(PlanText.change("module.db[0].aws_rds_cluster.c", #"{"engine":"aurora-postgresql"}"#, unknown: #"{"id":true}"#)),
      \#(PlanText.change("module.db[1].aws_rds_cluster.c", #"{"engine":"aurora-mysql"}"#, unknown: #"{"id":true}"#)),
      \#(PlanText.change("module.db[0].module.node.aws_rds_cluster_instance.i[0]", #"{"instance_class":"db.r6g.large"}"#)),
      \#(PlanText.change("module.db[1].module.node.aws_rds_cluster_instance.i[0]", #"{"instance_class":"db.r5.large"}"#)),
      \#(PlanText.change("module.db[1].module.node.aws_rds_cluster_instance.i[1]", #"{"instance_class":"db.r5.large"}"#))],
      "configuration":{"provider_config":{"aws":{"expressions":{"region":{"references":["var.region"]}}}},
      "root_module":{"variables":{"region":{"default":"eu-west-1"}},"module_calls":{"db":{"count_expression":{"constant_value":2},
      "module":{"resources":[\#(Self.block("aws_rds_cluster", "c"))],
      "outputs":{"id":{"expression":{"references":["aws_rds_cluster.c.id","aws_rds_cluster.c"]}}},
      "module_calls":{"node":{"expressions":{"cluster":{"references":["aws_rds_cluster.c.id","aws_rds_cluster.c"]}},
      "module":{"resources":[\#(Self.block("aws_rds_cluster_instance", "i",
        #"{"cluster_identifier":{"references":["var.cluster"]}}"#))],"variables":{"cluster":{}}}}}}}}}}}
      """#
    let costs = TerraformImport(try PlanText.plan(plan)).costsAfter
    #expect(costs.map(\.address) == ["module.db[0].aws_rds_cluster.c", "module.db[1].aws_rds_cluster.c"])
    #expect(costs.map { $0.stated["instances"]?.text } == ["1", "2"])
    #expect(costs.map { $0.stated["class"]?.text } == ["db.r6g.large", "db.r5.large"])
    #expect(costs.map(\.region) == ["eu-west-1", "eu-west-1"])
  }

  /// `count.index` in a reference is the instance of the same number.
  @Test func subnetsSayTheZone() throws {
    var plan = PlanText(
      resources: (0..<2).flatMap { index in
        [
          PlanText.change("aws_nat_gateway.n[\(index)]", "{}", unknown: #"{"subnet_id":true}"#),
          PlanText.change(
            "aws_subnet.s[\(index)]", #"{"availability_zone":"us-east-1\#(["a", "b"][index])"}"#),
        ]
      })
    plan.configuration = Self.configuration(
      Self.block("aws_subnet", "s") + ","
        + Self.block("aws_nat_gateway", "n", #"{"subnet_id":{"references":["aws_subnet.s","count.index"]}}"#))
    let text = try plan.imported().modelText(name: "x")
    #expect(text.contains("replicas: {count: 2, members: [us-east-1a, us-east-1b]}"))
    #expect(text.contains("gateway: {aws-nat: {}, per: unit}"))
  }

  /// Instances of `for_each` that differ are components of their own.
  @Test func instancesThatDifferStayApart() throws {
    let plan = PlanText(resources: [
      PlanText.change(#"aws_instance.web["a"]"#, #"{"instance_type":"m5.large"}"#),
      PlanText.change(#"aws_instance.web["b"]"#, #"{"instance_type":"m5.large"}"#),
      PlanText.change(#"aws_instance.web["c"]"#, #"{"instance_type":"m5.xlarge"}"#),
    ])
    let text = try plan.imported(region: "us-east-1").modelText(name: "x")
    #expect(text.contains("\n  web:\n    title: \"aws_instance.web\"\n"))
    #expect(text.contains("replicas: {count: 2, in: us-east-1}"))
    #expect(text.contains("\n  web-c:\n    title: \"aws_instance.web[\\\"c\\\"]\"\n"))
  }

  /// A volume belongs to the machine that an attachment names.
  @Test func volumesBelongToTheirMachine() throws {
    var plan = PlanText(resources: [
      PlanText.change("aws_instance.web", #"{"instance_type":"m5.large"}"#, unknown: #"{"id":true}"#),
      PlanText.change(
        "aws_ebs_volume.data", #"{"type":"gp3","size":200,"iops":4000}"#,
        unknown: #"{"id":true,"throughput":true}"#),
      PlanText.change("aws_volume_attachment.a", "{}", unknown: #"{"volume_id":true,"instance_id":true}"#),
    ])
    plan.configuration = Self.configuration(
      Self.block(
        "aws_volume_attachment", "a",
        #"{"volume_id":{"references":["aws_ebs_volume.data.id","aws_ebs_volume.data"]},"instance_id":{"references":["aws_instance.web.id","aws_instance.web"]}}"#
      )
    )
    let text = try plan.imported(region: "us-east-1").modelText(name: "x")
    #expect(text.contains("      volume: {aws-ebs: {type: gp3, size: 200 GB, iops: 4000}}"))
    #expect(!text.contains("\ncosts:"))
  }
}
