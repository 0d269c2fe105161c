internal import Diagnostics
public import Quantities
public import ServiceModel

/// What the numbers of a report were taken from: each number that has a source, with its place; what was taken because nothing
/// was stated; and what the history said.
public struct ReportAssumptions: ReportSection {
  /// One of them.
  public struct Item: Sendable, Hashable {
    /// What it is about.
    public let what: String
    /// What is taken.
    public let taken: String
    /// Where it comes from.
    public let source: String
    /// Where it is written, as file and line; `nil` where nobody wrote it.
    public let place: String?

    /// An assumption.
    public init(_ what: String, taken: String, source: String, place: String?) {
      self.what = what
      self.taken = taken
      self.source = source
      self.place = place
    }
  }

  /// The key under which programs find it.
  public let key = "assumptions"
  private let items: [Item]
  private let defaults: [DefaultNote]
  private let isModelled: Bool

  /// The assumptions of models, each once, and others.
  ///
  /// - Parameters:
  ///   - models: every model that a number of the report comes from; may be empty where others are given.
  ///   - others: what else was assumed, such as how a history was read.
  public init(of models: [Model], and others: [Item]) {
    var seen: Set<Item> = []
    let stated = models.flatMap(\.sources).map { note in
      Item(
        note.path.isEmpty ? "the whole file" : note.path, taken: note.stated, source: note.text,
        place: "\(note.location.file):\(note.location.line)")
    }
    items = (others + stated).filter { seen.insert($0).inserted }
    var taken: Set<DefaultNote> = []
    defaults = models.flatMap(\.defaults).filter { taken.insert($0).inserted }
    isModelled = !models.isEmpty
  }

  /// What people read.
  public var blocks: [Document.Block] {
    var blocks: [Document.Block] = [.part("Assumptions")]
    if items.isEmpty {
      blocks.append(
        .note(
          "No number of the model says where it comes from: every number in it is an assumption. State source:."
        ))
    } else {
      blocks.append(
        .note("What numbers were taken from, as the files say. Notes on sources change no number."))
      blocks.append(.table(table))
    }
    if !defaults.isEmpty {
      blocks.append(.heading("Not stated, and taken as"))
      blocks.append(
        .table(
          Document.Table(
            columns: ["What", "Taken as"], rows: defaults.map { [$0.path, $0.text] },
            caption: "Not stated, and taken as")))
    } else if isModelled {
      blocks.append(.note("Nothing else was taken where nothing is stated."))
    }
    return blocks
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["What", "Taken", "Source", "Where"],
      rows: items.map { [$0.what, $0.taken, $0.source, $0.place ?? ""] },
      caption: "What numbers were taken from")
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "stated": .array(
        items.map { item in
          [
            "what": .string(item.what), "taken": .string(item.taken), "source": .string(item.source),
            "location": item.place.map { .string($0) } ?? .null,
          ]
        }),
      "defaults": .array(defaults.map { ["path": .string($0.path), "taken": .string($0.text)] }),
    ]
  }
}
