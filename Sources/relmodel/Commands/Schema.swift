import ArgumentParser
import ModelFormat
import Quantities

/// `relmodel schema`.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The model language: a JSON Schema for editors, or its reference.",
    discussion: """
      With the YAML extension of an editor, put this on a model's first line:
      # yaml-language-server: $schema=relmodel.schema.json
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case json
    case markdown
  }

  @Option(help: "json: JSON Schema, draft 2020-12. markdown: the reference.")
  var format = Form.json

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
  var output: String?

  func run() throws {
    let text: String
    switch format {
    case .json: text = LanguageReference.jsonSchema.text
    case .markdown: text = LanguageReference.markdown
    }
    guard let output else { return try Terminal.writeOutput(text) }
    try OutputFile.replace(output, by: text)
  }
}
