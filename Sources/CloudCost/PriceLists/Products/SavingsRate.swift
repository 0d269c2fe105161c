internal import FoundationEssentials

/// What a savings plan makes of the price of one product by the hour.
struct SavingsRate {
  var sku = SKU(none: ())
  var service = ""
  var usageType = ""
  var operation = ""
  var region = ""
  var unit = ""
  var amount: Decimal?

  /// The product as its own list would describe it, as far as usage type and operation tell.
  ///
  /// Source for the codes: AWS, “AMI billing information fields” (EC2) and the operations of the RDS price list.
  func describe(_ attributes: inout ProductAttributes) {
    attributes.clear()
    attributes[.serviceCode] = service
    attributes[.usageType] = usageType
    attributes[.operation] = operation
    attributes[.regionCode] = region
    let usage = attributes.usage
    let parts = usage.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    switch service {
    case "AmazonEC2": describeMachine(parts, &attributes)
    case "AmazonRDS": describeDatabase(parts, &attributes)
    case "AmazonElastiCache": describeCache(parts, &attributes)
    default: break
    }
  }

  private func describeMachine(_ parts: [String], _ attributes: inout ProductAttributes) {
    attributes[.productFamily] = "Compute Instance"
    attributes[.instanceType] = parts[1]
    attributes[.tenancy] = parts[0] == "BoxUsage" ? "Shared" : "Dedicated"
    attributes[.operatingSystem] = Self.systems[operation] ?? "other"
  }

  private static let systems = [
    "RunInstances": "Linux", "RunInstances:0002": "Windows", "RunInstances:0010": "RHEL",
    "RunInstances:000g": "SUSE",
  ]

  private func describeDatabase(_ parts: [String], _ attributes: inout ProductAttributes) {
    guard let deployment = Self.deployments[parts[0]] else { return }
    attributes[.productFamily] = "Database Instance"
    attributes[.instanceType] = Self.whole(parts[1])
    attributes[.deploymentOption] = deployment
    attributes[.databaseEngine] = Self.engines[operation] ?? "other"
  }

  private static let deployments = [
    "InstanceUsage": "Single-AZ", "InstanceUsageIOOptimized": "Single-AZ", "Multi-AZUsage": "Multi-AZ",
    "Multi-AZClusterUsage": "Multi-AZ (readable standbys)",
  ]
  private static let engines = [
    "CreateDBInstance:0002": "MySQL", "CreateDBInstance:0014": "PostgreSQL",
    "CreateDBInstance:0016": "Aurora MySQL", "CreateDBInstance:0018": "MariaDB",
    "CreateDBInstance:0021": "Aurora PostgreSQL",
  ]

  /// The class as it is written elsewhere: usage types cut `2xlarge` to `2xl`.
  private static func whole(_ name: String) -> String { name.hasSuffix("xl") ? name + "arge" : name }

  private func describeCache(_ parts: [String], _ attributes: inout ProductAttributes) {
    attributes[.productFamily] = "Cache Instance"
    attributes[.instanceType] = parts[1]
    let code = operation.split(separator: ":").last.map(String.init) ?? ""
    attributes[.cacheEngine] = ["0001": "Memcached", "0002": "Redis"][code] ?? code
  }
}

/// A savings plan with its terms.
struct ListedPlan {
  /// What it covers; `nil` for plans that nothing of ours is bought by.
  var plan: Purchase.SavingsPlan?
  var terms = ListedTerms()

  /// - Parameters:
  ///   - usageType: `ComputeSP:1yrNoUpfront`, `EC2SP:m5.1yrNoUpfront`, `DatabaseSP:1yrNoUpfront`.
  init(family: String, usageType: String) {
    let words = "\(family) \(usageType)"
    if words.contains("EC2SP") || words.contains("EC2Instance") {
      plan = .instance
    } else if words.contains("ComputeSP") || words.contains("ComputeSavings") {
      plan = .compute
    } else if words.contains("DatabaseSP") || words.contains("DatabaseSavings") {
      plan = .database
    }
  }
}

extension PriceCollector {
  /// The days of a commitment's year, as the provider spreads what is paid at the start.
  private static let hoursPerYear: Decimal = 8760

  /// Takes a rate of a savings plan.
  ///
  /// The list states what an hour comes to in all. Paid all at the start, the hours of the term are paid then and nothing
  /// recurs; paid in part, half of it is (AWS, “Savings Plans”, payment options).
  mutating func add(_ rate: SavingsRate, plan: ListedPlan, source: Int) {
    guard let covered = plan.plan else { return skip(.leftOut("savings plans of other kinds")) }
    guard let commitment = plan.terms.commitment else { return skip(pastTerms, prices: 1) }
    var code = code(of: rate.sku) ?? described(rate)
    if code >= 0, !isWanted(rate, Int(code)) { code = otherRegions }
    guard code >= 0 else { return skip(code, prices: 1) }
    let hours = Self.hoursPerYear * Decimal(commitment.years)
    let share: Decimal = commitment.upfront == .none ? 0 : commitment.upfront == .all ? 1 : Decimal(5) / 10
    var hourly = ListedPrice(amount: rate.amount.map { $0 * (1 - share) }, unit: rate.unit)
    hourly.upfront = rate.amount.map { $0 * share * hours }
    add(
      [hourly], of: code, sku: rate.sku, purchase: .savingsPlan(covered, commitment), effective: 0,
      source: commitment.upfront == .none ? source : derived(from: source))
  }

  private mutating func described(_ rate: SavingsRate) -> Code {
    var attributes = ProductAttributes()
    rate.describe(&attributes)
    return place(rate.sku, attributes, offer: rate.service)
  }

  /// A product of the lists may be sold in a region of which the plan is not.
  private func isWanted(_ rate: SavingsRate, _ index: Int) -> Bool {
    rate.region.isEmpty || items[index].region == rate.region
  }
}
