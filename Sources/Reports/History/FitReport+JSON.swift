internal import IncidentHistory
public import Quantities
internal import Stochastics

extension FitReport {
  /// What programs read: times in hours, parameters of laws of times in hours.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "fit",
      "results": [
        "fits": .array(entries.flatMap(fits)), "noMaximum": .array(entries.flatMap(refusals)),
        "samples": .array(entries.map(sample)), "zeros": .string("\(options.zeros)"),
      ],
    ]
  }

  private func fits(_ entry: Entry) -> [JSONValue] {
    entry.comparison.candidates.map { candidate in
      let fit = candidate.fit
      let distance = fit.goodnessOfFit
      var members = head(entry)
      members["distribution"] = .string(fit.family.rawValue)
      members["parameters"] = .object(
        Dictionary(FitText.values(fit).map { ($0.name, JSONValue.number($0.value)) }) { first, _ in first })
      members["logLikelihood"] = .number(fit.logLikelihood)
      members["aic"] = .number(fit.aic)
      members["aicc"] = fit.aicc.map { .number($0) } ?? unknownJSON("too few observations")
      members["bic"] = .number(fit.bic)
      members["weight"] = .number(candidate.weight)
      members["kolmogorovSmirnov"] = .number(distance.kolmogorovSmirnov)
      members["andersonDarling"] =
        distance.andersonDarling.isFinite
        ? .number(distance.andersonDarling) : unknownJSON("a failure lies beyond the law's reach")
      members["intervals"] = intervals(fit)
      return .object(members)
    }
  }

  private func head(_ entry: Entry) -> [String: JSONValue] {
    [
      "group": .string(entry.sample.group), "quantity": .string(entry.sample.quantity),
      "n": .integer(entry.fitted.observations), "failures": .integer(entry.fitted.failures),
      "censored": .integer(entry.fitted.observations - entry.fitted.failures),
    ]
  }

  private func intervals(_ fit: LifetimeFit) -> JSONValue {
    let kind = interval(for: fit)
    let quantities: [(name: String, quantity: FittedQuantity, unit: String)] = [
      ("scale", .scale, "h"), ("shape", .shape, "1"), ("mean", .mean, "h"), ("median", .median, "h"),
      ("p90", .p90, "h"),
    ]
    var members: [String: JSONValue] = ["method": .string(kind.rawValue)]
    for (name, quantity, unit) in quantities {
      members[name] =
        fit.estimate(quantity, confidence: options.confidence, interval: kind)?.json(unit: unit)
        ?? (fit.family == .shiftedWeibull ? unknownJSON(LocatedIntervals.flat) : nil)
    }
    if let location = fit.locationEstimate(confidence: options.confidence) {
      members["location"] = location.json(unit: "h")
      members["laws"] = .string(LocatedIntervals.laws)
      if fit.isNotRegular { members["remark"] = .string(LocatedIntervals.nominal) }
    }
    return .object(members)
  }

  private func refusals(_ entry: Entry) -> [JSONValue] {
    entry.comparison.refusals.map { refusal in
      var members = head(entry)
      members["distribution"] = .string(refusal.family.rawValue)
      members["unknown"] = .string("no maximum: \(refusal.reason)")
      return .object(members)
    }
  }

  private func sample(_ entry: Entry) -> JSONValue {
    var members = head(entry)
    members["zeroFailures"] = .integer(entry.fitted.zeroFailures)
    members["best"] = entry.comparison.best.map { .string($0.fit.family.rawValue) } ?? .null
    members["comparedBy"] = .string(entry.comparison.criterion.rawValue)
    members.merge(SurvivalFigures(entry.fitted, confidence: options.confidence).members) { own, _ in own }
    return .object(members)
  }
}
