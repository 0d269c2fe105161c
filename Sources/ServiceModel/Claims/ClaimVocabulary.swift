public import Quantities

/// One thing that can be computed of a kind of subject.
public struct ClaimVocabulary: Sendable {
  /// Whether a path takes `when:`, the loss of a domain.
  public enum Loss: Sendable, Hashable {
    /// It does not.
    case never
    /// It needs it.
    case always
  }

  /// What its numbers are, beyond their dimension.
  public enum Scale: Sendable, Hashable {
    /// From 0 to 100 %.
    case share
    /// 0, 1, 2, ….
    case count
    /// Anything.
    case free
  }

  /// What it is of.
  public let kind: ClaimSubjectKind
  /// The last part of its path.
  public let word: ClaimWord
  /// What its numbers are made of.
  public let dimension: Dimension
  /// What its numbers are beyond that.
  public let scale: Scale
  /// Whether it is asked for after a loss.
  public let loss: Loss
  /// What it says.
  public let summary: String

  private init(
    _ kind: ClaimSubjectKind, _ word: ClaimWord, _ dimension: Dimension, _ summary: String,
    scale: Scale = .free, loss: Loss = .never
  ) {
    (self.kind, self.word, self.dimension, self.summary) = (kind, word, dimension, summary)
    (self.scale, self.loss) = (scale, loss)
  }

  private static let money = Dimension(money: 1)
  private static let moneyRate = Dimension(time: -1, money: 1)

  /// The words of a kind of subject.
  public static func words(of kind: ClaimSubjectKind) -> [ClaimVocabulary] { all.filter { $0.kind == kind } }

  /// Everything that a claim can be of.
  public static let all: [ClaimVocabulary] = ofService + ofParts + ofMoney + ofRecord

  private static let ofService = [
    ClaimVocabulary(.capability, .availability, .number, "The share of time it is not down.", scale: .share),
    ClaimVocabulary(
      .capability, .downtime, .number, "How much of the time it is down, such as 2.2 h/month.", scale: .share),
    ClaimVocabulary(.capability, .outages, .rate, "How often it goes down."),
    ClaimVocabulary(.capability, .mtbf, .duration, "The mean time that it is up between two outages."),
    ClaimVocabulary(.capability, .mttr, .duration, "The mean length of its outages."),
    ClaimVocabulary(.capability, .served, .number, "The share of the service that is served.", scale: .share),
    ClaimVocabulary(
      .capability, .singlePoints, .number, "How many things take it down alone.", scale: .count),
    ClaimVocabulary(.capability, .downtimeCost, moneyRate, "What being without it costs, by `downtime:`."),
    ClaimVocabulary(
      .capability, .left, .number, "What share is served once failover is over.", scale: .share,
      loss: .always),
    ClaimVocabulary(.capability, .recovery, .duration, "How long until it is back.", loss: .always),
    ClaimVocabulary(
      .objective, .missed, .number, "The share of its windows in which it is missed.", scale: .share),
  ]

  private static let ofParts = [
    ClaimVocabulary(.component, .replicas, .number, "How many units there are.", scale: .count),
    ClaimVocabulary(
      .component, .left, .number, "How many units are left.", scale: .count, loss: .always),
    ClaimVocabulary(
      .component, .rto, .duration, "How long recovery takes, in 99 of 100 cases of the worst kind."),
    ClaimVocabulary(
      .component, .rpo, .duration, "The writes that are lost, in 99 of 100 cases of the worst kind."),
    ClaimVocabulary(.role, .replicas, .number, "How many units there are.", scale: .count),
    ClaimVocabulary(
      .role, .left, .number, "How many units have it once failover is over.", scale: .count, loss: .always),
    ClaimVocabulary(.role, .candidates, .number, "How many other units can take it.", scale: .count),
    ClaimVocabulary(
      .role, .failover, .duration, "From the loss until it has moved, when that works: the mean."),
    ClaimVocabulary(.role, .longest, .duration, "The same at most, in 99 of 100 cases."),
    ClaimVocabulary(.role, .loses, .duration, "The writes that one move loses."),
    ClaimVocabulary(.mode, .mtbf, .duration, "The mean time that one entity is up between two failures."),
    ClaimVocabulary(.mode, .rate, .rate, "How often it happens, all entities together."),
    ClaimVocabulary(.mode, .duration, .duration, "The mean length of its outages."),
    ClaimVocabulary(.mode, .detection, .duration, "The mean time until it is noticed."),
    ClaimVocabulary(.mode, .rto, .duration, "How long recovery from it takes, in 99 of 100 cases."),
    ClaimVocabulary(.mode, .rpo, .duration, "The writes that it loses, in 99 of 100 cases."),
    ClaimVocabulary(.procedure, .duration, .duration, "Until the service is back: the mean."),
    ClaimVocabulary(.procedure, .longest, .duration, "Until the service is back, in 99 of 100 cases."),
    ClaimVocabulary(.delay, .mean, .duration, "The mean time it takes."),
    ClaimVocabulary(.delay, .longest, .duration, "The time it takes in 99 of 100 cases."),
  ]

  private static let ofMoney = [
    ClaimVocabulary(.bill, .monthly, money, "What a month costs."),
    ClaimVocabulary(.bill, .yearly, money, "What twelve months cost."),
    ClaimVocabulary(.bill, .upfront, money, "What is paid at the start of commitments."),
    ClaimVocabulary(.bill, .once, money, "What the change from the base costs once, by `once:`."),
    ClaimVocabulary(.bill, .increase, money, "What a month costs more than that of the base."),
    ClaimVocabulary(.bill, .growth, .number, "The same as a share of what the base costs."),
    ClaimVocabulary(.entry, .monthly, money, "What a month of one entry, or of all of one owner, costs."),
    ClaimVocabulary(.option, .returns, .number, "(benefits − costs) / costs over the horizon."),
    ClaimVocabulary(.option, .npv, money, "The net present value over the horizon."),
    ClaimVocabulary(.option, .irr, .number, "The internal rate of return of a year."),
    ClaimVocabulary(.option, .payback, .duration, "Until it has paid for itself."),
    ClaimVocabulary(
      .option, .savings, moneyRate, "The cost of downtime that is avoided, once the change is done."),
    ClaimVocabulary(.option, .net, moneyRate, "The same without what running it costs more."),
  ]

  private static let ofRecord = [
    ClaimVocabulary(
      .history, .availability, .number, "The share of the watched time that was up.", scale: .share),
    ClaimVocabulary(.history, .downtime, .duration, "How long it was down in the window."),
    ClaimVocabulary(.history, .incidents, .number, "How many incidents the window holds.", scale: .count),
    ClaimVocabulary(.history, .mtbf, .duration, "The time watched over the incidents."),
    ClaimVocabulary(.history, .mttr, .duration, "The mean length of outages."),
    ClaimVocabulary(.drill, .rto, .duration, "The longest recovery of a drill."),
    ClaimVocabulary(.drill, .rpo, .duration, "The most that a drill lost."),
    ClaimVocabulary(.drill, .held, .number, "How many drills are on record.", scale: .count),
  ]
}
