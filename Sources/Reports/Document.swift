/// A result as a person reads it, before it is known where it will be shown.
public struct Document: Sendable {
  /// One part of a document.
  public enum Block: Sendable {
    /// A line that names what follows.
    case heading(String)
    /// Labelled values with remarks, in aligned columns.
    case facts([Fact])
    /// Shares of a whole as bars, each with remarks.
    case bars(title: String, [Bar])
    /// Rows under column names; numbers are set to the right.
    case table(Table)
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
    /// The column names.
    public let columns: [String]
    /// The rows; each has as many cells as there are columns.
    public let rows: [[Cell]]

    /// A table of text.
    public init(columns: [String], rows: [[String]]) {
      self.init(columns: columns, cells: rows.map { $0.map { Cell($0) } })
    }

    /// A table.
    public init(columns: [String], cells: [[Cell]]) {
      self.columns = columns
      rows = cells
    }
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
