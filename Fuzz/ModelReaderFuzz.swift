import Diagnostics
import Importers
import ModelFormat

/// Reads bytes from strangers the way a model file is read; it must neither crash nor hang.
///
/// Everything that reads a model belongs in here.
func fuzzModelReader(_ bytes: UnsafeBufferPointer<UInt8>) {
  let reader = YAMLReader(removalKeys: ["change"])
  guard let document = try? reader.document(of: Array(bytes), file: "fuzz.relmodel.yaml") else {
    fuzzAssignment(bytes)
    return
  }
  fuzzMerge(document.declaration)
  fuzzWholePath(document.declaration, source: document.source)
  fuzzLoader(String(decoding: bytes, as: UTF8.self))
}

/// Merges a file's `change:` into the rest of the file, with groups over its own keys.
private func fuzzMerge(_ declaration: Declaration) {
  let keys = declaration.entries?.map(\.key.value) ?? []
  let merge = MergePatch { _ in [OneOfGroup(oneKeyOf: keys), OneOfGroup([["mtbf"], ["lasts", "rate"]])] }
  let change = declaration["change"] ?? declaration
  let outcome = merge.outcome(of: change, on: declaration)
  let again = MergePatch().outcome(
    of: change, on: MergePatch().outcome(of: change, on: declaration).declaration)
  precondition(outcome.declaration.location.line > 0 && again.declaration.location.line > 0)
}

private func fuzzAssignment(_ bytes: UnsafeBufferPointer<UInt8>) {
  guard let assignment = try? PathAssignment(String(decoding: bytes, as: UTF8.self)) else { return }
  _ = MergePatch().outcome(of: assignment.change(), on: assignment.change())
}

/// Loads the text as a file that may extend itself or one other.
private func fuzzLoader(_ text: String) {
  let files = ModelFiles.inMemory(["m/a.yaml": text, "m/b.yaml": "relmodel: 1\nname: b\na: {b: 1}\n"])
  do {
    let model = try ModelLoader(files: files).model(at: "m/a.yaml", assignments: ["a/b=2"])
    precondition(!model.sources.isEmpty)
  } catch {
    precondition(!FindingsRenderer().text(error).isEmpty)
  }
}

/// What libFuzzer calls with one input at a time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ length: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: length)
  if FaultTreeFormat.detected(in: bytes) == nil { fuzzModelReader(bytes) } else { fuzzFaultTree(bytes) }
  return 0
}

/// libFuzzer's loop. Its own `main` calls it too, but SwiftPM names the entry point of an executable after the target.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
struct ModelReaderFuzz {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    _ = runFuzzer(&count, &arguments) { fuzzOneInput($0, $1) }
  }
}
