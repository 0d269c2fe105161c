internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// The classes of `incidents stats --pool`.
extension BeliefReport {
  /// The durations of the classes of some statistics, taken for similar; `nil` where a duration is impossible.
  init?(pooling statistics: IncidentStatistics) {
    var options = Options()
    (options.isPooling, options.confidence) = (true, statistics.options.confidence)
    let parts = statistics.selection.parts(by: statistics.options.grouping)
    try? self.init(parts.map { $0.part.beliefSample(group: $0.name) }, options)
  }

  /// How long the classes last, or why that is not known.
  var durationBlocks: [Document.Block] {
    let reason = entries.compactMap { entry -> String? in
      if case .failure(let unknown) = entry.duration { unknown.reason } else { nil }
    }.first
    if let reason {
      let remedy = showsNoSpread ? " With it: \(Self.spreadRemedy)" : ""
      return [.note("Durations pooled: unknown; \(reason).\(remedy)")]
    }
    return [.heading("If these are similar: how long, pooled"), .table(durationTable)]
  }

  /// The same for programs.
  var durationsJSON: JSONValue {
    let classes = entries.map { entry -> JSONValue in
      let duration: JSONValue =
        switch entry.duration {
        case .success(let duration): json(duration)
        case .failure(let unknown): unknownJSON(unknown.reason)
        }
      return ["name": .string(entry.sample.group), "duration": duration]
    }
    return [
      "groups": .array(classes),
      "another": another?.duration.map(json) ?? unknownJSON("durations can not be pooled"),
    ]
  }
}
