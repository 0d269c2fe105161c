import CloudCost
import Foundation
import Quantities
import Testing

/// The cheapest class that is fast enough, against every class computed by hand.
@Suite struct StorageClassChoiceTests {
  /// A class in one of its ways, with the prices of us-east-1 as AWS lists them: per GB-month, GB, 1,000 requests.
  struct Listed: Sendable {
    let name: S3StorageClass
    let speed: S3Retrieval.Speed
    let hours: Double
    let storage: Double
    let put: Double
    let get: Double
    let data: Double
    let restore: Double
    let minimumDays: Double
    let minimumKB: Double
  }

  static let listed = [
    Listed(
      name: .standard, speed: .instant, hours: 0.001, storage: 0.023, put: 0.005, get: 0.0004, data: 0,
      restore: 0, minimumDays: 0, minimumKB: 0),
    Listed(
      name: .standardIA, speed: .instant, hours: 0.001, storage: 0.0125, put: 0.01, get: 0.001, data: 0.01,
      restore: 0, minimumDays: 30, minimumKB: 128),
    Listed(
      name: .oneZoneIA, speed: .instant, hours: 0.001, storage: 0.01, put: 0.01, get: 0.001, data: 0.01,
      restore: 0, minimumDays: 30, minimumKB: 128),
    Listed(
      name: .glacierInstant, speed: .instant, hours: 0.001, storage: 0.004, put: 0.02, get: 0.01, data: 0.03,
      restore: 0, minimumDays: 90, minimumKB: 128),
    Listed(
      name: .glacier, speed: .expedited, hours: 5.0 / 60, storage: 0.0036, put: 0.03, get: 0.0004, data: 0.03,
      restore: 10, minimumDays: 90, minimumKB: 0),
    Listed(
      name: .glacier, speed: .standard, hours: 5, storage: 0.0036, put: 0.03, get: 0.0004, data: 0.01,
      restore: 0.03, minimumDays: 90, minimumKB: 0),
    Listed(
      name: .glacier, speed: .bulk, hours: 12, storage: 0.0036, put: 0.03, get: 0.0004, data: 0, restore: 0,
      minimumDays: 90, minimumKB: 0),
    Listed(
      name: .deepArchive, speed: .standard, hours: 12, storage: 0.00099, put: 0.05, get: 0.0004, data: 0.02,
      restore: 0.1, minimumDays: 180, minimumKB: 0),
    Listed(
      name: .deepArchive, speed: .bulk, hours: 48, storage: 0.00099, put: 0.05, get: 0.0004, data: 0.0025,
      restore: 0.025, minimumDays: 180, minimumKB: 0),
  ]

  /// What a month of a class costs, in doubles and formulas of its own.
  private func dollars(_ listed: Listed, gigabytes: Double, objectKB: Double, keptDays: Double?, read: Double)
    -> Double
  {
    let objects = gigabytes * 1_048_576 / objectKB
    var cost = max(gigabytes, objects * listed.minimumKB / 1_048_576) * listed.storage
    if [.glacier, .deepArchive].contains(listed.name) {
      cost += objects * 32 / 1_048_576 * listed.storage + objects * 8 / 1_048_576 * 0.023
    }
    let readObjects = read * 1_048_576 / objectKB
    cost += read * listed.data + readObjects / 1000 * (listed.get + listed.restore)
    guard let keptDays else { return cost }
    let monthDays = 730.0 / 24
    cost += objects / keptDays * monthDays / 1000 * listed.put
    let short = max(0, listed.minimumDays - keptDays)
    return cost + gigabytes * monthDays / keptDays * short / monthDays * listed.storage
  }

  /// A data set, with how much of it is read in a month.
  struct Case: Sendable {
    let gigabytes: Double
    let objectKB: Double
    let keptDays: Double?
    let readShare: Double

    static let all: [Case] = [10.0, 2000].flatMap { gigabytes in
      [16.0, 102_400].flatMap { objectKB in
        [nil, 7.0, 90].flatMap { days in
          [0, 0.5].map { Case(gigabytes: gigabytes, objectKB: objectKB, keptDays: days, readShare: $0) }
        }
      }
    }

    func need(hours: Double, zone: Bool) throws -> StorageClassChoice.Need {
      let longest = try #require(TimeSpan(hours: hours))
      return try #require(
        StorageClassChoice.Need(
          gigabytes: Decimal(gigabytes), objectGigabytes: Decimal(objectKB) / 1_048_576,
          retention: keptDays.flatMap { TimeSpan(hours: $0 * 24) },
          readGigabytes: Decimal(gigabytes) * Decimal(readShare),
          longestRetrieval: longest, survivesZoneLoss: zone))
    }
  }

  /// Every need of a grid: the choice and the bill of each class are those computed by hand.
  @Test(arguments: [0.02, 0.1, 6, 12, 48], [true, false])
  func agreesWithTryingAll(_ hours: Double, _ zone: Bool) throws {
    let book = try ShippedBook.book(["s3"], region: "us-east-1")
    let fits = Self.listed.filter { $0.hours <= hours && !(zone && $0.name == .oneZoneIA) }
    for data in Case.all {
      let need = try data.need(hours: hours, zone: zone)
      let options = StorageClassChoice(for: need, in: "us-east-1", book: book).options
      let costs = fits.map {
        dollars(
          $0, gigabytes: data.gigabytes, objectKB: data.objectKB, keptDays: data.keptDays,
          read: data.gigabytes * data.readShare)
      }
      let least = try #require(costs.min())
      #expect(agree(options.first?.monthly, least))
      #expect(options.prefix { $0.obstacles.isEmpty }.count == fits.count)
      for (listed, cost) in zip(fits, costs) {
        let option = options.first { $0.storageClass == listed.name && $0.retrieval.speed == listed.speed }
        #expect(agree(option?.monthly, cost))
      }
    }
  }

  private func agree(_ decimal: Decimal?, _ double: Double) -> Bool {
    guard let decimal else { return false }
    return abs(NSDecimalNumber(decimal: decimal).doubleValue - double) <= 1e-9 * max(1, double)
  }

  /// JiVS: 2 TB of backups kept 90 d in objects of 100 MB, a full one of 67 GB restored a month (§3.2, §5.3).
  ///
  /// At once, Glacier Instant Retrieval: 2,000 GB at 0.004. In 6 h, Flexible at 0.0036. In 12 h, Deep Archive, though its
  /// 180 d are paid in full: twice 0.00099 is still less.
  @Test(arguments: [
    ("1 min", S3StorageClass.glacierInstant, S3Retrieval.Speed.instant, "10.16"),
    ("6 h", .glacier, .standard, "8.10"), ("12 h", .deepArchive, .standard, "5.72"),
  ])
  func jivsBackups(
    _ span: String, _ storageClass: S3StorageClass, _ speed: S3Retrieval.Speed, _ dollars: String
  ) throws {
    let book = try ShippedBook.book(["s3"], region: "us-east-1")
    let need = try #require(
      StorageClassChoice.Need(
        gigabytes: 2000, objectGigabytes: Decimal(100) / 1024, retention: TimeSpan(hours: 90 * 24),
        readGigabytes: 67, longestRetrieval: TimeSpan(parsing: span)))
    let cheapest = try #require(StorageClassChoice(for: need, in: "us-east-1", book: book).cheapest)
    #expect(cheapest.storageClass == storageClass)
    #expect(cheapest.retrieval.speed == speed)
    #expect(equalToTheCent(cheapest.monthly, try #require(Decimal(string: dollars))))
  }

  /// Why the others do not do, in words; a price that is missing is a reason, not 0.
  @Test func saysWhyOthersDoNot() throws {
    let longest = try TimeSpan(parsing: "6 h")
    let need = try #require(
      StorageClassChoice.Need(
        gigabytes: 100, objectGigabytes: 1, retention: nil, readGigabytes: 1, longestRetrieval: longest))
    let book = try ShippedBook.book(["s3"], region: "us-east-1")
    let options = StorageClassChoice(for: need, in: "us-east-1", book: book).options
    func obstacles(_ name: S3StorageClass, _ speed: S3Retrieval.Speed) -> [String]? {
      options.first { $0.storageClass == name && $0.retrieval.speed == speed }?.obstacles
    }
    #expect(obstacles(.standard, .instant) == [])
    #expect(obstacles(.oneZoneIA, .instant) == ["it is lost with its availability zone"])
    #expect(obstacles(.deepArchive, .bulk) == ["retrieval takes up to 48 h, 6 h are allowed"])
    #expect(obstacles(.glacier, .expedited) == ["objects of 250 MB and more have no promised time"])
    #expect(
      obstacles(.intelligentTiering, .instant)?.first == "what it costs depends on which objects are read")
    let ireland = try ShippedBook.book(["s3"], region: "eu-west-1")
    let there = StorageClassChoice(for: need, in: "eu-west-1", book: ireland)
    let instant = there.options.first { $0.storageClass == .glacierInstant }
    #expect(instant?.monthly == nil)
    #expect(
      instant?.obstacles.contains("aws 2026-11-22 has no price of glacier-instant/storage in eu-west-1")
        == true)
  }

  @Test func needsMustMakeSense() {
    #expect(
      StorageClassChoice.Need(
        gigabytes: 1, objectGigabytes: 0, retention: nil, readGigabytes: 0, longestRetrieval: .zero) == nil)
    #expect(
      StorageClassChoice.Need(
        gigabytes: -1, objectGigabytes: 1, retention: nil, readGigabytes: 0, longestRetrieval: .zero) == nil)
  }
}
