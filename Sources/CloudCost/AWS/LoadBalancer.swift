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
    ResourceField(
      "traffic",
      .list(of: [
        ResourceField("protocol", .choice(["tcp", "udp", "tls"]), required: true, "What it is."),
        ResourceField("data", .dataRate, "What passes of it.", example: "1 TB/month"),
        ResourceField("new-connections", .rate, "Connections opened, or flows.", example: "100 /s"),
        ResourceField("active-connections", .number, "Connections that are open, or flows.", example: "5000"),
      ]), "Of an nlb that carries several protocols: each of them, in place of the keys above."),
    ResourceField("lcu", .number, "Capacity units on average, when they are known.", example: "1.4"),
    ResourceField("lcu-hours", .rate, "Hours of capacity units, when they are known.", example: "100 /month"),
  ]

  let type: String
  let data: Decimal?
  let uses: [LoadBalancerUse]

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("kind")?.value ?? "alb"
    data = stated.gigabytesPerMonth("data")
    let kind = type
    let ofProtocols = stated.parts("traffic").map { LoadBalancerUse($0, kind: kind) }
    uses = ofProtocols.isEmpty ? [LoadBalancerUse(stated, kind: kind)] : ofProtocols
    for key in ["lambda-data", "rule-evaluations"] {
      stated.refuse(key, unless: type == "alb", of: type, chosenBy: "kind", findings: &findings)
    }
    for key in ["new-connections", "active-connections", "lcu", "lcu-hours"] {
      stated.refuse(key, unless: type != "clb", of: type, chosenBy: "kind", findings: &findings)
    }
    for key in ["protocol", "traffic"] {
      stated.refuse(key, unless: type == "nlb", of: type, chosenBy: "kind", findings: &findings)
    }
    findings += Self.twiceStated(stated)
  }

  /// An application load balancer is in two zones at least; of the others nothing says in how many.
  package var agreement: String? {
    switch type {
    case "alb": "elb/multi-az"
    case "gateway": "elb/single-az"
    default: nil
    }
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    let hours = Charge(
      "Load balancer (\(type))", .listed(PriceKey("elb", type)), .known(context.hours), unit: "hour")
    if type == "clb" {
      let passed = Charge(
        "Data (clb)", PriceKey("elb", "clb/data"), data, unit: "GB", otherwise: "data: 1 TB/month")
      return [hours, passed]
    }
    return [hours] + uses.map { units($0, hours: context.hours) }
  }

  private func units(_ use: LoadBalancerUse, hours: Decimal) -> Charge {
    let label = uses.count > 1 ? "\(type), \(use.transport)" : type
    return Charge(
      "Capacity units (\(label))", PriceKey("elb", "\(type)/lcu"), use.unitHours(in: hours), unit: "LCU-hour",
      otherwise: "data: 1 TB/month, new-connections: 100 /s, or lcu: 1.4")
  }

  /// What is stated that says how many units there are: of itself, by protocol, by dimension.
  private static func ways(_ stated: StatedResource) -> [String] {
    let dimensions = [
      "data", "lambda-data", "new-connections", "active-connections", "rule-evaluations", "protocol",
    ]
    return ["lcu", "lcu-hours", "traffic"].filter(stated.has) + dimensions.filter(stated.has).prefix(1)
  }

  private static func twiceStated(_ stated: StatedResource) -> [Diagnostic] {
    let ways = ways(stated)
    guard ways.count > 1, let place = stated.declaration[ways[0]]?.location else { return [] }
    return [
      Diagnostic(
        slug: "stated-twice", "\(ways[0]): and \(ways[1]): both say how many capacity units there are",
        at: place, help: "leave \(ways[0]): or \(ways[1]): out")
    ]
  }
}
