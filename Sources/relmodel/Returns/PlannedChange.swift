import Diagnostics
import FoundationEssentials
import ModelFormat
import Quantities

/// What the what-if files say of the change that leads from one model to another.
struct PlannedChange {
  private let changes: [ModelReader.Change]

  /// The files that one model has and the other has not.
  init(from base: ModelReader.Reading, to design: ModelReader.Reading) {
    changes = design.changes.filter { change in !base.changes.contains { $0.file == change.file } }
  }

  init(_ changes: [ModelReader.Change]) { self.changes = changes }

  /// What each file says that it costs once.
  var amounts: [Money] { changes.compactMap(\.once).compactMap { try? Money(parsing: $0) } }

  /// What it costs once; `nil` where nothing says, or the files are not in one currency.
  var once: Money? {
    guard let first = amounts.first, amounts.allSatisfy({ $0.currency == first.currency }) else { return nil }
    return Money(amounts.map(\.amount).reduce(0, +), currency: first.currency)
  }

  /// What the last file states that it saves and costs; `nil` where nothing says.
  var stated: StatedFigures? { changes.compactMap(\.stated).last }

  /// What each file that says so takes off benefits and puts on costs.
  var margins: [RiskMargins] { changes.compactMap(\.risk) }

  /// How long it takes, one file after the other; 0 where nothing says.
  var hours: Double {
    changes.compactMap(\.takes).compactMap { try? TimeSpan(parsing: $0) }.map(\.hours).reduce(0, +)
  }

  /// How long it takes, in words; `nil` where nothing says.
  var takes: String? {
    let stated = changes.compactMap(\.takes)
    if stated.count == 1 { return stated[0] }
    return stated.isEmpty ? nil : TimeSpan(hours: hours)?.exactText
  }
}
