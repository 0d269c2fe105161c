import CloudCost
import Diagnostics
import Importers
import Testing

/// Resources of a plan in the words of the cost layer.
@Suite struct TerraformCostTests {
  /// A resource, and what it is stated as.
  struct Row: Sendable, CustomTestStringConvertible {
    let type: String
    let after: String
    var unknown = "{}"
    let kind: String
    let keys: [String]
    var count: Int? = 1
    var bought: String?
    var testDescription: String { "\(type) \(keys)" }
  }

  /// Defaults are those of Terraform's AWS provider and AWS's API references, cited where they are taken.
  static let rows = [
    Row(
      type: "aws_instance", after: #"{"instance_type":"m5.large","tenancy":"dedicated","monitoring":true}"#,
      kind: "aws-ec2",
      keys: ["type: m5.large", "tenancy: dedicated", "detailed-monitoring: 7"]),
    Row(
      type: "aws_instance",
      after:
        #"{"instance_type":"t3.micro","instance_market_options":[{"market_type":"spot"}],"credit_specification":[{"cpu_credits":"standard"}]}"#,
      kind: "aws-ec2", keys: ["type: t3.micro", "credits: standard"], bought: "spot"),
    Row(
      type: "aws_ebs_volume", after: #"{"size":100}"#, unknown: #"{"type":true,"iops":true}"#,
      kind: "aws-ebs",
      keys: ["type: gp2", "size: 100 GB"]),
    Row(
      type: "aws_ebs_volume", after: #"{"size":100,"type":"io1","iops":800,"throughput":0}"#, kind: "aws-ebs",
      keys: ["type: io1", "size: 100 GB", "iops: 800"]),
    Row(
      type: "aws_autoscaling_group", after: #"{"desired_capacity":4,"min_size":1,"max_size":9}"#,
      kind: "aws-ec2", keys: [],
      count: 4),
    Row(
      type: "aws_eks_cluster", after: #"{"version":"1.29","upgrade_policy":[{"support_type":"EXTENDED"}]}"#,
      kind: "aws-eks", keys: ["version: 1.29"]),
    Row(
      type: "aws_eks_node_group",
      after:
        #"{"scaling_config":[{"desired_size":3}],"capacity_type":"SPOT","instance_types":["m5.large","m5a.large"]}"#,
      kind: "aws-ec2", keys: ["type: m5.large"], count: 3, bought: "spot"),
    Row(
      type: "aws_eks_node_group", after: #"{"scaling_config":[{}]}"#,
      unknown: #"{"scaling_config":[{"desired_size":true}]}"#, kind: "aws-ec2", keys: ["type: t3.medium"],
      count: nil),
    Row(
      type: "aws_db_instance",
      after:
        #"{"instance_class":"db.t3.micro","engine":"mysql","allocated_storage":20,"storage_type":"standard"}"#,
      kind: "aws-rds",
      keys: [
        "class: db.t3.micro", "engine: mysql", "deployment: single-az", "storage-type: magnetic",
        "storage: 20 GB",
      ]),
    Row(
      type: "aws_db_instance",
      after:
        #"{"instance_class":"db.m5.large","engine":"oracle-se2","license_model":"license-included","allocated_storage":100,"iops":2000,"performance_insights_enabled":true,"performance_insights_retention_period":731}"#,
      kind: "aws-rds",
      keys: [
        "class: db.m5.large", "engine: oracle-se2", "deployment: single-az", "storage-type: io1",
        "storage: 100 GB",
        "iops: 2000", "license: included", "performance-insights: long-term",
      ]),
    Row(
      type: "aws_rds_cluster",
      after:
        #"{"engine":"mysql","db_cluster_instance_class":"db.m5d.large","allocated_storage":100,"storage_type":"io1","iops":1000}"#,
      kind: "aws-rds",
      keys: [
        "class: db.m5d.large", "engine: mysql", "deployment: multi-az-cluster", "storage-type: io1",
        "storage: 100 GB",
        "iops: 1000",
      ]),
    Row(
      type: "aws_rds_cluster", after: #"{"engine":"aurora-mysql","engine_mode":"serverless"}"#,
      kind: "aws-aurora",
      keys: ["engine: mysql", "mode: serverless-v1"]),
    Row(
      type: "aws_rds_cluster_instance",
      after: #"{"engine":"aurora-postgresql","instance_class":"db.r6g.large"}"#,
      kind: "aws-aurora", keys: ["engine: postgres", "class: db.r6g.large"]),
    Row(
      type: "aws_rds_cluster_instance", after: #"{"engine":"aurora-mysql","instance_class":"db.serverless"}"#,
      kind: "aws-aurora", keys: ["engine: mysql", "mode: serverless-v2"]),
    Row(
      type: "aws_elasticache_replication_group",
      after: #"{"node_type":"cache.r5.large","num_node_groups":3,"replicas_per_node_group":2}"#,
      kind: "aws-elasticache",
      keys: ["class: cache.r5.large", "engine: redis", "nodes: 9"]),
    Row(
      type: "aws_elasticache_cluster",
      after: #"{"node_type":"cache.t3.small","engine":"memcached","num_cache_nodes":2}"#,
      kind: "aws-elasticache", keys: ["class: cache.t3.small", "engine: memcached", "nodes: 2"]),
    Row(
      type: "aws_elasticache_serverless_cache", after: #"{"engine":"valkey"}"#, kind: "aws-elasticache",
      keys: ["engine: valkey", "mode: serverless"]),
    Row(
      type: "aws_opensearch_domain",
      after:
        #"{"cluster_config":[{"instance_type":"r6g.large.search","instance_count":2,"warm_enabled":true,"warm_type":"ultrawarm1.medium.search","warm_count":2}],"ebs_options":[{"ebs_enabled":true,"volume_size":50,"volume_type":"gp2"}]}"#,
      kind: "aws-opensearch",
      keys: [
        "class: r6g.large.search", "nodes: 2", "warm-class: ultrawarm1.medium.search", "warm-nodes: 2",
        "storage-type: gp2",
        "storage: 100 GB",
      ]),
    Row(
      type: "aws_mq_broker",
      after:
        #"{"engine_type":"ActiveMQ","host_instance_type":"mq.m5.large","deployment_mode":"ACTIVE_STANDBY_MULTI_AZ"}"#,
      kind: "aws-mq", keys: ["class: mq.m5.large", "engine: activemq", "deployment: active-standby"]),
    Row(
      type: "aws_msk_cluster",
      after:
        #"{"number_of_broker_nodes":3,"broker_node_group_info":[{"instance_type":"kafka.m5.large","storage_info":[{"ebs_storage_info":[{"volume_size":500}]}]}]}"#,
      kind: "aws-msk", keys: ["class: kafka.m5.large", "brokers: 3", "storage-per-broker: 500 GB"]),
    Row(
      type: "aws_lb", after: #"{"load_balancer_type":"network","internal":true}"#, kind: "aws-elb",
      keys: ["kind: nlb"]),
    Row(type: "aws_elb", after: "{}", kind: "aws-elb", keys: ["kind: clb"]),
    Row(type: "aws_nat_gateway", after: "{}", kind: "aws-nat", keys: []),
    Row(type: "aws_eip", after: "{}", kind: "aws-public-ipv4", keys: []),
    Row(
      type: "aws_vpc_endpoint", after: #"{"vpc_endpoint_type":"Interface"}"#, kind: "aws-vpc-endpoint",
      keys: ["kind: interface"]),
    Row(type: "aws_s3_bucket", after: "{}", kind: "aws-s3", keys: []),
    Row(type: "aws_cloudwatch_log_group", after: "{}", kind: "aws-cloudwatch", keys: ["logs: {}"]),
    Row(
      type: "aws_cloudwatch_metric_alarm", after: #"{"period":10}"#, kind: "aws-cloudwatch",
      keys: ["alarms: {high-resolution: 1}"]),
    Row(
      type: "aws_cloudwatch_metric_alarm",
      after: #"{"threshold_metric_id":"ad1","metric_query":[{"metric":[{"period":120}]},{}]}"#,
      kind: "aws-cloudwatch", keys: ["alarms: {anomaly: 1}"]),
    Row(type: "aws_cloudwatch_dashboard", after: "{}", kind: "aws-cloudwatch", keys: ["dashboards: 1"]),
    Row(type: "aws_secretsmanager_secret", after: "{}", kind: "aws-secret", keys: []),
    Row(type: "aws_kms_key", after: "{}", kind: "aws-kms", keys: []),
    Row(
      type: "aws_ecs_service", after: #"{"launch_type":"FARGATE","desired_count":5}"#, kind: "aws-fargate",
      keys: [], count: 5),
  ]

  @Test(arguments: rows) func statedInTheWordsOfTheCatalog(_ row: Row) throws {
    let plan = PlanText(resources: [PlanText.change("\(row.type).a", row.after, unknown: row.unknown)])
    let cost = try #require(try plan.imported(region: "us-east-1").costsAfter.first)
    #expect(cost.kind == row.kind)
    #expect(cost.stated.entries?.map { "\($0.key.value): \(Self.text($0.value))" } == row.keys)
    #expect(cost.count == row.count)
    #expect(cost.bought == row.bought)
    #expect(cost.isSupported)
    let keys = Set(ResourceCatalog.kind(named: cost.kind)?.fields.map(\.key) ?? [])
    #expect(cost.stated.entries?.allSatisfy { keys.contains($0.key.value) } == true)
  }

  private static func text(_ declaration: Declaration) -> String {
    switch declaration.content {
    case .scalar(let text, _): text
    case .list(let items): "[" + items.map(text).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key.value): \(text($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Counted from AWS's page on Terraform's `aws_ecs_task_definition`: cpu 512 is half a processor.
  @Test func tasksOfFargate() throws {
    var plan = PlanText(resources: [
      PlanText.change(
        "aws_ecs_service.a", #"{"launch_type":"FARGATE","desired_count":2}"#,
        unknown: #"{"task_definition":true}"#),
      PlanText.change("aws_ecs_task_definition.t", #"{"cpu":"512","memory":"3072"}"#),
    ])
    plan.configuration = TerraformJoinTests.configuration(
      TerraformJoinTests.block(
        "aws_ecs_service", "a",
        #"{"task_definition":{"references":["aws_ecs_task_definition.t.arn","aws_ecs_task_definition.t"]}}"#))
    let cost = try #require(try plan.imported(region: "us-east-1").costsAfter.first)
    #expect(cost.stated["vcpu"]?.text == "0.5")
    #expect(cost.stated["memory"]?.text == "3 GB")
    #expect(cost.obstacles.isEmpty)
  }

  /// The machines of a group come from its template, the volumes too.
  @Test func launchTemplates() throws {
    var plan = PlanText(resources: [
      PlanText.change("aws_autoscaling_group.g", #"{"min_size":2,"launch_template":[{}]}"#),
      PlanText.change(
        "aws_launch_template.t",
        #"{"instance_type":"c5.large","block_device_mappings":[{"ebs":[{"volume_type":"gp3","volume_size":30}]}]}"#
      ),
    ])
    plan.configuration = TerraformJoinTests.configuration(
      TerraformJoinTests.block(
        "aws_autoscaling_group", "g",
        #"{"launch_template":[{"id":{"references":["aws_launch_template.t.id","aws_launch_template.t"]}}]}"#))
    let costs = try plan.imported(region: "us-east-1").costsAfter
    #expect(costs.map(\.kind) == ["aws-ec2", "aws-ebs"])
    #expect(costs.map(\.count) == [2, 2])
    #expect(costs.first?.stated["type"]?.text == "c5.large")
    #expect(costs.last?.stated["size"]?.text == "30 GB")
  }

  @Test func coverageNamesEverything() throws {
    let plan = PlanText(resources: [
      PlanText.change("aws_iam_role.r", "{}"), PlanText.change("aws_nat_gateway.n", "{}"),
      PlanText.change("aws_dynamodb_table.t", "{}"),
      PlanText.change("aws_instance.i", "{}", unknown: #"{"instance_type":true}"#),
      PlanText.change("aws_vpc_endpoint.g", #"{"vpc_endpoint_type":"Gateway"}"#),
      PlanText.change("google_sql_database_instance.d", "{}"), PlanText.change("random_id.x", "{}"),
    ])
    let coverage = try plan.imported(region: "us-east-1").coverage
    #expect(coverage.priced == ["aws_nat_gateway.n"])
    #expect(coverage.free == ["aws_iam_role.r", "aws_vpc_endpoint.g", "random_id.x"])
    #expect(coverage.unsupported == ["aws_dynamodb_table.t", "google_sql_database_instance.d"])
    #expect(coverage.open.map(\.address) == ["aws_instance.i"])
    #expect(coverage.text.hasPrefix("7 resources: priced 1, free 3, not supported 2, not known 1\n"))
    #expect(coverage.text.contains("not known: aws_instance.i (instance: type: not known)"))
  }

  /// Before and after of a plan that changes a class, replaces, deletes and creates.
  @Test func bothSidesOfAPlan() throws {
    func database(_ name: String, _ before: String?, _ after: String?, _ actions: String) -> String {
      func values(_ text: String?) -> String {
        text.map { #"{"instance_class":"\#($0)","engine":"postgres"}"# } ?? "null"
      }
      return PlanText.change(
        "aws_db_instance.\(name)", values(after), actions: actions, before: values(before))
    }
    let read = try PlanText(resources: [
      database("kept", "db.r5.large", "db.r5.large", #"["no-op"]"#),
      database("grown", "db.r5.large", "db.r5.xlarge", #"["update"]"#),
      database("moved", "db.m5.large", "db.m6g.large", #"["create","delete"]"#),
      database("gone", "db.t3.micro", nil, #"["delete"]"#),
      database("new", nil, "db.t4g.micro", #"["create"]"#),
    ]).imported(region: "us-east-1")
    func classes(_ costs: [PlannedCost]) -> [String] {
      costs.map { "\($0.address.dropFirst(16)) \($0.stated["class"]?.text ?? "")" }
    }
    #expect(
      classes(read.costsBefore) == [
        "gone db.t3.micro", "grown db.r5.large", "kept db.r5.large", "moved db.m5.large",
      ])
    #expect(
      classes(read.costsAfter) == [
        "grown db.r5.xlarge", "kept db.r5.large", "moved db.m6g.large", "new db.t4g.micro",
      ])
  }
}
