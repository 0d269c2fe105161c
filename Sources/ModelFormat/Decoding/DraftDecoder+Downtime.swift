internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// What being without a capability costs beside the same for every hour.
  mutating func downtimeTerms(_ reading: Reading?) -> DowntimeTermsDraft? {
    guard let reading else { return nil }
    let keys = ["hours", "per-incident", "productivity", "monthly-fee", "credits", "penalties"]
    guard keys.contains(where: { reading[$0] != nil }) else { return nil }
    var draft = DowntimeTermsDraft()
    for entry in reading["hours"]?.entries ?? [] {
      guard let price = entry.value["costs"].flatMap({ moneyRate($0) }) else { continue }
      draft.hours.append(.init(name: entry.name, when: calendarHours(entry.value), price: price))
    }
    draft.perIncident = money(reading["per-incident"])
    draft.productivity = reading["productivity"].flatMap { productivity($0) }
    draft.monthlyFee = money(reading["monthly-fee"])
    draft.credits = reading["credits"]?.items.compactMap(creditStep) ?? []
    draft.penalties = reading["penalties"]?.items.compactMap(penalty) ?? []
    return draft
  }

  private mutating func productivity(_ reading: Reading) -> DowntimeTermsDraft.Productivity? {
    guard let people = reading["people"], let count = people.number,
      let price = reading["costs"].flatMap({ moneyRate($0) })
    else { return nil }
    var draft = DowntimeTermsDraft.Productivity(
      people: Located(count, at: people.unwrapped.location), price: price, when: calendarHours(reading))
    draft.share = reading["share"]?.probability
    draft.refocus = reading["refocus"]?.duration
    return draft
  }

  private func creditStep(_ reading: Reading) -> DowntimeTermsDraft.Step? {
    guard let below = reading["below"], let availability = below.availability,
      let pays = amount(reading["pays"])
    else { return nil }
    return DowntimeTermsDraft.Step(below: Located(availability, at: below.location), pays: pays)
  }

  private func penalty(_ reading: Reading) -> DowntimeTermsDraft.Due? {
    guard let pays = amount(reading["pays"]) else { return nil }
    let atMost = money(reading["at-most"])
    if let name = reading["objective"]?.locatedText {
      return DowntimeTermsDraft.Due(promise: .objective(name), pays: pays, atMost: atMost)
    }
    guard let availability = reading["below"]?.availability, let window = reading["per"].flatMap(window)
    else { return nil }
    let promise = Objective(
      name: "", availability: availability, window: window,
      excludesPlanned: reading["excludes"]?.text == "planned")
    return DowntimeTermsDraft.Due(promise: .own(promise), pays: pays, atMost: atMost)
  }

  /// Money, or a share of a fee.
  private func amount(_ reading: Reading?) -> Located<DowntimeTermsDraft.Amount>? {
    guard let text = reading?.locatedText else { return nil }
    let amount: DowntimeTermsDraft.Amount? =
      if let money = try? Money(parsing: text.value) { .money(money) } else { share(text.value) }
    return amount.map { Located($0, at: text.location) }
  }

  /// A share with the digits that are written, so that shares of money stay exact.
  private func share(_ text: String) -> DowntimeTermsDraft.Amount? {
    guard let number = NumberText(prefixOf: text[...]), let value = number.decimal else { return nil }
    return .share(number.rest.contains("%") ? value / 100 : value)
  }

  private func money(_ reading: Reading?) -> Located<Money>? {
    guard let text = reading?.locatedText, let money = try? Money(parsing: text.value) else { return nil }
    return Located(money, at: text.location)
  }
}
