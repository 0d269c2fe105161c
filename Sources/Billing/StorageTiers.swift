public import CloudCost
public import FoundationEssentials
public import Quantities
internal import Recovery
public import ServiceModel

/// For every bucket of a model the cheapest storage class that can be read within each recovery time it serves.
///
/// The recovery times are those of the component that owns the bucket; of a bucket of the service as a whole, or where the
/// component states none, those of the whole model. Where nobody states any, the times that classes take.
public struct StorageTiers: Sendable {
  /// A bucket.
  public struct Bucket: Sendable {
    /// Its path: `ledger/backups`.
    public let resource: String
    /// What it has to hold, or what would have to be stated to know.
    public let reading: BucketDemand.Reading
    /// What it costs as it is stated, where that is known; for all that the model has of it.
    public let monthly: Decimal
    /// The choices, the shortest time first.
    public let choices: [Choice]
  }

  /// The classes for one recovery time.
  public struct Choice: Sendable {
    /// The objectives with that time: `postgresql/corruption`; empty: the times that classes take.
    public let objectives: [String]
    /// The longest that a recovery may take.
    public let within: TimeSpan
    /// How many buckets alike.
    public let count: Decimal
    /// Every class.
    public let classes: StorageClassChoice

    /// The cheapest that is fast enough, and what all buckets alike cost in it.
    public var cheapest: (option: StorageClassChoice.Option, monthly: Decimal)? {
      classes.cheapest.flatMap { option in option.monthly.map { (option, $0 * count) } }
    }

    /// The cheapest that would cost less and does not do.
    public var refused: StorageClassChoice.Option? {
      classes.options.filter { option in
        guard !option.obstacles.isEmpty, let monthly = option.monthly else { return false }
        return classes.cheapest?.monthly.map { monthly < $0 } ?? true
      }.min { ($0.monthly ?? 0) < ($1.monthly ?? 0) }
    }
  }

  /// The buckets, in the order of the model.
  public let buckets: [Bucket]

  /// The buckets of a model and their bill.
  public init(of model: Model, bill: Bill, at book: PriceBook) {
    let conventions = CostConventions(model.conventions)
    buckets = model.costs.entries.filter { $0.kind.kind == "aws-s3" }.map { entry in
      let reading = BucketDemand.reading(entry.resource)
      var choices: [Choice] = []
      if case .complete(let demand) = reading {
        choices = RecoveryTimes(of: entry, in: model).times.compactMap { time in
          guard let need = demand.need(within: time.span, survivesZoneLoss: !demand.acceptsZoneLoss) else {
            return nil
          }
          return Choice(
            objectives: time.names, within: time.span, count: entry.count,
            classes: StorageClassChoice(for: need, in: entry.region, book: book, conventions: conventions))
        }
      }
      let lines = bill.lines.filter { $0.resource == entry.path }
      return Bucket(
        resource: entry.path, reading: reading,
        monthly: lines.compactMap(\.monthly).reduce(0, +), choices: choices)
    }
  }
}

extension BucketDemand {
  /// Whether it is in a single zone already.
  fileprivate var acceptsZoneLoss: Bool { storageClasses.contains { !$0.survivesZoneLoss } }
}

/// The recovery times that a bucket serves, the shortest first.
private struct RecoveryTimes {
  let times: [(span: TimeSpan, names: [String])]

  init(of entry: CostEntry, in model: Model) {
    var stated: [(name: String, span: TimeSpan)] = []
    if case .component(let index) = entry.owner {
      stated = Self.spans(of: model.components[index].objectives, under: model.components[index].name)
    }
    if stated.isEmpty {
      stated =
        model.components.flatMap { Self.spans(of: $0.objectives, under: $0.name) }
        + model.capabilities.flatMap { Self.spans(of: $0.recoveryObjectives, under: $0.name) }
    }
    if stated.isEmpty {
      stated = S3StorageClass.allCases.flatMap { $0.retrievals }.map { ("", $0.longest) }
    }
    let spans = Set(stated.map(\.span)).sorted()
    times = spans.map { span in
      (span, stated.filter { $0.span == span }.map(\.name).filter { !$0.isEmpty })
    }
  }

  private static func spans(
    of objectives: [RecoveryObjective], under owner: String
  ) -> [(name: String, span: TimeSpan)] {
    objectives.compactMap { objective in
      objective.recoveryTime.map { ("\(owner)/\(objective.name)", $0) }
    }
  }
}
