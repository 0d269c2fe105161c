internal import Charts

/// Text without control and direction characters, so that a name from a file can not drive the terminal.
func visible(_ text: String) -> String { visibleText(text) }

/// A bar as long as some eighths of a cell.
func barText(eighths: Int) -> String {
  let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  return String(repeating: "█", count: eighths / 8) + partial[eighths % 8]
}
