internal import Billing
internal import Quantities
internal import ServiceGraph
internal import ServiceModel

/// Statements held against what is computed, as a document and as JSON.
public struct ClaimReport: Sendable {
  let header: ResultHeader
  let sheet: ClaimSheet
  let evidence: ClaimEvidence

  /// A report.
  public init(_ header: ResultHeader, _ sheet: ClaimSheet, _ evidence: ClaimEvidence) {
    (self.header, self.sheet, self.evidence) = (header, sheet, evidence)
  }

  /// The report for people.
  public var document: Document {
    var document = Document(title: "Claims of \(header.graph.model.name) · \(counts)")
    document.blocks.append(.note(summary))
    for verdict in ClaimVerdict.allCases { document.blocks += blocks(verdict) }
    document.blocks += contradictionBlocks
    document.blocks += evidence.notes.map { .note($0) }
    document.blocks.append(.note(convention))
    if let intervals { document.blocks.append(.note(intervals)) }
    document.blocks.append(.note(header.conventionText))
    return document
  }

  private var counts: String {
    ClaimVerdict.allCases.compactMap { verdict in
      let count = sheet.claims(verdict).count
      return count > 0
        ? "\(count) \(verdict == .holds || verdict == .fails ? plural(verdict, count) : verdict.rawValue)"
        : nil
    }.joined(separator: " · ")
  }

  private func plural(_ verdict: ClaimVerdict, _ count: Int) -> String {
    count == 1 ? verdict.rawValue : verdict == .fails ? "fail" : "hold"
  }

  /// How those stand that matter most, in a sentence.
  private var summary: String {
    let decisive = sheet.claims.filter { $0.claim.weight == .high }
    guard !decisive.isEmpty else { return "No claim is said to matter more than others (matters: high)." }
    let fails = decisive.filter { $0.verdict == .fails }
    let worse = fails.filter { $0.isBetter != true }
    let open = decisive.count { [.cannotTell, .unknown].contains($0.verdict) }
    var text =
      "Of the \(decisive.count) that matter most \(number(decisive, .holds)) as stated, \(number(decisive, .fails))"
    let better = fails.count - worse.count
    if better > 0 { text += " (\(better) since things are better than stated)" }
    if open > 0 { text += ", and \(open) can not be decided" }
    let priced = worse.compactMap { checked in checked.monthlyWorth.map { (checked, $0) } }
    guard let most = priced.max(by: { $0.1 < $1.1 }) else { return text + "." }
    return text + ". The most in money is \(most.0.claim.name), worse by \(money(most.1)) a month."
  }

  /// `none fails`, `2 hold`.
  private func number(_ claims: [CheckedClaim], _ verdict: ClaimVerdict) -> String {
    let count = claims.count { $0.verdict == verdict }
    return count == 0 ? "none \(verdict.rawValue)" : "\(count) \(plural(verdict, count))"
  }

  private func money(_ amount: Double) -> String {
    Money.text(amount, currency: currency, decimals: amount < 100 ? 2 : 0)
  }

  /// The currency of what differences are worth.
  var currency: String { evidence.bill.value?.currency ?? header.conventions.currency }

  // MARK: Verdicts

  private func blocks(_ verdict: ClaimVerdict) -> [Document.Block] {
    let claims = sheet.claims(verdict)
    guard !claims.isEmpty else { return [] }
    let table =
      switch verdict {
      case .fails, .cannotTell, .holds: comparedTable(claims, verdict)
      case .unknown: unknownTable(claims)
      case .saidOnly: saidTable(claims)
      }
    let remarks = claims.compactMap { checked in
      checked.remark.map { Document.Block.note("\(checked.claim.name) counts \($0).") }
    }
    return [.heading(heading(verdict)), .table(table)] + remarks
  }

  private func heading(_ verdict: ClaimVerdict) -> String {
    switch verdict {
    case .fails: "Fails"
    case .cannotTell: "Can not be told: the interval holds numbers that are as stated, and others"
    case .unknown: "Unknown"
    case .holds: "Holds"
    case .saidOnly: "Said only, nothing to compute"
    }
  }

  private func comparedTable(_ claims: [CheckedClaim], _ verdict: ClaimVerdict) -> Document.Table {
    let isOff = verdict != .holds
    return Document.Table(
      columns: ["claim", "matters", "says", "computed"] + (isOff ? ["off by", "which is", "a month"] : []) + [
        "where"
      ],
      cells: claims.map { checked in
        let off: [Document.Cell] = [
          Document.Cell(checked.distanceText, number: checked.distance), Document.Cell(checked.newsText),
          checked.monthlyWorth.map { Document.Cell(money($0), number: $0) } ?? "–",
        ]
        return lead(checked) + [
          Document.Cell(checked.statement),
          Document.Cell(checked.computedText, number: checked.reading?.range?.value),
        ] + (isOff ? off : []) + [Document.Cell(checked.claim.source ?? "")]
      })
  }

  private func lead(_ checked: CheckedClaim) -> [Document.Cell] {
    [Document.Cell(checked.claim.name), Document.Cell(checked.claim.weight.rawValue)]
  }

  private func unknownTable(_ claims: [CheckedClaim]) -> Document.Table {
    Document.Table(
      columns: ["claim", "matters", "says", "where", "why it is unknown"],
      cells: claims.map { checked in
        lead(checked) + [
          Document.Cell(checked.statement), Document.Cell(checked.claim.source ?? ""),
          Document.Cell(checked.reading?.reason ?? ""),
        ]
      })
  }

  private func saidTable(_ claims: [CheckedClaim]) -> Document.Table {
    let isMitigated = claims.contains { $0.claim.mitigation != nil }
    let isRead = claims.contains { $0.reading != nil }
    return Document.Table(
      columns: ["claim", "matters", "says"] + (isRead ? ["computed"] : []) + ["where"]
        + (isMitigated ? ["mitigated by"] : []),
      cells: claims.map { checked in
        lead(checked) + [Document.Cell(checked.claim.says ?? "")]
          + (isRead
            ? [Document.Cell(checked.computedText, number: checked.reading?.range?.value)] : [])
          + [Document.Cell(checked.claim.source ?? "")]
          + (isMitigated ? [Document.Cell(checked.claim.mitigation ?? "")] : [])
      })
  }

  private var contradictionBlocks: [Document.Block] {
    guard !sheet.contradictions.isEmpty else { return [] }
    return [.heading("Can not all be true")]
      + sheet.contradictions.map { .note("\($0.names.joined(separator: ", ")): \($0.text).") }
  }

  /// What the intervals hold, where they do not all hold the same.
  private var intervals: String? {
    let isSimulated = sheet.claims.contains { checked in
      if case .known(_, .simulated)? = checked.reading { true } else { false }
    }
    guard isSimulated, !header.bindings.isEmpty else { return nil }
    return
      "Intervals of what is simulated hold luck alone; those of exact results hold what few incidents leave possible of how "
      + "often things fail."
  }

  private var convention: String {
    "What is said to equal a number is met to half a unit of its last digit. It holds when all of the interval is as stated, "
      + "and fails when none of it is. Within a verdict what matters most comes first, bad news before good."
  }
}
