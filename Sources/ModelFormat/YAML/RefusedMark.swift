import Diagnostics
import Quantities

/// Findings about YAML that model files do not use.
enum RefusedMark {
  /// The finding about a node that begins with `&`, `*` or `!`.
  static func diagnostic(byte: UInt8, text: String, at location: SourceLocation) -> Diagnostic {
    let shown = text.count > 40 ? String(text.prefix(40)) + "…" : text
    let (slug, kind) =
      switch byte {
      case 0x26: ("anchor", "a YAML anchor")
      case 0x2A: ("alias", "a YAML alias")
      default: ("tag", "a YAML tag")
      }
    return Diagnostic(
      slug: slug, "`\(shown)` is \(kind); a model file spells everything out", at: location,
      help: byte == 0x21
        ? "delete the tag, or quote the text: \"\(shown)\"" : "quote it if it is text: \"\(shown)\"")
  }

  /// The finding about a key that is a list, a map or begins with `? `.
  static func complexKey(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "complex-key", "a key must be a name, not a list or a map", at: location, help: "name: value")
  }

  /// The finding about nesting deeper than `limit`.
  static func tooDeep(at location: SourceLocation, limit: Int) -> Diagnostic {
    Diagnostic(slug: "too-deep", "lists and maps are nested deeper than \(limit) levels", at: location)
  }

  /// The finding about more keys and values than `limit`.
  static func tooManyNodes(at location: SourceLocation, limit: Int) -> Diagnostic {
    Diagnostic(
      slug: "too-many-nodes", "the file holds more than \(grouped(limit)) values and keys", at: location)
  }
}
