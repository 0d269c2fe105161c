package import Diagnostics
internal import FoundationEssentials

/// Data that leaves a zone, a region or the provider; what comes in from the internet is free.
///
/// A GB between zones is charged where it leaves and where it arrives, a GB to another region or to the internet where it
/// leaves (AWS Global Network FAQ). Tiers to the internet are the account's in the region.
package struct DataTransfer: CostResource {
  package static let kind = "aws-transfer"
  package static let title = "AWS data transfer"
  package static let summary = "Data to the internet, to other regions and between zones."
  package static let services = ["transfer"]
  package static let fields: [ResourceField] = [
    ResourceField("internet", .dataRate, "What leaves to the internet.", example: "2 TB/month"),
    ResourceField(
      "free", .size,
      "How much of that is free; none. An account has 100 GB a month free in all regions together: state them once.",
      example: "100 GB"),
    ResourceField("cross-az", .dataRate, "What passes between zones, counted once.", example: "1 TB/month"),
    ResourceField(
      "other-regions", .dataRate, "What leaves to other regions at the usual price.", example: "750 GB/month"),
    ResourceField(
      "to",
      .list(of: [
        ResourceField("region", .text, required: true, "The region it goes to.", example: "us-east-2"),
        ResourceField("data", .dataRate, required: true, "How much.", example: "200 GB/month"),
      ]), "What leaves to certain regions, at the price of the pair."),
  ]

  /// AWS: 100 GB a month are free for the account, across services and regions.
  static let mostFree: Decimal = 100

  let internet: Decimal?
  let free: Decimal
  let crossZone: Decimal?
  let otherRegions: Decimal?
  let pairs: [(region: String, data: Decimal)]

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    internet = stated.gigabytesPerMonth("internet")
    free = stated.gigabytes("free") ?? 0
    crossZone = stated.gigabytesPerMonth("cross-az")
    otherRegions = stated.gigabytesPerMonth("other-regions")
    pairs = stated.parts("to").map { part in
      (part.text("region")?.value ?? "", part.gigabytesPerMonth("data") ?? 0)
    }
    findings += stated.parts("to").compactMap { $0.text("region") }.filter { !AWSRegion.isPriced($0.value) }
      .map { region in
        Diagnostic(
          slug: "unknown-region", "“\(region.value)” is no region of AWS", at: region.location,
          help: nearestName(to: region.value, among: AWSRegion.codes) ?? "region: us-east-1")
      }
    if let text = stated.text("free"), free > Self.mostFree || internet == nil {
      findings.append(
        Diagnostic(
          slug: "free-transfer", "free: 100 GB a month of what leaves to the internet are free",
          at: text.location,
          help: "internet: 2 TB/month, with free: 100 GB"))
    }
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    var charges: [Charge] = []
    if let internet {
      charges.append(toInternet(max(0, internet - free)))
      if free > 0 {
        charges.append(Charge("To the internet (free)", .stated(0), .known(min(internet, free)), unit: "GB"))
      }
    }
    if let crossZone {
      charges.append(
        Charge(
          "Between zones (both directions)", .listed(PriceKey("transfer", "cross-az")), .known(2 * crossZone),
          unit: "GB"))
    }
    if let otherRegions {
      charges.append(
        Charge(
          "To other regions", .listed(PriceKey("transfer", "inter-region")), .known(otherRegions), unit: "GB")
      )
    }
    charges += pairs.map { pair in
      Charge("To \(pair.region)", .listed(key(to: pair.region, in: context)), .known(pair.data), unit: "GB")
    }
    return charges.isEmpty ? [toInternet(nil)] : charges
  }

  private func toInternet(_ quantity: Decimal?) -> Charge {
    Charge(
      "To the internet", PriceKey("transfer", "internet-out"), quantity, unit: "GB",
      otherwise: "internet: 2 TB/month")
  }

  /// The pair's own item, unless the book prices it as any other region; nothing leaves to its own region.
  private func key(to region: String, in context: ChargeContext) -> PriceKey {
    let pair = PriceKey("transfer", "inter-region/\(region)")
    let isPriced = !context.book.tiers(of: pair, in: context.region, purchase: .onDemand).isEmpty
    return isPriced || region == context.region ? pair : PriceKey("transfer", "inter-region")
  }
}
