public import Billing
internal import CloudCost
internal import Foundation
public import Quantities

/// What commitments would save and what could make them a loss.
public struct CommitmentAdviceSection: ReportSection {
  /// The key under which programs find it.
  public let key = "commitments"
  private let advice: CommitmentAdvice
  private let text: AmountText
  private let mayEnd: Bool

  /// Advice in a currency.
  ///
  /// - Parameter mayEnd: whether use may end before the term does.
  public init(_ advice: CommitmentAdvice, currency: String, mayEnd: Bool = false) {
    self.advice = advice
    self.mayEnd = mayEnd
    text = AmountText(currency: currency)
  }

  /// What people read.
  public var blocks: [Document.Block] {
    guard !advice.subjects.isEmpty else {
      return [.heading("Commitments"), .note("Nothing that could be committed to is bought on demand.")]
    }
    return [.heading("Commitments for what is bought on demand")]
      + advice.subjects.flatMap { subject in
        [.facts([fact(subject)])] + (subject.offers.isEmpty ? [] : [.table(table(subject))])
      } + [.note(Self.explanation)]
  }

  private static let explanation =
    "Worth it when used at least the share of the time under “use”; “back after” is the month in which it has cost less "
    + "than on demand. What is committed is paid until the end of the term, also when the instance is gone, smaller or of "
    + "another kind; a convertible one can be exchanged."

  private func fact(_ subject: CommitmentAdvice.Subject) -> Document.Fact {
    let buy =
      subject.best.map { best in
        best.saving > 0
          ? "saves up to \(text.cents(subject.baseline * (subject.onDemand - best.monthly))) a month with \(best.purchase.text)"
          : "no commitment of the book saves anything"
      } ?? "the book sells no commitment for it"
    let open =
      subject.baseline < subject.units
      ? [
        "\(text.quantity(subject.baseline)) of \(text.quantity(subject.units)) run at the least: commit to no more"
      ]
      : ["\(text.quantity(subject.units)) at \(text.cents(subject.onDemand)) a month"]
    return Document.Fact("\(subject.key.item)", buy, open + [subject.resources.joined(separator: ", ")])
  }

  private func table(_ subject: CommitmentAdvice.Subject) -> Document.Table {
    Document.Table(
      columns: ["Commitment", "a month", "saves", "at the start", "use", "back after"]
        + (mayEnd ? ["expected to save", "a loss with"] : []),
      cells: subject.offers.map { offer in
        [
          Document.Cell(offer.purchase.text),
          Document.Cell(text.cents(offer.monthly), number: AmountText.number(offer.monthly)),
          percent(offer.saving),
          Document.Cell(text.cents(offer.upfront), number: AmountText.number(offer.upfront)),
          percent(offer.breakEvenUse),
          offer.breakEvenMonth.map { Document.Cell("month \($0)", number: Double($0)) } ?? "never",
        ] + (mayEnd ? [share(offer.expectedSaving), share(offer.lossProbability)] : [])
      })
  }

  private func share(_ value: Double) -> Document.Cell {
    Document.Cell("\(significant(value * 100, digits: 3)) %", number: value)
  }

  private func percent(_ share: Decimal) -> Document.Cell {
    let value = AmountText.number(share)
    return Document.Cell("\(significant(value * 100, digits: 3)) %", number: value)
  }

  /// What programs read.
  public var json: JSONValue {
    .array(
      advice.subjects.map { subject in
        [
          "item": .string(subject.key.description), "region": .string(subject.region),
          "resources": .array(subject.resources.map { .string($0) }), "units": .decimal(subject.units),
          "baseline": .decimal(subject.baseline), "onDemandMonthly": .decimal(subject.onDemand),
          "offers": .array(subject.offers.map(json)),
        ]
      })
  }

  private func json(_ offer: CommitmentAdvice.Offer) -> JSONValue {
    [
      "purchase": .string(offer.purchase.text), "monthly": .decimal(offer.monthly),
      "upfront": .decimal(offer.upfront), "saving": .decimal(offer.saving),
      "breakEvenUse": .decimal(offer.breakEvenUse),
      "breakEvenMonth": offer.breakEvenMonth.map { .integer($0) } ?? unknownJSON("never within its term"),
      "expectedSaving": .number(offer.expectedSaving), "lossProbability": .number(offer.lossProbability),
    ]
  }
}
