/// Text from anybody as part of HTML or SVG: one writer for each place in which it may stand.
///
/// Scalars are looked at, not characters: to Swift a quotation mark with an accent is another character than the mark
/// alone, and to a browser it is a quotation mark.
public enum Markup {
  /// Text between tags.
  public static func text(_ text: String) -> String {
    replacing(visibleText(text)) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: nil
      }
    }
  }

  /// Text in an attribute, between quotation marks of either kind.
  public static func attribute(_ text: String) -> String {
    replacing(Markup.text(text)) { scalar in
      switch scalar {
      case "\"": "&quot;"
      case "'": "&#39;"
      case "`": "&#96;"
      default: nil
      }
    }
  }

  private static func replacing(_ text: String, by replacement: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let other = replacement(scalar) {
        result.append(contentsOf: other.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
