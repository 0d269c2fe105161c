internal import Charts

/// A document as one self-contained HTML page: no script, nothing loaded from anywhere, for a screen of any width, light or
/// dark, for paper, and for readers who hear it. The page is well-formed XML as well.
public struct HTMLRenderer: Sendable {
  /// A renderer.
  public init() {}

  /// What a browser may load for the page: nothing but what is in it.
  public static let contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

  /// The document as text, ended by a line end.
  public func text(_ document: Document) -> String {
    var page = HTMLPage(document)
    for block in document.blocks { page.add(block) }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(HTMLRenderer.contentSecurityPolicy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="generator" content="relmodel"/>
      <title>\(Markup.text(document.title))</title>
      <link rel="icon" href="data:,"/>
      <style>
      \(ChartStyle.colours)
      \(ChartStyle.rules)
      \(HTMLStyle.rules)
      </style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
      <h1>\(Markup.text(document.title))</h1>
      </header>
      \(page.contents)<main id="main" tabindex="-1">
      \(page.body.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }
}
