internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  mutating func capability(_ name: Located<String>, _ reading: Reading) -> CapabilityDraft {
    var draft = CapabilityDraft(name: name, dependencies: dependencies(reading["depends-on"]))
    refuseStartGates(reading["depends-on"])
    draft.title = reading["title"]?.text
    draft.demands =
      reading["demand"]?.entries.compactMap { entry in
        entry.value.number.map { (entry.name, $0) }
      } ?? []
    draft.profile = profile(reading["profile"])
    draft.objectives = reading["objectives"]?.entries.compactMap { objective($0.name.value, $0.value) } ?? []
    draft.recoveryObjectives = recoveryObjectives(reading["objectives"])
    draft.latencyObjectives = latencyObjectives(reading["objectives"])
    draft.downtimeCost = reading["downtime"]?["costs"].flatMap { moneyRate($0) }
    draft.downtimeTerms = downtimeTerms(reading["downtime"])
    return draft
  }

  /// Money in the currency it names, else in that of the conventions.
  mutating func moneyRate(_ reading: Reading) -> Located<MoneyRate>? {
    guard let text = reading.locatedText else { return nil }
    do throws(QuantityError) {
      return Located(try MoneyRate(parsing: text.value, currency: currency), at: text.location)
    } catch {
      let help = "\(error.help.map { "costs: \"\($0)\"" } ?? ""), or conventions: {currency: USD}"
      laws.findings.append(
        Diagnostic(slug: "bad-value", "costs: \(error.message)", at: text.location, help: help))
      return nil
    }
  }

  private func objective(_ name: String, _ reading: Reading) -> Objective? {
    guard let availability = reading["availability"]?.availability, let per = reading["per"] else {
      return nil
    }
    let excludesPlanned = reading["excludes"]?.text == "planned"
    return window(per).map {
      Objective(name: name, availability: availability, window: $0, excludesPlanned: excludesPlanned)
    }
  }

  func window(_ per: Reading) -> Objective.Window? {
    switch per.text {
    case "calendar month", "month": .calendarMonth
    case "year": .year
    default: per.duration.map { .tumbling($0) }
    }
  }

  mutating func dependencies(_ reading: Reading?) -> [Dependency<Located<String>>] {
    reading?.entries.compactMap { dependency($0.name, $0.value) } ?? []
  }

  private mutating func dependency(_ name: Located<String>, _ reading: Reading) -> Dependency<
    Located<String>
  >? {
    let isGroup = ["any-of", "all-of", "at-least", "of"].contains { reading[$0] != nil }
    if isGroup, group(reading) == nil { return nil }
    if reading["start"]?.text == "only" { return nil }
    // Who loses everything without something needs it hard.
    let loss = reading["soft"]?.probability.map(\.value).flatMap { $0.complement > 0 ? $0 : nil }
    let strength = loss.map { Dependency<Located<String>>.Strength.soft(loss: $0) }
    return Dependency(
      label: name.value, requirement: group(reading) ?? .one(name), strength: strength ?? .hard,
      policies: policies(reading), isAtOnce: reading["at-once"]?.text == "yes")
  }

  func group(_ reading: Reading) -> Requirement<Located<String>>? {
    if let members = reading["any-of"] { return .atLeast(1, members.items.compactMap(member)) }
    if let members = reading["all-of"] {
      return .atLeast(members.items.count, members.items.compactMap(member))
    }
    guard let count = reading["at-least"]?.integer, let members = reading["of"] else { return nil }
    return .atLeast(count.value, members.items.compactMap(member))
  }

  private func member(_ reading: Reading) -> Requirement<Located<String>>? {
    reading.locatedText.map { .one($0) } ?? group(reading)
  }
}
