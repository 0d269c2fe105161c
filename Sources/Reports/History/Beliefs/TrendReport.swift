internal import Quantities
public import Stochastics

/// Whether failures become more frequent, and the growth models of that: Crow-AMSAA, exact and for grouped numbers, and
/// Duane's line.
public struct TrendReport: Sendable {
  /// When events happened on one system, or how many in each interval.
  public enum Data: Sendable, Hashable {
    /// At times.
    case times(EventRecord)
    /// In consecutive intervals that end at some times.
    case grouped(counts: [Int], ends: [Double])

    /// The events of a record counted in intervals of a length, the last of which may be cut short; `nil` for more than
    /// 10,000 of them.
    public init?(_ record: EventRecord, every length: Double) {
      let count = (record.end / length).rounded(.up)
      guard count >= 1, count <= 10_000 else { return nil }
      var counts = [Int](repeating: 0, count: Int(count))
      for time in record.times {
        counts[min(counts.count, max(1, Int((time / length).rounded(.up)))) - 1] += 1
      }
      let ends = (1...counts.count).map { min(record.end, Double($0) * length) }
      self = .grouped(counts: counts, ends: ends)
    }
  }

  /// A class of events.
  public struct Sample: Sendable, Hashable {
    /// Its name.
    public let group: String
    /// Its events, in hours.
    public let data: Data

    /// A class.
    public init(group: String, data: Data) { (self.group, self.data) = (group, data) }
  }

  /// A sample with its fits.
  struct Entry: Sendable {
    let sample: Sample
    let trend: TrendAssessment?
    let growth: CrowAMSAA?
    let duane: DuaneFit?
    let grouped: GroupedCrowAMSAA?
  }

  let entries: [Entry]
  let confidence: Double
  let nextHours: [Double]

  /// The fits of some samples.
  ///
  /// - Parameters:
  ///   - nextHours: the times to come that are looked ahead.
  /// - Throws: counts or ends that are impossible.
  public init(
    _ samples: [Sample], confidence: Double = 0.95, nextHours: [Double] = []
  ) throws(InvalidParameter) {
    var entries: [Entry] = []
    for sample in samples {
      switch sample.data {
      case .times(let record):
        entries.append(
          Entry(
            sample: sample, trend: TrendAssessment([record]), growth: CrowAMSAA(record),
            duane: DuaneFit(record), grouped: nil))
      case .grouped(let counts, let ends):
        entries.append(
          Entry(
            sample: sample, trend: nil, growth: nil, duane: nil,
            grouped: try GroupedCrowAMSAA(counts: counts, ends: ends)))
      }
    }
    (self.entries, self.confidence, self.nextHours) = (entries, confidence, nextHours)
  }

  /// What people read.
  public var document: Document {
    let (count, level) = (entries.count, HistoryText.confidence(confidence))
    var document = Document(title: "\(HistoryText.count(count, "class", plural: "classes")) · growth")
    for entry in entries {
      document.blocks.append(.heading(title(entry)))
      document.blocks.append(.facts(facts(entry, level)))
    }
    return Document(title: document.title, blocks: document.blocks + notes.map { .note($0) })
  }

  private func title(_ entry: Entry) -> String {
    switch entry.sample.data {
    case .times(let record):
      let end = record.ending == .time ? "watched for" : "until the last, at"
      return
        "\(entry.sample.group) · \(HistoryText.count(record.times.count, "event")) · \(end) \(HistoryText.days(record.end))"
    case .grouped(let counts, let ends):
      return "\(entry.sample.group) · \(HistoryText.count(counts.reduce(0, +), "event")) in "
        + "\(HistoryText.count(counts.count, "interval")) · \(HistoryText.days(ends.last ?? 0))"
    }
  }

  private func facts(_ entry: Entry, _ level: String) -> [Document.Fact] {
    var facts: [Document.Fact] = []
    if let trend = entry.trend { facts += GrowthFacts.tests(trend) }
    if let growth = entry.growth, growth.record.times.count > 1 {
      facts += GrowthFacts(confidence: confidence, nextHours: nextHours).facts(growth)
    } else if case .times = entry.sample.data {
      facts.append(Document.Fact("Crow-AMSAA", "unknown", ["fewer than two events before the end"]))
    }
    if let duane = entry.duane, case .times(let record) = entry.sample.data {
      facts.append(GrowthFacts.fact(duane, at: record.end))
    }
    if let grouped = entry.grouped {
      facts += GrowthFacts(confidence: confidence, nextHours: nextHours).facts(grouped)
    } else if case .grouped = entry.sample.data {
      facts.append(
        Document.Fact("Crow-AMSAA", "unknown", ["all events lie in the first interval, or all in the last"]))
    }
    return facts
  }

  private var notes: [String] {
    var notes = [
      "β below 1: events become rarer; above 1: more frequent. Events come as a power of time, λ t^β."
    ]
    if entries.contains(where: { $0.duane != nil }) {
      notes.append(
        "Duane's line is a look at the data; its points depend on each other, so it has no interval.")
    }
    if entries.contains(where: { $0.grouped != nil }) {
      notes.append(
        "Intervals of grouped numbers are those of large samples; χ² wants some five events an interval.")
    }
    return notes
  }
}
