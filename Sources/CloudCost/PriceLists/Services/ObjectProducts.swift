/// Products of the S3 list: storage of each class, requests, retrieval, early deletion.
///
/// A usage type alone is not enough: `Requests-Tier3` is a restore or a move into an archive by its operation, and objects'
/// overhead is listed under the usage type of storage. Usage types are compared whole, for those of S3 Tables end alike.
enum ObjectProducts {
  private struct Product: Hashable {
    let usage: String
    let operation: String
  }

  static func product(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    let operation = product[.operation]
    let isArchiveList = product[.serviceCode] == "AmazonS3GlacierDeepArchive"
    let named = isArchiveList && operation.isEmpty ? "DeepArchiveRestoreObject" : operation
    if let item = items[Product(usage: usage, operation: named)]
      ?? items[Product(usage: usage, operation: operation)]
    {
      return .item("s3", item.item, per: item.unit)
    }
    return .unknown
  }

  private static let items: [Product: (item: String, unit: String)] = {
    var items: [Product: (item: String, unit: String)] = [:]
    func add(_ item: String, per unit: String, _ usage: String, _ operations: String...) {
      for operation in operations.isEmpty ? [""] : operations {
        items[Product(usage: usage, operation: operation)] = (item, unit)
      }
    }
    for (name, usage) in storage { add(name, per: "GB-month", usage) }
    add("intelligent-tiering/monitoring", per: "1k objects", "Monitoring-Automation-INT")
    for (name, letters) in classes {
      let part = letters.isEmpty ? "" : "-\(letters)"
      let puts = letters == "GLACIER" || letters == "GDA" ? ["PutObject", "PostObject"] : [""]
      for put in puts { add("\(name)/requests/put", per: "1k requests", "Requests\(part)-Tier1", put) }
      add("\(name)/requests/get", per: "1k requests", "Requests\(part)-Tier2")
    }
    for (name, move) in moves {
      add("\(name)/requests/transition", per: "1k requests", "Requests-Tier3", "S3-\(move)Transition")
      add("\(name)/requests/transition", per: "1k requests", "Requests-Tier4", "S3-\(move)Transition")
    }
    for (name, letters) in [("standard-ia", "SIA"), ("one-zone-ia", "ZIA"), ("glacier-instant", "GIR")] {
      add("\(name)/retrieval", per: "GB", "Retrieval-\(letters)")
      add("\(name)/early-delete", per: "GB-month", "EarlyDelete-\(letters)")
    }
    add("glacier/early-delete", per: "GB-month", "EarlyDelete-ByteHrs")
    add("deep-archive/early-delete", per: "GB-month", "EarlyDelete-GDA")
    for (speed, word) in [("standard", "Standard"), ("bulk", "Bulk")] {
      add("glacier/retrieval/\(speed)", per: "GB", "\(word)-Retrieval-Bytes", "RestoreObject")
      add("deep-archive/retrieval/\(speed)", per: "GB", "\(word)-Retrieval-Bytes", "DeepArchiveRestoreObject")
    }
    add("glacier/retrieval/expedited", per: "GB", "Expedited-Retrieval-Bytes", "", "RestoreObject")
    add("glacier/retrieval/standard/requests", per: "1k requests", "Requests-Tier3", "RestoreObject")
    add("glacier/retrieval/bulk/requests", per: "1k requests", "Requests-Tier5", "", "RestoreObject")
    add("glacier/retrieval/expedited/requests", per: "1k requests", "Requests-Tier6", "", "RestoreObject")
    for (speed, tier) in [("standard", "Tier3"), ("bulk", "Tier5")] {
      add(
        "deep-archive/retrieval/\(speed)/requests", per: "1k requests", "Requests-GDA-\(tier)", "",
        "DeepArchiveRestoreObject")
    }
    return items
  }()

  private static let storage = [
    ("standard/storage", "TimedStorage-ByteHrs"), ("standard-ia/storage", "TimedStorage-SIA-ByteHrs"),
    ("one-zone-ia/storage", "TimedStorage-ZIA-ByteHrs"),
    ("glacier-instant/storage", "TimedStorage-GIR-ByteHrs"),
    ("glacier/storage", "TimedStorage-GlacierByteHrs"), ("deep-archive/storage", "TimedStorage-GDA-ByteHrs"),
    ("intelligent-tiering/storage/frequent", "TimedStorage-INT-FA-ByteHrs"),
    ("intelligent-tiering/storage/infrequent", "TimedStorage-INT-IA-ByteHrs"),
    ("intelligent-tiering/storage/archive-instant", "TimedStorage-INT-AIA-ByteHrs"),
    ("intelligent-tiering/storage/archive", "TimedStorage-INT-AA-ByteHrs"),
    ("intelligent-tiering/storage/deep-archive", "TimedStorage-INT-DAA-ByteHrs"),
  ]

  private static let classes = [
    ("standard", ""), ("standard-ia", "SIA"), ("one-zone-ia", "ZIA"), ("glacier-instant", "GIR"),
    ("intelligent-tiering", "INT"), ("glacier", "GLACIER"), ("deep-archive", "GDA"),
  ]

  private static let moves = [
    ("standard-ia", "SIA"), ("one-zone-ia", "ZIA"), ("glacier-instant", "GIR"),
    ("intelligent-tiering", "INT"),
    ("glacier", "Glacier"), ("deep-archive", "GDA"),
  ]
}
