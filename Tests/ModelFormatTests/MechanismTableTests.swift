import Diagnostics
import Foundation
import ModelFormat
import Testing

/// The table of the mechanisms of the two documents in `models/README.md`: every row names places that models have.
@Suite("The table of mechanisms")
struct MechanismTableTests {
  struct Row: CustomTestStringConvertible {
    let id: String
    let place: String
    let command: String
    let state: String
    var testDescription: String { id }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../models").standardizedFileURL

  static func rows() throws -> [Row] {
    let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| S-") }.map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(id: cells[1], place: cells[4], command: cells[5], state: cells[6])
    }
  }

  /// The models of both documents by their names, merged.
  static let models: [String: Declaration] = {
    var found: [String: Declaration] = [:]
    for document in ["janusgraph", "jivs"] {
      let folder = folder.appending(path: document)
      for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
        guard let end = file.range(of: ".relmodel.yaml") else { continue }
        let path = folder.appending(path: file).path
        found[String(file[..<end.lowerBound])] = try? ModelReader().reading(at: path).declaration
      }
    }
    return found
  }()

  /// What stands between backticks, and the words of the rest.
  static func parts(_ cell: String) -> (quoted: [String], words: [String]) {
    let pieces = cell.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    let odd = pieces.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let even = pieces.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let words = even.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init) }
    return (odd, words)
  }

  static func has(_ declaration: Declaration, _ path: ArraySlice<Substring>) -> Bool {
    guard let key = path.first else { return true }
    let rest = path.dropFirst()
    if key == "*" { return (declaration.entries ?? []).contains { has($0.value, rest) } }
    return declaration[String(key)].map { has($0, rest) } ?? false
  }

  @Test("every mechanism has one row, with a command and a state")
  func complete() throws {
    let rows = try Self.rows()
    let ids: [String] = (1...206).map { number in
      let digits = String(1000 + number)
      return "S-" + digits.dropFirst()
    }
    #expect(rows.map(\.id) == ids)
    #expect(Set(rows.map(\.state)).isSubset(of: ["works", "in part"]))
    #expect(rows.map(\.command).allSatisfy { $0.hasPrefix("`") })
    #expect(Self.models.count > 30)
  }

  @Test("every path that a row names is in a model that it names", arguments: try rows())
  func paths(_ row: Row) {
    let (quoted, words) = Self.parts(row.place)
    let names = (quoted + words).map { $0.hasPrefix("jivs/") ? String($0.dropFirst(5)) : $0 }
    let named = names.compactMap { Self.models[$0] }
    for path in quoted where path.contains("/") && !path.hasPrefix("jivs/") {
      let keys = path.split(separator: "/")[...]
      #expect(named.contains { Self.has($0, keys) }, "\(path)")
    }
  }
}
