import ArgumentParser
import FoundationEssentials
@preconcurrency import Glibc
import ModelFormat

/// `relmodel init`.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a first model to start from.")

  @Argument(help: "The model's name; also the file's.")
  var name = "service"

  @Flag(help: "Replace the file when it is there.")
  var force = false

  func validate() throws {
    guard StarterModel.isValidName(name) else {
      throw ValidationError(
        "“\(name)” is no name; letters, digits, - and _ only, beginning with a letter or digit")
    }
  }

  func run() throws {
    let path = "\(name).relmodel.yaml"
    if !force, access(path, F_OK) == 0 {
      throw ValidationError("\(path) is there already; --force replaces it")
    }
    try OutputFile.replace(path, by: StarterModel.text(name: name))
    try Terminal.writeOutput(
      """
      wrote \(path)

        relmodel check \(path)
        relmodel solve \(path)
        relmodel simulate \(path) --years 1

      """)
  }
}
