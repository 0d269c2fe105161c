public import Diagnostics

/// The files of a model and the changes made to it on the command line: enough to read it again anywhere.
public struct ModelArchive: Sendable, Hashable {
  /// A file by its path from the model's folder.
  public struct File: Sendable, Hashable {
    /// The path.
    public let name: String
    /// The whole text.
    public let text: String

    /// A file.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The model's file, then the ones it extends.
  public let files: [File]
  /// The changes of `--set`, in order.
  public let assignments: [String]

  /// An archive of files, the model's own first.
  public init(files: [File], assignments: [String]) {
    self.files = files
    self.assignments = assignments
  }
}

extension ModelReader.Reading {
  /// The model as it was read. Nothing in it tells in which folder that was.
  public var archive: ModelArchive {
    let isAssignment = { (source: SourceText) in source.name == PathAssignment.file }
    let files = sources.filter { !isAssignment($0) }
    let folder = files.first.map { $0.name.utf8.count - FilePath($0.name).name.utf8.count } ?? 0
    return ModelArchive(
      files: files.map { file in
        ModelArchive.File(
          name: String(decoding: file.name.utf8.dropFirst(folder), as: UTF8.self), text: file.text)
      },
      assignments: sources.first(where: isAssignment)?.lines ?? [])
  }
}

extension ModelReader {
  /// The model in an archive; no file is touched.
  ///
  /// - Throws: everything that is wrong with it, located, with the texts to quote from.
  public static func reading(_ archive: ModelArchive) throws(Findings) -> Reading {
    guard let main = archive.files.first else {
      throw Findings([Diagnostic(slug: "file-missing", "the archive of the model holds no file", at: nil)])
    }
    let texts = Dictionary(archive.files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    return try ModelReader(files: .inMemory(texts)).reading(at: main.name, assignments: archive.assignments)
  }
}
