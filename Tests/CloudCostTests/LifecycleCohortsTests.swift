import CloudCost
import Diagnostics
import Foundation
import Testing

/// Data growing old, against bills added up hour by hour, closed forms and bills computed by hand.
@Suite struct LifecycleCohortsTests {
  /// A lifecycle in days.
  struct Life: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let first: S3StorageClass
    let moves: [(days: Int, to: S3StorageClass)]
    let deleteDays: Int?
    let existing: (gigabytes: Decimal, days: Int)?

    init(
      _ testDescription: String, first: S3StorageClass = .standard,
      moves: [(days: Int, to: S3StorageClass)] = [], deleteDays: Int? = nil,
      existing: (gigabytes: Decimal, days: Int)? = nil
    ) {
      self.testDescription = testDescription
      self.first = first
      self.moves = moves
      self.deleteDays = deleteDays
      self.existing = existing
    }

    func cohorts(
      ingest: Decimal = 100, arrival: LifecycleCohorts.Arrival = .monthStart, hoursPerMonth: Decimal = 730,
      hoursPerDay: Int = 24
    ) throws -> LifecycleCohorts {
      try #require(
        LifecycleCohorts(
          writtenTo: first, moves: moves.map { (Decimal($0.days * hoursPerDay), $0.to) },
          deleteHours: deleteDays.map { Decimal($0 * hoursPerDay) }, ingestGigabytes: ingest,
          arrival: arrival,
          existing: existing.map { .init(gigabytes: $0.gigabytes, ageHours: Decimal($0.days * hoursPerDay)) },
          hoursPerMonth: hoursPerMonth))
    }
  }

  static let lives = [
    Life("tiers", moves: [(30, .standardIA), (90, .glacier)], deleteDays: 365),
    Life("short", moves: [(7, .glacier)], deleteDays: 90),
    Life("at once", moves: [(0, .deepArchive)], deleteDays: 400),
    Life("only deleted", deleteDays: 45),
    Life("kept", moves: [(60, .glacierInstant), (200, .deepArchive)]),
    Life("old", moves: [(30, .oneZoneIA), (100, .glacier)], deleteDays: 180, existing: (2000, 20)),
    Life("older", first: .standardIA, moves: [(31, .glacier)], deleteDays: 61, existing: (500, 59)),
    Life("a month", moves: [(30, .standardIA), (60, .glacier)], deleteDays: 90),
  ]

  /// What was born at some hours, watched through every hour of a month.
  ///
  /// - Returns: gigabyte-hours per stage, gigabytes that enter per stage, gigabytes deleted.
  private func watched(
    _ life: Life, month: Int, births: [(hour: Int, gigabytes: Decimal)], hours: Int = 730, perDay: Int = 24
  ) -> (stored: [Decimal], moved: [Decimal], deleted: Decimal) {
    let borders = [0] + life.moves.map { $0.days * perDay } + [life.deleteDays.map { $0 * perDay } ?? .max]
    var stored = Array(repeating: Decimal(0), count: borders.count - 1)
    var moved = stored
    var deleted: Decimal = 0
    for (hour, gigabytes) in births {
      for now in (month - 1) * hours..<month * hours where now >= hour {
        let age = now - hour
        for stage in stored.indices where age >= borders[stage] && age < borders[stage + 1] {
          stored[stage] += gigabytes
        }
        for stage in stored.indices.dropFirst() where age == borders[stage] { moved[stage] += gigabytes }
        if age == borders.last { deleted += gigabytes }
      }
    }
    return (stored, moved, deleted)
  }

  /// A month's data from its first hour.
  @Test(arguments: lives) func cohortsAgreeWithWatchingThem(_ life: Life) throws {
    let cohorts = try life.cohorts()
    for number in [1, 2, 3, 4, 7, 13] {
      var births = (0..<number).map { (hour: $0 * 730, gigabytes: Decimal(100)) }
      if let existing = life.existing { births.append((-existing.days * 24, existing.gigabytes)) }
      let watched = watched(life, month: number, births: births)
      let month = cohorts.month(number)
      for (index, share) in month.shares.enumerated() {
        #expect(nearly(share.storedGigabytes, watched.stored[index] / 730))
        #expect(share.movedInGigabytes == watched.moved[index])
      }
      #expect(month.expiredGigabytes == watched.deleted)
    }
  }

  /// The same every hour: as much as when each hour's data is split into its first and its last moment. Days are hours
  /// here and months have 30 of them, so that all can be watched.
  @Test(arguments: lives) func evenArrivalAgreesWithWatchingEveryHour(_ life: Life) throws {
    let cohorts = try life.cohorts(ingest: 30, arrival: .evenly, hoursPerMonth: 30, hoursPerDay: 1)
    for number in [1, 2, 3, 4, 7, 13] {
      let first = (0..<number * 30).map { (hour: $0, gigabytes: Decimal(1) / 2) }
      var births = first + first.map { ($0.hour + 1, $0.gigabytes) }
      if let existing = life.existing { births.append((-existing.days, existing.gigabytes)) }
      let watched = watched(life, month: number, births: births, hours: 30, perDay: 1)
      let month = cohorts.month(number)
      for (index, share) in month.shares.enumerated() {
        #expect(nearly(share.storedGigabytes, watched.stored[index] / 30))
      }
    }
  }

  /// In the long run a class holds what is written in a month times the months spent there, however it arrives; and the
  /// month after all have grown old is the long run.
  @Test(arguments: lives.filter { $0.deleteDays != nil }, LifecycleCohorts.Arrival.allCases)
  func theLongRunIsIngestTimesStay(_ life: Life, _ arrival: LifecycleCohorts.Arrival) throws {
    let cohorts = try life.cohorts(arrival: arrival)
    let steady = try #require(cohorts.steadyState)
    let later = cohorts.month(24)
    for (index, stage) in cohorts.stages.enumerated() {
      let until = try #require(stage.untilHours)
      let share = steady.shares[index]
      #expect(nearly(share.storedGigabytes, 100 * (until - stage.fromHours) / 730))
      #expect(nearly(share.storedGigabytes, later.shares[index].storedGigabytes))
      #expect(nearly(share.movedInGigabytes, later.shares[index].movedInGigabytes))
      #expect(nearly(share.unservedGigabytes, later.shares[index].unservedGigabytes))
    }
    #expect(nearly(steady.expiredGigabytes, later.expiredGigabytes))
  }

  /// The sum over cohorts telescopes when every month brings the same: `I · |[0, kM] ∩ [a, b]| / M` from the first hour,
  /// `I / M² · (F(kM) − F((k−1)M))`, `F(t) = ((t−a)₊² − (t−b)₊²) / 2`, evenly.
  @Test(arguments: lives.filter { $0.existing == nil }) func monthsTelescope(_ life: Life) throws {
    func positive(_ number: Decimal) -> Decimal { max(0, number) }
    let (atOnce, evenly) = (try life.cohorts(), try life.cohorts(arrival: .evenly))
    for number in [1, 2, 3, 5, 8, 13, 21, 34] {
      let end = Decimal(number) * 730
      for (index, stage) in atOnce.stages.enumerated() {
        let until = stage.untilHours ?? end
        let overlap = positive(min(end, until) - stage.fromHours)
        #expect(nearly(atOnce.month(number).shares[index].storedGigabytes, 100 * overlap / 730))
        func area(_ time: Decimal) -> Decimal {
          let inside = positive(time - stage.fromHours)
          let gone = stage.untilHours.map { positive(time - $0) } ?? 0
          return (inside * inside - gone * gone) / 2
        }
        let even = 100 * (area(end) - area(end - 730)) / (730 * 730)
        #expect(nearly(evenly.month(number).shares[index].storedGigabytes, even))
      }
    }
  }

  /// Data that doubles every month: what is kept is the sum of what was written, old months at what they were.
  @Test func growthKeepsThePast() throws {
    let cohorts = try Life("kept", moves: [(60, .glacierInstant)], existing: (50, 0)).cohorts(ingest: 800)
    let month = cohorts.month(4) { born in Decimal(1 << born) / 16 }
    let stored = month.shares.map { $0.storedGigabytes }.reduce(0, +)
    #expect(nearly(stored, 100 + 200 + 400 + 800 + Decimal(50) / 8))
    #expect(month.writtenGigabytes == 800)
    #expect(month.shares[1].movedInGigabytes == 400)
  }

  @Test func agesAscendAndAmountsArePositive() {
    func cohorts(_ moves: [(Decimal, S3StorageClass)], delete: Decimal?, ingest: Decimal) -> LifecycleCohorts?
    {
      LifecycleCohorts(writtenTo: .standard, moves: moves, deleteHours: delete, ingestGigabytes: ingest)
    }
    #expect(cohorts([(720, .glacier)], delete: 719, ingest: 1) == nil)
    #expect(cohorts([(720, .glacier), (240, .deepArchive)], delete: nil, ingest: 1) == nil)
    #expect(cohorts([(-1, .glacier)], delete: nil, ingest: 1) == nil)
    #expect(cohorts([(720, .glacier)], delete: 720, ingest: -1) == nil)
    #expect(cohorts([(0, .glacier)], delete: 720, ingest: 1) != nil)
  }

  /// Nothing is lost: what is kept of what never goes is all that was written.
  @Test func allThatIsWrittenIsSomewhere() throws {
    let kept = Life("kept", moves: [(60, .glacierInstant), (200, .deepArchive)])
    for number in 1...30 {
      let whole = try kept.cohorts().month(number).shares.map { $0.storedGigabytes }.reduce(0, +)
      #expect(nearly(whole, 100 * Decimal(number)))
      let even = try kept.cohorts(arrival: .evenly).month(number).shares.map { $0.storedGigabytes }.reduce(
        0, +)
      #expect(nearly(even, 100 * (Decimal(number) - Decimal(1) / 2)))
    }
    let cohorts = try kept.cohorts()
    #expect(cohorts.steadyState == nil)
  }

  /// By hand: 100 GB a month, 30 d Standard, 60 d Standard-IA, 275 d Glacier, months of 720 h.
  @Test func agreesWithTheHand() throws {
    let cohorts = try Life("by hand", moves: [(30, .standardIA), (90, .glacier)], deleteDays: 360)
      .cohorts(hoursPerMonth: 720)
    func stored(_ number: Int) -> [Decimal] { cohorts.month(number).shares.map { $0.storedGigabytes } }
    #expect(stored(1) == [100, 0, 0])
    #expect(stored(2) == [100, 100, 0])
    #expect(stored(3) == [100, 200, 0])
    #expect(stored(4) == [100, 200, 100])
    #expect(stored(12) == [100, 200, 900])
    #expect(stored(13) == [100, 200, 900])
    #expect(cohorts.month(12).expiredGigabytes == 0)
    #expect(cohorts.month(13).expiredGigabytes == 100)
    #expect(cohorts.steadyState == cohorts.month(13))
  }

  /// 1,000 GB that are 20 d old: 10 d more in Standard, then One Zone-IA; a month of 720 h.
  @Test func whatIsThereGrowsOld() throws {
    let life = Life("old", moves: [(30, .oneZoneIA)], deleteDays: 60, existing: (1000, 20))
    let cohorts = try life.cohorts(ingest: 0, hoursPerMonth: 720)
    #expect(nearly(cohorts.month(1).shares[0].storedGigabytes, Decimal(1000) / 3))
    #expect(nearly(cohorts.month(1).shares[1].storedGigabytes, Decimal(2000) / 3))
    #expect(cohorts.month(1).shares[1].movedInGigabytes == 1000)
    #expect(nearly(cohorts.month(2).shares[1].storedGigabytes, Decimal(1000) / 3))
    #expect(cohorts.month(2).expiredGigabytes == 1000)
    #expect(cohorts.month(3).shares.allSatisfy { $0.storedGigabytes == 0 })
  }
}

/// Whether two decimals differ by no more than what a division leaves.
private func nearly(_ left: Decimal, _ right: Decimal) -> Bool {
  abs(left - right) <= max(1, abs(right)) / 1_000_000_000_000 / 1_000_000_000_000
}

/// Bills of lifecycles.
@Suite struct S3LifecycleBillTests {
  static let place = LinePlace(resource: "a", owner: "a", service: "Amazon S3", region: "us-east-1")

  /// The lines of a bucket in a month, by way of the protocol.
  private func lines(_ stated: Stated, month: Int) throws -> [LineItem] {
    let book = try ShippedBook.book(["s3"], region: "us-east-1")
    let kind = try #require(ResourceCatalog.kind(named: "aws-s3"))
    var findings: [Diagnostic] = []
    let resource = kind.init(
      StatedResource(stated.declaration, path: "a", conventions: CostConventions()), findings: &findings)
    #expect(findings.isEmpty)
    var pricer = LinePricer(book: book, conventions: CostConventions())
    let context = ChargeContext(region: "us-east-1", conventions: CostConventions(), book: book)
    return resource.charges(in: context, month: month).flatMap {
      pricer.lines(of: $0, times: 1, mix: [(.onDemand, 1)], for: Self.place)
    }
  }

  private func sum(_ lines: [LineItem]) -> Decimal { lines.compactMap { $0.monthly }.reduce(0, +) }

  static let tiers: Stated = [
    "ingest": "100 GB/month", "object-size": "8 MiB",
    "lifecycle": [
      ["after": "30 d", "to": "standard-ia"], ["after": "90 d", "to": "glacier"],
      ["after": "365 d", "delete": "yes"],
    ],
  ]

  /// By hand, in the long run: 720, 1,440 and 6,600 of 730 hours; 12,800 objects of 8 MiB are written and moved twice;
  /// each in Glacier adds 32 KB and 8 KB.
  @Test func theLongRunAgreesWithTheHand() throws {
    let priced = try PricedResource(S3Bucket.self, Self.tiers)
    #expect(priced.findings.isEmpty)
    #expect(equalToTheCent(priced.monthly("Storage (Standard)"), Decimal(string: "2.2685")!))
    #expect(equalToTheCent(priced.monthly("Storage (Standard-IA)"), Decimal(string: "2.4658")!))
    #expect(equalToTheCent(priced.monthly("Storage (Glacier"), Decimal(string: "3.2548")!))
    #expect(priced.monthly("PUT, COPY, POST, LIST requests (Standard)") == Decimal(string: "0.064")!)
    #expect(priced.monthly("Lifecycle transitions (Standard-IA)") == Decimal(string: "0.128")!)
    #expect(priced.monthly("Lifecycle transitions (Glacier") == Decimal(string: "0.384")!)
    let objects = Decimal(string: "904.109589")! * 128
    #expect(equalToTheCent(priced.monthly("Index"), objects * 32 / 1_048_576 * Decimal(string: "0.0036")!))
    #expect(equalToTheCent(priced.monthly("Metadata"), objects * 8 / 1_048_576 * Decimal(string: "0.023")!))
  }

  /// Month after month the bill grows to the long run and stays there.
  @Test func monthsGrowToTheLongRun() throws {
    let steady = sum(try PricedResource(S3Bucket.self, Self.tiers).lines)
    let months = try (1...20).map { sum(try lines(Self.tiers, month: $0)) }
    #expect(zip(months, months.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(abs(months[13] - steady) < Decimal(string: "0.000000001")!)
    #expect(months[13] == months[19])
    #expect(sum(try PricedResource(S3Bucket.self, stated(Self.tiers, month: "3")).lines) == months[2])
  }

  private func stated(_ stated: Stated, month: String) -> Stated {
    guard case .map(let entries) = stated else { return stated }
    return .map(entries + [("month", .text(month))])
  }

  /// JiVS §5.3: backups of 2 TB, Glacier after 7 d, deleted after 90 d; the plan claims to save $15 of $25.
  ///
  /// Written to Standard it saves 14.22: 2,000 GB are 7/90 in Standard and 83/90 in Glacier, whose 90 d are 7 d short.
  /// Written to Standard-IA, as the backup script does, 23 of its 30 d are short, too, and it saves 9.47.
  @Test(arguments: [("standard", "10.7778"), ("standard-ia", "15.5333")])
  func jivsSavesLessThanItClaims(_ first: String, _ dollars: String) throws {
    let bucket: Stated = [
      "class": .text(first), "ingest": "22.222222222222 GB per d",
      "lifecycle": [["after": "7 d", "to": "glacier"], ["after": "90 d", "delete": "yes"]],
    ]
    let priced = try PricedResource(S3Bucket.self, bucket)
    #expect(priced.findings.isEmpty)
    #expect(equalToTheCent(sum(priced.lines), Decimal(string: dollars)!))
  }

  /// Nothing negative; twice the data twice the bill, as long as it stays in a tier.
  @Test(arguments: [1, 2, 5, 13, 40]) func twiceTheDataTwiceTheBill(_ month: Int) throws {
    func bucket(_ ingest: String) -> Stated {
      [
        "ingest": .text(ingest), "object-size": "100 KiB", "arrival": "evenly", "month": "1",
        "lifecycle": [
          ["after": "40 d", "to": "one-zone-ia"], ["after": "55 d", "to": "glacier"],
          ["after": "100 d", "to": "deep-archive"],
        ],
      ]
    }
    let once = try lines(bucket("100 GB/month"), month: month)
    let twice = try lines(bucket("200 GB/month"), month: month)
    #expect(once.allSatisfy { ($0.monthly ?? 0) >= 0 })
    #expect(abs(sum(twice) - 2 * sum(once)) < Decimal(string: "0.000000000001")!)
  }

  /// What is asked of a class that a lifecycle fills is stated under it; what the lifecycle computes is not.
  @Test func useOfAClassStandsBesideTheLifecycle() throws {
    let bucket: Stated = [
      "ingest": "100 GB/month", "size": "1 TB", "age": "40 d", "requests": ["put": "1,000,000 /month"],
      "lifecycle": [["after": "30 d", "to": "glacier"], ["after": "60 d", "delete": "yes"]],
      "glacier": ["retrieval": ["bulk": ["data": "10 GB/month", "requests": "100 /month"]]],
    ]
    let priced = try PricedResource(S3Bucket.self, bucket)
    #expect(priced.findings.isEmpty)
    #expect(priced.monthly("PUT, COPY, POST, LIST requests (Standard)") == 5)
    #expect(priced.monthly("Retrieval, bulk") == 0)
    #expect(
      priced.lines.first { $0.label.hasPrefix("Lifecycle transitions") }?.unitPrice == Decimal(
        string: "0.03")!)
    #expect(priced.lines.filter { $0.label.hasPrefix("Storage (Glacier") }.count == 1)
    let first = try lines(bucket, month: 1).first { $0.label.hasPrefix("Storage (Glacier") }
    #expect(first?.quantity.map { $0 > 600 && $0 < 700 } == true)
  }

  /// A resource without a lifecycle costs the same every month.
  @Test func othersAreTheSameEveryMonth() throws {
    let months = try [1, 7].map { try lines(["size": "5 TB", "tags": "10,000"], month: $0) }
    #expect(months[0] == months[1])
    let now = try PricedResource(S3Bucket.self, ["size": "5 TB", "tags": "10,000"]).lines
    #expect(now.map { $0.quantity } == months[0].map { $0.quantity })
  }
}
