internal import Quantities
internal import ServiceModel

extension Capability {
  /// How its demand changes with time, in words.
  var profileFacts: [Document.Fact] {
    guard let profile else { return [] }
    let day = profile.day.map { "\(clock($0.hour)) \(percentage($0.load))" }.joined(separator: ", ")
    var remarks: [String] = []
    if profile.weekend != 1 { remarks.append("× \(percentage(profile.weekend)) at the weekend") }
    if profile.growthPerYear != 0 { remarks.append("\(percentage(profile.growthPerYear)) more each year") }
    return [Document.Fact("profile", day, remarks)]
  }

  private func clock(_ hour: Double) -> String {
    let minutes = Int((hour * 60).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// The same for programs; `nil` where it does not change.
  var profileJSON: JSONValue? {
    profile.map { profile in
      [
        "capability": .string(name), "weekend": .number(profile.weekend),
        "growthPerYear": .number(profile.growthPerYear),
        "day": .array(profile.day.map { ["hour": .number($0.hour), "load": .number($0.load)] }),
      ]
    }
  }
}

extension Component {
  /// What follows its demand, in words.
  var demandFacts: [Document.Fact] {
    var facts: [Document.Fact] = []
    if let scaling = autoscaling {
      let role = roles[scaling.role].name.map { " of \($0)" } ?? ""
      facts.append(
        Document.Fact(
          "autoscaling",
          "\(grouped(scaling.fewest)) to \(grouped(scaling.most)) units\(role), each with \(percentage(scaling.target)) of its work",
          ["more work \(scaling.delay) later", "fewer after \(scaling.downDelay)"]))
      if scaling.roomFor < scaling.most {
        facts.append(
          Document.Fact(
            "room",
            "for \(grouped(scaling.roomFor)) of them, when all that others may want is there too; those beyond wait"
          ))
      }
    }
    if let requests { facts.append(Document.Fact("requests", "\(requests.text) of its node, each unit")) }
    for mode in modes {
      guard let trigger = mode.overload else { continue }
      facts.append(
        Document.Fact(
          "overload", "\(mode.name), above \(percentage(trigger.load)) for \(trigger.lasting)",
          [mode.scope == .unit ? "of each unit" : "of all units at once"]))
    }
    return facts
  }

  /// The same for programs; `nil` where nothing does.
  var demandJSON: JSONValue? {
    var members: [String: JSONValue] = [:]
    if let scaling = autoscaling {
      var own: [String: JSONValue] = [
        "min": .integer(scaling.fewest), "max": .integer(scaling.most), "target": .number(scaling.target),
        "delayHours": .number(scaling.delay.hours), "downDelayHours": .number(scaling.downDelay.hours),
        "roomForUnits": .integer(scaling.roomFor),
      ]
      if let role = roles[scaling.role].name { own["role"] = .string(role) }
      members["autoscaling"] = .object(own)
    }
    if let requests {
      members["requests"] = ["cpu": .number(requests.cpu), "memoryBytes": .number(requests.bytes)]
    }
    let overloads = modes.compactMap { mode in
      mode.overload.map { trigger -> JSONValue in
        [
          "mode": .string(mode.name), "load": .number(trigger.load),
          "forHours": .number(trigger.lasting.hours),
          "scope": .string(mode.scope.rawValue),
        ]
      }
    }
    if !overloads.isEmpty { members["overloads"] = .array(overloads) }
    guard !members.isEmpty else { return nil }
    members["component"] = .string(name)
    return .object(members)
  }
}
