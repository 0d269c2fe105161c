internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// What being without a capability costs beside its hours.
  func downtimeTerms(_ reading: Reading?) -> DowntimeTermsDraft? {
    guard let reading, ["per-incident", "monthly-fee", "credits"].contains(where: { reading[$0] != nil })
    else { return nil }
    var draft = DowntimeTermsDraft()
    draft.perIncident = money(reading["per-incident"])
    draft.monthlyFee = money(reading["monthly-fee"])
    draft.credits = reading["credits"]?.items.compactMap(creditStep) ?? []
    return draft
  }

  private func creditStep(_ reading: Reading) -> DowntimeTermsDraft.Step? {
    guard let below = reading["below"], let availability = below.availability, let pays = reading["pays"],
      let text = pays.locatedText
    else { return nil }
    let amount: DowntimeTermsDraft.Amount? =
      if let money = try? Money(parsing: text.value) { .money(money) } else { share(text.value) }
    return amount.map {
      DowntimeTermsDraft.Step(
        below: Located(availability, at: below.location), pays: Located($0, at: text.location))
    }
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
