// Which digits are a telephone number. Shapes of the countries where parcels go: Colombia, Mexico, Argentina, Brazil, Peru,
// Chile, Ecuador and Venezuela. A tracking number of the carriers has ten to thirteen digits too, so digits written
// without any mark of a number are taken for one only when they have the shape of a mobile.

const national: Record<string, RegExp> = {
  "57": /^(3\d{9}|60[1-8]\d{7}|[1-8]\d{7})$/,
  "52": /^1?[2-9]\d{9}$/,
  "54": /^9?(11|2\d|3\d)\d{8}$/,
  "55": /^[1-9]{2}9?[2-9]\d{7}$/,
  "51": /^(9\d{8}|[1-8]\d{7})$/,
  "56": /^[2-9]\d{8}$/,
  "593": /^(9\d{8}|[2-7]\d{7})$/,
  "58": /^[24]\d{9}$/,
}

/** With the country's code before it, with or without 00. */
export function isInternational(digits: string): boolean {
  const bare = digits.replace(/^00/, "")
  return Object.entries(national).some(([code, rest]) => bare.startsWith(code) && rest.test(bare.slice(code.length)))
}

// Bare mobiles, each as it is dialled at home: CO, CO landline, EC, big cities of MX, Buenos Aires, VE, PE and CL, BR.
const bareShapes = [
  /^3[0-5]\d{8}$/,
  /^60[1-8]\d{7}$/,
  /^09\d{8}$/,
  /^(55|56|33|81)\d{8}$/,
  /^0?11[2-7]\d{7}$/,
  /^0?4(12|14|16|24|26)\d{7}$/,
  /^9\d{8}$/,
  /^[1-9]{2}9[4-9]\d{7}$/,
]

/** Digits in one piece, with nothing beside them that says what they are. */
export function isBareNumber(digits: string): boolean {
  if (digits.startsWith("00")) return isInternational(digits)
  return bareShapes.some((shape) => shape.test(digits)) || (digits.length >= 11 && isInternational(digits))
}

// In groups, as people write what is dialled: national numbers with their trunk prefixes.
const groupedShapes = [
  /^[2-9]\d{9}$/,
  /^0[2-9]\d{9}$/,
  /^(11|15)\d{8}$/,
  /^0?(9?11|9?[23]\d{1,3})(15)?\d{6,8}$/,
  /^(01|044|045)[2-9]\d{9}$/,
  /^0?[1-9]{2}9?[2-9]\d{7}$/,
  /^[29]\d{8}$/,
  /^0[1-9]\d{6,8}$/,
]
const groupedLengths = new Set([8, 9, 10, 11, 12, 13])

/** Digits in several groups with spaces, dots or the like between them. */
export function isGroupedNumber(groups: readonly string[]): boolean {
  const digits = groups.join("")
  if (isInternational(digits)) return true
  if (!groupedLengths.has(digits.length) || groups.some((group) => group.length > 9)) return false
  if (digits.length === 8 && !digits.startsWith("0")) return false
  return groupedShapes.some((shape) => shape.test(digits))
}
