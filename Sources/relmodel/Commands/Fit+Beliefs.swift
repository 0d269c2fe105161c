import ArgumentParser
import Diagnostics
import IncidentHistory
import Reports
import Stochastics

extension Fit {
  /// `relmodel fit --beliefs`.
  func tellBeliefs() throws {
    var options = try beliefs.options()
    options.confidence = try confidenceLevel(confidence, option: "--confidence")
    options.zeros = try zeroRule()
    let samples = try data.beliefSamples() ?? classes()
    guard !samples.isEmpty else { throw Self.nothingToFit }
    let report: BeliefReport
    do throws(InvalidParameter) {
      report = try BeliefReport(samples, options)
    } catch {
      throw Findings([Diagnostic(slug: "bad-sample", error.message, at: nil, help: "--zeros left-out")])
    }
    if options.isPooling, let reason = report.reasonAgainstPooling {
      throw Findings([
        Diagnostic(
          slug: "not-pooled", reason, at: nil,
          help: "--prior-rate '45 d worth 2' --prior-duration '12 min sigma 1 worth 4'")
      ])
    }
    try output.print(report.document, json: report.json)
  }

  private func classes() throws -> [BeliefSample] {
    guard let asked = try question.questions().first?.question else { return [] }
    let history = try openedHistory()
    if !output.quiet { try question.warnOfUnknownNames(in: history) }
    let samples = try history.beliefSamples(asked, by: (by ?? .cause).incidentGrouping)
    return samples.filter { $0.count != nil || $0.events ?? 0 > 0 }
  }

  /// `relmodel fit --trend`.
  func tellTrend() throws {
    let samples = try trendSamples()
    guard !samples.isEmpty else { throw Self.nothingToFit }
    let level = try confidenceLevel(confidence, option: "--confidence")
    let next = try beliefs.nextHours()
    let report: TrendReport
    do throws(InvalidParameter) {
      report = try TrendReport(samples, confidence: level, nextHours: next)
    } catch {
      throw Findings([Diagnostic(slug: "bad-sample", error.message, at: nil)])
    }
    try output.print(report.document, json: report.json)
  }

  private func trendSamples() throws -> [TrendReport.Sample] {
    if let own = try ownTrendSamples() { return own }
    guard let asked = try question.questions().first?.question else { return [] }
    let history = try openedHistory()
    if !output.quiet { try question.warnOfUnknownNames(in: history) }
    let selection = try history.selection(asked)
    let parts = (by ?? .cause).incidentGrouping.map { selection.parts(by: $0) } ?? [("all", selection)]
    let every = try beliefs.everyHours()
    return try parts.compactMap { name, part in
      guard let record = part.eventRecord else { return nil }
      guard let every else { return TrendReport.Sample(group: name, data: .times(record)) }
      guard let data = TrendReport.Data(record, every: every) else {
        throw ValidationError("--every: so short that there are more than 10,000 intervals")
      }
      return TrendReport.Sample(group: name, data: data)
    }
  }

  /// Times that are none, such as one after the end, are findings.
  private func ownTrendSamples() throws -> [TrendReport.Sample]? {
    do {
      return try data.trendSamples()
    } catch let error as InvalidParameter {
      throw Findings([Diagnostic(slug: "bad-sample", error.message, at: nil)])
    }
  }
}
