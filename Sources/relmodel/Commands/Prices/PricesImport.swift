import ArgumentParser
import CloudCost
import Reports

/// `relmodel prices import`.
struct PricesImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a price book of price lists of AWS, or of a table of own prices.",
    discussion: """
      The files tell what they are: the list of a service (JSON or CSV, all regions or one), a list of savings \
      plans, or a table with the columns service, region, item, unit and price, and where they are needed purchase, \
      from, to, upfront, source, date, standing. Lists are at https://pricing.us-east-1.amazonaws.com; give those of \
      services together with those of savings plans, which cite them.

      What the folder has is kept where the lists say nothing else, and the folder changes as a whole or not at all. \
      Use the book with --prices FOLDER, or over another: --prices aws-prices,FOLDER.
      """)

  @Argument(help: "The lists.")
  var files: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the price book.", valueName: "folder"))
  var output: String

  @Option(help: "The day for which the prices hold, where the files do not say it.")
  var date: String?

  @Option(help: "Only this region; the region of own prices without one.")
  var region: String?

  @Option(help: "Only this service, as price books name it; the service of own prices without one.")
  var service: String?

  @Option(help: "How to print what was done.")
  var report = OutputFormat.text

  @Flag(name: .shortAndLong, help: "Only errors.")
  var quiet = false

  func validate() throws {
    if report == .pdf { throw ValidationError("--report: what was imported is not printed as a PDF") }
  }

  func run() throws {
    let imported = try PriceListReader(region: region, service: service, date: date).read(files)
    let report = PriceImportReport(imported, folder: output)
    try report.check()
    let book = try PriceBookFiles(imported.tables, over: output)
    try OutputFolder.replace(output, book.files.map { ($0.path, $0.text) })
    guard !quiet else { return }
    var options = OutputOptions()
    (options.format, options.output, options.color, options.quiet) = (self.report, nil, .auto, quiet)
    try options.print(report.document, json: report.json)
  }
}
