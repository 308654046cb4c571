/// The letters by which LAPACK names its variants.
let noTranspose = CChar(UInt8(ascii: "N"))
let lowerTriangle = CChar(UInt8(ascii: "L"))
let withVectors = CChar(UInt8(ascii: "V"))
let valuesOnly = CChar(UInt8(ascii: "N"))
let byIndex = CChar(UInt8(ascii: "I"))
