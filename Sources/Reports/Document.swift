public import Charts

/// A result as a person reads it, before it is known where it will be shown.
public struct Document: Sendable {
  /// One part of a document.
  public enum Block: Sendable {
    /// A line that names a part of several headings.
    case part(String)
    /// What the reader came for, in a sentence.
    case lead(String)
    /// A line that names what follows.
    case heading(String)
    /// Labelled values with remarks, in aligned columns.
    case facts([Fact])
    /// Shares of a whole as bars, each with remarks.
    case bars(title: String, [Bar])
    /// Rows under column names; numbers are set to the right.
    case table(Table)
    /// A picture with the numbers behind it.
    case chart(Chart)
    /// A picture of what other blocks say already: pages show it, and nothing else does.
    case illustration(Chart)
    /// A remark.
    case note(String)
  }

  /// A labelled value.
  public struct Fact: Sendable, Hashable {
    /// What it is.
    public let label: String
    /// The value with its unit.
    public let value: String
    /// Remarks, each in a column of its own.
    public let remarks: [String]
    /// The value for programs, where it is one number.
    public let number: Number?

    /// A labelled value.
    public init(_ label: String, _ value: String, _ remarks: [String] = [], number: Number? = nil) {
      self.label = label
      self.value = value
      self.remarks = remarks
      self.number = number
    }
  }

  /// A number with its unit; `1` for a pure number.
  public struct Number: Sendable, Hashable {
    /// The number.
    public let value: Double
    /// Its unit.
    public let unit: String

    /// A number with its unit.
    public init(_ value: Double, _ unit: String = "1") {
      self.value = value
      self.unit = unit
    }
  }

  /// A share of a whole.
  public struct Bar: Sendable, Hashable {
    /// What has the share.
    public let label: String
    /// The share, 0…1.
    public let share: Double
    /// Remarks, each in a column of its own.
    public let remarks: [String]

    /// A share of a whole.
    public init(_ label: String, share: Double, _ remarks: [String] = []) {
      self.label = label
      self.share = share
      self.remarks = remarks
    }
  }

  /// One cell of a table.
  public struct Cell: Sendable, Hashable, ExpressibleByStringLiteral {
    /// What people read.
    public let text: String
    /// The number behind it in full, for programs.
    public let number: Double?

    /// A cell.
    public init(_ text: String, number: Double? = nil) {
      self.text = text
      self.number = number
    }

    /// Text.
    public init(stringLiteral value: String) { self.init(value) }
  }

  /// Rows under column names.
  public struct Table: Sendable, Hashable {
    /// What it shows, where the heading above does not say; `nil` where it does.
    public let caption: String?
    /// The column names.
    public let columns: [String]
    /// The rows; each has as many cells as there are columns.
    public let rows: [[Cell]]
    /// Before which columns a console folds a table that is too wide for it; `nil`: it never does.
    public var folds: [Int]?

    /// A table of text.
    public init(columns: [String], rows: [[String]], caption: String? = nil) {
      self.init(columns: columns, cells: rows.map { $0.map { Cell($0) } }, caption: caption)
    }

    /// A table.
    public init(columns: [String], cells: [[Cell]], caption: String? = nil) {
      self.caption = caption
      self.columns = columns
      rows = cells
    }
  }

  /// Whether headings stand in parts, and so one level lower.
  var hasParts: Bool {
    blocks.contains { if case .part = $0 { true } else { false } }
  }

  /// The first line.
  public var title: String
  /// The parts in order.
  public var blocks: [Block]

  /// A document.
  public init(title: String, blocks: [Block] = []) {
    self.title = title
    self.blocks = blocks
  }
}

extension Document {
  /// The same, whose tables a console folds where they are too wide for it.
  func folded() -> Document {
    var document = self
    document.blocks = blocks.map { block in
      guard case .table(let table) = block, table.folds == nil else { return block }
      return .table(table.folded())
    }
    return document
  }
}

extension Document.Block {
  /// Whether only pages show it.
  var isIllustration: Bool { if case .illustration = self { true } else { false } }
}

extension Document.Table {
  /// The same, which a console may fold before some columns, and where it must.
  func folded(before columns: [Int] = []) -> Document.Table {
    var table = self
    table.folds = columns
    return table
  }

  /// The numbers behind a chart.
  init(_ data: ChartData, caption: String) {
    self.init(
      columns: data.columns, cells: data.rows.map { $0.map { Document.Cell($0.text, number: $0.number) } },
      caption: caption)
  }

  /// Columns as rows; the first column names the columns then.
  var transposed: Document.Table {
    Document.Table(
      columns: [columns.first ?? ""] + rows.map { $0.first?.text ?? "" },
      cells: columns.indices.dropFirst().map { column in
        [Document.Cell(columns[column])] + rows.map { $0[column] }
      }, caption: caption)
  }

  /// The columns of numbers, whose cells are set to the right.
  var numericColumns: Set<Int> {
    Set(
      columns.indices.filter { column in
        !rows.isEmpty && rows.contains { !$0[column].text.isEmpty }
          && rows.allSatisfy { $0[column].looksNumeric }
      })
  }
}

extension Document.Cell {
  /// What stands in place of a number.
  private static let standIns: Set<String> = [
    "–", "unknown", "never", "none", "not stated", "exact", "approximated", "nothing left", "unbounded",
  ]

  /// Whether it is a number, nothing, or in place of a number.
  var looksNumeric: Bool {
    if number != nil || text.isEmpty || Document.Cell.standIns.contains(text) { return true }
    return text.count <= 24 && (text.first.map { $0.isNumber || "–−-+$€£<".contains($0) } ?? true)
  }
}
