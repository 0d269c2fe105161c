package import Diagnostics

/// What is wrong with a piece of text, before its place in a file is known.
package struct TextFault: Error, Equatable {
  package let slug: String
  package let message: String
  package let help: String?
  /// Characters from the start of the text to the part that is wrong.
  package let offset: Int

  package init(_ slug: String, _ message: String, help: String? = nil, offset: Int = 0) {
    self.slug = slug
    self.message = message
    self.help = help
    self.offset = offset
  }

  /// The same fault in a text that begins `more` characters earlier.
  package func shifted(by more: Int) -> TextFault {
    TextFault(slug, message, help: help, offset: offset + more)
  }

  /// The finding, once the place of the text's first character is known.
  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    let place = SourceLocation(file: location.file, line: location.line, column: location.column + offset)
    return Diagnostic(slug: slug, message, at: place, help: help)
  }
}
