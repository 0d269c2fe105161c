internal import IncidentHistory
internal import Quantities

/// What was learned: what somebody noted with incidents, and a text about the month.
struct LessonsSection: ReportSection {
  let key = "lessons"
  private let background: MonthBackground

  init(_ background: MonthBackground) { self.background = background }

  private var noted: [(incident: Incident, note: String)] {
    background.incidents.compactMap { incident in
      incident.note.flatMap { $0.isEmpty ? nil : (incident, $0) }
    }
  }

  var blocks: [Document.Block] {
    let own = textBlocks
    let rows = noted.map { entry in
      [
        HistoryText.day(entry.incident.started), HistoryText.cause(of: entry.incident),
        entry.incident.title ?? "", entry.note,
      ]
    }
    let table = Document.Table(
      columns: ["day", "cause", "what happened", "noted"], rows: rows, caption: "Noted with the incidents")
    let nothing =
      own.isEmpty && rows.isEmpty
      ? [
        Document.Block.note(
          "Nobody wrote anything down: relmodel incidents edit ID --note 'what it taught', or --notes FILE for the month."
        )
      ] : []
    return [.part("What was learned")] + own + (rows.isEmpty ? [] : [.table(table)]) + nothing
  }

  /// Paragraphs as they were written; nothing in them is markup but the sign at the beginning of a line.
  private var textBlocks: [Document.Block] {
    var blocks: [Document.Block] = []
    var open: [Substring] = []
    func close() {
      if !open.isEmpty { blocks.append(.note(open.joined(separator: " "))) }
      open = []
    }
    for line in background.notes.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let text = line.drop { $0.isWhitespace }
      if text.isEmpty || text.hasPrefix("#") || text.hasPrefix("- ") { close() }
      if text.hasPrefix("#") {
        let heading = text.drop { $0 == "#" || $0.isWhitespace }
        if !heading.isEmpty { blocks.append(.heading(String(heading))) }
      } else if !text.isEmpty {
        open.append(text.hasPrefix("- ") ? "– " + text.dropFirst(2) : text)
      }
    }
    close()
    return blocks
  }

  var json: JSONValue {
    [
      "notes": background.notes.isEmpty ? .null : .string(background.notes),
      "incidents": .array(
        noted.map { entry in
          [
            "source": .string(entry.incident.source), "id": .string(entry.incident.externalID),
            "cause": .string(HistoryText.cause(of: entry.incident)),
            "title": entry.incident.title.map { .string($0) } ?? .null, "note": .string(entry.note),
          ]
        }),
    ]
  }
}
