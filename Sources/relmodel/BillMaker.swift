import Billing
import CloudCost
import Diagnostics
import Reports
import ServiceModel

/// Makes the bills of several models; a price book that they share is read once.
struct BillMaker {
  private struct Loaded {
    let books: [String]
    let wanted: Set<PriceBookReader.Wanted>
    let book: PriceBook
  }

  private let prices: PriceOptions
  private var loaded: [Loaded] = []

  init(_ prices: PriceOptions) { self.prices = prices }

  /// The bill of a model, and its book.
  ///
  /// - Throws: what is wrong with prices that were named. Without, a bill that can not be made is unknown.
  mutating func bill(of model: Model) throws -> (monthly: DesignMoney.Monthly, book: PriceBook?) {
    guard !model.costs.entries.isEmpty || !DerivedTransfer(of: model).flows.isEmpty else {
      return (.nothingStated, nil)
    }
    do {
      let book = try book(for: model)
      return (.bill(try Bill(of: model, at: book)), book)
    } catch let findings as Findings where prices.prices == nil {
      return (.unknown(findings.diagnostics.first?.message ?? "no price book"), nil)
    }
  }

  private mutating func book(for model: Model) throws -> PriceBook {
    let wanted = model.costs.wantedTables.union(DerivedTransfer(of: model).wantedTables)
    let books = model.costs.books
    if let found = loaded.first(where: { $0.books == books && $0.wanted == wanted }) { return found.book }
    let book = try prices.book(for: model)
    loaded.append(Loaded(books: books, wanted: wanted, book: book))
    return book
  }
}
