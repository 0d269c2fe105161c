internal import Economics
internal import Quantities
internal import Reliability
internal import Stochastics

/// What the inputs of the decision do.
extension RoiReport {
  /// What each input does, and which would flip the decision; none where it was not asked.
  func inputBlocks(_ option: Option) -> [Document.Block] {
    guard let widest = option.inputs.first?.swing, widest > 0 else { return [] }
    return [
      .heading("What decides about \(option.name)"),
      .bars(
        title: "Swing of the NPV, one input at a time, against the widest",
        option.inputs.prefix(12).map { Document.Bar(label($0.kind), share: $0.swing / widest) }),
      .table(inputTable(option)), .note(flipSentence(option)), .note(frame.inputNote.text),
    ] + frame.inputNote.remarks.map { .note($0) }
  }

  /// Every input that does something; the rest, which do less than a hundredth of the widest, are for programs.
  func inputTable(_ option: Option) -> Document.Table {
    let widest = option.inputs.first?.swing ?? 0
    let shown = option.inputs.filter { $0.swing >= widest / 100 || $0.kind.isMoney }
    return Document.Table(
      columns: [
        "input", "now", "low", "high", "NPV at low", "NPV at high", "flips at", "which is", "found by",
      ],
      cells: shown.map { input in
        [
          Document.Cell(label(input.kind)), value(input, input.now), value(input, input.low),
          value(input, input.high), cell(input.valueAtLow), cell(input.valueAtHigh),
          input.flip.map { value(input, $0) } ?? "–",
          input.change.map { Document.Cell(moved($0), number: $0) } ?? "–",
          Document.Cell(words(input.method)),
        ]
      })
  }

  private func words(_ method: DecisionInput.Method) -> String {
    switch method {
    case .arithmetic: "arithmetic"
    case .exactEngine: "exact engine"
    case .simulated(_, let low, let high):
      "simulation, ± \(money(low.halfWidth)), ± \(money(high.halfWidth))"
    }
  }

  private func value(_ input: DecisionInput, _ number: Double) -> Document.Cell {
    Document.Cell(words(of: input.kind, number), number: number)
  }

  /// Inputs that would flip the decision, the one that has to move least first, and apart those that would have to move
  /// further than they are thought to.
  func flipSentence(_ option: Option) -> String {
    let flips = option.inputs.filter { $0.flip != nil }.sorted { distance($0) < distance($1) }
    guard !flips.isEmpty else { return "No input alone flips the decision, as far as was looked." }
    let near = flips.filter { ($0.low...$0.high).contains($0.flip ?? .infinity) }
    let far = flips.filter { !($0.low...$0.high).contains($0.flip ?? .infinity) }
    let first =
      near.isEmpty
      ? "No input alone flips the decision within its range."
      : "What would flip the decision within its range, the shortest way first: \(list(near, atMost: 8))."
    return far.isEmpty ? first : "\(first) Beyond their ranges: \(list(far, atMost: 4))."
  }

  private func list(_ flips: [DecisionInput], atMost most: Int) -> String {
    let list = flips.prefix(most).map { input in
      let far = input.change.map { " (\(moved($0)))" } ?? ""
      return "\(label(input.kind)) at \(words(of: input.kind, input.flip ?? 0))\(far)"
    }
    return list.joined(separator: "; ") + (flips.count > most ? "; and \(flips.count - most) more" : "")
  }

  /// How far it has to move: by which factor, up or down, and where no factor leads there as if that were very large.
  private func distance(_ input: DecisionInput) -> Double {
    guard let flip = input.flip, flip * input.now > 0 else { return .infinity }
    return max(flip / input.now, input.now / flip)
  }

  // MARK: JSON

  /// What one input does, for programs.
  func json(_ input: DecisionInput) -> JSONValue {
    var members: [String: JSONValue] = [
      "input": .string(label(input.kind)), "unit": .string(unit(input.kind)), "now": .number(input.now),
      "low": .number(input.low), "high": .number(input.high), "npvAtLow": .number(input.valueAtLow),
      "npvAtHigh": .number(input.valueAtHigh),
      "flipsAt": input.flip.map { .number($0) } ?? unknownJSON("not as far as was looked"),
    ]
    if case .number(let name) = input.kind, let stated = frame.stated[name] {
      members["stated"] = .string(stated.text(stated.value))
    }
    switch input.method {
    case .arithmetic: members["method"] = "arithmetic"
    case .exactEngine: members["method"] = "exact engine"
    case .simulated(let replications, let low, let high):
      members["method"] = "simulation"
      members["replications"] = .integer(replications)
      members["changeAtLow"] = low.json(unit: frame.currency)
      members["changeAtHigh"] = high.json(unit: frame.currency)
    }
    return .object(members)
  }
}

extension DecisionInput.Kind {
  /// Whether it is no number of the models.
  fileprivate var isMoney: Bool { if case .number = self { false } else { true } }
}
