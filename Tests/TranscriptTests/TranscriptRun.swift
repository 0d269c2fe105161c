/// Runs a document's commands and compares what they print.
struct TranscriptRun {
  /// A page that asks for more than this many blocks not to be run is no longer checked.
  static let mostBlocksNotRun = 2

  private let document: TranscriptDocument
  private let scratch: ScratchFolder
  private(set) var failures: [TranscriptFailure] = []
  private var refreshedBlocks: [TranscriptBlock] = []

  /// Runs everything in `document`, in order. What is stale fails, or with `isRefreshing` is set right in
  /// `refreshedText`.
  init(_ document: TranscriptDocument, in scratch: ScratchFolder, isRefreshing: Bool) throws {
    self.document = document
    self.scratch = scratch
    for element in document.elements {
      switch element {
      case .file(let name, let text, _): try scratch.write(text, to: name)
      case .block(let block): try run(block, isRefreshing: isRefreshing)
      }
    }
    checkBlocksNotRun()
  }

  /// The document's text as it should be; nil when it is so.
  var refreshedText: String? {
    refreshedBlocks.isEmpty ? nil : document.text(with: refreshedBlocks)
  }

  private mutating func run(_ block: TranscriptBlock, isRefreshing: Bool) throws {
    var refreshed = block
    for (index, step) in block.steps.enumerated() {
      let exitCode = index == block.steps.count - 1 ? block.directives.exitCode : 0
      guard let outcome = try outcome(of: step, exitCode: exitCode) else { continue }
      let comparison = OutputComparison(
        expected: step.expected, actual: outcome.lines,
        tolerance: LineTolerance(fraction: block.directives.tolerance)
      )
      guard !comparison.matches else { continue }
      if isRefreshing, canBeWritten(comparison.refreshed) {
        refreshed.steps[index].expected = comparison.refreshed
      } else {
        fail(step, staleMessage(step, comparison))
      }
    }
    if refreshed != block { refreshedBlocks.append(refreshed) }
  }

  /// What the step's command did; nil, with the failure noted, when it was not run or did not end as it should.
  private mutating func outcome(of step: TranscriptStep, exitCode: Int32) throws -> ScratchFolder.Outcome? {
    if let objection = CommandRules.objection(to: step.command) {
      fail(step, objection)
      return nil
    }
    let outcome = try scratch.run(step.command)
    let printed = outcome.lines.map { "  \($0)\n" }.joined()
    if outcome.isTimedOut {
      fail(step, "`\(step.command)` did not end within \(scratch.secondsAllowed) s; it printed:\n\(printed)")
      return nil
    }
    guard outcome.exitCode == exitCode else {
      fail(
        step,
        "`\(step.command)` exited \(outcome.exitCode), expected \(exitCode); if that is meant, write"
          + " <!-- exit: \(outcome.exitCode) --> before the block. It printed:\n\(printed)"
      )
      return nil
    }
    return outcome
  }

  private func staleMessage(_ step: TranscriptStep, _ comparison: OutputComparison) -> String {
    """
    `\(step.command)` prints something else
    \(comparison.diff)
    Refresh with: RELMODEL_UPDATE_GOLDENS=1 scripts/test --filter TranscriptTests
    """
  }

  /// A printed line that looks like a command would be run the next time.
  private func canBeWritten(_ lines: [String]) -> Bool { !lines.contains { $0.hasPrefix("$ ") } }

  private mutating func checkBlocksNotRun() {
    let blocks = document.elements.compactMap { element -> TranscriptBlock? in
      if case .block(let block) = element, !block.directives.isRun { block } else { nil }
    }
    guard let last = blocks.last, blocks.count > TranscriptRun.mostBlocksNotRun else { return }
    let message = "\(blocks.count) blocks are not run; at most \(TranscriptRun.mostBlocksNotRun) may be"
    failures.append(TranscriptFailure(document.path, last.content.lowerBound, message))
  }

  private mutating func fail(_ step: TranscriptStep, _ message: String) {
    failures.append(TranscriptFailure(document.path, step.line, message))
  }
}
