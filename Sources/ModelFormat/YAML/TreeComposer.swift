import Diagnostics
import Yams

/// A parsed text: nodes, and what it takes to say where they stand and what they held.
struct YAMLTree {
  let root: Node
  let lines: LineMap
  let shield: ShieldedText
}

/// Parses one text with Yams, in a form that has nothing to expand.
struct TreeComposer {
  /// The text and its lines.
  let lines: LineMap
  /// The nesting that is allowed, for the finding when the parser itself gives up.
  let depthLimit: Int

  /// The nodes of the text.
  ///
  /// Yams refuses a map with duplicate keys and names only the first of them. So the first of each pair is
  /// masked, which makes it unique, and the text is parsed again: `DeclarationBuilder` then sees both. When there
  /// are too many to go on, each of the first ones is said.
  ///
  /// - Throws: what is wrong with the syntax; an empty text; a second document.
  func tree() throws(Findings) -> YAMLTree {
    var masks: [Int] = []
    while true {
      let shield = ShieldedText(lines.bytes, masks: masks)
      do {
        guard let root = try parser(shield.text).singleRoot() else { throw emptyFile }
        return YAMLTree(root: root, lines: lines, shield: shield)
      } catch YamlError.duplicatedKeysInMapping(_, let context) {
        masks.append(try maskOffset(context.mark, masks: masks))
      } catch let findings as Findings {
        throw findings
      } catch {
        throw Findings([SyntaxTranslation(lines: lines, depthLimit: depthLimit).diagnostic(error)])
      }
    }
  }

  private var emptyFile: Findings {
    let message = "the file is empty; a model begins with `relmodel: 1`"
    return Findings([Diagnostic(slug: "empty-file", message, at: lines.origin, help: "relmodel: 1")])
  }

  private func parser(_ text: String) throws -> Parser {
    try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
  }

  /// The offset of a scalar that makes the key at `mark` unique when masked.
  private func maskOffset(_ mark: Mark, masks: [Int]) throws(Findings) -> Int {
    let start = lines.offset(LineMap.Place(line: mark.line, column: mark.column))
    let isQuoted = [0x22, 0x27].contains(lines.byte(at: start))
    let offset = isQuoted ? start + 1 : start
    let isMaskable = isQuoted ? ![0x22, 0x27, 0x5C].contains(lines.byte(at: offset)) : true
    guard isMaskable, masks.count < maskLimit, !masks.contains(offset), offset < lines.bytes.count
    else { throw Findings((masks + [start]).map(duplicate)) }
    return offset
  }

  /// Parsing again costs at most as much as parsing a file of 1 MiB a second time.
  private var maskLimit: Int {
    min(ShieldedText.maskLimit, max(1, (1 << 20) / max(1, lines.bytes.count)))
  }

  private func duplicate(atOffset offset: Int) -> Diagnostic {
    Diagnostic(
      slug: "duplicate-key", "this key stands more than once in its map",
      at: lines.location(lines.place(ofOffset: offset)), help: "keep one of them")
  }
}
