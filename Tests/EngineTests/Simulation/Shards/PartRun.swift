import Diagnostics
import Foundation
import ModelFormat
import Quantities
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// A run in parts for tests: the model as files, as the command line has it.
struct PartRun {
  static let tool = "relmodel test"

  let archive: ModelArchive
  let plan: SimulationPlan
  var observations: [ModeReference: ModeObservation] = [:]

  init(_ body: String, _ plan: SimulationPlan, assignments: [String] = []) {
    let text = "relmodel: 1\nname: test\n" + body
    archive = ModelArchive(files: [.init(name: "test.relmodel.yaml", text: text)], assignments: assignments)
    self.plan = plan
  }

  static func header(
    _ archive: ModelArchive, _ observations: [ModeReference: ModeObservation]
  ) throws(Findings) -> ResultHeader {
    let (model, bindings) = try ModelReader.reading(archive).model.binding(observations)
    return ResultHeader(graph: try CompiledGraph(model), bindings: bindings)
  }

  var header: ResultHeader { get throws { try PartRun.header(archive, observations) } }

  /// The files of the parts of so many shards, in order.
  func parts(_ shards: Int) throws -> [String] {
    let header = try header
    let model = PartModel(
      digest: header.modelDigest, files: archive.files.map { .init(name: $0.name, text: $0.text) },
      assignments: archive.assignments, observations: observations)
    let simulator = Simulator(header.graph, plan: plan)
    return (1...shards).compactMap { number in
      Shard(number, of: shards).flatMap { simulator.part($0) }.map {
        PartDocument(tool: PartRun.tool, model: model, part: $0).text
      }
    }
  }

  /// The one big run, as it is printed.
  func whole() throws -> (json: String, text: String) {
    let header = try header
    return PartRun.printed(header, Simulator(header.graph, plan: plan).run())
  }

  static func printed(_ header: ResultHeader, _ result: SimulationResult) -> (json: String, text: String) {
    let report = SimulateReport(header: header, result: result, checks: [])
    return (report.json().text, TextRenderer().text(report.document))
  }

  /// What a merge of files makes of them.
  static func merged(_ files: [String], allowsMissing: Bool = false) throws -> PartMerge.Outcome {
    var merge = PartMerge(tool: tool) { model throws(Findings) in
      let files = model.files.map { ModelArchive.File(name: $0.name, text: $0.text) }
      return try header(ModelArchive(files: files, assignments: model.assignments), model.observations)
    }
    for (index, text) in files.enumerated() { merge.add(file: "\(index + 1).json", bytes: Array(text.utf8)) }
    return try merge.outcome(allowsMissing: allowsMissing)
  }

  /// What is said of files that can not be merged.
  static func objections(_ files: [String]) -> [String] {
    do {
      _ = try merged(files)
      return []
    } catch let findings as Findings {
      return findings.diagnostics.map { "\($0.slug): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  /// A part's file with something changed and the digest made right again, as an adversary would.
  static func altered(_ part: String, at path: [String], to value: Any) throws -> String {
    let read = try JSONSerialization.jsonObject(with: Data(part.utf8), options: .mutableContainers)
    var file = read as? [String: Any] ?? [:]
    set(&file, path[...], value)
    let content = try JSONSerialization.data(
      withJSONObject: file["part"] ?? [:], options: [.sortedKeys, .withoutEscapingSlashes])
    var digest = SHA256()
    digest.update(Array(content))
    file["sha256"] = digest.hexDigest()
    return String(decoding: try JSONSerialization.data(withJSONObject: file), as: UTF8.self)
  }

  private static func set(_ object: inout [String: Any], _ path: ArraySlice<String>, _ value: Any) {
    guard let key = path.first else { return }
    if path.count == 1 { return object[key] = value }
    if var list = object[key] as? [Any], let place = Int(path[path.startIndex + 1]),
      var item = list[place] as? [String: Any]
    {
      set(&item, path.dropFirst(2), value)
      list[place] = item
      object[key] = list
    } else {
      var inner = object[key] as? [String: Any] ?? [:]
      set(&inner, path.dropFirst(), value)
      object[key] = inner
    }
  }
}
