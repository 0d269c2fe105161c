public import ArgumentParser
public import Reliability
import ServiceGraph

extension FaultTreeQuestions.Sets: ExpressibleByArgument {}

/// How common-cause groups of a fault tree combine.
enum CommonCauseChoice: String, ExpressibleByArgument, CaseIterable {
  case independent
  case exclusive

  var combination: CommonCauseConvention.Combination {
    self == .independent ? .independentShocks : .exclusive
  }
}

/// The options of `solve` that only fault trees have, and which sets of events are meant.
struct TreeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The mission time, in the tree's unit of time; the file's own, else one year of hours "
        + "(Open-PSA) or 1 (Galileo).", valueName: "time"))
  var at: Double?

  @Option(
    help: ArgumentHelp(
      "Which sets of events are counted and listed, of a tree or a model: cut-sets if not stated."))
  var sets: FaultTreeQuestions.Sets?

  @Option(
    help: ArgumentHelp(
      "Also write every set to this file, a line each with tabs between events; --max-order and --min-probability "
        + "apply.", valueName: "file"))
  var allSets: String?

  @Option(help: "How the causes of a common-cause group combine.")
  var commonCause = CommonCauseChoice.independent

  @Flag(help: "Alpha factors are for staggered testing.")
  var staggered = false

  func validate() throws {
    if let at, !(at >= 0 && at <= 1e15) { throw ValidationError("--at: a time from 0 to 1e15") }
  }

  /// The first option that was given and is not for models too, for a message to somebody who solves a model.
  var firstGiven: String? {
    if at != nil { return "--at" }
    if allSets != nil { return "--all-sets" }
    if commonCause != .independent { return "--common-cause" }
    return staggered ? "--staggered" : nil
  }
}

/// The options of `solve` about sets of events and their importance.
struct SetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "List this many minimal cut sets (or those of --sets), the most probable first.", valueName: "count"))
  var cutSets: Int?

  @Option(help: ArgumentHelp("List only sets of at most this many events.", valueName: "events"))
  var maxOrder: Int?

  @Option(
    help: ArgumentHelp("List only sets at least this probable, such as 1e-9.", valueName: "probability"))
  var minProbability: Double?

  @Option(
    help: ArgumentHelp(
      "Show this many rows of importance measures, the most important first.", valueName: "rows"))
  var importance: Int?

  func validate() throws {
    if let cutSets, !(0...1_000_000).contains(cutSets) {
      throw ValidationError("--cut-sets: 0 to 1,000,000; a fault tree's --all-sets writes more to a file")
    }
    if let maxOrder, maxOrder < 1 { throw ValidationError("--max-order: at least 1") }
    if let minProbability, !(0...1).contains(minProbability) {
      throw ValidationError("--min-probability: between 0 and 1")
    }
    if let importance, importance < 0 { throw ValidationError("--importance: a number from 0") }
  }

  /// Whether any option asks for sets of events.
  var asksForSets: Bool { cutSets != nil || maxOrder != nil || minProbability != nil }

  /// What they ask, of a tree or of a model.
  func questions(listed: Int) -> FaultTreeQuestions {
    var questions = FaultTreeQuestions()
    questions.listed = cutSets ?? listed
    questions.maximumOrder = maxOrder
    questions.minimumProbability = minProbability ?? 0
    return questions
  }
}
