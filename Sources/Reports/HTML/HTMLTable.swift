internal import Charts

/// Tables in which a reader who hears them knows where a cell belongs: each has a caption and every cell its headers.
enum HTMLTable {
  /// A wide table can be moved sideways on a narrow screen, with the keyboard too.
  private static let widestFixed = 4

  /// Rows under column names; the first column names the rows.
  static func table(_ table: Document.Table, under heading: String, isCaptionShown: Bool = true) -> String {
    let numeric = table.numericColumns
    let head = table.columns.enumerated().map { number, name -> String in
      guard name.isEmpty else {
        return "<th scope=\"col\"\(look(numeric.contains(number)))>\(Markup.text(name))</th>"
      }
      return number == 0 ? "<th scope=\"col\"><span class=\"hidden\">What</span></th>" : "<td></td>"
    }
    let rows = table.rows.map { row in
      "<tr>"
        + row.enumerated().map { number, cell in
          self.cell(
            cell.text, isHeader: number == 0 && !cell.text.isEmpty, isNumber: numeric.contains(number))
        }.joined() + "</tr>"
    }
    let caption =
      table.caption.map { isCaptionShown ? "<caption>\(Markup.text($0))</caption>" : hiddenCaption($0) }
      ?? hiddenCaption(heading)
    let text = """
      <table>
      \(caption)
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
    guard table.columns.count > widestFixed else { return text }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="Table, moves sideways">
      \(text)
      </div>
      """
  }

  /// Labelled values with remarks.
  static func facts(_ facts: [Document.Fact], caption: String) -> String {
    let rows = facts.map { fact in
      let remarks = fact.remarks.filter { !$0.isEmpty }.map(breaking).joined(separator: heardComma)
      return
        "<tr><th scope=\"row\">\(breaking(fact.label))</th><td class=\"value\">\(breaking(fact.value))</td>"
        + "<td>\(remarks)</td></tr>"
    }
    return """
      <table class="facts">
      \(hiddenCaption(caption))
      <thead><tr><th scope="col">Quantity</th><th scope="col">Value</th><th scope="col">Remarks</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  /// Shares of a whole, each with a bar that says nothing that the number beside it does not.
  static func bars(_ bars: [Document.Bar], title: String) -> String {
    let longest = max(bars.map(\.share).max() ?? 1, 0.0001)
    let rows = bars.map { bar in
      let width = "\((min(1, max(0.004, bar.share / longest)) * 1_000).rounded() / 10)"
      return
        "<tr><th scope=\"row\">\(breaking(bar.label))</th><td class=\"number\">\(percentage(bar.share))</td>"
        + "<td class=\"bar\"><svg class=\"chart\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        + "<rect class=\"bar\" width=\"\(width)\" height=\"10\"/></svg></td>"
        + "<td>\(bar.remarks.map(breaking).joined(separator: " · "))</td></tr>"
    }
    return """
      <table class="bars">
      <caption>\(Markup.text(title))</caption>
      <thead class="hidden"><tr><th scope="col">Part</th><th scope="col">Share</th><td></td><th scope="col">Amount</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private static func cell(_ text: String, isHeader: Bool, isNumber: Bool) -> String {
    if isHeader { return "<th scope=\"row\"\(look(isNumber))>\(breaking(text))</th>" }
    guard !isBar(text) else {
      return "<td class=\"blocks\"><span aria-hidden=\"true\">\(Markup.text(text))</span></td>"
    }
    if isRange(text) {
      return "<td class=\"range\">\(Markup.text(text.replacing(" %", with: "\u{A0}%")))</td>"
    }
    return "<td\(look(isNumber))>\(breaking(text))</td>"
  }

  /// Whether text goes from one number to another, which reads badly over several lines.
  private static func isRange(_ text: String) -> Bool {
    text.utf8.count <= 40 && text.contains(" to ")
      && (text.first.map { $0.isNumber || "−-+$€£".contains($0) } ?? false)
  }

  /// Whether text is a bar of blocks, which says what a number beside it does and would be heard block by block.
  private static func isBar(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { ("\u{2580}"..."\u{259F}").contains($0) }
  }

  /// Text that may go on in the next line behind every `/`, and within a word that is longer than any column.
  static func breaking(_ text: String) -> String {
    var pieces: [String] = [""]
    var length = 0
    for character in text {
      pieces[pieces.count - 1].append(character)
      length = character == " " ? 0 : length + 1
      if length >= longestWord || character == "/" && length > 8 {
        pieces.append("")
        length = 0
      }
    }
    return pieces.map { Markup.text($0.replacing(" %", with: "\u{A0}%")) }.joined(separator: "<wbr/>")
  }

  private static let longestWord = 36

  private static func look(_ isNumber: Bool) -> String { isNumber ? " class=\"number\"" : "" }

  /// Between remarks that stand one under the other: who hears them is told where one ends.
  private static let heardComma = "<span class=\"hidden\">,</span><br/>"

  private static func hiddenCaption(_ text: String) -> String {
    "<caption><span class=\"hidden\">\(Markup.text(text))</span></caption>"
  }
}
