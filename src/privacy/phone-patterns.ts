// Which digits are a telephone number. Shapes of the countries where shipments go: Colombia, Mexico, Argentina, Brazil, Peru,
// Chile, Ecuador and Venezuela. A tracking number of the carriers has ten to thirteen digits too, so digits written
// without any mark of a number are taken for one only when they have the shape of a mobile.

const national = [
  /57(3\d{9}|60[1-8]\d{7}|[1-8]\d{7})/,
  /521?[2-9]\d{9}/,
  /549?(11|2\d|3\d)\d{8}/,
  /55[1-9]{2}9?[2-9]\d{7}/,
  /51(9\d{8}|[1-8]\d{7})/,
  /56[2-9]\d{8}/,
  /593(9\d{8}|[2-7]\d{7})/,
  /58[24]\d{9}/,
]
// One expression for all: a text of nothing but groups asks at each of them, for each length.
const anyOf = (shapes: RegExp[]) => shapes.map(({ source }) => source).join("|")
const international = new RegExp(`^(?:00)?(?:${anyOf(national)})$`)

/** With the country's code before it, with or without 00. */
const isInternational = (digits: string) => international.test(digits)

// Bare mobiles, each as it is dialled at home: CO, CO landline, EC, big cities of MX, Buenos Aires, VE, PE and CL, BR.
const bare = [
  /^3[0-5]\d{8}$/,
  /^60[1-8]\d{7}$/,
  /^09\d{8}$/,
  /^(55|56|33|81)\d{8}$/,
  /^0?11[2-7]\d{7}$/,
  /^0?4(12|14|16|24|26)\d{7}$/,
  /^9\d{8}$/,
  /^[1-9]{2}9[4-9]\d{7}$/,
]
const bareShape = new RegExp(anyOf(bare))

/** Digits in one piece, with nothing beside them that says what they are. */
export function isBareNumber(digits: string): boolean {
  if (digits.startsWith("00")) return isInternational(digits)
  return bareShape.test(digits) || (digits.length >= 11 && isInternational(digits))
}

// In groups, as people write what is dialled: national numbers with their trunk prefixes.
const grouped = [
  /^[2-9]\d{9}$/,
  /^0[2-9]\d{9}$/,
  /^(11|15)\d{8}$/,
  /^0?(9?11|9?[23]\d{1,3})(15)?\d{6,8}$/,
  /^(01|044|045)[2-9]\d{9}$/,
  /^0?[1-9]{2}9?[2-9]\d{7}$/,
  /^[29]\d{8}$/,
  /^0[1-9]\d{6,8}$/,
]
const groupedShape = new RegExp(anyOf(grouped))

/** Digits in several groups with spaces, dots or the like between them; `widest` is the length of the longest group. */
export function isGroupedNumber(digits: string, widest: number): boolean {
  if (isInternational(digits)) return true
  if (digits.length < 8 || digits.length > 13 || widest > 9) return false
  if (digits.length === 8 && !digits.startsWith("0")) return false
  return groupedShape.test(digits)
}
