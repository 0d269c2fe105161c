import Foundation

/// A folder of its own for the commands of one page, with the repository's models and data linked in.
///
/// A class, because it removes its folder when it goes.
final class ScratchFolder {
  /// The names in the folder that lead out of it.
  static let linked: Set = ["models", "datasets", "scripts", "fixtures"]

  /// How long a command may take.
  let secondsAllowed: Int
  private let project: Project
  private let base: String
  /// Where the page's reader would be: the repository's root.
  let path: String
  private var currentPath: String

  /// What a command did.
  struct Outcome: Equatable {
    /// Standard output and standard error, in the order in which they were written.
    let lines: [String]
    let exitCode: Int32
    /// Whether it was ended because it took too long.
    let isTimedOut: Bool
  }

  init(project: Project, secondsAllowed: Int = 120) throws {
    self.project = project
    self.secondsAllowed = secondsAllowed
    base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "relmodel-transcript-\(UUID().uuidString)").standardizedFileURL.path(
        percentEncoded: false)
    path = "\(base)/work"
    currentPath = path
    for folder in ["bin", "home", "work/scripts"] {
      try FileManager.default.createDirectory(atPath: "\(base)/\(folder)", withIntermediateDirectories: true)
    }
    try link("bin/relmodel", to: project.binary)
    try link("work/scripts/relmodel", to: project.binary)
    try link("work/models", to: "\(project.root)/models")
    try link("work/datasets", to: "\(project.root)/datasets")
    try link("work/fixtures", to: "\(project.root)/\(Project.goldens)/Fixtures")
  }

  deinit { try? FileManager.default.removeItem(atPath: base) }

  /// Writes a file of the page.
  func write(_ text: String, to name: String) throws {
    let file = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Runs a command with bash and waits for its end; `cd` holds for the commands that follow.
  func run(_ command: String) throws -> Outcome {
    guard command.split(separator: " ").first == "cd" else { return try runInBash(command) }
    let outcome = try runInBash("\(command) && pwd -P")
    guard outcome.exitCode == 0, let folder = outcome.lines.last else { return outcome }
    currentPath = folder.hasPrefix("/") ? folder : folder == "." ? path : "\(path)/\(folder)"
    return Outcome(lines: outcome.lines.dropLast(), exitCode: 0, isTimedOut: false)
  }

  private func runInBash(_ command: String) throws -> Outcome {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "--kill-after=5", "\(secondsAllowed)", "bash", "-c", command]
    process.currentDirectoryURL = URL(filePath: currentPath)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let isTimedOut =
      [124, 137].contains(process.terminationStatus) || process.terminationReason == .uncaughtSignal
    return Outcome(lines: lines(of: data), exitCode: process.terminationStatus, isTimedOut: isTimedOut)
  }

  /// Nothing of the developer's environment but what finds programs and their libraries.
  private var environment: [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    let kept = ["LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
    var environment = inherited.filter { kept.contains($0.key) }
    environment["PATH"] = "\(base)/bin:\(inherited["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")"
    environment["HOME"] = "\(base)/home"
    environment["LC_ALL"] = "C.UTF-8"
    environment["NO_COLOR"] = "1"
    environment["TERM"] = "dumb"
    environment["TZ"] = "UTC"
    environment["RELMODEL_DEFAULT_MODEL"] = "\(project.root)/models/checkout.relmodel.yaml"
    environment["RELMODEL_DATASETS"] = "\(project.root)/datasets"
    return environment
  }

  /// The lines of what was printed, with paths as seen from the repository's root.
  private func lines(of data: Data) -> [String] {
    var text = String(decoding: data, as: UTF8.self)
    for folder in [path, project.root] {
      text = text.replacing("\(folder)/", with: "").replacing("\(folder)\n", with: ".\n")
    }
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
      .withoutBlankEnd
  }

  private func link(_ name: String, to destination: String) throws {
    guard FileManager.default.fileExists(atPath: destination) else { return }
    try FileManager.default.createSymbolicLink(atPath: "\(base)/\(name)", withDestinationPath: destination)
  }
}
