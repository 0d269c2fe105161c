internal import Stochastics

/// A tally as plain numbers: what a file of a part holds.
///
/// Lists are sparse and as long as they were written, so that a hostile file takes no more memory than its size; they
/// are spread out only when they are known to fit the model.
struct TallyNumbers: Codable, Sendable, Hashable {
  /// One capability's totals, as in `Tally.PerCapability`.
  struct PerCapability: Codable, Sendable, Hashable {
    let downtime: Moments
    let unserved: Moments
    let outages: Moments
    let downtimes: Histogram
    let outageCounts: Histogram
    let replicationsDown: Int
    /// By cause.
    let restoring: SparseParts
    /// By cause.
    let begunBy: SparseParts
    /// By place; `nil` for a model without zones.
    let begunAt: SparseParts?
    let outageLengths: Histogram?
    /// By promised recovery time; `nil` where none is promised.
    let lateOutages: SparseNumbers?
    let outagesCut: Int
    let firstOutages: Histogram?
    let worst: WorstReplication
  }

  /// The totals of some windows, as in `Tally.PerWindows`.
  struct PerWindows: Codable, Sendable, Hashable {
    let missed: Moments
    let replicationsMissed: Int
    let downtimes: Histogram?
    let downtime: Moments
    let months: [Moments]
  }

  /// A `TickHistogram`.
  struct Histogram: Codable, Sendable, Hashable {
    let minimum: Int64
    let maximum: Int64
    /// By bucket.
    let counts: SparseNumbers
  }

  let replications: Int
  let capabilities: [PerCapability]
  let windows: [PerWindows]
  let failovers: [Moments]
  /// `nil`: the model has none.
  let queues: [QueueNumbers]?
  /// The figures of each edge; `nil` where there are no policies.
  let edges: [[Moments]]?
  /// The figures of each alert on failing calls; `nil` where there are none.
  let alerts: [[Moments]]?
  /// How calls stood, and for how long, of each capability that promises a latency; `nil` where none does.
  let latencies: [[LatencyNumbers]]?
  /// `nil`: no failure of the model takes data.
  let dataLosses: [DataLossNumbers]?
  /// The figures of each kind of planned work, then of each capability, then of moves; `nil` where nothing is planned.
  let planned: [[Moments]]?
  /// `nil`: nothing follows the demand.
  let capacities: [CapacityNumbers]?
  /// `nil`: no unit asks for room on a node.
  let nodePools: [NodeNumbers]?
  /// `nil`: at most hours cost something.
  let money: [MoneyNumbers]?
}

/// Whole numbers of 128 bits are written as text: few readers of JSON keep more than 53 bits of a number.
extension Moments: Codable {
  private enum CodingKeys: String, CodingKey {
    case sum
    case squares
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    sum = try Moments.number(.sum, in: members)
    squares = try Moments.number(.squares, in: members)
  }

  func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(String(sum), forKey: .sum)
    try members.encode(String(squares), forKey: .squares)
  }

  private static func number(
    _ key: CodingKeys, in members: KeyedDecodingContainer<CodingKeys>
  ) throws -> Int128 {
    let text = try members.decode(String.self, forKey: key)
    guard text.utf8.count <= 40, let value = Int128(text) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: members, debugDescription: "a whole number as text")
    }
    return value
  }
}

// MARK: From a tally

extension TallyNumbers {
  /// The numbers of a tally.
  init(_ tally: Tally) {
    replications = tally.replications
    capabilities = tally.capabilities.map(PerCapability.init)
    windows = tally.windows.map(PerWindows.init)
    failovers = tally.failovers
    queues = tally.queues.isEmpty ? nil : tally.queues.map(QueueNumbers.init)
    edges = tally.edges.isEmpty ? nil : tally.edges.map(\.moments)
    alerts = tally.alerts.isEmpty ? nil : tally.alerts.map(\.moments)
    latencies = tally.latencies.isEmpty ? nil : tally.latencies.map(\.standings)
    planned = tally.planned.works.isEmpty ? nil : tally.planned.numbers
    capacities = tally.capacities.isEmpty ? nil : tally.capacities.map(CapacityNumbers.init)
    nodePools = tally.nodePools.isEmpty ? nil : tally.nodePools.map(NodeNumbers.init)
    money = tally.money.isEmpty ? nil : tally.money.map(MoneyNumbers.init)
    dataLosses = tally.dataLosses.isEmpty ? nil : tally.dataLosses.map(DataLossNumbers.init)
  }
}

extension TallyNumbers.PerCapability {
  fileprivate init(_ tally: Tally.PerCapability) {
    downtime = tally.downtime
    unserved = tally.unserved
    outages = tally.outages
    downtimes = TallyNumbers.Histogram(tally.downtimes)
    outageCounts = TallyNumbers.Histogram(tally.outageCounts)
    replicationsDown = tally.replicationsDown
    restoring = SparseParts(tally.restoring)
    begunBy = SparseParts(tally.begunBy)
    begunAt = tally.begunAt.isEmpty ? nil : SparseParts(tally.begunAt)
    outageLengths = TallyNumbers.Histogram(occupied: tally.outageLengths)
    lateOutages = tally.lateOutages.isEmpty ? nil : SparseNumbers(tally.lateOutages)
    outagesCut = tally.outagesCut
    firstOutages = TallyNumbers.Histogram(occupied: tally.firstOutages)
    worst = tally.worst
  }
}

extension TallyNumbers.PerWindows {
  fileprivate init(_ tally: Tally.PerWindows) {
    missed = tally.missed
    replicationsMissed = tally.replicationsMissed
    downtimes = TallyNumbers.Histogram(occupied: tally.downtimes)
    downtime = tally.downtime
    months = tally.months
  }
}

extension TallyNumbers.Histogram {
  /// `nil` for a histogram without a number.
  fileprivate init?(occupied histogram: TickHistogram) {
    guard histogram.count > 0 else { return nil }
    self.init(histogram)
  }

  init(_ histogram: TickHistogram) {
    minimum = histogram.minimum ?? 0
    maximum = histogram.maximum ?? 0
    counts = SparseNumbers(
      histogram.occupied.map { SparseNumbers.Entry(place: $0.bucket, value: Int64($0.count)) })
  }
}
