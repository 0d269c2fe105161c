import Diagnostics
import Foundation
import ModelFormat
import ServiceGraph
import Testing

/// A folder of `models/published`: a system, what is known of it, and who says so.
struct PublishedFolder: Sendable, CustomTestStringConvertible {
  /// What each folder holds.
  static let files = ["SOURCE.md", "expected.csv", "model.relmodel.yaml"]

  /// `models/published` of the checkout that these tests were built from.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(components: "models", "published")

  /// The folder's name.
  let slug: String

  var testDescription: String { slug }

  /// All folders, by name.
  static func all() throws -> [PublishedFolder] {
    let entries = try FileManager.default.contentsOfDirectory(atPath: root.path(percentEncoded: false))
    return entries.sorted().map(PublishedFolder.init(slug:)).filter { $0.isFolder && !$0.slug.hasPrefix(".") }
  }

  /// The names of the files in it.
  func entries() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: path("")))
  }

  /// The rows of `expected.csv`, without its header.
  func expectedResults() throws -> [ExpectedResult] {
    let text = try String(contentsOfFile: path("expected.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    try #require(lines.first.map(String.init) == ExpectedResult.header, "\(slug)/expected.csv, first line")
    return try lines.dropFirst().map { try ExpectedResult(slug: slug, line: String($0)) }
  }

  /// The model, compiled; what is wrong with it is thrown as text.
  func graph() throws -> CompiledGraph {
    do throws(Findings) {
      return try CompiledGraph(ModelReader().reading(at: path("model.relmodel.yaml")).model)
    } catch {
      throw Unreadable(description: FindingsRenderer().text(error))
    }
  }

  private var isFolder: Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path(""), isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  private func path(_ name: String) -> String {
    PublishedFolder.root.appending(components: slug, name).path(percentEncoded: false)
  }
}

/// Why a folder can not be used.
struct Unreadable: Error, CustomStringConvertible {
  let description: String
}
