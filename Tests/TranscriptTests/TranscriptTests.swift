import Foundation
import Testing

@Suite("Transcripts")
struct TranscriptTests {
  private let project = Project.here
  private let isRefreshing = ProcessInfo.processInfo.environment["RELMODEL_UPDATE_GOLDENS"] == "1"

  @Test("the console blocks of a page show what its commands print", arguments: Project.here.documents)
  func pageIsCurrent(_ path: String) throws {
    try check(path) { text throws(TranscriptFailure) in try TranscriptDocument(markdown: text, path: path) }
  }

  @Test("a golden holds what its command prints", arguments: Project.here.goldens)
  func goldenIsCurrent(_ path: String) throws {
    try check(path) { text throws(TranscriptFailure) in try TranscriptDocument(golden: text, path: path) }
  }

  private func check(
    _ path: String, reading read: (String) throws(TranscriptFailure) -> TranscriptDocument
  ) throws {
    let document: TranscriptDocument
    do throws(TranscriptFailure) {
      document = try read(try text(of: path))
    } catch {
      return report([error])
    }
    let hasBlocks = document.elements.contains { if case .block = $0 { true } else { false } }
    guard hasBlocks else { return }
    try #require(
      FileManager.default.isExecutableFile(atPath: project.binary),
      "no binary at \(project.binary); scripts/test builds it"
    )
    let run = try TranscriptRun(document, in: ScratchFolder(project: project), isRefreshing: isRefreshing)
    if let text = run.refreshedText { try project.write(text, to: path) }
    report(run.failures)
  }

  private func text(of path: String) throws(TranscriptFailure) -> String {
    do { return try project.text(of: path) } catch {
      throw TranscriptFailure(path, 1, "not readable as UTF-8")
    }
  }

  /// Fails the test once for each failure, at the line of the page.
  private func report(_ failures: [TranscriptFailure]) {
    for failure in failures {
      let place = SourceLocation(
        fileID: "TranscriptTests/\(failure.path)", filePath: failure.path, line: failure.line, column: 1
      )
      Issue.record(Comment(rawValue: failure.description), sourceLocation: place)
    }
  }
}
