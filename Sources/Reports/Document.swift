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

    /// A labelled value.
    public init(_ label: String, _ value: String, _ remarks: [String] = []) {
      self.label = label
      self.value = value
      self.remarks = remarks
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

  /// Rows under column names.
  public struct Table: Sendable, Hashable {
    /// The column names.
    public let columns: [String]
    /// The rows; each has as many cells as there are columns.
    public let rows: [[String]]

    /// A table.
    public init(columns: [String], rows: [[String]]) {
      self.columns = columns
      self.rows = rows
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
