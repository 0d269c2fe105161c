internal import CloudCost
internal import Diagnostics
internal import FoundationEssentials

extension ModelResolver {
  /// What is promised for years, with the costs it covers.
  mutating func resolveCommitments(among entries: [CostEntry]) -> [CommitmentPlan] {
    draft.commitments.compactMap { commitment in
      guard let purchase = purchase(of: commitment),
        let promise = promise(of: commitment, purchase, among: entries)
      else { return nil }
      return CommitmentPlan(
        name: commitment.name.value, promise: promise, purchase: purchase, location: commitment.name.location)
    }
  }

  private mutating func purchase(of commitment: CommitmentDraft) -> Purchase? {
    guard let purchase = Purchase(text: commitment.bought.value), purchase.commitment != nil else {
      let promises = Purchase.all.filter { $0.commitment != nil }.map(\.text)
      reportUnknown("commitment", commitment.bought, among: promises)
      return nil
    }
    return purchase
  }

  private mutating func promise(
    of commitment: CommitmentDraft, _ purchase: Purchase, among entries: [CostEntry]
  ) -> CommitmentPlan.Promise? {
    if case .savingsPlan = purchase {
      guard let spending = commitment.spending, spending.value > 0 else {
        report(
          "no-commitment", "\(commitment.name.value): a savings plan promises money for every hour",
          at: commitment.name.location, help: "commit: \"$2.50/h\"")
        return nil
      }
      return .spending(perHour: spending.value)
    }
    guard let count = commitment.count, count.value > 0, !commitment.covers.isEmpty else {
      report(
        "no-commitment", "\(commitment.name.value): a reservation is for so many instances of some costs",
        at: commitment.name.location, help: "covers: [ledger/servers], count: 2")
      return nil
    }
    let paths = entries.map(\.path)
    for name in commitment.covers where !paths.contains(name.value) {
      reportUnknown("cost", name, among: paths)
    }
    return .instances(count: Decimal(count.value), of: commitment.covers.map(\.value))
  }
}
