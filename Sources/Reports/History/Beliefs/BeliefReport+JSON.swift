internal import IncidentHistory
public import Quantities
internal import Stochastics

extension BeliefReport {
  /// What programs read: times in hours.
  public var json: JSONValue {
    var results: [String: JSONValue] = [
      "beliefs": .array(entries.map(json)), "pooled": .bool(options.isPooling),
      "zeros": .string("\(options.zeros)"),
    ]
    if !options.isPooling {
      results["prior"] = [
        "rate": .string(PriorText.words(options.ratePrior)),
        "duration": .string(PriorText.words(options.durationPrior)),
      ]
    }
    if case .spread = options.durationPrior {
      results["prior"] = ["duration": .string(PriorText.words(options.durationPrior))]
    }
    if let another {
      var members: [String: JSONValue] = [:]
      members["rate"] = another.rate.map(json)
      members["next"] = another.rate.map { .array(next($0, units: 1)) }
      members["duration"] = another.duration.map(json)
      results["another"] = .object(members)
    }
    return ["format": "relmodel/1", "command": "fit", "results": .object(results)]
  }

  private func json(_ entry: Entry) -> JSONValue {
    let sample = entry.sample
    var members: [String: JSONValue] = ["group": .string(sample.group), "units": .number(sample.units)]
    members["incidents"] = sample.events.map { .integer($0) } ?? unknownJSON("durations only")
    members["exposureHours"] = sample.exposureHours.map { .number($0) } ?? unknownJSON("no window")
    members["notEnded"] = .integer(sample.openCount)
    members["durations"] = .integer(entry.durations.count)
    members["seenMtbfHours"] = seenMeanTime(sample)
    switch entry.rate {
    case .success(let rate):
      members["rate"] = json(rate)
      members["next"] = .array(next(rate, units: sample.units))
    case .failure(let unknown): members["rate"] = unknownJSON(unknown.reason)
    }
    switch entry.duration {
    case .success(let duration): members["duration"] = json(duration)
    case .failure(let unknown): members["duration"] = unknownJSON(unknown.reason)
    }
    return .object(members)
  }

  private func seenMeanTime(_ sample: BeliefSample) -> JSONValue {
    guard let count = sample.count,
      let seen = try? MeanTimeBetweenFailures(failures: count.events, exposure: count.exposure)
    else { return unknownJSON("no exposure is known") }
    guard let estimate = seen.estimate(confidence: options.confidence) else {
      return [
        "unknown": "no incident seen", "low": .number(seen.lowerLimit(confidence: options.confidence)),
        "confidence": .number(options.confidence), "unit": "h",
      ]
    }
    return estimate.json(unit: "h")
  }

  private func json(_ rate: RateBelief) -> JSONValue {
    var members: [String: JSONValue] = [
      "perHour": rate.perHour(confidence: options.confidence).json(unit: "1/h"),
      "mtbfHours": rate.meanTime(confidence: options.confidence).json(unit: "h"),
    ]
    if case .own(_, let posterior) = rate {
      members["posterior"] = [
        "law": "gamma", "shape": .number(posterior.shape), "exposureHours": .number(posterior.exposure),
      ]
    }
    members["shrinkage"] = rate.shrinkage.map { .number($0) }
    return .object(members)
  }

  private func next(_ rate: RateBelief, units: Double) -> [JSONValue] {
    options.nextHours.map { hours in
      [
        "hours": .number(hours), "none": .number(rate.none(in: hours * units)),
        "incidents": rate.count(in: hours * units, confidence: options.confidence).json(unit: "1"),
      ]
    }
  }

  func json(_ duration: DurationBelief) -> JSONValue {
    var members: [String: JSONValue] = [
      "medianHours": duration.median(confidence: options.confidence).json(unit: "h"),
      "nextHours": [
        "p10": .number(duration.next(0.1)), "p50": .number(duration.next(0.5)),
        "p90": .number(duration.next(0.9)), "p99": .number(duration.next(0.99)), "unit": "h",
      ],
    ]
    members["sigma"] = duration.sigma(confidence: options.confidence)?.json(unit: "1")
    members["shrinkage"] = duration.shrinkage.map { .number($0) }
    if case .own(_, let posterior) = duration {
      members["posterior"] = [
        "law": "normal-inverse-gamma of the logarithm", "location": .number(posterior.location),
        "weight": .number(posterior.weight), "shape": .number(posterior.shape),
        "scale": .number(posterior.scale),
      ]
    }
    return .object(members)
  }
}
