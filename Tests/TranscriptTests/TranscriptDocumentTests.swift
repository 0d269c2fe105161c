import Testing

@Suite("Reading transcripts")
struct TranscriptDocumentTests {
  @Test("files, blocks, comments and steps are read in order")
  func pageIsRead() throws {
    let text = """
      # Title
      ```yaml file=a/my.relmodel.yaml
      name: a

      x: 1
      ```
      <!-- tolerance: 2.5 % -->
      <!-- exit: 65 -->

      ```console
      $ relmodel check \\
          a.yaml
      one

      two

      $ ls
      ```
      """
    let document = try TranscriptDocument(markdown: text, path: "a.md")
    #expect(
      document.elements == [
        .file(name: "a/my.relmodel.yaml", text: "name: a\n\nx: 1\n", line: 2),
        .block(
          TranscriptBlock(
            directives: TranscriptDirectives(tolerance: 0.025, exitCode: 65),
            steps: [
              TranscriptStep(
                commandLines: ["$ relmodel check \\", "    a.yaml"], expected: ["one", "", "two"],
                blankLines: 1, line: 11
              ),
              TranscriptStep(commandLines: ["$ ls"], expected: [], blankLines: 0, line: 17),
            ],
            content: 10..<17, indentation: ""
          )
        ),
      ]
    )
  }

  @Test("blocks inside other blocks and inside comments are not run")
  func hiddenBlocksAreNotRead() throws {
    let text =
      "````markdown\n```console\n$ ls\n```\n````\n<!--\n```console\n$ ls\n```\n-->\n```sh\n$ ls\n```\n"
    #expect(try TranscriptDocument(markdown: text, path: "a.md").elements.isEmpty)
  }

  @Test(
    "what would not be checked is refused, with its line",
    arguments: [
      ("```console\noutput\n$ ls\n```", 2), ("```console\n```", 2), ("text\n```console\n$ ls\n", 2),
      ("<!-- tolerence: 2 % -->\n```console\n$ ls\n```", 1), ("<!-- exit: no -->\n```console\n$ ls\n```", 1),
      ("```yaml file=../a.yaml\n```", 1), ("```yaml file=/etc/a.yaml\n```", 1),
      ("```yaml file=models/a.yaml\n```", 1),
    ]
  )
  func carelessPageIsRefused(_ text: String, _ line: Int) {
    let failure = #expect(throws: TranscriptFailure.self) {
      try TranscriptDocument(markdown: text, path: "a.md")
    }
    #expect(failure?.line == line)
  }

  @Test("a golden is one block")
  func goldenIsRead() throws {
    let document = try TranscriptDocument(golden: "<!-- exit: 64 -->\n$ relmodel x\nno\n", path: "a.console")
    guard case .block(let block) = document.elements.first else { return #expect(Bool(false)) }
    #expect(block.directives == TranscriptDirectives(exitCode: 64))
    #expect(block.steps.map(\.expected) == [["no"]])
    #expect(document.text(with: [block]) == "<!-- exit: 64 -->\n$ relmodel x\nno\n")
  }

  @Test("a block is rewritten in place, with its indentation and a fence that is long enough")
  func blockIsRewritten() throws {
    let text = "- a\n  ```console\n  $ relmodel a\n  old\n\n  $ relmodel b\n  ```\nend\n"
    let document = try TranscriptDocument(markdown: text, path: "a.md")
    guard case .block(var block) = document.elements.first else { return #expect(Bool(false)) }
    block.steps[0].expected = ["new", "", "```"]
    let expected = "- a\n  ````console\n  $ relmodel a\n  new\n\n  ```\n\n  $ relmodel b\n  ````\nend\n"
    #expect(document.text(with: [block]) == expected)
  }

  @Test(
    "only commands of the page's kind are run",
    arguments: [
      ("relmodel check", true), ("scripts/relmodel a | head -3 | grep 'a; rm -rf b'", true),
      ("cat a.yaml", true),
      ("NO_COLOR=1 relmodel a > out.json 2>&1", true),
      ("relmodel a \\\n  --seed 1 | python3 -c 'print(1)'", true),
      ("relmodel a --set 'x=$(y)'", true), ("relmodel a; echo $?", true), ("relmodel a || echo no", true),
      ("curl a", false), ("head a", false), ("relmodel a | curl b", false), ("relmodel a; rm b", false),
      ("relmodel a && rm b", false), ("relmodel $(rm b)", false), ("relmodel \"`rm b`\"", false),
      ("relmodel a &", false), ("relmodel 'a", false), ("relmodel a\nrm b", false),
    ]
  )
  func commandsAreChosen(_ command: String, _ isRun: Bool) {
    #expect((CommandRules.objection(to: command) == nil) == isRun)
  }
}
