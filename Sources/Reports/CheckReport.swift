internal import Diagnostics
public import Quantities
public import ServiceModel

/// What a model says, counted: the answer of a check that found nothing wrong.
public struct CheckReport: Sendable {
  private let model: Model
  private let files: [String]
  private let listsSources: Bool

  /// A report about a model read from some files.
  public init(model: Model, files: [String], listsSources: Bool) {
    self.model = model
    self.files = files
    self.listsSources = listsSources
  }

  /// The report for people.
  public var document: Document {
    let modes = model.components.flatMap(\.modes).count + model.domains.flatMap(\.modes).count
    let units = model.components.map(\.units.count).reduce(0, +)
    var facts = [
      Document.Fact("Components", grouped(model.components.count), ["\(grouped(units)) units"]),
      Document.Fact("Failure modes", grouped(modes)),
      Document.Fact(
        "Capabilities", grouped(model.capabilities.count),
        [model.capabilities.map(\.name).joined(separator: ", ")]),
    ]
    if !model.domains.isEmpty { facts.append(Document.Fact("Domains", grouped(model.domains.count))) }
    if !model.queues.isEmpty {
      facts.append(
        Document.Fact(
          "Queues", grouped(model.queues.count), [model.queues.map(\.name).joined(separator: ", ")]))
    }
    facts.append(Document.Fact("Sources", grouped(model.sources.count), ["notes on where numbers come from"]))
    if !model.incidentReferences.isEmpty {
      facts.append(
        Document.Fact(
          "History", grouped(model.incidentReferences.count), ["modes are bound to the incident history"]))
    }
    var document = Document(title: "\(model.name) is consistent", blocks: [.facts(facts)])
    if !model.defaults.isEmpty {
      document.blocks.append(.heading("Not stated, and taken as"))
      document.blocks.append(.facts(model.defaults.map { Document.Fact($0.path, $0.text) }))
    }
    let unused = model.delays.filter { !$0.isUsed }.map(\.name)
    if !unused.isEmpty {
      document.blocks.append(.note("Declared, and used by nothing: \(unused.joined(separator: ", "))."))
    }
    if listsSources { document.blocks.append(sourceTable) }
    return document
  }

  private var sourceTable: Document.Block {
    .table(
      Document.Table(
        columns: ["Where", "What", "Source"],
        rows: model.sources.map { ["\($0.location)", $0.path, $0.text] }))
  }

  /// The report for programs.
  public var json: JSONValue {
    let sources = model.sources.map { note -> JSONValue in
      ["path": .string(note.path), "source": .string(note.text), "location": .string("\(note.location)")]
    }
    let defaults = model.defaults.map { note -> JSONValue in
      ["path": .string(note.path), "taken": .string(note.text)]
    }
    var results: [String: JSONValue] = [
      "consistent": true, "components": .integer(model.components.count),
      "capabilities": .array(model.capabilities.map { .string($0.name) }),
      "files": .array(files.map { .string($0) }),
      "sources": .array(sources), "defaults": .array(defaults),
      "incidents": .array(model.incidentReferences.map { .string($0.description) }),
    ]
    if !model.warnings.isEmpty {
      results["warnings"] = .array(
        model.warnings.map { ["slug": .string($0.slug), "message": .string($0.message)] })
    }
    return [
      "format": "relmodel/1", "command": "check", "model": .string(model.name), "results": .object(results),
    ]
  }
}
