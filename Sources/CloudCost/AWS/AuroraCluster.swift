package import Diagnostics
internal import FoundationEssentials

/// Aurora clusters: instances of a class or by capacity units, the storage they share, its requests, backups.
package struct AuroraCluster: CostResource {
  package static let kind = "aws-aurora"
  package static let title = "Amazon Aurora"
  package static let summary = "A cluster of Aurora: its instances and the storage they share."
  package static let services = ["aurora"]
  package static let fields: [ResourceField] =
    [
      ResourceField("engine", .choice(["postgres", "mysql"]), "What it is compatible with; postgres."),
      ResourceField(
        "mode", .choice(["provisioned", "serverless-v2", "serverless-v1"]),
        "Instances of a class, or capacity that follows the load; provisioned."),
      ResourceField("class", .text, "The instance class, when provisioned.", example: "db.r6g.large"),
      ResourceField("instances", .count(minimum: 1), "The writer and its readers; 1.", example: "3"),
      ResourceField(
        "acu", .number, "Capacity units that a serverless instance uses on average.", example: "4"),
      ResourceField(
        "configuration", .choice(["standard", "io-optimized"]),
        "Whether requests to storage are paid one by one or with the instances and the storage; standard."),
      ResourceField("storage", .size, "What the cluster keeps.", example: "500 GB"),
      ResourceField(
        "requests", .rate, "Reads and writes of storage, of the standard configuration.", example: "20 /s"),
      ResourceField(
        "backups", .size, "All backups and snapshots that are kept; as much as the storage is free.",
        example: "1,200 GB"),
      ResourceField(
        "backtrack-records", .rate, "Change records that backtracking keeps, of mysql.",
        example: "1,000,000 /h"),
      ResourceField("backtrack-window", .duration, "For how long it keeps them.", example: "24 h"),
      ResourceField("snapshot-export", .size, "Snapshots that a month exports to S3.", example: "200 GB"),
      ResourceField(
        "cpu-credits", .rate, "vCPU-hours above what the instances earn, of a burstable class.",
        example: "60 /month"),
    ] + PerformanceInsights.fields + ExtendedSupport.fields

  /// How capacity is bought.
  enum Mode: String {
    case provisioned
    case serverlessV2 = "serverless-v2"
    case serverlessV1 = "serverless-v1"
  }

  let engine: String
  let mode: Mode
  let instanceClass: Located<String>?
  let instances: Decimal
  /// Capacity units of all instances; `nil` when not stated.
  let capacityUnits: Decimal?
  let configuration: String
  let storage: AuroraStorage
  let creditHours: Decimal?
  let insights: PerformanceInsights
  let support: ExtendedSupport

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    let engine = stated.text("engine")?.value ?? "postgres"
    let mode = stated.text("mode").flatMap { Mode(rawValue: $0.value) } ?? .provisioned
    let instances = stated.number("instances") ?? 1
    self.engine = engine
    self.mode = mode
    self.instances = instances
    instanceClass = stated.text("class")
    capacityUnits = stated.number("acu").map { $0 * instances }
    configuration = stated.text("configuration")?.value ?? "standard"
    storage = AuroraStorage(stated, engine: engine, configuration: configuration, findings: &findings)
    creditHours = stated.perMonth("cpu-credits")
    insights = PerformanceInsights(stated)
    support = ExtendedSupport(
      stated, calendar: engine == "mysql" ? .auroraMySQL : .postgres, engine: engine,
      findings: &findings)
    check(stated, &findings)
  }

  private func check(_ stated: StatedResource, _ findings: inout [Diagnostic]) {
    let isProvisioned = mode == .provisioned
    let name = mode.rawValue
    stated.demand(
      "class", if: isProvisioned, for: "a provisioned cluster", example: "db.r6g.large", findings: &findings)
    stated.refuse("class", unless: isProvisioned, of: name, findings: &findings)
    stated.refuse("acu", unless: !isProvisioned, of: name, findings: &findings)
    stated.refuse("cpu-credits", unless: isProvisioned, of: name, findings: &findings)
    stated.refuse("configuration", unless: mode != .serverlessV1, of: name, findings: &findings)
    stated.refuse("extended-support", unless: mode != .serverlessV1, of: name, findings: &findings)
    if isProvisioned, let instanceClass {
      stated.refuseCredits(of: instanceClass.value, findings: &findings)
    }
  }

  package var agreement: String? { instances > 1 ? "aurora/multi-az" : "aurora/single-az" }

  package func charges(in context: ChargeContext) -> [Charge] {
    let capacity = mode == .provisioned ? provisioned(in: context) : serverless(in: context)
    return capacity + storage.charges(in: context)
  }

  private func provisioned(in context: ChargeContext) -> [Charge] {
    guard let instanceClass else { return [] }
    let name = instanceClass.value
    let item = "instance/\(name)/\(engine)/\(configuration)"
    var charges = [
      Charge(
        "Database instances (\(name), \(engine))", .listed(PriceKey("aurora", item)),
        .known(context.hours * instances), unit: "hour", isCommittable: true, stated: instanceClass)
    ]
    if let creditHours {
      let family = name.split(separator: ".").dropFirst().first ?? ""
      charges.append(
        Charge(
          "CPU credits", .listed(PriceKey("aurora", "cpu-credits/\(family)")), .known(creditHours),
          unit: "vCPU-hour"))
    }
    if let charge = support.charge(for: name, instances: instances, service: "aurora", in: context) {
      charges.append(charge)
    }
    return charges + insights.charges(for: name, instances: instances, service: "aurora", in: context)
  }

  private func serverless(in context: ChargeContext) -> [Charge] {
    let isOld = mode == .serverlessV1
    let hours = capacityUnits.map { $0 * context.hours }
    let capacity = Charge(
      isOld ? "Serverless v1" : "Serverless v2 (\(configuration))",
      PriceKey("aurora", isOld ? "serverless-v1" : "serverless-v2/\(configuration)"), hours,
      unit: "ACU-hour", otherwise: "acu: 4")
    let support =
      isOld ? nil : support.charge(capacityUnitHours: hours, service: "aurora", in: context)
    return [capacity] + (support.map { [$0] } ?? [])
      + insights.charges(capacityUnits: capacityUnits, service: "aurora")
  }
}
