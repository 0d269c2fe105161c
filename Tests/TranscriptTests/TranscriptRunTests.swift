import Foundation
import Testing

/// The runner itself, with a script in the binary's place: it must not pass what is wrong.
@Suite("Running transcripts")
struct TranscriptRunTests {
  private let project: Project

  init() {
    let fixtures = "\(Project.here.root)/Tests/TranscriptTests/Fixtures"
    project = Project(root: fixtures, binary: "\(fixtures)/relmodel")
  }

  @Test(
    "a block that shows what is printed passes",
    arguments: [
      "```console\n$ relmodel a b\na b\n```", "```console\n$ scripts/relmodel a\na\n```",
      "<!-- exit: 65 -->\n```console\n$ relmodel a\na\n$ relmodel fail\nout\nerr\nout again\n```",
      "```console\n$ relmodel model\nmodels/checkout.relmodel.yaml\n```",
      "```console\n$ relmodel here\n.\n$ mkdir x\n$ cd x\n$ relmodel here\nx\n```",
      "```console\n$ relmodel environment\n1 dumb C.UTF-8\n```",
      "```yaml file=my.yaml\na: 1\n```\n```console\n$ cat my.yaml\na: 1\n```",
      "```console\n$ mkdir x\n$ cd x\n$ relmodel a > f\n```\n```console\n$ ls\nf\n$ cd ..\n$ ls\nscripts\nx\n```",
      "<!-- not run -->\n```console\n$ curl https://example.org\n```",
      "<!-- tolerance: 10 % -->\n```console\n$ relmodel 100 h\n105 h\n```",
    ]
  )
  func currentBlockPasses(_ text: String) throws {
    let run = try run(text)
    #expect(run.failures.map(\.description) == [])
    #expect(run.refreshedText == nil)
  }

  @Test(
    "a block that shows something else fails, at the line of its command",
    arguments: [
      ("```console\n$ relmodel a\nb\n```", 2, "-b\n+a"), ("```console\n$ relmodel a\n```", 2, "+a"),
      ("```console\n$ relmodel a\na\na\n```", 2, "-a"),
      ("```console\n$ relmodel fail\n…\n```", 2, "exited 65, expected 0"),
      ("<!-- exit: 65 -->\n```console\n$ relmodel a\na\n```", 3, "exited 0, expected 65"),
      (
        "<!-- exit: 65 -->\n```console\n$ relmodel fail\nout\n$ relmodel fail\n…\n```", 3,
        "exited 65, expected 0"
      ),
      ("```console\n$ relmodel a\na\n$ relmodel b\na\n```", 4, "-a\n+b"),
      ("```console\n$ curl a\n```", 2, "is not run here"),
      ("```console\n$ relmodel missing | grep there\nthere\n```", 2, "exited 1"),
      ("<!-- tolerance: 1 % -->\n```console\n$ relmodel 100 h\n105 h\n```", 3, "-105 h"),
    ]
  )
  func staleBlockFails(_ text: String, _ line: Int, _ message: String) throws {
    let run = try run(text)
    #expect(run.failures.map(\.line) == [line])
    #expect(run.failures.first?.message.contains(message) == true)
  }

  @Test("a stale block names the command that refreshes it")
  func staleBlockNamesItsRemedy() throws {
    let message = try run("```console\n$ relmodel a\nb\n```").failures.first?.message
    #expect(message?.hasSuffix("RELMODEL_UPDATE_GOLDENS=1 scripts/test --filter TranscriptTests") == true)
  }

  @Test("refreshing writes what is printed, and leaves the rest alone")
  func staleBlockIsRefreshed() throws {
    let text =
      "# A\n```console\n$ relmodel a\nb\n\n$ relmodel c\nc\n```\nend\n```console\n$ relmodel d\n```\n"
    let run = try run(text, isRefreshing: true)
    #expect(run.failures.isEmpty)
    let refreshed =
      "# A\n```console\n$ relmodel a\na\n\n$ relmodel c\nc\n```\nend\n```console\n$ relmodel d\nd\n```\n"
    #expect(run.refreshedText == refreshed)
  }

  @Test("refreshing accepts neither a wrong exit code nor output that reads as a command")
  func refreshingHasLimits() throws {
    let run = try run(
      "```console\n$ relmodel fail\n```\n```console\n$ relmodel '$ ls'\n```", isRefreshing: true)
    #expect(run.failures.map(\.line) == [2, 5])
    #expect(run.refreshedText == nil)
  }

  @Test("too many blocks that are not run fail")
  func manyBlocksNotRunFail() throws {
    let block = "<!-- not run -->\n```console\n$ curl a\n```\n"
    #expect(try run(block + block).failures.isEmpty)
    #expect(try run(block + block + block).failures.count == 1)
  }

  @Test("a command that hangs is ended")
  func hangingCommandIsEnded() throws {
    let scratch = try ScratchFolder(project: project, secondsAllowed: 1)
    #expect(try scratch.run("relmodel hang") == .init(lines: ["started"], exitCode: 124, isTimedOut: true))
    let document = try TranscriptDocument(markdown: "```console\n$ relmodel hang\nstarted\n```", path: "a.md")
    let run = try TranscriptRun(document, in: scratch, isRefreshing: true)
    #expect(run.failures.first?.message.contains("did not end within 1 s") == true)
  }

  @Test("the scratch folder is removed")
  func scratchFolderIsRemoved() throws {
    var scratch: ScratchFolder? = try ScratchFolder(project: project)
    let path = try #require(scratch?.path)
    #expect(FileManager.default.fileExists(atPath: path))
    scratch = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  private func run(_ text: String, isRefreshing: Bool = false) throws -> TranscriptRun {
    let document = try TranscriptDocument(markdown: text, path: "a.md")
    return try TranscriptRun(document, in: ScratchFolder(project: project), isRefreshing: isRefreshing)
  }
}
