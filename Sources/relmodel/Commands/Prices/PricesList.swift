import ArgumentParser
import CloudCost
import Reports

/// `relmodel prices list`.
struct PricesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The price books with their services, regions and dates.")

  @Option(
    help: ArgumentHelp(
      "Only these books, as other commands take them: aws-prices, a folder, a table.", valueName: "books"))
  var prices: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let shelf = PriceOptions.shelf
    let books = try prices.map { [try shelf.book(named: $0)] } ?? shelf.books()
    let inventory = PriceBookInventory(books)
    try output.print(inventory.document, json: inventory.json)
  }
}
