package import Diagnostics
internal import FoundationEssentials

/// Relational databases: the instance in one zone or several, read replicas, storage, backups, what is charged for old
/// versions and for watching.
package struct RDSInstance: CostResource {
  package static let kind = "aws-rds"
  package static let title = "Amazon RDS"
  package static let summary = "A relational database, with its standbys and read replicas."
  package static let services = ["rds"]
  package static let fields: [ResourceField] =
    [
      ResourceField("class", .text, required: true, "The instance class.", example: "db.r5.2xlarge"),
      ResourceField("engine", .choice(RDSEngine.words), "The database engine; postgres."),
      ResourceField(
        "license", .choice(["included", "bring-your-own"]),
        "Whose licence of Oracle it is; included with se1 and se2, else bring-your-own."),
      ResourceField(
        "deployment", .choice(["single-az", "multi-az", "multi-az-cluster"]),
        "Over how many zones: one, a second with a standby, or three with standbys that can be read; single-az."
      ),
      ResourceField(
        "replicas", .count(minimum: 1),
        "Read replicas, each of the same class and storage in a single zone; none.", example: "2"),
    ] + RDSStorage.fields
    + [
      ResourceField(
        "backups", .size,
        "All backups and snapshots that are kept; as much as the storage of the database and its replicas is free.",
        example: "1,200 GB"),
      ResourceField("snapshot-export", .size, "Snapshots that a month exports to S3.", example: "200 GB"),
      ResourceField(
        "cpu-credits", .rate, "vCPU-hours above what it earns, of a burstable class.", example: "60 /month"),
    ] + PerformanceInsights.fields + ExtendedSupport.fields

  let instanceClass: Located<String>
  let engine: RDSEngine
  let deployment: RDSDeployment
  let replicas: Decimal
  let storage: RDSStorage
  let backups: Decimal?
  let exported: Decimal?
  let creditHours: Decimal?
  let insights: PerformanceInsights
  let support: ExtendedSupport

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    instanceClass = stated.text("class") ?? Located("", at: stated.location)
    engine = RDSEngine(stated, findings: &findings)
    deployment = stated.text("deployment").flatMap { RDSDeployment(rawValue: $0.value) } ?? .singleAZ
    replicas = stated.number("replicas") ?? 0
    storage = RDSStorage(stated, engine: engine, findings: &findings)
    backups = stated.gigabytes("backups")
    exported = stated.gigabytes("snapshot-export")
    creditHours = stated.perMonth("cpu-credits")
    insights = PerformanceInsights(stated)
    support = ExtendedSupport(
      stated, calendar: engine.supportCalendar, engine: engine.word, findings: &findings)
    stated.refuseCredits(of: instanceClass.value, findings: &findings)
    if deployment == .cluster, !["mysql", "postgres"].contains(engine.word) {
      findings.append(
        Diagnostic(
          slug: "no-multi-az-cluster", "\(engine.word) has no Multi-AZ cluster; mysql and postgres do",
          at: stated.text("deployment")?.location ?? stated.location, help: "deployment: multi-az"))
    }
  }

  package var agreement: String? { deployment == .singleAZ ? "rds/single-az" : "rds/multi-az" }

  package func charges(in context: ChargeContext) -> [Charge] {
    [instance("Database instance", deployment, copies: 1, in: context)]
      + storage.charges(deployment, copies: 1) + replicaCharges(in: context)
      + [backup] + usage + watching(in: context)
  }

  private func instance(
    _ label: String, _ deployment: RDSDeployment, copies: Decimal, in context: ChargeContext
  ) -> Charge {
    let item = "instance/\(instanceClass.value)/\(engine.item)/\(deployment.rawValue)"
    return Charge(
      "\(label) (\(instanceClass.value), \(engine.word), \(deployment.title))",
      .listed(PriceKey("rds", item)), .known(context.hours * copies), unit: "hour", isCommittable: true,
      stated: instanceClass)
  }

  private func replicaCharges(in context: ChargeContext) -> [Charge] {
    guard replicas > 0 else { return [] }
    return [instance("Read replicas", .singleAZ, copies: replicas, in: context)]
      + storage.charges(.singleAZ, copies: replicas, whose: "of read replicas")
  }

  /// Backups above what is free: as much as the provisioned storage (Amazon RDS pricing, “Backup storage”).
  private var backup: Charge {
    let free = storage.size.map { $0 * (1 + replicas) }
    let charged = backups.flatMap { kept in free.map { max(kept - $0, 0) } }
    return Charge(
      "Backups above what is free", PriceKey("rds", "backup"), charged, unit: "GB-month",
      otherwise: backups == nil ? "backups: 1,200 GB" : "storage: 100 GB")
  }

  private var usage: [Charge] {
    var charges: [Charge] = []
    if let creditHours {
      let family = instanceClass.value.split(separator: ".").dropFirst().first ?? ""
      let suffix = engine.isSQLServer ? "/sqlserver" : ""
      charges.append(
        Charge(
          "CPU credits", .listed(PriceKey("rds", "cpu-credits/\(family)\(suffix)")), .known(creditHours),
          unit: "vCPU-hour"))
    }
    if let exported {
      charges.append(
        Charge("Snapshot export", .listed(PriceKey("rds", "snapshot-export")), .known(exported), unit: "GB"))
    }
    return charges
  }

  private func watching(in context: ChargeContext) -> [Charge] {
    let support = support.charge(
      for: instanceClass.value, instances: deployment.instances + replicas, service: "rds", in: context)
    return (support.map { [$0] } ?? [])
      + insights.charges(
        for: instanceClass.value, instances: deployment.readable + replicas, service: "rds", in: context)
  }
}

extension StatedResource {
  /// Adds a finding when credits are stated of a database class that earns none.
  func refuseCredits(of instanceClass: String, findings: inout [Diagnostic]) {
    guard let credits = text("cpu-credits"), !instanceClass.hasPrefix("db.t") else { return }
    findings.append(
      Diagnostic(
        slug: "no-cpu-credits", "\(instanceClass) does not burst; cpu-credits: are of db.t classes only",
        at: credits.location))
  }
}
