/// A linear programme in whole numbers from 0: what is asked, and what bounds it.
///
/// Every number is whole, so that an answer can be checked exactly, whoever found it.
public struct IntegerProgramme: Hashable, Sendable {
  /// Which way a sum of rows is bounded.
  public enum Relation: Character, Hashable, Sendable {
    /// No more than the limit.
    case atMost = "L"
    /// No less.
    case atLeast = "G"
    /// The limit.
    case equal = "E"
  }

  /// A bounded sum.
  public struct Row: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// How it is bounded.
    public let relation: Relation
    /// By what.
    public let limit: Int
  }

  /// An unknown, from 0 up.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What one of it adds to what is asked.
    public let worth: Int
    /// The most that it can be.
    public let atMost: Int
    /// The rows that it is in, by index, in their order, with what one of it adds to them.
    public fileprivate(set) var entries: [Entry] = []
  }

  /// What one of an unknown adds to a row.
  public struct Entry: Hashable, Sendable {
    /// The row.
    public let row: Int
    /// How much.
    public let value: Int
  }

  /// An unknown, by its index, times a number.
  typealias Term = (column: Int, value: Int)

  /// Its name.
  public let name: String
  /// What the sum is called that is asked for.
  public let objective: String
  /// Whether the most is asked for, or the least.
  public let isForMost: Bool
  /// The bounded sums.
  public private(set) var rows: [Row] = []
  /// The unknowns.
  public private(set) var columns: [Column] = []

  init(_ name: String, objective: String, isForMost: Bool) {
    (self.name, self.objective, self.isForMost) = (name, objective, isForMost)
  }

  /// Adds an unknown; returns its index.
  mutating func unknown(_ name: String, worth: Int = 0, atMost: Int) -> Int {
    columns.append(Column(name: name, worth: worth, atMost: atMost))
    return columns.count - 1
  }

  /// Bounds a sum of unknowns, each of which is in it once.
  mutating func bound(_ name: String, _ terms: [Term], _ relation: Relation, _ limit: Int) {
    for term in terms where term.value != 0 {
      columns[term.column].entries.append(Entry(row: rows.count, value: term.value))
    }
    rows.append(Row(name: name, relation: relation, limit: limit))
  }

  /// What some values come to; `nil` where they are not as many as unknowns, or break a bound.
  public func worth(of values: [Int]) -> Int? {
    guard values.count == columns.count else { return nil }
    var sums = [Int](repeating: 0, count: rows.count)
    for (column, value) in zip(columns, values) {
      guard (0...column.atMost).contains(value) else { return nil }
      for entry in column.entries { sums[entry.row] += entry.value * value }
    }
    let holds = zip(rows, sums).allSatisfy { row, sum in
      switch row.relation {
      case .atMost: sum <= row.limit
      case .atLeast: sum >= row.limit
      case .equal: sum == row.limit
      }
    }
    return holds ? zip(columns, values).reduce(0) { $0 + $1.0.worth * $1.1 } : nil
  }
}

extension IntegerProgramme {
  /// The programme in free MPS, as solvers read it.
  public var mps: String {
    var lines = ["NAME \(name)"] + (isForMost ? ["OBJSENSE", "    MAX"] : []) + ["ROWS", " N \(objective)"]
    lines += rows.map { " \($0.relation.rawValue) \($0.name)" }
    lines += ["COLUMNS", " MARKER 'MARKER' 'INTORG'"]
    for column in columns {
      if column.worth != 0 || column.entries.isEmpty {
        lines.append(" \(column.name) \(objective) \(column.worth)")
      }
      lines += column.entries.map { " \(column.name) \(rows[$0.row].name) \($0.value)" }
    }
    lines += [" MARKER 'MARKER' 'INTEND'", "RHS"]
    lines += rows.filter { $0.limit != 0 }.map { " RHS \($0.name) \($0.limit)" } + ["BOUNDS"]
    lines += columns.map { " UP BOUND \($0.name) \($0.atMost)" } + ["ENDATA"]
    return lines.joined(separator: "\n") + "\n"
  }
}

/// What somebody else's solver says of a programme: to be checked before it is believed.
public struct ProgrammeAnswer: Hashable, Sendable {
  /// The values of the unknowns; `nil`: none were found.
  public let values: [Int]?
  /// What nothing can be better than, as the solver says; `nil`: it does not say.
  public let bound: Double?
  /// Whether the solver says that no values keep to the rows.
  public let isImpossible: Bool

  /// An answer.
  public init(values: [Int]?, bound: Double?, isImpossible: Bool = false) {
    (self.values, self.bound, self.isImpossible) = (values, bound, isImpossible)
  }
}
