internal import Billing
internal import Quantities
internal import Recovery
internal import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// Reads what claims are of off the evidence.
struct ClaimReader {
  let header: ResultHeader
  let evidence: ClaimEvidence
  let losses: DomainLossTable?
  let stores: [StoreAnswer]

  init(_ header: ResultHeader, _ evidence: ClaimEvidence) {
    (self.header, self.evidence) = (header, evidence)
    let measures = header.graph.model.claims.measures
    losses =
      measures.contains { $0.lost != nil || $0.word == .singlePoints } ? DomainLossTable(header.graph) : nil
    let isRecovered = measures.contains { [.rto, .rpo].contains($0.word) }
    stores = isRecovered ? StoreAnswer.all(header.graph) : []
  }

  var model: Model { header.graph.model }

  /// What a claim is of, where it is in the currency in which the claim is stated.
  func reading(_ term: ClaimTerm, against bound: ClaimBound?) -> ClaimReading {
    var currencies = [bound?.dimension.currency, term.dimension?.currency].compactMap { $0 }
    currencies += term.measures.filter { $0.dimension.money != 0 }.compactMap { currency(of: $0) }
    if let first = currencies.first, let other = currencies.first(where: { $0 != first }) {
      return .unknown(
        "it is stated in \(first), and amounts here are in \(other); nothing says what one is in the other")
    }
    return reading(term)
  }

  /// The currency in which something is computed; `nil` where nothing is.
  private func currency(of measure: ClaimMeasure) -> String? {
    if case .capability(let index) = measure.subject { return model.capabilities[index].downtimeCurrency }
    return evidence.bill.value?.currency ?? evidence.currency
  }

  /// What a claim is of.
  func reading(_ term: ClaimTerm) -> ClaimReading {
    switch term {
    case .stated(let quantity), .number(let quantity, _): return ClaimReading(quantity.value, .stated)
    case .measure(let measure): return reading(measure)
    case .removed(let missing): return .unknown(missing)
    case .operation(let operation, let terms): return reading(operation, terms.map { reading($0) })
    }
  }

  private func reading(_ operation: ClaimOperation, _ parts: [ClaimReading]) -> ClaimReading {
    var ranges: [ClaimRange] = []
    var used = ClaimReading.Engine.stated
    for part in parts {
      switch part {
      case .unknown: return part
      case .known(let range, let engine):
        ranges.append(range)
        if engine != .stated { used = engine }
      }
    }
    guard let range = operation.range(of: ranges), range.value.isFinite else {
      return .unknown("it divides by what may be 0")
    }
    return .known(range, used)
  }

  private func reading(_ measure: ClaimMeasure) -> ClaimReading {
    switch measure.subject {
    case .capability(let index): capability(index, measure)
    case .objective(let index, let name): missed(index, objective: name)
    case .part(let target): part(target, measure)
    case .cause(let cause): mode(cause, measure.word)
    case .procedure(let place): law(model.procedures[place].procedure.study().service, measure.word)
    case .delay(let place):
      measure.word == .mean
        ? ClaimReading(model.delays[place].meanHours, .exact) : law(model.delays[place].law, measure.word)
    case .bill: bill(measure.word)
    case .billed(let entry): entryOfBill(entry)
    case .option(let capability): option(capability, measure.word)
    case .history(let component, let mode): history(component, mode, measure.word)
    case .drill(let name): drill(name, measure.word)
    }
  }

  /// The mean of a law, or what 99 of 100 values do not exceed.
  func law(_ law: OutcomeLaw, _ word: ClaimWord) -> ClaimReading {
    guard word == .duration else { return ClaimReading(law.quantile(0.99), .exact) }
    return law.mean().map { ClaimReading($0, .exact) } ?? .unknown("it may never end")
  }
}
