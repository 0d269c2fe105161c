public import IncidentHistory
internal import Quantities
public import Stochastics

/// Laws fitted to samples, with how sure the choice is.
public struct FitReport: Sendable {
  /// How to fit.
  public struct Options: Sendable, Hashable {
    /// The laws that are compared.
    public var families: [LifetimeFamily] = [.exponential, .weibull, .lognormal, .gamma]
    /// What a time of 0 counts as.
    public var zeros = ZeroTimes.leftOut
    /// The confidence of intervals, two-sided.
    public var confidence = 0.95
    /// How intervals are got; without it by the likelihood ratio up to 500 observations, by curvature above.
    public var interval: LikelihoodInterval?

    /// Four laws at 95 %, zeros left out.
    public init() {}
  }

  /// A sample with its fits.
  struct Entry: Sendable {
    let sample: LifetimeSample
    let fitted: CensoredSample
    let comparison: FitComparison
  }

  let entries: [Entry]
  let options: Options

  /// The fits of samples.
  ///
  /// - Throws: what no sample can hold, such as a time of 0 where zeros are refused.
  /// - Complexity: O(n log n) a law.
  public init(_ samples: [LifetimeSample], _ options: Options = Options()) throws(InvalidParameter) {
    self.options = options
    var entries: [Entry] = []
    for sample in samples {
      let fitted = try sample.censoredSample(zeros: options.zeros)
      entries.append(
        Entry(
          sample: sample, fitted: fitted, comparison: FitComparison(of: fitted, among: options.families)))
    }
    self.entries = entries
  }

  /// What people read.
  public var document: Document {
    let count = entries.count
    var document = Document(title: "\(count == 1 ? "1 sample" : "\(grouped(count)) samples") fitted")
    if entries.count > 6 {
      document.blocks.append(summary)
    } else {
      document.blocks += entries.flatMap(blocks)
    }
    document.blocks += notes.map { .note($0) }
    return document
  }

  /// One line for each sample with its best law.
  private var summary: Document.Block {
    let rows = entries.map { entry -> [Document.Cell] in
      let head = [Document.Cell(entry.sample.group), Document.Cell(entry.sample.quantity)] + sizes(entry)
      guard let best = entry.comparison.best else {
        let why = entry.comparison.refusals.first?.reason.description ?? "no law was asked for"
        return head + ["none", Document.Cell(why), "", "", "", ""]
      }
      return head + cells(best)
    }
    return .table(
      Document.Table(
        columns: ["Group", "Quantity", "n", "Censored"] + Self.columns, cells: rows))
  }

  private func sizes(_ entry: Entry) -> [Document.Cell] {
    let censored = entry.fitted.observations - entry.fitted.failures
    return [
      Document.Cell(grouped(entry.fitted.observations), number: Double(entry.fitted.observations)),
      Document.Cell(grouped(censored), number: Double(censored)),
    ]
  }

  private static let columns = ["Law", "Parameters", "Log-likelihood", "How sure", "Mean", "p90"]

  private func cells(_ candidate: FitComparison.Candidate) -> [Document.Cell] {
    let fit = candidate.fit
    return [
      Document.Cell(fit.family.rawValue), Document.Cell(FitText.parameters(fit)),
      Document.Cell(grouped(fit.logLikelihood, decimals: 2), number: fit.logLikelihood),
      Document.Cell(percentage(candidate.weight), number: candidate.weight),
      Document.Cell(HistoryText.span(fit.mean), number: fit.mean),
      Document.Cell(HistoryText.span(fit.quantile(0.9)), number: fit.quantile(0.9)),
    ]
  }

  private func blocks(_ entry: Entry) -> [Document.Block] {
    let size = sizes(entry).map(\.text)
    var blocks: [Document.Block] = [
      .heading(
        "\(entry.sample.group) · \(entry.sample.quantity) · \(size[0]) times, \(size[1]) censored")
    ]
    let rows = entry.comparison.candidates.map { candidate -> [Document.Cell] in
      let distance = candidate.fit.goodnessOfFit
      let mean = candidate.fit.estimate(
        .mean, confidence: options.confidence, interval: interval(for: candidate.fit))
      return cells(candidate) + [
        Document.Cell(mean.map { "\(HistoryText.span($0.low)) – \(HistoryText.span($0.high))" } ?? ""),
        Document.Cell(significant(distance.kolmogorovSmirnov, digits: 3), number: distance.kolmogorovSmirnov),
        Document.Cell(significant(distance.andersonDarling, digits: 3), number: distance.andersonDarling),
      ]
    }
    if !rows.isEmpty {
      let level = HistoryText.confidence(options.confidence)
      blocks.append(
        .table(
          Document.Table(columns: Self.columns + ["\(level) CI of the mean", "KS", "AD"], cells: rows)))
    }
    if !entry.fitted.times.isEmpty {
      blocks.append(.note(SurvivalFigures(entry.fitted, confidence: options.confidence).sentence))
    }
    blocks += entry.comparison.candidates.compactMap { candidate in
      LocatedIntervals(candidate.fit, confidence: options.confidence, kind: interval(for: candidate.fit))
        .map { .note($0.sentence) }
    }
    blocks += entry.comparison.refusals.map { .note("\($0.family.rawValue): no maximum; \($0.reason).") }
    return blocks
  }

  /// How intervals of a fit are got.
  func interval(for fit: LifetimeFit) -> LikelihoodInterval {
    options.interval ?? (fit.observations <= 500 ? .likelihoodRatio : .wald)
  }

  private var notes: [String] {
    var notes = [
      "“How sure” compares the laws listed (Akaike's weight); KS and AD are distances, the smaller the closer."
    ]
    let zeros = entries.reduce(0) { $0 + $1.fitted.zeroFailures }
    if options.families.contains(.shiftedWeibull) {
      notes.append("Intervals of weibull-3p: \(LocatedIntervals.laws). \(LocatedIntervals.nominal).")
    }
    if zeros > 0 { notes.append("\(grouped(zeros)) times of 0: \(options.zeros).") }
    return notes
  }
}

/// A fitted law in words and numbers.
enum FitText {
  /// The parameters by name, times in hours.
  static func values(_ fit: LifetimeFit) -> [(name: String, value: Double)] {
    let own: [(String, Double)] =
      switch fit.law {
      case let law as Exponential: [("mean", law.mean)]
      case let law as Weibull: [("shape", law.shape), ("scale", law.scale)]
      case let law as Gamma: [("shape", law.shape), ("scale", law.scale)]
      case let law as Lognormal: [("mu", law.mu), ("sigma", law.sigma)]
      default: []
      }
    return own + (fit.family == .shiftedWeibull ? [("location", fit.location)] : [])
  }

  /// The parameters in words.
  static func parameters(_ fit: LifetimeFit) -> String {
    values(fit).map { name, value in
      let isTime = ["mean", "scale", "location"].contains(name)
      return "\(name) \(isTime ? HistoryText.span(value) : significant(value, digits: 3))"
    }.joined(separator: ", ")
  }
}
