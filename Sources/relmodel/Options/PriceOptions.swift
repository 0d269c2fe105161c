import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
@preconcurrency import Glibc
import ServiceModel

/// The options of every command that needs prices.
struct PriceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The price book: aws-prices, jivs-prices, one of them at a date (aws-prices/2026-11-22), a folder or a table; several are laid over each other, aws-prices,own.csv; the model's own, else aws-prices.",
      valueName: "books"))
  var prices: String?

  static let defaultBook = "aws-prices"

  /// The book that was named.
  ///
  /// - Parameter wanted: the tables to load from folders; `nil`: all.
  func book(wanted: Set<PriceBookReader.Wanted>? = nil) throws -> PriceBook {
    try Self.shelf.book(named: prices ?? Self.defaultBook, wanted: wanted)
  }

  /// The tables that a model needs of the book that was named, else of those that the model asks for.
  func book(for model: Model, and others: Set<PriceBookReader.Wanted> = []) throws -> PriceBook {
    try book(for: [model], and: others)
  }

  /// The tables that any of some models needs, which ask for the same books.
  func book(for models: [Model], and others: Set<PriceBookReader.Wanted> = []) throws -> PriceBook {
    guard let first = models.first else { return try book() }
    if prices == nil { try checkBooks(of: first) }
    let asked = first.costs.books.isEmpty ? Self.defaultBook : first.costs.books.joined(separator: ",")
    let wanted = models.reduce(into: others) {
      $0.formUnion($1.costs.wantedTables.union(DerivedTransfer(of: $1).wantedTables).union($1.machineTables))
    }
    return try Self.shelf.book(named: prices ?? asked, wanted: wanted)
  }

  /// The books that the launcher ships.
  static var shelf: PriceShelf {
    PriceShelf(folder: ProcessInfo.processInfo.environment["RELMODEL_DATASETS"])
  }

  /// A model may come from a stranger, so it names books and never files.
  private func checkBooks(of model: Model) throws {
    let strange = model.costs.books.filter { !Self.shelf.holds($0) }
    guard strange.isEmpty else {
      throw Findings(
        strange.map { name in
          Diagnostic(
            slug: "no-price-book", "the model asks for the prices of `\(name)`, which is no book here",
            at: nil,
            help: "a model names books only, such as aws-prices; name a file yourself: --prices FILE")
        })
    }
  }
}
