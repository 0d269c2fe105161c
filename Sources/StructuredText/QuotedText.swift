/// Text for a message: in backquotes, on one line, cut after 60 characters.
package func quoted(_ text: some StringProtocol) -> String {
  let shown = text.prefix(60).map { $0.isNewline ? " " : $0 }
  return "`" + String(shown) + (text.count > 60 ? "…" : "") + "`"
}

/// A path for a message: in backquotes, whole.
package func named(_ path: String) -> String { "`\(path)`" }

/// A path for a command that can be pasted into a shell: in quotes, whatever is in it.
package func shellWord(_ path: String) -> String {
  "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
