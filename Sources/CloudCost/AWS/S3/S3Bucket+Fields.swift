internal import FoundationEssentials

extension S3Bucket {
  /// The keys of a bucket: of objects that are all of one class, of classes one by one, of a lifecycle.
  package static let fields: [ResourceField] =
    [
      ResourceField(
        "class", .choice(S3StorageClass.allCases.map { $0.rawValue }),
        "The class of what is stated beside it, and that a lifecycle begins with; standard."),
      ResourceField("size", .size, "What is kept; with a lifecycle what is there at first.", example: "5 TB"),
      ResourceField("objects", .count(minimum: 1), "In how many objects.", example: "40,000"),
      ResourceField(
        "object-size", .size,
        "What an object measures on average; decides requests of a lifecycle and what small objects add.",
        example: "16 MB"),
      requests(movable: true),
      ResourceField(
        "retrieval", .record([data] + ways(S3StorageClass.glacier, of: retrieved)),
        "What is read of a class that charges for it; an archive is read in one of its ways."),
      ResourceField(
        "select", .record(selected + ways(S3StorageClass.glacier, of: selected)), "What S3 Select reads."),
      earlyDelete,
    ] + lifecycle + S3StorageClass.allCases.map(record) + management

  private static let lifecycle = [
    ResourceField("ingest", .dataRate, "What is written.", example: "100 GB/month"),
    ResourceField(
      "arrival", .choice(LifecycleCohorts.Arrival.allCases.map { $0.rawValue }),
      "When in the month it is written: month-start, a month's data from its first hour; evenly."),
    ResourceField("age", .duration, "How old what is kept at first is; 0 d.", example: "10 d"),
    ResourceField(
      "lifecycle",
      .list(of: [
        ResourceField("after", .duration, required: true, "The age.", example: "30 d"),
        ResourceField(
          "to", .choice(S3StorageClass.allCases.dropFirst().map { $0.rawValue }), "The class it moves to."),
        ResourceField("delete", .flag, "Whether it is deleted."),
      ]),
      "What happens to data as it grows old, in ascending order of age."),
    ResourceField(
      "month", .count(minimum: 1),
      "The month that is billed, counted from 1; the long run, which only a lifecycle that deletes has.",
      example: "12"),
  ]

  private static let management = [
    ResourceField("tags", .count(minimum: 0), "Tags of objects.", example: "100,000"),
    ResourceField(
      "inventory", .rate, "Objects listed by S3 Inventory.", example: "1,000,000 /month"),
    ResourceField(
      "analytics", .count(minimum: 0), "Objects watched by Storage Class Analysis.", example: "1,000,000"),
  ]

  private static let data = ResourceField("data", .dataRate, "How much.", example: "50 GB/month")
  private static let retrieved = [
    data, ResourceField("requests", .rate, "Objects.", example: "1,000 /month"),
  ]
  private static let selected = [
    ResourceField("scanned", .dataRate, "Data scanned.", example: "500 GB/month"),
    ResourceField("returned", .dataRate, "Data returned.", example: "50 GB/month"),
  ]
  private static let earlyDelete = ResourceField(
    "early-delete", .dataRate,
    "Gigabyte-months of the minimum duration that objects did not serve; a lifecycle computes them.",
    example: "200 GB/month")

  private static func ways(_ storageClass: S3StorageClass, of parts: [ResourceField]) -> [ResourceField] {
    storageClass.retrievals.map { way in
      ResourceField(
        way.speed.rawValue, .record(parts), "Within \(way.longest) (\(storageClass.title)).")
    }
  }

  private static func requests(movable: Bool) -> ResourceField {
    let moves = ResourceField("transition", .rate, "Objects moved here.", example: "10,000 /month")
    return ResourceField(
      "requests",
      .record(
        [
          ResourceField("put", .rate, "PUT, COPY, POST and LIST.", example: "10,000 /month"),
          ResourceField("get", .rate, "GET and all others.", example: "100,000 /month"),
        ] + (movable ? [moves] : [])), "Requests.")
  }

  /// The keys of one class, for a bucket with several.
  private static func record(_ storageClass: S3StorageClass) -> ResourceField {
    var fields =
      storageClass == .intelligentTiering
      ? S3StorageClass.accessTiers.map { ResourceField($0.key, .size, $0.summary, example: "500 GB") }
        + [ResourceField("monitored-objects", .count(minimum: 0), "Objects of 128 KB and more.")]
      : [
        ResourceField("size", .size, "What is kept.", example: "5 TB"),
        ResourceField("objects", .count(minimum: 1), "In how many objects.", example: "40,000"),
      ]
    fields.append(requests(movable: storageClass != .standard))
    if storageClass.chargesRetrieval {
      let parts = storageClass.isArchive ? ways(storageClass, of: retrieved) : [data]
      fields.append(ResourceField("retrieval", .record(parts), "What is read."))
    }
    if storageClass.hasSelect {
      let parts = storageClass.isArchive ? ways(storageClass, of: selected) : selected
      fields.append(ResourceField("select", .record(parts), "What S3 Select reads."))
    }
    if storageClass != .standard { fields.append(earlyDelete) }
    return ResourceField(storageClass.rawValue, .record(fields), "What is kept in \(storageClass.title).")
  }
}

extension S3StorageClass {
  /// Whether S3 Select reads it.
  var hasSelect: Bool { self != .deepArchive && self != .glacierInstant }
}
