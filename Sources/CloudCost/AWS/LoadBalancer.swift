package import Diagnostics
internal import FoundationEssentials

/// Load balancers: hours, and capacity units of what passes through them, or GB for the classic one.
package struct LoadBalancer: CostResource {
  package static let kind = "aws-elb"
  package static let title = "Elastic Load Balancing"
  package static let summary = "Application, network, gateway and classic load balancers."
  package static let services = ["elb"]
  package static let fields: [ResourceField] = [
    ResourceField("kind", .choice(["alb", "nlb", "gateway", "clb"]), "Which one; alb."),
    ResourceField("protocol", .choice(["tcp", "udp", "tls"]), "What an nlb carries; tcp."),
    ResourceField("data", .dataRate, "What passes through it.", example: "1 TB/month"),
    ResourceField("lambda-data", .dataRate, "What passes to Lambda functions, of alb; none."),
    ResourceField("new-connections", .rate, "Connections opened, or flows.", example: "100 /s"),
    ResourceField("active-connections", .number, "Connections that are open, or flows.", example: "5000"),
    ResourceField(
      "rule-evaluations", .rate, "Requests times the rules above 10 that each passes, of alb.",
      example: "2000 /s"),
    ResourceField("lcu", .number, "Capacity units on average, when they are known.", example: "1.4"),
    ResourceField("lcu-hours", .rate, "Hours of capacity units, when they are known.", example: "100 /month"),
  ]

  let type: String
  let data: Decimal?
  let use: LoadBalancerUse

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("kind")?.value ?? "alb"
    data = stated.gigabytesPerMonth("data")
    use = LoadBalancerUse(stated, kind: type)
    for key in ["lambda-data", "rule-evaluations"] {
      stated.refuse(key, unless: type == "alb", of: type, chosenBy: "kind", findings: &findings)
    }
    for key in ["new-connections", "active-connections", "lcu", "lcu-hours"] {
      stated.refuse(key, unless: type != "clb", of: type, chosenBy: "kind", findings: &findings)
    }
    stated.refuse("protocol", unless: type == "nlb", of: type, chosenBy: "kind", findings: &findings)
    findings += Self.twiceStated(stated)
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    let hours = Charge(
      "Load balancer (\(type))", .listed(PriceKey("elb", type)), .known(context.hours), unit: "hour")
    if type == "clb" {
      let passed = Charge(
        "Data (clb)", PriceKey("elb", "clb/data"), data, unit: "GB", otherwise: "data: 1 TB/month")
      return [hours, passed]
    }
    let units = Charge(
      "Capacity units (\(type))", PriceKey("elb", "\(type)/lcu"), use.unitHours(in: context.hours),
      unit: "LCU-hour", otherwise: "data: 1 TB/month, new-connections: 100 /s, or lcu: 1.4")
    return [hours, units]
  }

  /// Units are stated or computed, not both.
  private static func twiceStated(_ stated: StatedResource) -> [Diagnostic] {
    let units = ["lcu", "lcu-hours"].filter(stated.has)
    let dimensions = ["data", "lambda-data", "new-connections", "active-connections", "rule-evaluations"]
      .filter(stated.has)
    guard let first = units.first, units.count > 1 || !dimensions.isEmpty,
      let place = stated.text(first)?.location
    else { return [] }
    let other = units.count > 1 ? units[1] : dimensions[0]
    return [
      Diagnostic(
        slug: "stated-twice", "\(first): and \(other): both say how many capacity units there are", at: place,
        help: "leave \(first): or \(other): out")
    ]
  }
}
