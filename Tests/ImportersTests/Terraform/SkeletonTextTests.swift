import Importers
import Testing

/// The text of the skeleton.
@Suite struct SkeletonTextTests {
  @Test func aSmallPlan() throws {
    let plan = PlanText(resources: [
      PlanText.change(
        "module.shop.aws_db_instance.main",
        #"{"instance_class":"db.r5.large","engine":"postgres","multi_az":true,"storage_type":"gp3","allocated_storage":100,"password":"hunter2"}"#,
        unknown: #"{"engine_version":true}"#),
      PlanText.change("aws_eip.a[0]", "{}"), PlanText.change("aws_eip.a[1]", "{}"),
      PlanText.change("aws_subnet.s", #"{"availability_zone":"us-east-1a"}"#),
    ])
    #expect(
      try plan.imported(region: "us-east-1").modelText(name: "shop") == """
        relmodel: 1
        name: shop

        # From a Terraform plan. What fails how often, what needs what, and how much is used are not in a plan:
        # look for “an assumption” and “unknown”.
        prices: {region: us-east-1}
        costs:
          a-address: {aws-public-ipv4: {}, count: 2}

        # Places that fail as a whole; what is in them goes with them.
        domains:
          us-east-1: {kind: region}
          us-east-1a: {kind: zone, in: us-east-1, fails: {outage: {mtbf: 6 y, lasts: 2 h, source: an assumption; replace it}}}

        components:
          shop-database:
            title: "module.shop.aws_db_instance.main"
            # unknown: which zone each is in; with in: of each, a lost zone hits it
            roles:
              writer: {count: 1, in: us-east-1}
              standby: {count: 1, required: 0, in: us-east-1}
            failover: {writer: {from: [standby], takes: {uniform: {min: 60 s, max: 120 s}}, source: "Amazon RDS User Guide, Multi-AZ: typically 60 to 120 s"}}
            fails: {outage: {mtbf: 1 y, lasts: 1 h, source: an assumption; replace it}}
            costs:
              # unknown: version, which is known when the plan is applied
              instance: {aws-rds: {class: db.r5.large, engine: postgres, deployment: multi-az, storage-type: gp3, storage: 100 GB}}

        # What users call the service, and what it needs: here everything, which is yours to say.
        capabilities:
          service:
            depends-on: {shop-database: hard}

        """)
  }

  /// What only costs has a region, too.
  @Test func costsHaveTheirRegion() throws {
    let text = try PlanText(resources: [PlanText.change("aws_eip.a", "{}")]).imported(region: "eu-west-1")
      .modelText(name: "x")
    #expect(text.contains("prices: {region: eu-west-1}\ncosts:\n  a-address: {aws-public-ipv4: {}}\n"))
  }

  /// As the modules that many use: a name that says nothing, one instance, and a local zone, which is no place of a model.
  @Test func namesOfModules() throws {
    let text = try PlanText(resources: [
      PlanText.change(
        "module.db.module.db_instance.aws_db_instance.this[0]", #"{"instance_class":"db.r5.large"}"#),
      PlanText.change(
        "aws_instance.service", #"{"instance_type":"m5.large","availability_zone":"us-west-2-lax-1a"}"#),
      PlanText.change("module.a.aws_lb.main", "{}"), PlanText.change("aws_mq_broker.a_balancer", "{}"),
    ]).imported(region: "us-west-2").modelText(name: "x")
    let names = text.split(separator: "\n").filter {
      $0.hasPrefix("  ") && $0.hasSuffix(":") && !$0.hasPrefix("   ")
    }
    #expect(
      names == ["  service-2:", "  a_balancer:", "  a-balancer:", "  db-db_instance-database:", "  service:"])
    #expect(!text.contains("lax"))
  }

  /// What can not be priced is a comment, with the reason, and never a number.
  @Test func whatIsNotKnownIsAComment() throws {
    let text = try PlanText(resources: [
      PlanText.change("aws_instance.web", "{}", unknown: #"{"instance_type":true}"#),
      PlanText.change(
        "aws_instance.db", #"{"instance_type":"x-secret-x"}"#, sensitive: #"{"instance_type":true}"#),
    ]).imported(region: "us-east-1").modelText(name: "x")
    #expect(text.contains("    # unknown: type, which is known when the plan is applied\n"))
    #expect(text.contains("    # unknown: type, which the plan marks as sensitive\n"))
    #expect(text.contains("    # instance: {aws-ec2: {}}\n"))
    #expect(!text.contains("x-secret-x"))
    #expect(!text.contains("costs:"))
  }

  /// Text of a plan can not leave its place in the model.
  @Test func hostileNamesStayInTheirPlace() throws {
    let key = #""x\ny: {z"#
    let hostile = PlanText.change(
      #"aws_instance.web["k"]"#, ##"{"instance_type":"m5.large}, evil: {a: \"b\"\n#"}"##
    )
    .replacing(#""index":"k""#, with: #""index":\#(key)""#)
    let lines = try PlanText(resources: [hostile]).imported(region: "us-east-1").modelText(name: "x")
      .split(separator: "\n")
    #expect(!lines.contains { $0.trimmingPrefix { $0 == " " }.hasPrefix("evil") })
    #expect(!lines.contains { $0.trimmingPrefix { $0 == " " }.hasPrefix("y:") })
  }
}
