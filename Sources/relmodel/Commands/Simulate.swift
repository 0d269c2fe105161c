import ArgumentParser
import Reports
import Simulation

/// `relmodel simulate`.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What years may look like: availability, outages, objectives missed, with intervals.",
    discussion: """
      Independent replications of the given number of years. The same seed gives the same bits with any \
      number of threads, and of shards. Ctrl-C prints what is there; it ends a trace without a word.

      --shard 3/8 runs the third of eight shares of the replications, on any machine, and writes its part for \
      relmodel merge; an interrupted shard writes nothing. With -o FOLDER/ the part is named after its shard. \
      --shard auto/8 takes the number from SLURM_ARRAY_TASK_ID (sbatch --array=1-8), JOB_COMPLETION_INDEX or \
      AWS_BATCH_JOB_ARRAY_INDEX (both from 0); with Slurm and AWS Batch auto is enough.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var posterior: PosteriorOptions
  @OptionGroup var saving: SaveRunOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  @Option(
    help: ArgumentHelp(
      "Run one share of the replications and write its part: 3/8, auto/8 or auto.", valueName: "number/count")
  )
  var shard: String?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Hold the result against the exact one; with crews, failover and units that wait for others to start that takes seconds."
    ))
  var crossCheck = true

  @Flag(help: "Exit with 1 when an objective is missed on average.")
  var gate = false

  @Flag(
    help: ArgumentHelp(
      "Failures too rare to be seen in years: force them in short windows, by importance sampling, until the error of "
        + "--until is reached, 1 % without it."))
  var rare = false

  @Option(
    help: ArgumentHelp(
      "Draw the result into this folder as SVG: a histogram of downtime for each capability and where outages begin, zone by capability; with --trace a timeline.",
      valueName: "folder"))
  var pictures: String?

  @Option(
    help: ArgumentHelp(
      "Print one replication instead, event by event: its number, from 0.", valueName: "replication"))
  var trace: Int?

  @Option(
    help: ArgumentHelp(
      "Write that replication to a file as well: JSON Lines (.jsonl), or for Chrome and Perfetto (.json).",
      valueName: "file"))
  var traceFile: String?

  func validate() throws {
    if rare, trace != nil || pictures != nil || gate || simulation.start == .new {
      throw ValidationError(
        "--rare: windows of the long run have no --trace, --pictures, --gate and no --start new")
    }
    if rare || trace != nil, posterior.isGiven || saving.saveRun != nil {
      throw ValidationError("--posterior and --save-run are about the whole run, not about --rare or --trace")
    }
    try validateTrace()
    try validateShard()
  }

  func run() throws {
    // Half a story would be told as if it were all.
    Interruption.listen(keepsWhatIsThere: trace == nil)
    try saving.check(database: history.database)
    let input = try ModelInput(modelOptions, history, output)
    let prepared = try Preparation(input)
    let plan = try simulation.plan()
    try simulation.checkObstacles(prepared.graph, plan)
    if let shard = try givenShard() { return try run(shard, input, prepared, plan) }
    if rare { return try simulateRare(prepared, plan) }
    if let trace { return try tell(replication: trace, prepared, plan) }
    let exact = exactAnswer(prepared, plan)
    let clock = ContinuousClock()
    let began = clock.now
    let result = simulate(prepared, plan)
    let run = simulation.run(
      replications: result.replications, threads: plan.threads, seconds: (clock.now - began) / .seconds(1))
    let answer = SimulationAnswer(
      prepared: prepared, result: result, posterior: posterior, exact: exact.value, crossCheck: crossCheck)
    let report = try answer.print(output, run: run)
    if let pictures { try draw(report, in: pictures) }
    if answer.result.isPartial {
      saving.tellUnsaved()
      throw Exit.Code(value: Exit.interrupted)
    }
    try saving.save(
      report.json(), command: "simulate", header: prepared.header, seed: plan.seed,
      database: history.database, isQuiet: output.quiet)
    if gate, answer.isObjectiveMissed { throw Exit.Code(value: Exit.gateMissed) }
  }

  private func draw(_ report: SimulateReport, in folder: String) throws {
    try OutputFile.makeFolder(folder)
    for picture in report.pictures { try OutputFile.replace("\(folder)/\(picture.name)", by: picture.svg) }
  }

  /// The exact answer, worked out beside the replications where these have more threads than one and are not timed.
  private func exactAnswer(_ prepared: Preparation, _ plan: SimulationPlan) -> WorkBeside<ExactAnswer> {
    let (samples, isChecked) = (posterior.posterior, crossCheck)
    return WorkBeside(isBeside: plan.threads > 1 && !simulation.timing) {
      ExactAnswer(prepared, plan, samples: samples, isChecked: isChecked)
    }
  }

  private func simulate(_ prepared: Preparation, _ plan: SimulationPlan) -> SimulationResult {
    var line = ProgressLine(isShown: simulation.isProgressShown(output))
    defer { line.clear() }
    return Simulator(prepared.graph, plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0) })
  }
}
