import Diagnostics
import Foundation
import Testing

import ModelFormat

/// Files that are none, on this machine's file system.
@Suite struct SystemFilesTests {
  /// A folder that is removed at the end.
  private final class Folder {
    let path: String

    init() throws {
      let url = FileManager.default.temporaryDirectory.appendingPathComponent("relmodel-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = url.path
    }

    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private func places(_ path: String) -> [String]? {
    do throws(Findings) {
      _ = try ModelLoader().model(at: path)
      return nil
    } catch {
      return error.places
    }
  }

  @Test func `what is no readable file is refused and never waited for`() throws {
    let folder = try Folder()
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    #expect(places("\(folder.path)/pipe") == ["- not-a-file"])
    #expect(places("/dev/zero") == ["- not-a-file"])
    #expect(places(folder.path) == ["- file-is-folder"])
    #expect(places("\(folder.path)/none.yaml") == ["- file-missing"])
    try folder.write("relmodel: 1\n", "f.yaml")
    #expect(places("\(folder.path)/f.yaml/x") == ["- file-missing"])
    #expect(places("\(folder.path)/f.yaml") == nil)
  }

  @Test func `a large file is refused unread`() throws {
    let folder = try Folder()
    try folder.write("", "big.yaml")
    #expect(truncate("\(folder.path)/big.yaml", 50_000_000) == 0)
    #expect(places("\(folder.path)/big.yaml") == ["- file-too-large"])
  }

  @Test func `links that lead outside are refused, inside they are followed`() throws {
    let folder = try Folder()
    let inner = "\(folder.path)/in"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    try folder.write("relmodel: 1\nname: out\n", "out.yaml")
    try folder.write("relmodel: 1\nname: base\n", "in/base.yaml")
    try folder.write("extends: link.yaml\n", "in/a.yaml")
    try folder.write("extends: loop.yaml\n", "in/b.yaml")
    try folder.write("extends: alias.yaml\n", "in/c.yaml")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: "\(inner)/link.yaml", withDestinationPath: "../out.yaml")
    try manager.createSymbolicLink(atPath: "\(inner)/loop.yaml", withDestinationPath: "b.yaml")
    try manager.createSymbolicLink(atPath: "\(inner)/alias.yaml", withDestinationPath: "base.yaml")
    #expect(places("\(inner)/a.yaml") == ["1:10 extends-outside"])
    #expect(places("\(inner)/b.yaml") == ["1:10 extends-circle"])
    #expect(places("\(inner)/c.yaml") == nil)
  }
}
