import ArgumentParser
import CloudCost
import FoundationEssentials
@preconcurrency import Glibc

/// The options of every command that needs prices.
struct PriceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The price book: aws-prices, jivs-prices, one of them at a date (aws-prices/2026-11-22), a folder or a table; several are laid over each other, aws-prices,own.csv.",
      valueName: "books"))
  var prices = "aws-prices"

  /// The book that was named.
  ///
  /// - Parameter wanted: the tables to load from folders; `nil`: all.
  func book(wanted: Set<PriceBookReader.Wanted>? = nil) throws -> PriceBook {
    try Self.shelf.book(named: prices, wanted: wanted)
  }

  /// The books that the launcher ships.
  static var shelf: PriceShelf {
    PriceShelf(folder: ProcessInfo.processInfo.environment["RELMODEL_DATASETS"])
  }
}
