import FoundationEssentials
@preconcurrency import Glibc

/// Makes a PDF of a page with a Chromium that is installed here.
struct PaperPrinter {
  /// The names under which it is found, in the folders of PATH.
  private static let names = [
    "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge",
  ]

  /// It is given so long.
  private static let seconds = 60.0

  /// Prints a page to a file, which appears whole or not at all; what is written on the way is removed.
  func print(_ page: String, to path: String) throws {
    let browser = try browser()
    Interruption.listen()
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let (source, result, log) = (
      folder.path + "/page.html", folder.path + "/page.pdf", folder.path + "/log"
    )
    try OutputFile.replace(source, by: page)
    let end = ChildProcess(path: browser, arguments: arguments(folder.path, source, result), log: log)
      .run(atMost: PaperPrinter.seconds)
    if end == .interrupted { throw Exit.Code(value: Exit.interrupted) }
    guard let bytes = FileManager.default.contents(atPath: result), bytes.starts(with: Array("%PDF-".utf8))
    else {
      throw OutputFailure(message: "\(browser) made no PDF: \(reason(end, log))")
    }
    try OutputFile.replace(path) { write in bytes.withUnsafeBytes(write) }
  }

  /// A root has no sandbox to run it in; everybody else does.
  private func arguments(_ folder: String, _ source: String, _ result: String) -> [String] {
    [
      "--headless=new", "--disable-gpu", "--disable-extensions", "--no-first-run",
      "--disable-background-networking",
      "--user-data-dir=\(folder)/profile", "--no-pdf-header-footer", "--export-tagged-pdf",
      "--generate-pdf-document-outline", "--print-to-pdf=\(result)",
    ] + (geteuid() == 0 ? ["--no-sandbox"] : []) + ["file://\(source)"]
  }

  private func browser() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let stated = environment["RELMODEL_CHROMIUM"], !stated.isEmpty {
      guard access(stated, X_OK) == 0 else {
        throw OutputFailure(message: "RELMODEL_CHROMIUM: \(stated) is no program that can be run")
      }
      return stated
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for name in PaperPrinter.names {
      for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
    }
    throw OutputFailure(
      message:
        "--format pdf needs a Chromium, and none of \(PaperPrinter.names.joined(separator: ", ")) is in PATH. Install "
        + "one (apt-get install chromium), name it in RELMODEL_CHROMIUM, or print the page of --format html")
  }

  private func reason(_ end: ChildProcess.End, _ log: String) -> String {
    switch end {
    case .timedOut: return "it did not end within \(Int(PaperPrinter.seconds)) s"
    case .failed(let why): return why
    case .interrupted: return "interrupted"
    case .ended(let code):
      let text = FileManager.default.contents(atPath: log).map {
        String(decoding: $0.suffix(2_000), as: UTF8.self)
      }
      let last = text?.split(separator: "\n").last.map(String.init) ?? ""
      return "it ended with \(code)\(last.isEmpty ? "" : ": \(last)")"
    }
  }
}
