internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// How the demand of a capability changes with time.
  func profile(_ reading: Reading?) -> Located<DemandProfileDraft>? {
    guard let reading else { return nil }
    let day = (reading["day"]?.items ?? []).compactMap { item -> (from: Located<TimeSpan>, load: Double)? in
      guard let from = item["from"], let time = from.timeOfDay, let load = item["load"]?.percentage else {
        return nil
      }
      return (Located(time, at: from.location), load.value)
    }
    let draft = DemandProfileDraft(
      day: day, weekend: reading["weekend"]?.percentage?.value, growth: reading["growth"]?.percentage)
    return Located(draft, at: reading.location)
  }

  /// How many units of a component run.
  func autoscaling(_ reading: Reading?) -> Located<AutoscalingDraft>? {
    guard let reading, let fewest = reading["min"]?.integer, let most = reading["max"]?.integer,
      let target = reading["target"]?.percentage
    else { return nil }
    var draft = AutoscalingDraft(fewest: fewest, most: most, target: target)
    draft.delay = reading["delay"]?.duration
    draft.downDelay = reading["down-delay"]?.duration
    draft.role = reading["role"]?.locatedText
    return Located(draft, at: reading.location)
  }

  /// The load that makes a component fail.
  func overload(_ reading: Reading?) -> Located<OverloadTrigger>? {
    guard let reading, let load = reading["load"]?.percentage else { return nil }
    let trigger = OverloadTrigger(load: load.value, lasting: reading["for"]?.duration ?? .zero)
    return Located(trigger, at: load.location)
  }
}

extension Reading {
  var timeOfDay: TimeSpan? { text.flatMap { try? TimeSpan(timeOfDay: $0) } }

  /// A share that may be more than all.
  var percentage: Located<Double>? {
    guard let text, let value = try? PercentageText.value(of: text) else { return nil }
    return Located(value, at: unwrapped.location)
  }
}
