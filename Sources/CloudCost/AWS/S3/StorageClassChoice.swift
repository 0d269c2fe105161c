public import FoundationEssentials
public import Quantities

/// The storage classes of S3 for data with a known use, cheapest first, and why others do not do.
///
/// Each class is priced as if all data were written to it and deleted from it: storage with the class's minimum object
/// size and overhead, writing, reading in each of its ways, and what a retention below the minimum duration costs.
/// Intelligent-Tiering is left out with the reason, as its bill depends on which objects are read.
public struct StorageClassChoice: Sendable {
  /// What the data is and who needs it when.
  public struct Need: Sendable, Hashable {
    /// What is kept, on average.
    public let gigabytes: Decimal
    /// What an object measures.
    public let objectGigabytes: Decimal
    /// How long an object is kept; `nil`: for good, so that nothing is written any more.
    public let retention: TimeSpan?
    /// What is read in a month, whole objects.
    public let readGigabytes: Decimal
    /// The longest that may pass until an object can be read: what a recovery time leaves for it.
    public let longestRetrieval: TimeSpan
    /// Whether it must outlive the loss of an availability zone.
    public let survivesZoneLoss: Bool

    /// A need; `nil` when an amount is negative, or an object or its retention is nothing.
    public init?(
      gigabytes: Decimal, objectGigabytes: Decimal, retention: TimeSpan?, readGigabytes: Decimal,
      longestRetrieval: TimeSpan, survivesZoneLoss: Bool = true
    ) {
      guard gigabytes >= 0, objectGigabytes > 0, readGigabytes >= 0, retention != .zero else { return nil }
      self.gigabytes = gigabytes
      self.objectGigabytes = objectGigabytes
      self.retention = retention
      self.readGigabytes = readGigabytes
      self.longestRetrieval = longestRetrieval
      self.survivesZoneLoss = survivesZoneLoss
    }
  }

  /// A class read in one of its ways.
  public struct Option: Sendable {
    /// The class.
    public let storageClass: S3StorageClass
    /// How it is read, and how long that takes.
    public let retrieval: S3Retrieval
    /// What a month of it takes.
    public let lines: [LineItem]
    /// What a month of it costs; `nil` when a price is missing.
    public let monthly: Decimal?
    /// Why it does not do; empty: it does.
    public let obstacles: [String]
  }

  /// Those that do, cheapest first, the faster of equals first; then those that do not.
  public let options: [Option]

  /// The cheapest that does; `nil` when none does.
  public var cheapest: Option? { options.first.flatMap { $0.obstacles.isEmpty ? $0 : nil } }

  /// Every class for a need, at the prices of a region.
  public init(
    for need: Need, in region: String, book: PriceBook, conventions: CostConventions = CostConventions()
  ) {
    let all = S3StorageClass.allCases.flatMap { storageClass in
      storageClass.retrievals.map { retrieval in
        Option(
          storageClass, retrieval, for: need, in: region,
          pricer: LinePricer(book: book, conventions: conventions))
      }
    }
    options = all.enumerated().sorted { left, right in
      left.element.precedes(right.element) ?? (left.offset < right.offset)
    }.map { $0.element }
  }
}

extension StorageClassChoice.Option {
  fileprivate init(
    _ storageClass: S3StorageClass, _ retrieval: S3Retrieval, for need: StorageClassChoice.Need,
    in region: String, pricer: LinePricer
  ) {
    var pricer = pricer
    let place = LinePlace(resource: "", owner: "", service: S3Bucket.title, region: region)
    let use = S3ClassUse(storageClass, read: retrieval.speed, need, conventions: pricer.conventions)
    let lines = use.charges().flatMap { pricer.lines(of: $0, times: 1, mix: [(.onDemand, 1)], for: place) }
    self.storageClass = storageClass
    self.retrieval = retrieval
    self.lines = lines
    let amounts = lines.compactMap { $0.monthly }
    monthly = amounts.count == lines.count ? amounts.reduce(0, +) : nil
    obstacles = Self.obstacles(storageClass, retrieval, for: need) + Self.unknowns(lines)
  }

  private static func obstacles(
    _ storageClass: S3StorageClass, _ retrieval: S3Retrieval, for need: StorageClassChoice.Need
  ) -> [String] {
    var obstacles: [String] = []
    if storageClass == .intelligentTiering {
      obstacles.append("what it costs depends on which objects are read")
    }
    if retrieval.longest > need.longestRetrieval {
      obstacles.append("retrieval takes up to \(retrieval.longest), \(need.longestRetrieval) are allowed")
    }
    if need.survivesZoneLoss, !storageClass.survivesZoneLoss {
      obstacles.append("it is lost with its availability zone")
    }
    if retrieval.speed == .expedited, need.objectGigabytes >= Decimal(250) / 1024 {
      obstacles.append("objects of 250 MB and more have no promised time")
    }
    return obstacles
  }

  private static func unknowns(_ lines: [LineItem]) -> [String] {
    lines.compactMap { line in
      if case .unknown(let reason) = line.amount { reason } else { nil }
    }
  }

  /// `nil` when neither comes first.
  fileprivate func precedes(_ other: Self) -> Bool? {
    if obstacles.isEmpty != other.obstacles.isEmpty { return obstacles.isEmpty }
    if let monthly, let others = other.monthly, monthly != others { return monthly < others }
    if (monthly == nil) != (other.monthly == nil) { return monthly != nil }
    return retrieval.longest == other.retrieval.longest ? nil : retrieval.longest < other.retrieval.longest
  }
}

extension S3ClassUse {
  /// A class that all data of a need is written to, in the long run.
  fileprivate init(
    _ storageClass: S3StorageClass, read speed: S3Retrieval.Speed, _ need: StorageClassChoice.Need,
    conventions: CostConventions
  ) {
    self.init(storageClass)
    stored = need.gigabytes
    objectGigabytes = need.objectGigabytes
    let keptHours = need.retention.flatMap { Decimal(string: shortest($0.hours)) }
    let written = keptHours.map { need.gigabytes * conventions.hoursPerMonth / $0 } ?? 0
    let reads = need.readGigabytes / need.objectGigabytes
    puts = written / need.objectGigabytes
    gets = reads
    retrieved = [Retrieved(speed: speed, gigabytes: need.readGigabytes, requests: reads)]
    if let keptHours, keptHours < storageClass.minimumDays * 24 {
      unservedGigabytes = written * (storageClass.minimumDays * 24 - keptHours) / conventions.hoursPerMonth
    }
  }
}
