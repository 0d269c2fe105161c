import Diagnostics

/// Numbers that a comma cuts inside `{}` and `[]`: `{costs: $18,000/h}` is `costs: $18` and a key `000/h`.
struct CommaTrap {
  /// One side of an entry, or one item of a list.
  enum Part {
    /// Text without quotes, and the offset of its first byte.
    case plain(String, offset: Int)
    /// Anything else.
    case other

    fileprivate var text: String? { if case .plain(let text, _) = self { text } else { nil } }
    fileprivate var offset: Int? { if case .plain(_, let offset) = self { offset } else { nil } }
  }

  /// The text and its lines.
  let lines: LineMap

  /// A text that was cut, from its first byte to its last.
  private struct Run {
    var name: String?
    var start: Int
    var end: Int
    var indices: [Int] = []
    var endsInDigit = false

    var isSplit: Bool { !indices.isEmpty }

    /// Goes on to `end`; `index` is the entry that is thereby shown to be cut off, if any.
    mutating func extend(to end: Int, endsInDigit: Bool = false, index: Int?) {
      self.end = end
      self.endsInDigit = endsInDigit
      if let index { indices.append(index) }
    }
  }

  /// The entries of a flow map that are the rest of a text cut by a comma, by their index.
  ///
  /// The last of a run carries the finding, so that `$1,000,000/h` is one finding.
  func splits(entries: [(key: Part, value: Part)]) -> [Int: Diagnostic?] {
    var runs: [Run] = []
    var run: Run?
    for (index, entry) in entries.enumerated() {
      if entry.value.text == "", let rest = entry.key.text, let offset = entry.key.offset,
        run?.endsInDigit == true, rest.utf8.first.map(isDigit) == true
      {
        run?.extend(to: offset + rest.utf8.count, endsInDigit: endsInDigit(rest), index: index)
      } else {
        if let run, run.isSplit { runs.append(run) }
        run = start(entry)
      }
    }
    if let run, run.isSplit { runs.append(run) }
    return findings(runs)
  }

  private func findings(_ runs: [Run]) -> [Int: Diagnostic?] {
    var splits: [Int: Diagnostic?] = [:]
    for run in runs {
      for index in run.indices { splits.updateValue(nil, forKey: index) }
      if let last = run.indices.last { splits.updateValue(finding(run), forKey: last) }
    }
    return splits
  }

  /// The remedy for an entry without value that is the rest of a text: `{source: finance, 2026-03}`.
  func quotation(ofEntry index: Int, in entries: [(key: Part, value: Part)]) -> String? {
    guard index > 0, let name = entries[index - 1].key.text, let offset = entries[index - 1].value.offset,
      entries[index - 1].value.text?.isEmpty == false, let rest = entries[index].key.text,
      let end = entries[index].key.offset.map({ min($0 + rest.utf8.count, lines.bytes.count) }), offset < end
    else { return nil }
    let whole = lines.text(offset..<end)
    return whole.contains { $0.isNewline || $0 == "\"" || $0 == "\\" } ? nil : "\(name): \"\(whole)\""
  }

  /// The findings about items of a flow list that are the rest of a number cut by a comma.
  func splits(items: [Part]) -> [Diagnostic] {
    var runs: [Run] = []
    var run: Run?
    var previous = ""
    for (index, item) in items.enumerated() {
      let text = item.text ?? ""
      defer { previous = text }
      guard let offset = item.offset else {
        if let run, run.isSplit { runs.append(run) }
        run = nil
        continue
      }
      if let end = run?.end, end + 1 == offset, beginsWithThreeDigits(text), endsInGroup(previous) {
        run?.extend(to: offset + text.utf8.count, index: isPlausibleRest(text) ? index : nil)
      } else {
        if let run, run.isSplit { runs.append(run) }
        run = Run(start: offset, end: offset + text.utf8.count)
      }
    }
    if let run, run.isSplit { runs.append(run) }
    return runs.map(finding)
  }

  private func start(_ entry: (key: Part, value: Part)) -> Run? {
    guard let value = entry.value.text, let key = entry.key.text, let keyStart = entry.key.offset else {
      return nil
    }
    if value.isEmpty {
      return Run(start: keyStart, end: keyStart + key.utf8.count, endsInDigit: endsInDigit(key))
    }
    guard let offset = entry.value.offset else { return nil }
    return Run(name: key, start: offset, end: offset + value.utf8.count, endsInDigit: endsInDigit(value))
  }

  private func finding(_ run: Run) -> Diagnostic {
    let end = max(run.start, min(run.end, run.start + 200, lines.bytes.count))
    let whole = lines.text(run.start..<end)
    let help = run.name.map { "\($0): \"\(whole)\"" } ?? "\"\(whole)\""
    return Diagnostic(
      slug: "comma-splits-number", "a comma splits \(whole) here; quote it or leave the comma out",
      at: lines.location(lines.place(ofOffset: run.start)), help: help)
  }

  private func endsInDigit(_ text: String) -> Bool { text.utf8.last.map(isDigit) ?? false }

  /// Whether a text ends in one to three digits with no digit before them: `$18`, `1`, `250`.
  private func endsInGroup(_ text: String) -> Bool {
    (1...3).contains(text.utf8.reversed().prefix(while: isDigit).count)
  }

  private func beginsWithThreeDigits(_ text: String) -> Bool {
    text.utf8.prefix(while: isDigit).count == 3
  }

  /// A list may hold `100` next to `200`: only `000` or a unit behind the digits shows that they belong together.
  private func isPlausibleRest(_ text: String) -> Bool { text.utf8.count > 3 || text.hasPrefix("0") }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
