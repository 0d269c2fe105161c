import ArgumentParser
import Diagnostics
import Importers
import ModelFormat

/// `relmodel import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make the skeleton of a model from what other tools know.",
    subcommands: [ImportTerraform.self])
}

/// `relmodel import terraform`.
struct ImportTerraform: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terraform",
    abstract: "Make the skeleton of a model, with what is paid for, from a Terraform plan.",
    discussion: """
      Reads what `terraform show -json plan.out > plan.json` prints. What the plan does not know stays unknown and \
      stands in the skeleton as a comment; passwords are never read. Ends with a line that says how many resources \
      are priced, free, and not supported, each by name.
      """)

  @Argument(help: "The plan as JSON.")
  var plan: String

  @Option(name: .shortAndLong, help: "Write the model to this file instead of standard output.")
  var output: String?

  @Option(help: "The model's name; that of the file.")
  var name: String?

  @Option(help: "The region of resources of which the plan does not say it.")
  var region: String?

  @Flag(help: "Replace the file when it is there.")
  var force = false

  @Flag(name: .shortAndLong, help: "Only the model and errors.")
  var quiet = false

  func validate() throws {
    if let name, !StarterModel.isValidName(name) {
      throw ValidationError(
        "“\(name)” is no name; letters, digits, - and _ only, beginning with a letter or digit")
    }
    if let region, !TerraformImport.knowsRegion(region) {
      throw ValidationError("“\(region)” is no region of AWS")
    }
  }

  func run() throws {
    let read = try TerraformImport(path: plan, region: region)
    let text = read.modelText(name: name ?? Self.name(of: output ?? plan))
    if let output {
      if !force, OutputFile.exists(output) {
        throw ValidationError("\(output) is there already; --force replaces it")
      }
      try OutputFile.replace(output, by: text)
    } else {
      try Terminal.writeOutput(text)
    }
    guard !quiet else { return }
    if !read.warnings.isEmpty { Terminal.writeError(FindingsRenderer().text(Findings(read.warnings)) + "\n") }
    Terminal.writeError(read.coverage.text)
  }

  /// The name of a file without its folder and endings.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? "plan"
    return String(file.prefix { $0 != "." })
  }
}
