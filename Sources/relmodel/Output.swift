import ArgumentParser
import FoundationEssentials
@preconcurrency import Glibc
import Quantities
import Reports

/// The forms in which a result is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
  case csv
}

/// Whether to use bold type.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

/// The options of every command that prints a result.
struct OutputOptions: ParsableArguments {
  @Option(name: .customLong("format"), help: "How to print the result.")
  var format = OutputFormat.text

  @Option(name: .shortAndLong, help: "Write the result to this file instead of standard output.")
  var output: String?

  @Option(help: "Bold headings.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Only results and errors: no progress, no notes.")
  var quiet = false

  /// Prints a document, or its JSON.
  func print(_ document: @autoclosure () -> Document, json: @autoclosure () -> JSONValue) throws {
    switch format {
    case .text: try write(TextRenderer(isColored: isColored).text(document()))
    case .json: try write(json().text)
    case .markdown: try write(MarkdownRenderer().text(document()))
    case .csv: try write(CSVRenderer().text(document()))
    }
  }

  /// Writes text to where the result goes; a file appears whole or not at all.
  func write(_ text: String) throws {
    guard let output else { return try Terminal.writeOutput(text) }
    try OutputFile.replace(output, by: text)
  }

  private var isColored: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      output == nil && Terminal.outputIsTerminal && Terminal.isCapable(ProcessInfo.processInfo.environment)
    }
  }
}

/// Files that appear whole or not at all.
enum OutputFile {
  /// Writes a text; see `replace(_:writing:)`.
  static func replace(_ path: String, by text: String) throws {
    try replace(path) { write in Array(text.utf8).withUnsafeBytes(write) }
  }

  /// Writes a file beside the target and renames it; devices and pipes are written directly.
  ///
  /// - Parameter writing: is given what takes the bytes, piece by piece.
  static func replace(_ path: String, writing: ((UnsafeRawBufferPointer) -> Void) -> Void) throws {
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let temporary = isSpecial ? path : "\(path).\(getpid()).part"
    guard let file = fopen(temporary, "w") else { throw failure(path) }
    var isWritten = true
    writing { bytes in
      if isWritten { isWritten = fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count }
    }
    let isClosed = fclose(file) == 0
    guard isWritten, isClosed, isSpecial || rename(temporary, path) == 0 else {
      let problem = failure(path)
      if !isSpecial { unlink(temporary) }
      throw problem
    }
  }

  /// Makes a folder where there is none.
  static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw failure(path)
  }

  private static func failure(_ path: String) -> OutputFailure {
    OutputFailure(message: "\(path) can not be written: \(String(cString: strerror(errno)))")
  }
}
