import Foundation

/// A price of a list in a test: a product, and what it costs by which terms.
struct ListedFact {
  var sku: String
  var family: String
  var attributes: [(String, String)]
  var offers: [Offer]

  struct Offer {
    var code = "JRTCKXETXF"
    var terms: [String]?
    var effective = "2026-04-01T00:00:00Z"
    var rates: [Rate]
  }

  struct Rate {
    var unit: String
    var price: String
    var from: String? = "0"
    var upTo: String? = "Inf"
    var currency = "USD"
  }

  /// On demand, at one price.
  init(
    _ sku: String, _ family: String, _ attributes: [(String, String)], per unit: String, _ price: String
  ) {
    self.init(sku, family, attributes, offers: [Offer(rates: [Rate(unit: unit, price: price)])])
  }

  init(_ sku: String, _ family: String, _ attributes: [(String, String)], offers: [Offer]) {
    self.sku = sku
    self.family = family
    self.attributes = attributes
    self.offers = offers
  }

  /// An attribute stated otherwise.
  func with(_ sku: String, _ name: String, _ value: String) -> ListedFact {
    var fact = self
    fact.sku = sku
    fact.attributes.removeAll { $0.0 == name }
    fact.attributes.append((name, value))
    return fact
  }
}

/// A list of prices as AWS writes it.
struct ListText {
  var offer = "AmazonEC2"
  var published: String? = "2026-04-16T20:03:00Z"
  var facts: [ListedFact]

  /// As JSON, with products before terms as AWS has them.
  var json: String {
    let head =
      [quoted("formatVersion", "v1.0"), quoted("offerCode", offer), quoted("version", "20260416200300")]
      + (published.map { [quoted("publicationDate", $0)] } ?? [])
    return "{\n" + (head + [products, terms]).joined(separator: ",\n") + "\n}\n"
  }

  /// As JSON, with the terms first.
  var jsonTermsFirst: String {
    "{\(quoted("offerCode", offer)),\(terms),\(products),\(quoted("publicationDate", published ?? ""))}"
  }

  private var products: String {
    let rows = facts.map { fact in
      let attributes = fact.attributes.map { quoted($0.0, $0.1) }.joined(separator: ", ")
      let family = fact.family.isEmpty ? "" : quoted("productFamily", fact.family) + ", "
      return "\"\(fact.sku)\" : {\(quoted("sku", fact.sku)), \(family)\"attributes\" : {\(attributes)}}"
    }
    return "\"products\" : {\(rows.joined(separator: ",\n"))}"
  }

  private var terms: String {
    let onDemand = offers { $0.terms == nil }
    let reserved = offers { $0.terms != nil }
    return "\"terms\" : {\"OnDemand\" : {\(onDemand)}, \"Reserved\" : {\(reserved)}}"
  }

  private func offers(_ wanted: (ListedFact.Offer) -> Bool) -> String {
    facts.compactMap { fact in
      let offers = fact.offers.filter(wanted).map { offer($0, of: fact.sku) }
      return offers.isEmpty ? nil : "\"\(fact.sku)\": {\(offers.joined(separator: ", "))}"
    }.joined(separator: ",\n")
  }

  private func offer(_ offer: ListedFact.Offer, of sku: String) -> String {
    let rates = offer.rates.enumerated().map { index, rate in
      let range = [("beginRange", rate.from), ("endRange", rate.upTo)]
        .compactMap { name, value in value.map { quoted(name, $0) + ", " } }.joined()
      return
        "\"\(sku).\(offer.code).\(index)\": {\"description\": \"$\(rate.price) \\\"per\\\" unit {,}\", \(range)"
        + "\(quoted("unit", rate.unit)), \"pricePerUnit\": {\(quoted(rate.currency, rate.price))}, \"appliesTo\": []}"
    }
    let names = ["LeaseContractLength", "PurchaseOption", "OfferingClass"]
    let terms = zip(names, offer.terms ?? []).map { quoted($0, $1) }.joined(separator: ", ")
    return "\"\(sku).\(offer.code)\": {\(quoted("sku", sku)), \(quoted("effectiveDate", offer.effective)), "
      + "\"priceDimensions\": {\(rates.joined(separator: ", "))}, \"termAttributes\": {\(terms)}}"
  }

  private func quoted(_ key: String, _ value: String) -> String {
    "\"\(key)\": \"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// The columns of attributes as CSV names them.
  private static let columns = [
    ("servicecode", "serviceCode"), ("location", "Location"), ("locationType", "Location Type"),
    ("regionCode", "Region Code"), ("instanceType", "Instance Type"), ("vcpu", "vCPU"), ("memory", "Memory"),
    ("tenancy", "Tenancy"), ("operatingSystem", "Operating System"), ("licenseModel", "License Model"),
    ("preInstalledSw", "Pre Installed S/W"), ("capacitystatus", "CapacityStatus"),
    ("marketoption", "MarketOption"), ("operation", "operation"), ("usagetype", "usageType"),
    ("volumeType", "Volume Type"), ("volumeApiName", "Volume API Name"),
    ("databaseEngine", "Database Engine"), ("databaseEdition", "Database Edition"),
    ("deploymentOption", "Deployment Option"), ("deploymentModel", "Deployment Model"),
    ("storage", "Storage"), ("cacheEngine", "Cache Engine"),
    ("transferType", "Transfer Type"), ("fromLocation", "From Location"), ("toLocation", "To Location"),
    ("fromLocationType", "From Location Type"), ("toLocationType", "To Location Type"),
    ("fromRegionCode", "From Region Code"), ("toRegionCode", "To Region Code"), ("group", "Group"),
  ]

  private static let header =
    [
      "SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate", "StartingRange",
      "EndingRange", "Unit", "PricePerUnit", "Currency", "LeaseContractLength", "PurchaseOption",
      "OfferingClass", "Product Family",
    ] + columns.map(\.1)

  /// As CSV; `leavingOut` names a column that is not there.
  func csv(leavingOut missing: String? = nil) -> String {
    let kept = Self.header.indices.filter { Self.header[$0] != missing }
    func line(_ fields: [String]) -> String {
      fields.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
    }
    var text = line(["FormatVersion", "v1.0"]) + line(["Disclaimer", "informational, \"as is\""])
    if let published { text += line(["Publication Date", published]) }
    text += line(["Version", "20260416200300"]) + line(["OfferCode", offer])
    text += line(kept.map { Self.header[$0] })
    return text + rows.map { row in line(kept.map { row[$0] }) }.joined()
  }

  private var rows: [[String]] {
    facts.flatMap { fact in
      fact.offers.flatMap { offer in
        offer.rates.enumerated().map { index, rate in
          row(fact, offer, rate, "\(fact.sku).\(offer.code).\(index)")
        }
      }
    }
  }

  private func row(
    _ fact: ListedFact, _ offer: ListedFact.Offer, _ rate: ListedFact.Rate, _ code: String
  ) -> [String] {
    var row = [fact.sku, offer.code, code, offer.terms == nil ? "OnDemand" : "Reserved"]
    row += ["a price, \"quoted\"", String(offer.effective.prefix(10)), rate.from ?? "", rate.upTo ?? ""]
    row += [rate.unit, rate.price, rate.currency]
    row += offer.terms ?? ["", "", ""]
    row.append(fact.family)
    for column in Self.columns { row.append(fact.attributes.first { $0.0 == column.0 }?.1 ?? "") }
    return row
  }
}

/// Facts of real lists, retyped.
enum ListedFacts {
  static let linux = [
    ("servicecode", "AmazonEC2"), ("location", "US East (N. Virginia)"), ("locationType", "AWS Region"),
    ("instanceType", "c4.large"), ("vcpu", "2"), ("memory", "3.75 GiB"), ("tenancy", "Shared"),
    ("operatingSystem", "Linux"), ("licenseModel", "No License required"), ("preInstalledSw", "NA"),
    ("capacitystatus", "Used"), ("operation", "RunInstances"), ("usagetype", "BoxUsage:c4.large"),
  ]

  /// c4.large with its terms of 2017-04-19; lyft/awspricing 509f098, tests/data/ec2_offer.py.
  static let c4Large = ListedFact(
    "4C7N4APU9GEUZ6H6", "Compute Instance", linux,
    offers: [
      .init(rates: [.init(unit: "Hrs", price: "0.1000000000")]),
      .init(
        code: "HU7G6KETJZ", terms: ["1yr", "Partial Upfront", "standard"],
        rates: [
          .init(unit: "Hrs", price: "0.0300000000"),
          .init(unit: "Quantity", price: "263", from: nil, upTo: nil),
        ]),
      .init(
        code: "38NPMPTW36", terms: ["3yr", "Partial Upfront", "standard"],
        rates: [
          .init(unit: "Quantity", price: "539", from: nil, upTo: nil),
          .init(unit: "Hrs", price: "0.0210000000"),
        ]),
      .init(
        code: "R5XV2EPZQZ", terms: ["3yr", "Partial Upfront", "convertible"],
        rates: [
          .init(unit: "Quantity", price: "710", from: nil, upTo: nil),
          .init(unit: "Hrs", price: "0.0270000000"),
        ]),
      .init(
        code: "4NA7Y494T4", terms: ["1yr", "No Upfront", "standard"],
        rates: [.init(unit: "Hrs", price: "0.0630000000")]),
    ])

  private static let ireland = [
    ("servicecode", "AmazonEC2"), ("location", "EU (Ireland)"), ("locationType", "AWS Region"),
  ]

  private static func volume(_ sku: String, _ usage: String, per unit: String, _ price: String) -> ListedFact
  {
    ListedFact(sku, "Storage", ireland + [("usagetype", "EU-EBS:\(usage)")], per: unit, price)
  }

  /// Volumes of Ireland of 2023-02-23; cycloidio/terracost 23cf94d, mysql/testdata/2023-02-23-pricing.sql.gz.
  static let volumes = [
    volume("V1", "VolumeUsage.gp3", per: "GB-Mo", "0.0880000000"),
    volume("V2", "VolumeP-Throughput.gp3", per: "GiBps-mo", "45.0560000000"),
    volume("V3", "VolumeIOUsage", per: "IOs", "0.0000000550"),
    volume("V4", "VolumeP-IOPS.io2.tier2", per: "IOPS-Mo", "0.0504000000"),
    volume("V5", "SnapshotUsage", per: "GB-Mo", "0.0500000000"),
  ]

  /// Standard storage of Virginia in its tiers; Amazon S3 pricing by the AWS Pricing API, 2025-10-28.
  static let bucket = ListedFact(
    "WP9ANXZGBYYSGJEA", "Storage",
    [
      ("servicecode", "AmazonS3"), ("location", "US East (N. Virginia)"), ("locationType", "AWS Region"),
      ("volumeType", "Standard"), ("usagetype", "TimedStorage-ByteHrs"), ("operation", ""),
    ],
    offers: [
      .init(rates: [
        .init(unit: "GB-Mo", price: "0.0210000000", from: "512000", upTo: "Inf"),
        .init(unit: "GB-Mo", price: "0.0230000000", from: "0", upTo: "51200"),
        .init(unit: "GB-Mo", price: "0.0220000000", from: "51200", upTo: "512000"),
      ])
    ])

  /// Requests of Virginia, priced for one.
  static let requests = ListedFact(
    "REQ1", "",
    [
      ("servicecode", "AmazonS3"), ("location", "US East (N. Virginia)"), ("locationType", "AWS Region"),
      ("usagetype", "Requests-Tier1"), ("operation", ""),
    ], per: "Requests", "0.0000050000")

  static func database(
    _ sku: String, engine: String, deployment: String, storage: String = "EBS Only", _ price: String
  )
    -> ListedFact
  {
    ListedFact(
      sku, "Database Instance",
      [
        ("servicecode", "AmazonRDS"), ("location", "EU (Frankfurt)"), ("locationType", "AWS Region"),
        ("regionCode", "eu-central-1"), ("instanceType", "db.r5.large"), ("vcpu", "2"), ("memory", "16 GiB"),
        ("databaseEngine", engine), ("licenseModel", "No license required"), ("deploymentOption", deployment),
        ("storage", storage), ("usagetype", "EUC1-InstanceUsage:db.r5.large"),
      ], per: "Hrs", price)
  }
}
