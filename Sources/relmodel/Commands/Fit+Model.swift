import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import ModelFormat
import Quantities
import Reports
import ServiceModel

/// `relmodel fit MODEL`: the numbers of a model as the history would have them.
struct FittedModel {
  private static let often: Set = ["mtbf", "rate", "probability", "lifetime", "availability"]
  private static let long: Set = ["lasts"]
  private let path: String
  private let reading: ModelReader.Reading
  private let proposal: ModelProposal

  init(_ path: String, history: IncidentDatabase, options: HistoryOptions, confidence: Double) throws {
    self.path = path
    reading = try ModelOptions.reading(at: path, assignments: [])
    let window = try options.reading(stated: reading.model.historyWindow)
    proposal = try ModelProposal(
      for: reading.model, known: try history.knownModes(), confidence: confidence
    ) { component, mode throws(Findings) in
      try history.observation(component: component, mode: mode, window: window)
    }
  }

  /// Prints a diff of the model's files, or writes a what-if file. The model itself is never written.
  func print(_ output: OutputOptions) throws {
    if output.format == .json { return try output.write(proposal.json.text) }
    if !output.quiet {
      for note in proposal.notes { Terminal.writeError("note: \(note)\n") }
    }
    guard !proposal.entries.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "nothing-to-propose",
          "the history has no incident of a mode that the model states in numbers", at: nil,
          help: "relmodel incidents list")
      ])
    }
    if let file = output.output {
      return try output.write(proposal.overlay(name: reading.model.name, base: base(from: file)))
    }
    try output.write(diff(isQuiet: output.quiet))
  }

  /// The path of the model from the folder of another file.
  private func base(from file: String) throws -> String {
    func folders(_ path: String) -> [Substring] {
      URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path.split(separator: "/")
    }
    let (from, to) = (folders(file), folders(path))
    let name = URL(filePath: path).lastPathComponent
    guard to.starts(with: from) else {
      throw ValidationError(
        "-o: a what-if file reads only what lies in its own folder or below; write it beside \(path)")
    }
    return (to.dropFirst(from.count).map(String.init) + [name]).joined(separator: "/")
  }

  private func diff(isQuiet: Bool) -> String {
    reading.sources.map { source in
      let own = proposal.entries.filter { $0.location.file == source.name }
      let inOrder = own.sorted {
        ($1.location.line, $1.location.column) < ($0.location.line, $0.location.column)
      }
      var lines = source.lines
      for entry in inOrder {
        if let changed = ModeTextEdit(lines: lines).changing(entry.mode, at: entry.location, changes(entry)) {
          lines = changed
        } else if !isQuiet {
          Terminal.writeError(
            "note: \(entry.component)/\(entry.mode) is written in a way that is not edited; -o FILE has it\n")
        }
      }
      return UnifiedDiff(name: source.name, old: ended(source.lines), new: ended(lines)).text
    }.joined()
  }

  /// The lines of a text whose last line is ended: without the nothing behind it.
  private func ended(_ lines: [String]) -> [String] { lines.last == "" ? lines.dropLast() : lines }

  private func changes(_ entry: ModelProposal.Entry) -> [ModeTextEdit.Change] {
    var changes = [
      ModeTextEdit.Change(key: "mtbf", value: entry.meanTimeText, replacing: FittedModel.often)
    ]
    if let outage = entry.outageText {
      changes.append(ModeTextEdit.Change(key: "lasts", value: outage, replacing: FittedModel.long))
    }
    return changes
  }
}
