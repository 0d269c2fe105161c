internal import Quantities
internal import ServiceModel
internal import Simulation

extension DowntimeCostPart {
  /// What it is called among facts.
  var label: String {
    switch self {
    case .hours: "by the hour"
    case .incidents: "by outages"
    case .productivity: "lost work"
    case .credits: "credits"
    case .penalties: "penalties"
    }
  }

  /// What it is called above a column.
  var column: String {
    switch self {
    case .hours: "hours"
    case .incidents: "outages"
    case .productivity, .credits, .penalties: label
    }
  }
}

extension Capability {
  /// What a part of its cost is counted by, in words; empty where it has none.
  func text(of part: DowntimeCostPart) -> String {
    switch part {
    case .hours: hoursText.map { "at \($0)" } ?? ""
    case .incidents: downtimeTerms?.perIncident.map { "at \($0) each" } ?? ""
    case .productivity: downtimeTerms?.productivity?.text ?? ""
    case .credits: creditText
    case .penalties: (downtimeTerms?.penalties ?? []).map(\.wording).joined(separator: ", ")
    }
  }

  /// What an hour costs: `$5,000/h in business (09:00 to 17:00 on Mon to Fri), else $500/h`.
  private var hoursText: String? {
    guard let rate = downtimeCost else { return nil }
    let hours = downtimeTerms?.hours ?? []
    guard !hours.isEmpty else { return "\(rate) of downtime" }
    let apart = hours.map { "\($0.price) in \($0.name) (\($0.when.text))" }
    return "\(apart.joined(separator: ", ")), else \(rate)"
  }

  /// The schedule of credits in words.
  private var creditText: String {
    (downtimeTerms?.credits ?? []).reversed().map { "\($0.text) for a month below \($0.below)" }
      .joined(separator: ", ")
  }

  /// What being without it costs, in words.
  var downtimeText: String? {
    let isFlat = downtimeTerms?.hours.isEmpty ?? true
    let parts = [
      isFlat ? downtimeCost.map { "\($0)" } : hoursText,
      downtimeTerms?.perIncident.map { "\($0) an outage" }, downtimeTerms?.productivity?.text,
      creditText, text(of: .penalties),
    ].compactMap { $0 }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension LostProductivity {
  /// In words: `40 % of the work of 120 people at $60/h each, and 23 min after each outage, 09:00 to 17:00 on Mon to Fri`.
  fileprivate var text: String {
    let work = share < 1 ? "\(percentage(share)) of the work" : "the work"
    let after = refocus > .zero ? ", and of \(refocus) after each outage" : ""
    let hours = when.map { ", \($0.text)" } ?? ""
    return
      "\(work) of \(significant(people, digits: 6).trimmingZeros) people at \(perPerson) each\(after)\(hours)"
  }
}

extension Penalty {
  /// In words: `$10,000 for a calendar month below 99.5 %, at most $50,000 a year`.
  fileprivate var wording: String {
    let period =
      switch promise.window {
      case .calendarMonth, .year: "a \(promise.windowText)"
      case .tumbling: "each \(promise.windowText)"
      }
    let planned = promise.excludesPlanned ? " without planned work" : ""
    let limit = atMostPerYear.map { ", at most \($0) a year" } ?? ""
    return "\(text) for \(period) below \(promise.availability)\(planned)\(limit)"
  }
}
