import Foundation
import Testing

@Suite("Repository")
struct RepositoryTests {
  private let tree = SourceTree.here

  @Test("nothing that a build or a run makes is tracked", .enabled(if: trackedFiles(of: .here) != nil))
  func noArtefactIsTracked() {
    report(artefacts(among: trackedFiles(of: tree) ?? []))
  }

  @Test("no path of somebody's machine in sources and docs")
  func noMachinePaths() {
    let files = texts(below: [
      "Sources", "Benchmarks", "Fuzz", "notebooks-md", "models", "scripts", "distributed", ".ci",
    ])
    .filter { !$0.path.hasSuffix(".yaml") }
    report(files.flatMap(machinePaths))
  }

  @Test("dependencies come from their public homes")
  func noPrivateRegistries() {
    let hosts = [
      "artifactory", "jfrog.io", "codeartifact", "registry.npmjs.org", "files.pythonhosted.org",
      "proxy.golang.org",
    ]
    report(projectTexts.flatMap { mentions(of: hosts, in: $0, fix: "name the package by its public URL") })
  }

  @Test("the text speaks of the subject, not of how it was written")
  func noWordOfItsMaking() {
    let words = [
      "Claude", "ChatGPT", "Copilot", "language model", "AI assistant", "AI-generated", "AI agent",
    ]
    report(projectTexts.flatMap { mentions(of: words, in: $0, fix: "say what the reader needs, or nothing") })
  }

  @Test("what these tests look for is found")
  func rulesFindWhatTheyLookFor() {
    let tracked = [
      ".build/a", ".build-x/b", "Package.resolved", "runs/a.db", "datasets/a.csv", ".swiftpm/x",
      "Sources/A.swift",
    ]
    #expect(artefacts(among: tracked).count == 5)
    let paths = SourceFile(
      path: "a.md", text: "see /tmp/a\nhttps://a.org/home/x\n`/home/me`\n../work/a\n(/work/b)\n")
    #expect(machinePaths(in: paths).map(\.line) == [1, 3, 5])
    let text = SourceFile(path: "a.md", text: "a JavaScript\nlarge Language  model\nOpenAI assistant\n")
    #expect(mentions(of: ["language model", "AI assistant"], in: text, fix: "").map(\.line) == [2])
  }

  private func artefacts(among paths: [String]) -> [Violation] {
    let endings = [".db", ".db-wal", ".db-shm", ".sqlite", ".sqlite3", ".profraw", ".xctest"]
    return paths.filter { path in
      let top = path.prefix { $0 != "/" }
      return top.hasPrefix(".build") || top == ".swiftpm" || path == "Package.resolved"
        || endings.contains { path.hasSuffix($0) }
    }
    .map { Violation($0, "a made file is tracked", fix: "git rm --cached '\($0)', and add it to .gitignore") }
  }

  private func machinePaths(in file: SourceFile) -> [Violation] {
    zip(1..., file.lines).compactMap { number, line in
      let found = ["/work/", "/home/", "/tmp/"].first { path in
        line.ranges(of: path).contains { range in
          let before = line[..<range.lowerBound].last
          return before.map { !$0.isLetter && !$0.isNumber && !"._-/~}".contains($0) } ?? true
        }
      }
      return found.map {
        Violation(
          file.path, line: number, "a path on one machine, \($0)…", fix: "make it relative to the repository")
      }
    }
  }

  /// The lines that hold one of `words`, whatever the case and the blanks.
  private func mentions(of words: [String], in file: SourceFile, fix: String) -> [Violation] {
    zip(1..., file.lines).flatMap { number, line in
      let text = line.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return words.filter { word in
        text.ranges(of: word.lowercased()).contains { range in
          !(text[..<range.lowerBound].last?.isLetter ?? false)
        }
      }
      .map { Violation(file.path, line: number, "\"\($0)\" stands here", fix: fix) }
    }
  }

  /// The project's own text. Data and fixtures are other people's words.
  private var projectTexts: [SourceFile] {
    texts(below: [
      "Sources", "Tests", "Benchmarks", "Fuzz", "notebooks-md", "models", "scripts", "distributed", ".ci",
    ])
    .filter {
      !$0.path.hasPrefix("Tests/ArchitectureTests/") && !$0.path.contains("/Fixtures/")
    }
  }

  /// The text files below `folders`, and those at the top.
  private func texts(below folders: [String]) -> [SourceFile] {
    let endings = [".swift", ".md", ".yaml", ".yml", ".sh", ".c", ".h", ".console"]
    let top = tree.entries(of: "").filter { $0.hasSuffix(".md") || $0 == "Package.swift" }
    return (top + folders.flatMap(tree.files)).filter { path in
      let name = path.split(separator: "/").last ?? ""
      return endings.contains { path.hasSuffix($0) } || !name.contains(".")
    }
    .compactMap(tree.file)
  }
}

/// The paths that git tracks; nil when there is no git or no repository.
private func trackedFiles(of tree: SourceTree) -> [String]? {
  let git = Process()
  let output = Pipe()
  git.executableURL = URL(filePath: "/usr/bin/env")
  git.arguments = ["git", "-C", tree.root, "ls-files", "-z"]
  git.standardInput = FileHandle.nullDevice
  git.standardOutput = output
  git.standardError = FileHandle.nullDevice
  guard (try? git.run()) != nil else { return nil }
  let data = output.fileHandleForReading.readDataToEndOfFile()
  git.waitUntilExit()
  guard git.terminationStatus == 0 else { return nil }
  return String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init)
}
