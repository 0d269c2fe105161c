import ArgumentParser
import Economics
import Quantities

extension DiscountRate {
  /// Reads what was given for `--rate`, such as `8 %`.
  init(option text: String) throws {
    guard let number = NumberText(prefixOf: text[...]), number.rest == "%" || number.rest.isEmpty,
      let found = DiscountRate(perYear: number.rest == "%" ? number.double / 100 : number.double)
    else { throw ValidationError("--rate: “\(text)” is no rate above -100 %; expected 8 %") }
    self = found
  }
}
