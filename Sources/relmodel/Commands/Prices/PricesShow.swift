import ArgumentParser
import CloudCost
import Diagnostics
import Reports

/// `relmodel prices show`.
struct PricesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "What things cost whose names begin so, and who says it.",
    discussion: """
      A name is the service and a path from the general to the special: rds/instance/db.r5.large/postgres, \
      ebs/gp3. A name that is cut short shows all that begin with it.
      """)

  @Argument(help: ArgumentHelp("What the names begin with: rds/instance/db.r5", valueName: "item-prefix"))
  var prefix: String

  @Option(help: "Only this region: eu-west-1.")
  var region: String?

  @Option(help: "Only this way of buying: on-demand, reserved-1y-no-upfront.")
  var bought: String?

  @OptionGroup var prices: PriceOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard let bought, Purchase(text: bought) == nil else { return }
    let near = nearestName(to: bought, among: Purchase.all.map(\.text)) ?? "on-demand"
    throw ValidationError("--bought: “\(bought)” is no way to buy; for example \(near)")
  }

  func run() throws {
    let book = try prices.book()
    let listing = PriceListing(
      of: prefix, in: book, region: region, purchase: bought.flatMap { Purchase(text: $0) })
    guard !listing.prices.isEmpty else { throw Findings([book.noPrice(of: prefix, region: region)]) }
    try output.print(listing.document, json: listing.json)
  }
}
