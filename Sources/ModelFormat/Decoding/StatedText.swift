import Diagnostics

extension Declaration {
  /// What is stated here in one line, as it was written but without sources, and cut where it gets long.
  ///
  /// A number with a source of its own, `{value: 95 %, source: …}`, is the number.
  var statedText: String {
    var room = Declaration.longestStatement
    var text = ""
    append(to: &text, &room, isNested: false)
    return room > 0 ? text : text + "…"
  }

  private static let longestStatement = 160

  private func append(to text: inout String, _ room: inout Int, isNested: Bool) {
    switch content {
    case .scalar(let own, _): Declaration.add(own, to: &text, &room)
    case .list(let items):
      append(items, "[", "]", to: &text, &room) { $0.append(to: &$1, &$2, isNested: true) }
    case .map(let entries):
      let shown = entries.filter { $0.key.value != "source" }
      if let only = shown.first, shown.count == 1, only.key.value == "value" {
        return only.value.append(to: &text, &room, isNested: isNested)
      }
      append(shown, isNested ? "{" : "", isNested ? "}" : "", to: &text, &room) { entry, text, room in
        Declaration.add("\(entry.key.value): ", to: &text, &room)
        entry.value.append(to: &text, &room, isNested: true)
      }
    }
  }

  private func append<Item>(
    _ items: [Item], _ opening: String, _ closing: String, to text: inout String, _ room: inout Int,
    _ write: (Item, inout String, inout Int) -> Void
  ) {
    Declaration.add(opening, to: &text, &room)
    for (number, item) in items.enumerated() where room > 0 {
      if number > 0 { Declaration.add(", ", to: &text, &room) }
      write(item, &text, &room)
    }
    Declaration.add(closing, to: &text, &room)
  }

  private static func add(_ piece: String, to text: inout String, _ room: inout Int) {
    text += piece.prefix(max(0, room))
    room -= piece.count
  }
}
