internal import StructuredText

import Foundation

extension IncidentFormat {
  /// A range query of Prometheus over its own series `ALERTS`.
  ///
  /// A series holds a sample for every step at which the alert fired. The step is the smallest distance of two
  /// samples of the series; samples further apart than 1.5 steps belong to two incidents. An incident lasts from its
  /// first sample until one step after its last, so each length is right to within a step. Pending alerts are left
  /// out. A series of one sample does not tell the step: its incidents have no end.
  static let prometheusAlerts: IncidentFormat = {
    var format = IncidentFormat(
      name: "prometheus", title: "Prometheus, range query of ALERTS (JSON)", source: "prometheus",
      container: .json(paths: ["data.result", ""]), signature: ["metric.alertname", "values"], columns: [])
    format.patterns = ["unix"].compactMap(TimePattern.init)
    format.expand = { series in
      if series.text("metric.alertstate") == "pending" {
        var pending = RawIncident(at: series.location)
        pending.ignored = .notFiring
        return [pending]
      }
      return runs(of: series).map { incident(from: $0.first, until: $0.end, of: series) }
    }
    return format
  }()

  /// The stretches of samples without a gap, in seconds since 1970.
  private static func runs(of series: LocatedJSON) -> [(first: Double, end: Double?)] {
    let samples = series["values"]?.elements ?? []
    let firing = samples.filter { $0.elements.last?.text != "0" }
    let times = firing.compactMap { $0.elements.first?.text.flatMap(Double.init) }.sorted()
    let step = zip(times.dropFirst(), times).map { $0 - $1 }.filter { $0 > 0 }.min()
    var runs: [(first: Double, last: Double)] = []
    for time in times {
      if let last = runs.last?.last, let step, time - last <= 1.5 * step {
        runs[runs.count - 1].last = time
      } else {
        runs.append((time, time))
      }
    }
    return runs.map { run in (run.first, step.map { run.last + $0 }) }
  }

  private static func incident(from first: Double, until end: Double?, of series: LocatedJSON) -> RawIncident
  {
    var raw = RawIncident(at: series.location)
    let metric = series["metric"]
    let labels = (metric?.members ?? []).map { "\($0.key)=\($0.value.text ?? "")" }.sorted().joined(
      separator: ",")
    raw.set(.id, "\(labels)@\(first)")
    raw.set(.service, metric?.text("service", "job", "alertname"))
    raw.set(.title, metric?.text("alertname"))
    raw.set(.severity, metric?.text("severity"))
    raw.set(.started, "\(first)")
    raw.set(.resolved, end.map { "\($0)" })
    return raw
  }
}
