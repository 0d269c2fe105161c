import Diagnostics
import Foundation
import Testing

import IncidentHistory

/// Files as they arrive: cut, of another program, of the wrong encoding.
@Suite struct DirtyFileTests {
  private let folder: TemporaryFolder
  private let database: IncidentDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  private func found(_ bytes: [UInt8]) throws -> [String] {
    let path = folder.path("dirty")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return slugs {
      _ = try IncidentImporter(timeZone: TimeZone(identifier: "UTC"), importedAt: importTime)
        .importFile(at: path, into: database)
    }
  }

  private static let header = "id,component,started,duration\n"

  @Test(
    "Each is a clear error",
    arguments: [
      ("", "file-empty"), ("\u{FEFF}", "file-empty"), (" \n\n", "file-empty"), ("{", "json-syntax"),
      ("[", "json-syntax"),
      ("{}", "format-unknown"), ("[]", "format-unknown"), ("[{}]", "format-unknown"),
      ("[1,2]", "format-unknown"),
      ("{\"incidents\": []}", "format-unknown"), ("\u{0}\u{0}", "missing-column"),
      (header + "\"a,api,2024-01-01T00:00Z,1 h\n", "csv-unclosed-quote"),
      (header + "a,a\"pi,2024-01-01T00:00Z,1 h\n", "csv-stray-quote"),
      (header + "a,a\u{0}pi,2024-01-01T00:00Z,1 h\n", "csv-nul-character"),
      (header + "a,\(String(repeating: "x", count: 70_000)),2024-01-01T00:00Z,1 h\n", "csv-field-too-long"),
      (header + String(repeating: ",", count: 400) + "\n", "csv-too-many-fields"),
      ("PK\u{3}\u{4}zip", "file-packed"), ("<html><body>Sign in</body></html>", "missing-column"),
    ])
  func errors(text: String, slug: String) throws {
    #expect(try found(Array(text.utf8)).contains(slug))
    #expect(try database.incidents().isEmpty)
  }

  @Test func bytesThatAreNoText() throws {
    #expect(
      try found(Array(Self.header.utf8) + [0x61, 0x2C, 0xE9, 0x2C] + Array("2024-01-01T00:00Z,1 h".utf8))
        .contains("invalid-utf8"))
    #expect(try found([0xFF, 0xFE, 0x69, 0x00, 0x64, 0x00]) == ["invalid-utf8"])
    #expect(try found([0xFE, 0xFF, 0x00, 0x69, 0x00, 0x64]) == ["invalid-utf8"])
    #expect(try found(Array("[{\"component\": \"".utf8) + [0xE9] + Array("\"}]".utf8)) == ["invalid-utf8"])
  }

  @Test(
    "Any beginning of a good file is imported or refused, never half",
    arguments: ["jira.csv", "statuspage.json", "servicenow.csv"])
  func cutFiles(name: String) throws {
    let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: fixture(name))))
    for length in stride(from: 0, to: whole.count, by: 41) {
      let before = try database.incidents().count
      if try !found(Array(whole.prefix(length))).isEmpty { #expect(try database.incidents().count == before) }
    }
  }

  /// Bytes changed, lost and doubled at random, the same every time: imported whole or refused, never a crash.
  @Test("Damaged files", arguments: try FileManager.default.contentsOfDirectory(atPath: fixture("")).sorted())
  func damagedFiles(name: String) throws {
    let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: fixture(name))))
    var state: UInt64 = 88_172_645_463_325_252
    func draw(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    for _ in 0..<40 {
      var bytes = whole
      for _ in 0...draw(4) {
        let place = draw(bytes.count - 20)
        switch draw(3) {
        case 0: bytes[place] = [0, 0x22, 0x2C, 0x0A, 0x5C, 0xFF, 0x7B, 0x39][draw(8)]
        case 1: bytes.removeSubrange(place..<place + draw(20))
        default: bytes.insert(contentsOf: bytes[place..<place + draw(20)], at: place)
        }
      }
      let before = try database.incidents()
      if try !found(bytes).isEmpty { #expect(try database.incidents() == before) }
    }
  }

  @Test func byteOrderMarksAndLineEnds() throws {
    let text =
      "\u{FEFF}" + Self.header
      + "a,api,2024-01-01T00:00Z,1 h\r\nb,api,2024-01-02T00:00Z,1 h\rc,api,2024-01-03T00:00Z,1 h"
    #expect(try found(Array(text.utf8)).isEmpty)
    #expect(try database.incidents().map(\.externalID) == ["a", "b", "c"])
    #expect(
      try found(
        [0xEF, 0xBB, 0xBF]
          + Array(#"[{"component": "api", "started": "2024-01-04T00:00Z", "duration": "1 h"}]"#.utf8)
      ).isEmpty)
    #expect(try database.incidents().count == 4)
  }
}
