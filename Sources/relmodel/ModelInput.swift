import Diagnostics
import ModelFormat
import Reports
import ServiceModel

/// A model as it was read, and what the history said: enough to prepare it again on another machine.
struct ModelInput {
  let reading: ModelReader.Reading
  let observations: [ModeReference: ModeObservation]

  /// The model, taking from the history whatever the history was asked for: with `--bind` more than its text says.
  var model: Model { reading.model.takingFromHistory(Set(observations.keys)) }

  init(_ modelOptions: ModelOptions, _ history: HistoryOptions, _ output: OutputOptions) throws {
    try self.init(modelOptions.reading(), history, output)
  }

  init(_ reading: ModelReader.Reading, _ history: HistoryOptions, _ output: OutputOptions) throws {
    self.reading = reading
    observations = try history.observations(for: reading, isQuiet: output.quiet)
  }

  /// The model that a part carries.
  init(_ part: PartModel) throws(Findings) {
    let files = part.files.map { ModelArchive.File(name: $0.name, text: $0.text) }
    reading = try ModelReader.reading(ModelArchive(files: files, assignments: part.assignments))
    observations = part.observations
  }

  /// The model for a part to carry.
  func partModel(digest: String) -> PartModel {
    let archive = reading.archive
    return PartModel(
      digest: digest, files: archive.files.map { PartModel.File(name: $0.name, text: $0.text) },
      assignments: archive.assignments, observations: observations)
  }
}
