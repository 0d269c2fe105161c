internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  func crew(_ name: Located<String>, _ reading: Reading) -> CrewDraft? {
    guard let count = reading.integer ?? reading["count"]?.integer else { return nil }
    return CrewDraft(name: name, count: count.value, preempts: reading["preempts"]?.text == "yes")
  }

  mutating func standby(_ reading: Reading?) -> Located<StandbyDraft>? {
    guard let reading, let running = reading["running"]?.integer, let dormancy = dormancy(reading["dormancy"])
    else { return nil }
    var draft = StandbyDraft(running: running, dormancy: dormancy)
    if let switching = reading["switch"] {
      draft.detection = switching["detect"].flatMap { delay($0, names: detectorNames) }
      draft.takes = switching["takes"].flatMap { laws.law($0) }
      draft.works = switching["works"]?.probability?.value
      draft.manual = switching["manual"].flatMap { laws.law($0) }
    }
    return Located(draft, at: reading.location)
  }

  private func dormancy(_ reading: Reading?) -> Probability? {
    switch reading?.text {
    case "cold": Probability.one.inverted
    case "hot": .one
    default: reading?.probability?.value
    }
  }

  func loadSharing(_ reading: Reading?) -> Located<LoadSharing>? {
    guard let reading else { return nil }
    if let exponent = reading["exponent"]?.number {
      return Located(.exponent(exponent), at: reading.location)
    }
    return reading["factors"].map { factors in
      Located(.factors(factors.items.compactMap(\.number)), at: factors.location)
    }
  }
}
