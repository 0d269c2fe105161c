import ArgumentParser

/// `relmodel prices`.
struct Prices: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Price books: what they hold, what something costs, and lists of the provider as books.",
    subcommands: [PricesList.self, PricesShow.self, PricesImport.self])
}
