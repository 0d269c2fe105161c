internal import Charts
internal import Quantities

/// What the abbreviations of a report stand for, those that are in it.
struct ReportAbbreviations: ReportSection {
  let key = "abbreviations"
  private let found: [(short: String, long: String)]

  /// Abbreviations of the field, each as it is written.
  private static let known: [(short: String, long: String)] = [
    ("AZ", "availability zone"),
    ("CI", "confidence interval: where the true value lies with the stated confidence"),
    ("ECDF", "empirical distribution function: the share at or below a value"),
    ("IRR", "internal rate of return: the discount rate at which the net present value is 0"),
    ("MIRR", "modified internal rate of return: what is earned is put out at the discount rate"),
    ("MTBF", "mean time between failures"), ("MTTR", "mean time to repair"),
    ("NPV", "net present value: the cash flows, later ones discounted, added up"),
    ("PV", "present value"), ("ROI", "return on investment"),
    ("RPO", "recovery point objective: how much written data may be lost"),
    ("RTO", "recovery time objective: how long a recovery may take"),
    ("SLA", "service level agreement"), ("p50", "the value that half of all do not exceed"),
    ("p90", "the value that 90 % do not exceed"), ("p99", "the value that 99 % do not exceed"),
    ("P10", "the value that 10 % do not exceed"), ("P50", "the value that half of all do not exceed"),
    ("P90", "the value that 90 % do not exceed"),
  ]

  /// Those of some blocks.
  init(in blocks: [Document.Block]) {
    let texts = blocks.flatMap(\.texts)
    let words = Set(texts.flatMap { $0.split { !($0.isLetter || $0.isNumber) }.map(String.init) })
    found = ReportAbbreviations.known.filter { words.contains($0.short) }
  }

  var blocks: [Document.Block] {
    guard !found.isEmpty else { return [] }
    return [
      .part("Abbreviations"),
      .table(Document.Table(columns: ["short", "what it means"], rows: found.map { [$0.short, $0.long] })),
    ]
  }

  var json: JSONValue {
    .object(Dictionary(found.map { ($0.short, .string($0.long)) }, uniquingKeysWith: { own, _ in own }))
  }
}

extension Document.Block {
  /// All that a reader reads of it but the numbers behind a picture.
  fileprivate var texts: [String] {
    switch self {
    case .part(let text), .lead(let text), .heading(let text), .note(let text): [text]
    case .facts(let facts): facts.flatMap { [$0.label, $0.value] + $0.remarks }
    case .bars(let title, let bars): [title] + bars.flatMap { [$0.label] + $0.remarks }
    case .table(let table): [table.caption ?? ""] + table.columns + table.rows.flatMap { $0.map(\.text) }
    case .chart(let chart), .illustration(let chart): [chart.title, chart.summary]
    }
  }
}
