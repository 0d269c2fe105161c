import Foundation

/// The checkout under test and the binary built from it.
struct Project: Sendable {
  /// The folder of the goldens, from the root.
  static let goldens = "Tests/TranscriptTests/Goldens"

  let root: String
  /// The release binary, beside the test bundle.
  let binary: String

  /// The checkout that holds this file.
  static let here = Project(
    root: ancestor(of: #filePath, levels: 3),
    binary: ancestor(of: testBundle, levels: 1) + "/relmodel"
  )

  /// README.md, the pages of notebooks-md and the plans of models, as far as they are there.
  var documents: [String] {
    let pages = names(in: "notebooks-md").filter { $0.hasSuffix(".md") }.map { "notebooks-md/\($0)" }
    let plans = names(in: "models").map { "models/\($0)/plan.md" }.filter {
      FileManager.default.fileExists(atPath: "\(root)/\($0)")
    }
    return names(in: "").filter { $0 == "README.md" } + pages + plans
  }

  /// The paths of the goldens.
  var goldens: [String] {
    names(in: Project.goldens).filter { $0.hasSuffix(".console") }.map { "\(Project.goldens)/\($0)" }
  }

  /// The text of the file at `path`.
  func text(of path: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(root)/\(path)"), encoding: .utf8)
  }

  /// Replaces the text of the file at `path`.
  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"))
  }

  private func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []).sorted()
  }

  private static var testBundle: String {
    let running = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return running ?? CommandLine.arguments[0]
  }

  private static func ancestor(of path: String, levels: Int) -> String {
    let folder = (0..<levels).reduce(URL(filePath: path)) { url, _ in url.deletingLastPathComponent() }
    let text = folder.standardizedFileURL.path(percentEncoded: false)
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
