internal import Diagnostics
internal import FoundationEssentials

/// What a month of one storage class takes: storage, requests, retrieval, what leaves too early.
///
/// `nil` is what nobody stated.
struct S3ClassUse {
  /// What archives bring, in one of their ways.
  struct Retrieved {
    let speed: S3Retrieval.Speed
    var gigabytes: Decimal?
    var requests: Decimal?
  }

  /// What S3 Select reads and answers; of archives in one of their ways.
  struct Selected {
    let speed: S3Retrieval.Speed
    var scanned: Decimal?
    var returned: Decimal?
  }

  let storageClass: S3StorageClass
  /// Whether it is stated beside the classes rather than under the key of its own.
  var isBeside = false
  /// Gigabytes, of Intelligent-Tiering those whose tier nobody stated.
  var stored: Decimal?
  /// Gigabytes by access tier of Intelligent-Tiering.
  var tiers: [(tier: String, gigabytes: Decimal)] = []
  var monitoredObjects: Decimal?
  /// What an object measures on average.
  var objectGigabytes: Decimal?
  var puts: Decimal?
  var gets: Decimal?
  var transitions: Decimal?
  /// Whether a lifecycle says how much is here.
  var isOfLifecycle = false
  /// Whether it moves data here, so that transitions cost though nobody counted them.
  var isMovedInto = false
  var retrieved: [Retrieved] = []
  var selected: [Selected] = []
  var unservedGigabytes: Decimal?

  init(_ storageClass: S3StorageClass) {
    self.storageClass = storageClass
  }

  /// Reads what is stated under the key of a class, or of a bucket whose objects are all of one class.
  init(_ storageClass: S3StorageClass, stated: StatedResource) {
    self.init(storageClass)
    stored = stated.gigabytes("size")
    tiers = S3StorageClass.accessTiers.compactMap { tier in
      stated.gigabytes(tier.key).map { (tier.key, $0) }
    }
    monitoredObjects = stated.number("monitored-objects")
    if let objects = stated.number("objects"), let stored, objects > 0, stored > 0 {
      objectGigabytes = stored / objects
    }
    let requests = stated.part("requests")
    puts = requests?.perMonth("put")
    gets = requests?.perMonth("get")
    transitions = requests?.perMonth("transition")
    unservedGigabytes = stated.gigabytesPerMonth("early-delete")
    retrieved = Self.retrieved(storageClass, stated: stated.part("retrieval"))
    selected = Self.selected(storageClass, stated: stated.part("select"))
  }

  private static func retrieved(_ storageClass: S3StorageClass, stated: StatedResource?) -> [Retrieved] {
    guard let stated else { return [] }
    guard storageClass.isArchive else {
      return [Retrieved(speed: .instant, gigabytes: stated.gigabytesPerMonth("data"))]
    }
    return storageClass.retrievals.compactMap { way in
      stated.part(way.speed.rawValue).map { part in
        Retrieved(
          speed: way.speed, gigabytes: part.gigabytesPerMonth("data"), requests: part.perMonth("requests"))
      }
    }
  }

  private static func selected(_ storageClass: S3StorageClass, stated: StatedResource?) -> [Selected] {
    guard let stated else { return [] }
    let ways = storageClass.isArchive ? storageClass.retrievals.map { $0.speed } : [.instant]
    return ways.compactMap { speed in
      let part = speed == .instant ? stated : stated.part(speed.rawValue)
      return part.map { part in
        Selected(
          speed: speed, scanned: part.gigabytesPerMonth("scanned"),
          returned: part.gigabytesPerMonth("returned"))
      }
    }
  }
}

extension S3StorageClass {
  /// The tiers between which Intelligent-Tiering moves objects.
  static let accessTiers: [(key: String, title: String, summary: String)] = [
    ("frequent", "frequent access", "What was read in the last 30 days."),
    ("infrequent", "infrequent access", "What was not read for 30 days."),
    ("archive-instant", "archive instant access", "What was not read for 90 days."),
    ("archive", "archive access", "What was archived after 90 days and more, if chosen."),
    ("deep-archive", "deep archive access", "What was archived after 180 days and more, if chosen."),
  ]
}
